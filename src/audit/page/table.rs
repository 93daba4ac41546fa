//! Tables as a grid: which cell is where, and which headers belong to it.
//!
//! Follows the HTML standard, with one difference: a cell that reaches below
//! the last row of its part of the table ends there, as it does on screen. A
//! table of which a few cells claim millions of places is not laid out at all.

use std::collections::HashMap;

use super::Element;

/// The cells of one `<table>`.
#[derive(Debug)]
pub struct Grid<'p> {
    /// In document order, those of a foot after the others.
    pub cells: Vec<Cell<'p>>,
    /// For each row, the cell at each place.
    rows: Vec<Vec<Option<u32>>>,
    /// The first and one past the last column of each group of columns.
    groups: Vec<(usize, usize)>,
}

/// A cell and the places it covers.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'p> {
    /// `td` or `th`.
    pub element: Element<'p>,
    /// The first column, from zero.
    pub x: usize,
    /// The first row, from zero.
    pub y: usize,
    /// How many columns it covers.
    pub width: usize,
    /// How many rows it covers.
    pub height: usize,
    /// Which part of the table it is in: a head, a body, a foot.
    part: usize,
}

/// What a header cell is the header of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// What is below it.
    Column,
    /// What is beside it.
    Row,
    /// All that follows in its group of columns.
    Columns,
    /// All that follows in its part of the table.
    Rows,
}

/// The widest and the tallest that a cell may say it is, by the HTML standard.
const WIDEST: usize = 1000;
const TALLEST: usize = 65_534;

/// Places that any table may have, and how many more for each of its cells.
const PLACES: usize = 4096;
const PLACES_A_CELL: usize = 64;

impl<'p> Grid<'p> {
    /// The grid of a `<table>`; nothing when it has far more places than cells.
    pub fn of(table: Element<'p>) -> Option<Self> {
        let parts = parts(table);
        let mut grid = Self { cells: Vec::new(), rows: Vec::new(), groups: groups(table) };
        let mut used = 0;
        for (part, rows) in parts.into_iter().enumerate() {
            let start = grid.rows.len();
            let end = start + rows.len();
            grid.rows.resize(end, Vec::new());
            for (number, row) in rows.into_iter().enumerate() {
                let y = start + number;
                let mut x = 0;
                for element in cells(row) {
                    while grid.at(x, y).is_some() {
                        x += 1;
                    }
                    let width =
                        span(element, "colspan", WIDEST).filter(|width| *width > 0).unwrap_or(1);
                    let height = match span(element, "rowspan", TALLEST) {
                        Some(0) => end - y,
                        height => height.unwrap_or(1).min(end - y),
                    };
                    used += grid.place(Cell { element, x, y, width, height, part });
                    if used > PLACES + PLACES_A_CELL * grid.cells.len() {
                        return None;
                    }
                    x += width;
                }
            }
        }
        Some(grid)
    }

    /// The cell at a place; the first where two overlap.
    pub fn at(&self, x: usize, y: usize) -> Option<usize> {
        let cell = *self.rows.get(y)?.get(x)?;
        cell.map(|cell| cell as usize)
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Adds a cell, and says what that cost.
    fn place(&mut self, cell: Cell<'p>) -> usize {
        let Ok(number) = u32::try_from(self.cells.len()) else { return usize::MAX / 2 };
        self.cells.push(cell);
        let mut cost = 0;
        let (start, end) = (cell.x, cell.x + cell.width);
        for row in &mut self.rows[cell.y..cell.y + cell.height] {
            cost += cell.width + end.saturating_sub(row.len());
            if cost > PLACES + PLACES_A_CELL * self.cells.len() {
                return cost;
            }
            row.resize(end.max(row.len()), None);
            for place in &mut row[start..end] {
                place.get_or_insert(number);
            }
        }
        cost
    }

    /// What each cell is the header of, by the HTML standard: what its `scope`
    /// says, or else what is around it. Nothing for a cell with data.
    pub fn heads(&self) -> Vec<Option<Heads>> {
        // In how many rows and columns before each there is data.
        let (mut rows, mut columns) = (vec![false; self.height()], vec![false; self.width()]);
        for cell in self.cells.iter().filter(|cell| cell.element.is("td")) {
            rows[cell.y..cell.y + cell.height].fill(true);
            columns[cell.x..cell.x + cell.width].fill(true);
        }
        let (rows, columns) = (Sums::of(&rows), Sums::of(&columns));
        let head = |cell: &Cell<'_>| {
            if !cell.element.is("th") {
                return None;
            }
            let scope = cell.element.attr("scope").unwrap_or_default().to_ascii_lowercase();
            match scope.as_str() {
                "col" => Some(Heads::Column),
                "row" => Some(Heads::Row),
                "colgroup" => Some(Heads::Columns),
                "rowgroup" => Some(Heads::Rows),
                _ if !rows.any(cell.y, cell.height) => Some(Heads::Column),
                _ if !columns.any(cell.x, cell.width) => Some(Heads::Row),
                _ => None,
            }
        };
        self.cells.iter().map(head).collect()
    }

    /// Whether each cell is the header of at least one other, when it heads what
    /// `heads` says. A header that is cut off from its cells by another one of the
    /// same width still counts.
    pub fn assigned(&self, heads: &[Option<Heads>]) -> Vec<bool> {
        let mut assigned = vec![false; self.cells.len()];
        let mut names = vec![false; self.cells.len()];
        // Cells are always written, so where they begin tells them apart.
        let start = |cell: Element<'_>| cell.span().start;
        let number: HashMap<usize, usize> = self
            .cells
            .iter()
            .enumerate()
            .map(|(number, cell)| (start(cell.element), number))
            .collect();
        for (own, cell) in self.cells.iter().enumerate() {
            // A cell that names its headers has no others.
            names[own] = cell.element.has("headers");
            if names[own] {
                for header in cell.element.references("headers") {
                    if let Some(header) =
                        number.get(&start(header)).filter(|header| **header != own)
                    {
                        assigned[*header] = true;
                    }
                }
            }
        }
        let mut above: Vec<Vec<u32>> = vec![Vec::new(); self.width()];
        for (y, row) in self.rows.iter().enumerate() {
            let mut before: Vec<u32> = Vec::new();
            for (x, place) in row.iter().enumerate() {
                let Some(number) = *place else { continue };
                let cell = number as usize;
                let (is_top, is_left) = (self.cells[cell].y == y, self.cells[cell].x == x);
                if is_top && !names[cell] {
                    above[x].drain(..).for_each(|header| assigned[header as usize] = true);
                }
                if is_left && !names[cell] {
                    before.drain(..).for_each(|header| assigned[header as usize] = true);
                }
                match heads[cell] {
                    // A group without `<colgroup>` or `<tbody>` is read as one column or row.
                    Some(Heads::Column | Heads::Columns) if is_top && !assigned[cell] => {
                        above[x].push(number);
                    }
                    Some(Heads::Row | Heads::Rows) if is_left && !assigned[cell] => {
                        before.push(number);
                    }
                    _ => {}
                }
            }
        }
        self.assign_groups(heads, &names, &mut assigned);
        assigned
    }

    /// Headers of a whole part and of a group of columns: those that have a
    /// cell further down or to the right in it.
    fn assign_groups(&self, heads: &[Option<Heads>], names: &[bool], assigned: &mut [bool]) {
        let mut parts: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut groups: HashMap<usize, (usize, usize)> = HashMap::new();
        let group = |x: usize| {
            let next = self.groups.partition_point(|(start, _)| *start <= x);
            next.checked_sub(1).filter(|group| x < self.groups[*group].1)
        };
        // Backwards, so that what is kept is further on: a cell belongs to a
        // header whose corner is not after its own far corner.
        for (number, cell) in self.cells.iter().enumerate().rev() {
            let is_before =
                |far: Option<&(usize, usize)>| far.is_some_and(|(x, y)| cell.x < *x && cell.y < *y);
            let (in_part, in_group) =
                (parts.get(&cell.part), group(cell.x).and_then(|g| groups.get(&g)));
            assigned[number] |= match heads[number] {
                Some(Heads::Rows) => is_before(in_part),
                Some(Heads::Columns) => is_before(in_group),
                _ => false,
            };
            if names[number] {
                continue;
            }
            let far = (cell.x + cell.width, cell.y + cell.height);
            let further = |old: &mut (usize, usize)| *old = (old.0.max(far.0), old.1.max(far.1));
            parts.entry(cell.part).and_modify(further).or_insert(far);
            if let Some(group) = group(cell.x) {
                groups.entry(group).and_modify(further).or_insert(far);
            }
        }
    }
}

/// Answers whether anything in a stretch is true.
struct Sums(Vec<u32>);

impl Sums {
    fn of(flags: &[bool]) -> Self {
        let mut sums = vec![0];
        let mut sum = 0;
        sums.extend(flags.iter().map(|flag| {
            sum += u32::from(*flag);
            sum
        }));
        Self(sums)
    }

    fn any(&self, start: usize, length: usize) -> bool {
        self.0[start + length] > self.0[start]
    }
}

/// The rows of a `<table>`, without those of tables inside it.
pub fn rows(table: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    parts(table).into_iter().flatten()
}

/// The cells of a row.
pub fn cells(row: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    row.children().filter(|cell| cell.is_any(&["td", "th"]))
}

/// The rows of each part of a table; a foot comes last wherever it is written.
/// Rows that are in no part make one of their own.
fn parts<'p>(table: Element<'p>) -> Vec<Vec<Element<'p>>> {
    let rows = |part: Element<'p>| part.children().filter(|row| row.is("tr")).collect();
    let (mut parts, mut feet) = (Vec::new(), Vec::new());
    let mut loose = Vec::new();
    for child in table.children() {
        match child.tag() {
            "tr" => loose.push(child),
            "thead" | "tbody" | "tfoot" => {
                if !loose.is_empty() {
                    parts.push(std::mem::take(&mut loose));
                }
                let part = rows(child);
                if child.is("tfoot") { feet.push(part) } else { parts.push(part) }
            }
            _ => {}
        }
    }
    if !loose.is_empty() {
        parts.push(loose);
    }
    parts.append(&mut feet);
    parts
}

/// The columns of each `<colgroup>`.
fn groups(table: Element<'_>) -> Vec<(usize, usize)> {
    let mut start = 0;
    let columns = |element: Element<'_>| {
        span(element, "span", WIDEST).filter(|count| *count > 0).unwrap_or(1)
    };
    let group = |group: Element<'_>| {
        let inside: usize = group.children().filter(|column| column.is("col")).map(columns).sum();
        let end = start + if inside > 0 { inside } else { columns(group) };
        let whole = (start, end);
        start = end;
        whole
    };
    table.children().filter(|child| child.is("colgroup")).map(group).collect()
}

/// A number as browsers read it: the digits it begins with, at most `most`.
fn span(element: Element<'_>, attribute: &str, most: usize) -> Option<usize> {
    let value = element.attr(attribute)?.trim_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let digits = &value[..end];
    (!digits.is_empty()).then(|| digits.parse().map_or(most, |number: usize| number.min(most)))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::page, *};

    /// The table as it is laid out, a letter for each cell, and its headers: in
    /// large letters when they have cells.
    fn laid_out(html: &str) -> String {
        let page = page(html);
        let Some(grid) = Grid::of(page.all(&["table"])[0]) else { return "too large".into() };
        let heads = grid.heads();
        let assigned = grid.assigned(&heads);
        let letter = |cell: usize| {
            let text = grid.cells[cell].element.text();
            if assigned[cell] { text.to_uppercase() } else { text }
        };
        let rows = grid.rows.iter().enumerate().map(|(y, row)| {
            let place = |x| grid.at(x, y).map_or("-".into(), letter);
            (0..row.len()).map(place).collect::<String>()
        });
        rows.collect::<Vec<_>>().join(" ")
    }

    /// A table of these rows.
    fn table(rows: &[&str]) -> String {
        let row = |cells: &&str| format!("<tr>{cells}</tr>");
        format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
    }

    #[test]
    fn cells_cover_the_places_that_they_say() {
        let rows = ["<td rowspan=2>a</td><td colspan=2>b</td>", "<td>c</td>", "<td>d</td>"];
        assert_eq!(laid_out(&table(&rows)), "abb ac d");
        let html = "<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr><tbody><tr><td>d</td></tr></tbody></table>";
        assert_eq!(laid_out(html), "ab ac d");
        let html = "<table><tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td rowspan=9>a</td></tr><tr><td>b</td></tr></tbody></table>";
        assert_eq!(laid_out(html), "a ab f");
    }

    #[test]
    fn headers_have_the_cells_below_or_beside_them() {
        assert_eq!(laid_out(&table(&["<th>a</th><th>b</th>", "<td>c</td>"])), "Ab c");
        assert_eq!(laid_out(&table(&["<th>a</th><td>c</td>", "<th>b</th>"])), "Ac b");
        let rows = ["<th colspan=2>a</th>", "<th>b</th><th>c</th>", "<td>d</td>"];
        assert_eq!(laid_out(&table(&rows)), "AA Bc d");
        let rows = ["<th id=a>a</th><th id=b>b</th>", "<td headers=b>c</td><td headers=b>d</td>"];
        assert_eq!(laid_out(&table(&rows)), "aB cd");
        let html = "<table><tbody><tr><th scope=rowgroup>a</th></tr><tr><td>c</td></tr></tbody><tbody><tr><th scope=rowgroup>b</th></tr></tbody></table>";
        assert_eq!(laid_out(html), "A c b");
        let html = "<table><colgroup span=2></colgroup><colgroup></colgroup><tr><th scope=colgroup>a</th><td>c</td><th scope=colgroup>b</th></tr></table>";
        assert_eq!(laid_out(html), "Acb");
    }

    #[test]
    fn a_few_cells_do_not_fill_the_memory() {
        let row = "<td colspan=1000>a</td>".repeat(100_000);
        assert_eq!(laid_out(&format!("<table><tr>{row}</table>")), "too large");
        let rows = "<tr><td rowspan=65534>a</td></tr>".repeat(20_000);
        assert_eq!(laid_out(&format!("<table>{rows}</table>")), "too large");
        assert!(
            laid_out("<table><tr><td colspan=4000000000 rowspan=99999999999>a</table>").len()
                == 1000
        );
    }
}
