//! Stylesheets: which declarations there are, and to which elements they belong.
//!
//! `cssparser` reads the syntax and `selectors` matches selectors; what is here is the
//! part of CSS that rules ask about. A stylesheet is read once, whichever pages use it.
//! What one takes in (`@import`) is named in [`Sheet::imports`], and put into it by
//! [`Sheet::with`]. Left out, and said so by [`Sheet::is_whole`] where it matters:
//! `@container`, `@scope`. Conditions of media are decided for four [`scenes`](media::SCENES).

use std::{collections::HashMap, fmt::Write as _, sync::Arc};

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser as CssParser, ParserInput,
    ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
    parse_important,
};
use selectors::{
    context::QuirksMode,
    parser::{
        AncestorHashes, Component, ParseRelative, Selector, SelectorList, SelectorParseErrorKind,
    },
};

use super::{
    filed::Filed,
    media::{self, ALWAYS, Mask},
    selector::{Names, Pseudo, Simple, State},
    value::{Property, Set, read},
};

/// How deep brackets and blocks may stand in each other. Nobody writes more, and a file
/// that does is made to break programs.
const DEEPEST_BLOCK: usize = 64;

/// How many rules a stylesheet may have with all that it takes in. One that takes in another
/// twice, which does the same, is made to break programs.
const MOST_RULES: usize = 60_000;

/// How many stylesheets that are missing are remembered of one.
const MOST_MISSING: usize = 50;

/// A stylesheet.
#[derive(Debug, Default)]
pub struct Sheet {
    pub(super) rules: Vec<StyleRule>,
    /// Its layers, in order of first mention.
    pub(super) layers: Vec<String>,
    layer_places: HashMap<String, u32>,
    pub(super) filed: Filed,
    /// How many selectors were put in for `&`.
    parents: usize,
    /// Whether all of it was understood as far as rules go.
    pub(super) is_whole: bool,
    /// Whether it says anything for dark colours.
    pub(super) has_dark: bool,
    /// What it takes in, and does not have in it.
    imports: Vec<Import>,
    /// The addresses of those that were looked for and are not there.
    pub(super) missing: Vec<String>,
}

/// A stylesheet that another one takes in: `@import "a.css" layer(base) screen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its address, as it is written.
    pub address: String,
    /// The name of the layer that it is put into; empty for one without a name.
    layer: Option<String>,
    mask: Mask,
    is_dark: bool,
    /// How many layers were mentioned before it.
    layers_before: usize,
}

/// What is found at the address of an import.
#[derive(Debug)]
pub enum Found {
    /// This.
    Sheet(Arc<Sheet>),
    /// It is there, and is not read: it takes in the one that asks, or too much.
    Unread,
    /// It is not there.
    Missing,
}

#[derive(Debug, Clone)]
pub(super) struct StyleRule {
    pub(super) selector: Selector<Simple>,
    /// What must stand around an element that it matches.
    pub(super) around: AncestorHashes,
    pub(super) pseudo: Option<Pseudo>,
    /// As Selectors 4 counts it.
    pub(super) specificity: u32,
    /// A place in the sheet's `layers`; none when it stands in none.
    pub(super) layer: Option<u32>,
    pub(super) mask: Mask,
    pub(super) declarations: Arc<[Declaration]>,
}

/// `property: value`.
#[derive(Debug, Clone)]
pub(super) struct Declaration {
    pub(super) set: Set,
    pub(super) is_important: bool,
}

impl Sheet {
    /// Reads a stylesheet.
    pub fn read(text: &str) -> Self {
        let mut sheet = Self { is_whole: true, ..Self::default() };
        if depth(text) > DEEPEST_BLOCK {
            sheet.is_whole = false;
            return sheet;
        }
        let mut input = ParserInput::new(text);
        let mut input = CssParser::new(&mut input);
        let mut reader = Reader::new(&mut sheet, ALWAYS);
        reader.may_import = true;
        for _ in StyleSheetParser::new(&mut input, &mut reader) {}
        sheet.filed = Filed::new(sheet.rules.iter().map(|rule| &rule.selector));
        sheet
    }

    /// How much it has in it.
    pub fn size(&self) -> usize {
        self.rules.len() + self.layers.len() + self.missing.len() + 1
    }

    /// What it takes in.
    pub fn imports(&self) -> &[Import] {
        &self.imports
    }

    /// The same with what it takes in, in the order of [`Sheet::imports`].
    #[must_use]
    pub fn with(self, found: Vec<Found>) -> Self {
        self.taking(found, MOST_RULES)
    }

    /// All rules of several, in their order, as one: a page may have a thousand, and each would
    /// be asked for each element.
    pub(super) fn joined(sheets: &[Arc<Self>]) -> Self {
        let import = Import {
            address: String::new(),
            layer: None,
            mask: ALWAYS,
            is_dark: false,
            layers_before: 0,
        };
        let all = Self { is_whole: true, imports: vec![import; sheets.len()], ..Self::default() };
        all.taking(sheets.iter().map(|sheet| Found::Sheet(Arc::clone(sheet))).collect(), usize::MAX)
    }

    /// The same with what it takes in, as long as it has no more rules than `most`.
    fn taking(mut self, found: Vec<Found>, most: usize) -> Self {
        let imports = std::mem::take(&mut self.imports);
        if imports.is_empty() {
            return self;
        }
        let mut all = Self {
            is_whole: self.is_whole,
            has_dark: self.has_dark,
            missing: std::mem::take(&mut self.missing),
            ..Self::default()
        };
        for (import, found) in imports.iter().zip(found) {
            self.layers[..import.layers_before].iter().for_each(|name| _ = all.layer(name));
            let own = import.layer.as_ref().map(|name| match name.is_empty() {
                true => format!("(import {})", all.layers.len()),
                false => name.clone(),
            });
            let layer = own.as_ref().map(|name| all.layer(name));
            let sheet = match found {
                Found::Sheet(sheet) => sheet,
                Found::Unread => {
                    all.is_whole = false;
                    continue;
                }
                // What would hold for no screen matters for none.
                Found::Missing => {
                    if import.mask != 0 {
                        all.missing.push(import.address.clone());
                    }
                    continue;
                }
            };
            if all.rules.len() + sheet.rules.len() + all.layers.len() > most {
                all.is_whole = false;
                continue;
            }
            all.is_whole &= sheet.is_whole;
            all.has_dark |= sheet.has_dark || import.is_dark;
            for address in &sheet.missing {
                if !all.missing.contains(address) && all.missing.len() < MOST_MISSING {
                    all.missing.push(address.clone());
                }
            }
            let full = |name: &String| match &own {
                Some(own) => format!("{own}.{name}"),
                None => name.clone(),
            };
            let places: Vec<u32> = sheet.layers.iter().map(|name| all.layer(&full(name))).collect();
            all.rules.extend(sheet.rules.iter().filter_map(|rule| {
                let mask = rule.mask & import.mask;
                let layer = rule.layer.map(|place| places[place as usize]).or(layer);
                (mask != 0).then(|| StyleRule { layer, mask, ..rule.clone() })
            }));
        }
        let places: Vec<u32> = self.layers.iter().map(|name| all.layer(name)).collect();
        all.rules.extend(self.rules.into_iter().map(|rule| {
            let layer = rule.layer.map(|place| places[place as usize]);
            StyleRule { layer, ..rule }
        }));
        all.filed = Filed::new(all.rules.iter().map(|rule| &rule.selector));
        all
    }

    /// The place of a layer, by its whole name.
    fn layer(&mut self, full: &str) -> u32 {
        if let Some(place) = self.layer_places.get(full) {
            return *place;
        }
        let place = u32::try_from(self.layers.len()).unwrap_or(0);
        self.layers.push(full.to_owned());
        self.layer_places.insert(full.to_owned(), place);
        place
    }
}

/// How deep brackets stand in each other, at most.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Reads the declarations of a `style` attribute.
pub(super) fn inline(text: &str) -> Vec<Declaration> {
    if depth(text) > DEEPEST_BLOCK {
        return Vec::new();
    }
    let mut sheet = Sheet::default();
    let mut input = ParserInput::new(text);
    let mut input = CssParser::new(&mut input);
    let mut reader = Reader::new(&mut sheet, 0);
    reader.is_block = true;
    for _ in RuleBodyParser::new(&mut input, &mut reader) {}
    reader.declarations
}

/// Whether a selector holds for nothing on a page that nobody touches: `a:hover`,
/// `p:has(+ h2:target)`.
fn is_never(selector: &Selector<Simple>) -> bool {
    selector.iter_raw_match_order().any(|part| match part {
        Component::NonTSPseudoClass(State::Never) => true,
        Component::Is(list) | Component::Where(list) => list.slice().iter().all(is_never),
        Component::Has(list) => list.iter().all(|inner| is_never(&inner.selector)),
        _ => false,
    })
}

/// How many selectors may be put in for `&`, in a whole stylesheet.
const MOST_PARENTS: usize = 500_000;

/// How many parts a selector may have, with those of the selectors in it.
const MOST_PARTS: usize = 10_000;

/// Whether a selector has no more parts than are left.
fn has_at_most(selector: &Selector<Simple>, left: &mut usize) -> bool {
    selector.iter_raw_match_order().all(|part| {
        let Some(fewer) = left.checked_sub(1) else { return false };
        *left = fewer;
        match part {
            Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
                list.slice().iter().all(|inner| has_at_most(inner, left))
            }
            Component::NthOf(of) => of.selectors().iter().all(|inner| has_at_most(inner, left)),
            Component::Has(list) => list.iter().all(|inner| has_at_most(&inner.selector, left)),
            _ => true,
        }
    })
}

/// Reads rules into a sheet.
struct Reader<'s> {
    sheet: &'s mut Sheet,
    mask: Mask,
    layer: Option<u32>,
    layer_name: String,
    /// The selectors of the rule in which this one stands.
    parent: Option<SelectorList<Simple>>,
    /// The declarations between these braces.
    declarations: Vec<Declaration>,
    /// Whether declarations may stand here, and not rules alone.
    is_block: bool,
    /// Whether an import may still come: only layers are named before it.
    may_import: bool,
}

impl<'s> Reader<'s> {
    fn new(sheet: &'s mut Sheet, mask: Mask) -> Self {
        let (layer, layer_name, parent) = (None, String::new(), None);
        let (declarations, is_block, may_import) = (Vec::new(), false, false);
        Self { sheet, mask, layer, layer_name, parent, declarations, is_block, may_import }
    }

    /// The whole name of a layer that is named here.
    fn layer_name(&self, name: &str) -> String {
        match self.layer_name.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.layer_name),
        }
    }

    fn layer(&mut self, name: &str) -> u32 {
        let full = self.layer_name(name);
        self.sheet.layer(&full)
    }

    fn add(&mut self, selectors: &SelectorList<Simple>, declarations: Vec<Declaration>) {
        if declarations.is_empty() || self.mask == 0 {
            return;
        }
        let declarations: Arc<[Declaration]> = declarations.into();
        for selector in selectors.slice() {
            let pseudo = selector.pseudo_element().copied();
            let says_words = || declarations.iter().any(|one| matches!(one.set, Set::Content(_)));
            if pseudo == Some(Pseudo::Other) || (pseudo.is_some() && !says_words()) {
                continue;
            }
            if is_never(selector) {
                continue;
            }
            self.sheet.rules.push(StyleRule {
                specificity: selector.specificity(),
                around: AncestorHashes::new(selector, QuirksMode::NoQuirks),
                selector: selector.clone(),
                pseudo,
                layer: self.layer,
                mask: self.mask,
                declarations: Arc::clone(&declarations),
            });
        }
    }

    /// Reads what stands between the braces of a rule or of a condition.
    fn body<'i>(&mut self, input: &mut CssParser<'i, '_>, selectors: &SelectorList<Simple>) {
        let outer = self.parent.replace(selectors.clone());
        let first = self.sheet.rules.len();
        let declarations = self.between_braces(input, true);
        // A rule's own declarations come before the rules that stand in it.
        let nested = self.sheet.rules.split_off(first);
        self.add(selectors, declarations);
        self.sheet.rules.extend(nested);
        self.parent = outer;
    }

    /// Reads what stands between braces; the declarations that stand there.
    fn between_braces(
        &mut self,
        input: &mut CssParser<'_, '_>,
        is_block: bool,
    ) -> Vec<Declaration> {
        let around = std::mem::replace(&mut self.is_block, is_block);
        let outer = std::mem::take(&mut self.declarations);
        for _ in RuleBodyParser::new(input, self) {}
        self.is_block = around;
        std::mem::replace(&mut self.declarations, outer)
    }
}

/// `@media …`, `@layer …`.
enum Prelude {
    When(Mask, bool),
    Layer(Vec<String>),
    Import(Import),
    Skipped,
}

/// Reads what stands after `@import`.
fn import<'i>(input: &mut CssParser<'i, '_>) -> Option<Import> {
    let address = input.expect_url_or_string().ok()?.to_string();
    let mut found = Import { address, layer: None, mask: ALWAYS, is_dark: false, layers_before: 0 };
    loop {
        let before = input.state();
        match input.next() {
            Ok(Token::Ident(name)) if name.eq_ignore_ascii_case("layer") => {
                found.layer = Some(String::new());
            }
            Ok(Token::Function(name)) if name.eq_ignore_ascii_case("layer") => {
                found.layer = Some(inside(input)?.trim().to_owned());
            }
            Ok(Token::Function(name)) if name.eq_ignore_ascii_case("supports") => {
                if is_denied(&inside(input)?) {
                    found.mask = 0;
                }
            }
            Ok(_) => {
                input.reset(&before);
                break;
            }
            Err(_) => return Some(found),
        }
    }
    let start = input.position();
    while input.next().is_ok() {}
    let holds = media::holds(input.slice_from(start).trim());
    found.mask &= holds.mask;
    found.is_dark = holds.is_dark;
    Some(found)
}

/// What stands between the brackets of a function.
fn inside<'i>(input: &mut CssParser<'i, '_>) -> Option<String> {
    let read = input.parse_nested_block(|input| {
        let start = input.position();
        while input.next().is_ok() {}
        Ok::<_, ParseError<'i, ()>>(input.slice_from(start).to_owned())
    });
    read.ok()
}

/// Whether a condition asks for what browsers do not have.
fn is_denied(condition: &str) -> bool {
    condition.trim_start().to_ascii_lowercase().starts_with("not")
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = SelectorList<Simple>;
    type QualifiedRule = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_prelude<'t>(
        &mut self,
        input: &mut CssParser<'i, 't>,
    ) -> Result<Self::Prelude, ParseError<'i, Self::Error>> {
        self.may_import = false;
        let nesting =
            if self.parent.is_some() { ParseRelative::ForNesting } else { ParseRelative::No };
        let list = SelectorList::parse(&Names, input, nesting)?;
        let Some(parent) = &self.parent else { return Ok(list) };
        self.sheet.parents += parent.slice().len();
        if self.sheet.parents > MOST_PARENTS {
            self.sheet.is_whole = false;
            return Err(input.new_custom_error(SelectorParseErrorKind::InvalidState));
        }
        let list = list.replace_parent_selector(parent);
        // Each `&` stands for all of the rule around: ten rules in each other can make a
        // selector of thousands of parts.
        let is_short = |one: &Selector<Simple>| has_at_most(one, &mut { MOST_PARTS });
        if !list.slice().iter().all(is_short) {
            self.sheet.is_whole = false;
            return Err(input.new_custom_error(SelectorParseErrorKind::InvalidState));
        }
        Ok(list)
    }

    fn parse_block<'t>(
        &mut self,
        prelude: Self::Prelude,
        _start: &ParserState,
        input: &mut CssParser<'i, 't>,
    ) -> Result<(), ParseError<'i, Self::Error>> {
        self.body(input, &prelude);
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_prelude<'t>(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut CssParser<'i, 't>,
    ) -> Result<Prelude, ParseError<'i, Self::Error>> {
        let name = name.to_ascii_lowercase();
        if name == "import" {
            let found = import(input);
            while input.next().is_ok() {}
            // One that stands below rules is none.
            let found = found.filter(|_| self.may_import);
            return Ok(found.map_or(Prelude::Skipped, Prelude::Import));
        }
        self.may_import &= matches!(name.as_str(), "layer" | "charset");
        let start = input.position();
        while input.next().is_ok() {}
        let text = input.slice_from(start).trim();
        Ok(match &*name {
            "media" => {
                let found = media::holds(text);
                Prelude::When(found.mask, found.is_dark)
            }
            "supports" => Prelude::When(if is_denied(text) { 0 } else { ALWAYS }, false),
            "layer" => Prelude::Layer(
                text.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>(),
            ),
            "container" | "scope" => {
                self.sheet.is_whole = false;
                Prelude::Skipped
            }
            _ => Prelude::Skipped,
        })
    }

    fn rule_without_block(&mut self, prelude: Prelude, _start: &ParserState) -> Result<(), ()> {
        match prelude {
            Prelude::Layer(names) => {
                for name in names.iter().filter(|name| !name.is_empty()) {
                    self.layer(name);
                }
            }
            Prelude::Import(found) => {
                let layers_before = self.sheet.layers.len();
                self.sheet.imports.push(Import { layers_before, ..found });
            }
            Prelude::When(..) | Prelude::Skipped => {}
        }
        Ok(())
    }

    fn parse_block<'t>(
        &mut self,
        prelude: Prelude,
        _start: &ParserState,
        input: &mut CssParser<'i, 't>,
    ) -> Result<(), ParseError<'i, Self::Error>> {
        self.may_import = false;
        let before = (self.mask, self.layer, self.layer_name.clone());
        match prelude {
            Prelude::When(mask, is_dark) => {
                self.mask &= mask;
                self.sheet.has_dark |= is_dark;
            }
            Prelude::Layer(names) => {
                let mut name = names.into_iter().next().unwrap_or_default();
                if name.is_empty() {
                    let _ = write!(name, "({})", self.sheet.layers.len());
                }
                self.layer = Some(self.layer(&name));
                self.layer_name = self.layer_name(&name);
            }
            Prelude::Import(_) | Prelude::Skipped => {
                while input.next().is_ok() {}
                return Ok(());
            }
        }
        match self.parent.clone() {
            Some(parent) => self.body(input, &parent),
            None => drop(self.between_braces(input, false)),
        }
        (self.mask, self.layer, self.layer_name) = before;
        Ok(())
    }
}

impl<'i> DeclarationParser<'i> for Reader<'_> {
    type Declaration = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_value<'t>(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut CssParser<'i, 't>,
        _start: &ParserState,
    ) -> Result<(), ParseError<'i, Self::Error>> {
        let start = input.position();
        let mut end = start;
        let mut is_important = false;
        loop {
            if input.try_parse(parse_important).is_ok() && input.is_exhausted() {
                is_important = true;
                break;
            }
            let opens_block = match input.next_including_whitespace() {
                // A brace means that this is a rule after all: `a:hover { … }`.
                Ok(Token::CurlyBracketBlock) => {
                    return Err(input.new_custom_error(SelectorParseErrorKind::InvalidState));
                }
                Ok(token) => matches!(
                    token,
                    Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock
                ),
                Err(_) => break,
            };
            if opens_block {
                input.parse_nested_block(|inside| {
                    while inside.next().is_ok() {}
                    Ok::<_, ParseError<'i, Self::Error>>(())
                })?;
            }
            end = input.position();
        }
        let value = input.slice(start..end).trim();
        let found = &mut self.declarations;
        match Property::named(&name) {
            Some(property) => {
                read(property, value, &mut |set| found.push(Declaration { set, is_important }));
            }
            None if name.starts_with("--") => {
                let set = Set::Custom(name.as_ref().into(), value.into());
                found.push(Declaration { set, is_important });
            }
            None => {}
        }
        Ok(())
    }
}

impl<'i> RuleBodyItemParser<'i, (), SelectorParseErrorKind<'i>> for Reader<'_> {
    fn parse_declarations(&self) -> bool {
        self.is_block
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}
