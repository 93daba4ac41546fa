//! Numbers as cells of tables show them: `£1,234.50`, `–3%`, `(12)`, `£3.3m`.

/// How many places behind the point are counted.
pub const PLACES: u32 = 6;

/// A number as a cell shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// In millionths.
    pub value: i128,
    /// How many places behind the point are shown.
    pub decimals: u32,
}

/// How the first cell of a row begins that adds up those above it.
const TOTAL: &[&str] = &["total", "grand total", "sum", "altogether", "in all", "cyfanswm"];

/// Whether a row with this first cell adds up those above it.
pub fn is_total(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    TOTAL.iter().any(|word| {
        label.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

impl Amount {
    /// Reads a cell; none when it is no number.
    pub fn read(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let in_brackets = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let is_below = in_brackets.is_some() || cell.starts_with(['-', '–', '−']);
        let marks = ['-', '–', '−', '+', '£', '%', 'm', 'k', ' ', '\u{a0}'];
        let text = in_brackets.unwrap_or(cell).trim_matches(marks).replace(',', "");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = |text: &str| text.len() < 16 && text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > 6 {
            return None;
        }
        let decimals = u32::try_from(part.len()).ok()?;
        let value: i128 = format!("{whole}{part}").parse().ok()?;
        let value = value * 10_i128.pow(PLACES - decimals);
        Some(Self { value: if is_below { -value } else { value }, decimals })
    }

    /// In the manner of a cell that is there.
    pub fn words(self, like: &str) -> String {
        let unit = 10_i128.pow(PLACES - self.decimals);
        let (sign, shown) = (if self.value < 0 { "–" } else { "" }, self.value.abs() / unit);
        let (whole, part) =
            (shown / 10_i128.pow(self.decimals), shown % 10_i128.pow(self.decimals));
        let pound = if like.contains('£') { "£" } else { "" };
        let end: String =
            like.trim_end().chars().rev().take_while(|c| "%mk".contains(*c)).collect();
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 && digits.len() > 3 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        match self.decimals as usize {
            0 => format!("{sign}{pound}{grouped}{end}"),
            places => format!("{sign}{pound}{grouped}.{part:0places$}{end}"),
        }
    }
}
