//! What the three rules about the spacing of text share.
//!
//! People who read with difficulty set wider spaces for themselves. A space in a `style`
//! attribute with `!important` is the one that they cannot change.

use super::{
    Element, Marks, Page,
    page::{Size, Spacing},
};

/// Looks at the space of one kind that `style` attributes hold fast.
pub(super) fn look(page: &Page<'_>, spacing: Spacing, marks: &mut Marks) {
    // The numbers are those of success criterion 1.4.12, in sizes of the font.
    let (property, least) = match spacing {
        Spacing::Letters => ("letter-spacing", 0.12),
        Spacing::Words => ("word-spacing", 0.16),
        Spacing::Lines => ("line-height", 1.5),
    };
    for element in page.elements().filter(|element| element.is_html()) {
        let Some(style) = element.attr("style") else { continue };
        if !style.contains('!') {
            continue;
        }
        let Some(size) = element.important_spacing(spacing) else { continue };
        let font = element.style().font_size;
        let times = match size {
            // What the browser takes: no more space, or lines about 1.2 apart.
            Size::Auto if spacing == Spacing::Lines => Some(1.2),
            Size::Auto => Some(0.0),
            Size::Number(times) if spacing == Spacing::Lines => Some(times),
            Size::Percent(share) => Some(share / 100.0),
            size => size.pixels(font).zip(font).map(|(size, font)| size / font),
        };
        let Some(times) = times else { continue };
        let has_own_words = element.seen_words().any(|(around, _)| {
            let chain = around.and_around();
            chain
                .take_while(|one| *one != element)
                .all(|one| one.style().spacing[spacing as usize].is_none())
        });
        if !has_own_words || (spacing == Spacing::Lines && !wraps(element)) {
            continue;
        }
        // A hair less is a matter of rounding.
        if !marks.passes(times + 0.001 >= least) {
            let message = format!(
                "`{property}` is {} times the size of the letters, and held fast with `!important`",
                rounded(times)
            );
            marks.fail(element, message).at(element.attr_span("style")).hint(format!(
                "take `!important` out, or write at least `{property}: {}`",
                if spacing == Spacing::Lines { least.to_string() } else { format!("{least}em") }
            ));
        }
    }
}

fn rounded(number: f32) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether its words take more than one line, as far as can be told: a letter is about
/// half as wide as it is high.
fn wraps(element: Element<'_>) -> bool {
    let Some(font) = element.style().font_size else { return false };
    let mut width = 1280.0_f32;
    let mut around: Vec<Element<'_>> = element.ancestors().collect();
    around.reverse();
    for around in around.into_iter().chain([element]) {
        let style = around.style();
        let size = |size: Size| match size {
            Size::Percent(share) => Some(width * share / 100.0),
            size => size.pixels(style.font_size),
        };
        let (own, most) = (size(style.width), size(style.most.0));
        width = own.unwrap_or(width).min(most.unwrap_or(f32::MAX));
    }
    !element.style().is_unbroken
        && element.visible_text().chars().count() as f32 * font * 0.5 > width
}
