//! Symbols of Wingdings and its like, which are letters of other fonts: what they are.
//!
//! A font that is not there makes a tick of them an “ü”. What is known becomes the character of
//! Unicode that shows the same; what is not is named. Source: Microsoft, tables of Wingdings,
//! Wingdings 2, Wingdings 3, Webdings and Symbol, and their characters in Unicode 7.

/// Fonts whose letters are symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolFont {
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    Symbol,
}

impl SymbolFont {
    /// The font of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim().trim_matches(['\'', '"']).to_ascii_lowercase();
        Some(match &*name {
            "wingdings" => Self::Wingdings,
            "wingdings 2" => Self::Wingdings2,
            "wingdings 3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            "symbol" => Self::Symbol,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Wingdings => "Wingdings",
            Self::Wingdings2 => "Wingdings 2",
            Self::Wingdings3 => "Wingdings 3",
            Self::Webdings => "Webdings",
            Self::Symbol => "Symbol",
        }
    }
}

#[rustfmt::skip] // tables
const WINGDINGS: &[(u32, char)] = &[
    (0x21, '✏'), (0x22, '✂'), (0x28, '☎'), (0x29, '✆'), (0x2a, '✉'), (0x36, '⌛'), (0x37, '⌨'),
    (0x3f, '✍'), (0x41, '✌'), (0x43, '👍'), (0x44, '👎'), (0x45, '☜'), (0x46, '☞'), (0x47, '☝'),
    (0x48, '☟'), (0x4a, '☺'), (0x4c, '☹'), (0x4f, '⚐'), (0x51, '✈'), (0x52, '☼'), (0x54, '❄'),
    (0x6c, '●'), (0x6e, '■'), (0x6f, '□'), (0x71, '❑'), (0x72, '❒'), (0x75, '◆'), (0x76, '❖'),
    (0x81, '①'), (0x82, '②'), (0x83, '③'), (0x84, '④'), (0x85, '⑤'), (0x86, '⑥'), (0x87, '⑦'),
    (0x88, '⑧'), (0x89, '⑨'), (0x8a, '⑩'), (0x8c, '❶'), (0x8d, '❷'), (0x8e, '❸'), (0x8f, '❹'),
    (0x90, '❺'), (0x91, '❻'), (0x92, '❼'), (0x93, '❽'), (0x94, '❾'), (0x95, '❿'), (0x9e, '·'),
    (0x9f, '•'), (0xa7, '▪'), (0xa8, '☐'), (0xab, '★'), (0xd8, '➢'), (0xdf, '←'), (0xe0, '→'),
    (0xe1, '↑'), (0xe2, '↓'), (0xe8, '➔'), (0xef, '⇦'), (0xf0, '⇨'), (0xf1, '⇧'), (0xf2, '⇩'),
    (0xfb, '✗'), (0xfc, '✓'), (0xfd, '☒'), (0xfe, '☑'),
];
#[rustfmt::skip]
const WINGDINGS_2: &[(u32, char)] = &[
    (0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x97, '●'), (0xa3, '☐'),
];
#[rustfmt::skip]
const WINGDINGS_3: &[(u32, char)] = &[
    (0x66, '←'), (0x67, '→'), (0x68, '↑'), (0x69, '↓'), (0x70, '▲'), (0x71, '▼'), (0x7d, '▶'),
];
const WEBDINGS: &[(u32, char)] = &[(0x61, '✓'), (0x63, '☐'), (0x72, '✗')];
#[rustfmt::skip]
const SYMBOL: &[(u32, char)] = &[
    (0x44, 'Δ'), (0x57, 'Ω'), (0x61, 'α'), (0x62, 'β'), (0x64, 'δ'), (0x67, 'γ'), (0x6d, 'μ'),
    (0x70, 'π'), (0x73, 'σ'), (0xa0, '€'), (0xa3, '≤'), (0xac, '←'), (0xad, '↑'), (0xae, '→'),
    (0xaf, '↓'), (0xb0, '°'), (0xb1, '±'), (0xb3, '≥'), (0xb4, '×'), (0xb7, '•'), (0xb8, '÷'),
    (0xb9, '≠'), (0xbb, '≈'), (0xd2, '®'), (0xd3, '©'), (0xd4, '™'), (0xde, '⇒'), (0xe2, '®'),
    (0xe3, '©'), (0xe4, '™'),
];

/// What a letter of such a font shows; or, where that is not known, its name.
pub(super) fn symbol(font: SymbolFont, letter: char) -> Result<char, String> {
    // Word keeps them where Unicode has room for anybody’s own.
    let code = match u32::from(letter) {
        code @ 0xf000..=0xf0ff => code - 0xf000,
        code => code,
    };
    let table = match font {
        SymbolFont::Wingdings => WINGDINGS,
        SymbolFont::Wingdings2 => WINGDINGS_2,
        SymbolFont::Wingdings3 => WINGDINGS_3,
        SymbolFont::Webdings => WEBDINGS,
        SymbolFont::Symbol => SYMBOL,
    };
    if letter == ' ' || letter == '\u{a0}' {
        return Ok(' ');
    }
    let known = table.iter().find(|(known, _)| *known == code).map(|(_, shown)| *shown);
    // The digits and signs of Symbol are those of every font.
    let same = (font == SymbolFont::Symbol && (0x20..0x40).contains(&code))
        .then(|| char::from_u32(code))
        .flatten();
    // Programs put the font round words that nobody meant to be symbols: what is no letter of
    // the font is itself.
    let other = (code > 0xff).then_some(letter);
    known.or(same).or(other).ok_or_else(|| format!("{} {code}", font.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_what_they_show() {
        let wingdings = SymbolFont::named("Wingdings").expect("a font");
        assert_eq!(symbol(wingdings, '\u{f0fc}'), Ok('✓'));
        assert_eq!(symbol(wingdings, 'ü'), Ok('✓'));
        assert_eq!(symbol(wingdings, '\u{f0a8}'), Ok('☐'));
        assert_eq!(symbol(wingdings, '\u{f07b}'), Err("Wingdings 123".to_owned()));
        assert_eq!(symbol(SymbolFont::Symbol, '\u{f0b7}'), Ok('•'));
        assert_eq!(SymbolFont::named("Arial"), None);
    }
}
