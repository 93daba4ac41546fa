//! Stylesheets: which declarations there are, and to which elements they belong.
//!
//! `cssparser` reads the syntax and `selectors` matches selectors; what is here is the
//! part of CSS that rules ask about. A stylesheet is read once, whichever pages use it.
//! Left out, and said so by [`Sheet::is_whole`] where it matters: `@import`,
//! `@container`, `@scope`. Conditions of media are decided for three [`scenes`](SCENES).

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    fmt,
    fmt::Write as _,
    rc::Rc,
    sync::Arc,
};

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser as CssParser, ParserInput,
    ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, ToCss,
    Token, parse_important,
};
use precomputed_hash::PrecomputedHash;
use selectors::{
    OpaqueElement,
    attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint},
    bloom::{BLOOM_HASH_MASK, BloomFilter},
    context::{
        MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
        SelectorCaches,
    },
    matching::{ElementSelectorFlags, matches_selector},
    parser::{
        AncestorHashes, Component, NonTSPseudoClass, ParseRelative, PseudoElement, Selector,
        SelectorImpl, SelectorList, SelectorParseErrorKind,
    },
};

use super::{
    media,
    tree::{NONE, Tree},
    value::{Property, Set, read},
};

/// The circumstances that are looked at: as most people see a page, in dark colours, and
/// with a screen that is higher than wide.
pub(super) const SCENES: usize = 3;

/// Which of the scenes a declaration belongs to, a bit each.
pub(super) type Mask = u8;

/// All of them.
pub(super) const ALWAYS: Mask = (1 << SCENES) - 1;

/// How deep brackets and blocks may stand in each other. Nobody writes more, and a file
/// that does is made to break programs.
const DEEPEST: usize = 64;

/// A stylesheet.
#[derive(Debug, Default)]
pub struct Sheet {
    rules: Vec<StyleRule>,
    /// Its layers, in order of first mention.
    layers: Vec<String>,
    layer_places: HashMap<String, u32>,
    by_id: HashMap<Box<str>, Vec<u32>>,
    by_class: HashMap<Box<str>, Vec<u32>>,
    by_tag: HashMap<Box<str>, Vec<u32>>,
    anywhere: Vec<u32>,
    /// How many selectors were put in for `&`.
    parents: usize,
    /// Whether all of it was understood as far as rules go.
    pub(super) is_whole: bool,
    /// Whether it says anything for dark colours.
    pub(super) has_dark: bool,
}

#[derive(Debug)]
struct StyleRule {
    selector: Selector<Simple>,
    /// What must stand around an element that it matches.
    around: AncestorHashes,
    pseudo: Option<Pseudo>,
    specificity: u32,
    /// A place in the sheet's `layers`; none when it stands in none.
    layer: Option<u32>,
    mask: Mask,
    declarations: Arc<[Declaration]>,
}

/// `property: value`.
#[derive(Debug, Clone)]
pub(super) struct Declaration {
    pub(super) set: Set,
    pub(super) is_important: bool,
}

/// A declaration that applies to an element, and what decides between several.
#[derive(Debug)]
pub(super) struct Match<'s> {
    pub(super) declarations: &'s [Declaration],
    pub(super) mask: Mask,
    pub(super) pseudo: Option<Pseudo>,
    /// Layers of the page: what stands in none comes last.
    pub(super) layer: u32,
    pub(super) specificity: u32,
    pub(super) order: (u32, u32),
}

impl Sheet {
    /// Reads a stylesheet.
    pub fn read(text: &str) -> Self {
        let mut sheet = Self { is_whole: true, ..Self::default() };
        if depth(text) > DEEPEST {
            sheet.is_whole = false;
            return sheet;
        }
        let mut input = ParserInput::new(text);
        let mut input = CssParser::new(&mut input);
        let mut reader = Reader {
            sheet: &mut sheet,
            mask: ALWAYS,
            layer: None,
            layer_name: String::new(),
            parent: None,
        };
        for _ in StyleSheetParser::new(&mut input, &mut reader) {}
        sheet.index();
        sheet
    }

    /// Files each rule under what its last part must have.
    fn index(&mut self) {
        for (at, rule) in self.rules.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let mut keys = Vec::new();
            if !keys_of(&rule.selector, &mut keys) {
                self.anywhere.push(at);
                continue;
            }
            keys.sort();
            keys.dedup();
            for key in keys {
                let (map, name) = match key {
                    Key::Id(name) => (&mut self.by_id, name),
                    Key::Class(name) => (&mut self.by_class, name),
                    Key::Tag(name) => (&mut self.by_tag, name),
                };
                map.entry(name.into()).or_default().push(at);
            }
        }
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
    if depth(text) > DEEPEST {
        return Vec::new();
    }
    let mut sheet = Sheet::default();
    let mut input = ParserInput::new(text);
    let mut input = CssParser::new(&mut input);
    let mut reader =
        Reader { sheet: &mut sheet, mask: 0, layer: None, layer_name: String::new(), parent: None };
    let mut body = Body { reader: &mut reader, declarations: Vec::new(), is_block: true };
    for _ in RuleBodyParser::new(&mut input, &mut body) {}
    body.declarations
}

/// All stylesheets of a page.
pub(super) struct Cascade<'s> {
    sheets: &'s [Arc<Sheet>],
    /// For each sheet, where its layers stand among those of the page.
    layers: Vec<Vec<u32>>,
    caches: SelectorCaches,
    /// What stands around the element that is looked at: a quick no to most selectors.
    filter: BloomFilter,
    /// The elements in the filter, from the outside in, each with what it added.
    around: Vec<(u32, Vec<u32>)>,
    /// How many steps from element to element, and how many rules, may still be tried.
    left: Rc<Cell<usize>>,
}

/// Steps that any page may take, and how many more for each of its elements. With styles
/// that people write, a large page takes a hundred for each.
const STEPS: usize = 20_000_000;
const STEPS_AN_ELEMENT: usize = 500;

/// Takes steps off those that are left; false when there are none.
fn spend(left: &Cell<usize>, steps: usize) -> bool {
    left.set(left.get().saturating_sub(steps));
    left.get() > 0
}

impl<'s> Cascade<'s> {
    pub(super) fn new(sheets: &'s [Arc<Sheet>], nodes: usize) -> Self {
        let mut names: HashMap<&str, usize> = HashMap::new();
        for name in sheets.iter().flat_map(|sheet| &sheet.layers) {
            let next = names.len();
            names.entry(name).or_insert(next);
        }
        // By first mention; what stands in a layer's inner layers loses to what stands
        // in it directly.
        let key = |name: &str| {
            let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
            let mut key: Vec<usize> =
                ends.map(|end| names.get(&name[..end]).copied().unwrap_or(0)).collect();
            key.push(usize::MAX);
            key
        };
        let mut ranked: Vec<&str> = names.keys().copied().collect();
        ranked.sort_by_cached_key(|name| key(name));
        let places: HashMap<&str, u32> = ranked.into_iter().zip(0..).collect();
        let layers = sheets
            .iter()
            .map(|sheet| sheet.layers.iter().map(|name| places[name.as_str()]).collect())
            .collect();
        Self {
            sheets,
            layers,
            caches: SelectorCaches::default(),
            left: Rc::new(Cell::new(STEPS + STEPS_AN_ELEMENT * nodes)),
            filter: BloomFilter::new(),
            around: Vec::new(),
        }
    }

    /// Whether the styles were made to take for ever, and were given up.
    pub(super) fn is_given_up(&self) -> bool {
        self.left.get() == 0
    }

    /// What applies to an element, in no order. Elements are asked for in the order of
    /// the page.
    pub(super) fn matches(&mut self, tree: &Tree<'_>, id: u32, found: &mut Vec<Match<'s>>) {
        if self.sheets.is_empty() {
            return;
        }
        let node = &tree.nodes[id as usize];
        let left = Rc::clone(&self.left);
        let place = Place { tree, id, left: &left };
        while let Some((_, hashes)) = self.around.pop_if(|(last, _)| *last != node.parent) {
            hashes.into_iter().for_each(|hash| self.filter.remove_hash(hash));
        }
        self.find(place, found);
        let hashes = place.hashes();
        hashes.iter().for_each(|&hash| self.filter.insert_hash(hash));
        self.around.push((id, hashes));
    }

    fn find(&mut self, place: Place<'_, '_>, found: &mut Vec<Match<'s>>) {
        let node = place.node();
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            Some(&self.filter),
            &mut self.caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut pseudo_caches = SelectorCaches::default();
        for (sheet_number, sheet) in self.sheets.iter().enumerate() {
            spend(&self.left, 1);
            let layers = &self.layers[sheet_number];
            let mut try_all = |rules: &[u32]| {
                for &at in rules {
                    let rule = &sheet.rules[at as usize];
                    let around = Some(&rule.around);
                    if !spend(place.left, 1) {
                        return;
                    }
                    let is_match = if rule.pseudo.is_some() {
                        let mut context = MatchingContext::new(
                            MatchingMode::ForStatelessPseudoElement,
                            Some(&self.filter),
                            &mut pseudo_caches,
                            QuirksMode::NoQuirks,
                            NeedsSelectorFlags::No,
                            MatchingForInvalidation::No,
                        );
                        matches_selector(&rule.selector, 0, around, &place, &mut context)
                    } else {
                        matches_selector(&rule.selector, 0, around, &place, &mut context)
                    };
                    if is_match {
                        spend(place.left, rule.declarations.len());
                        found.push(Match {
                            declarations: &rule.declarations,
                            mask: rule.mask,
                            pseudo: rule.pseudo,
                            layer: rule.layer.map_or(u32::MAX, |layer| layers[layer as usize]),
                            specificity: rule.specificity,
                            order: (u32::try_from(sheet_number).unwrap_or(0), at),
                        });
                    }
                }
            };
            if !sheet.by_tag.is_empty()
                && let Some(rules) = sheet.by_tag.get(&*node.tag)
            {
                try_all(rules);
            }
            for attribute in place.attributes() {
                match &*attribute.name {
                    "class" if !sheet.by_class.is_empty() => {
                        // Nobody writes many, and a list of one class a thousand times is
                        // made to keep programs busy.
                        let is_long = attribute.value.len() > 500;
                        let mut tried = HashSet::new();
                        for class in attribute.value.split_ascii_whitespace() {
                            if let Some(rules) = sheet.by_class.get(class)
                                && (!is_long || tried.insert(class))
                            {
                                try_all(rules);
                            }
                        }
                    }
                    "id" if !sheet.by_id.is_empty() => {
                        if let Some(rules) = sheet.by_id.get(&*attribute.value) {
                            try_all(rules);
                        }
                    }
                    _ => {}
                }
            }
            if !sheet.anywhere.is_empty() {
                try_all(&sheet.anywhere);
            }
        }
    }
}

/// What the last part of a selector must have.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Id(&'a str),
    Class(&'a str),
    Tag(&'a str),
}

/// The keys one of which an element must have; false when there are none.
fn keys_of<'a>(selector: &'a Selector<Simple>, keys: &mut Vec<Key<'a>>) -> bool {
    let mut best: Option<Key<'a>> = None;
    let mut lists: Vec<&[Selector<Simple>]> = Vec::new();
    let mut parts = selector.iter();
    loop {
        for part in parts.by_ref() {
            let key = match part {
                Component::ID(name) => Key::Id(&name.0),
                Component::Class(name) => Key::Class(&name.0),
                Component::LocalName(name) => Key::Tag(&name.lower_name.0),
                Component::Root => Key::Tag("html"),
                Component::Is(list) | Component::Where(list) => {
                    lists.push(list.slice());
                    continue;
                }
                _ => continue,
            };
            if best.as_ref().is_none_or(|best| key < *best) {
                best = Some(key);
            }
        }
        // A pseudo-element stands after its element as after a combinator.
        match parts.next_sequence() {
            Some(combinator) if combinator.is_pseudo_element() => {}
            _ => break,
        }
    }
    if let Some(key) = best {
        keys.push(key);
        return true;
    }
    for list in lists {
        let before = keys.len();
        if list.iter().all(|inner| keys_of(inner, keys)) {
            return true;
        }
        keys.truncate(before);
    }
    false
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
}

impl Reader<'_> {
    fn layer(&mut self, name: &str) -> u32 {
        let full = match self.layer_name.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.layer_name),
        };
        let Sheet { layers, layer_places, .. } = &mut *self.sheet;
        *layer_places.entry(full).or_insert_with_key(|full| {
            layers.push(full.clone());
            u32::try_from(layers.len() - 1).unwrap_or(0)
        })
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
            // `a:hover` holds for nothing on a page that nobody touches.
            let is_never = |part: &Component<Simple>| {
                matches!(part, Component::NonTSPseudoClass(State::Never))
            };
            if selector.iter_raw_match_order().any(is_never) {
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
        let mut body = Body { reader: self, declarations: Vec::new(), is_block: true };
        for _ in RuleBodyParser::new(input, &mut body) {}
        let declarations = body.declarations;
        // A rule's own declarations come before the rules that stand in it.
        let nested = self.sheet.rules.split_off(first);
        self.add(selectors, declarations);
        self.sheet.rules.extend(nested);
        self.parent = outer;
    }
}

/// `@media …`, `@layer …`.
enum Prelude {
    When(Mask, bool),
    Layer(Vec<String>),
    Skipped,
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = SelectorList<Simple>;
    type QualifiedRule = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_prelude<'t>(
        &mut self,
        input: &mut CssParser<'i, 't>,
    ) -> Result<Self::Prelude, ParseError<'i, Self::Error>> {
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
        let start = input.position();
        while input.next().is_ok() {}
        let text = input.slice_from(start).trim();
        Ok(match &*name.to_ascii_lowercase() {
            "media" => {
                let found = media::holds(text);
                Prelude::When(found.mask, found.is_dark)
            }
            "supports" => {
                let is_not = text.trim_start().to_ascii_lowercase().starts_with("not");
                Prelude::When(if is_not { 0 } else { ALWAYS }, false)
            }
            "layer" => Prelude::Layer(
                text.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>(),
            ),
            "import" | "container" | "scope" => {
                self.sheet.is_whole = false;
                Prelude::Skipped
            }
            _ => Prelude::Skipped,
        })
    }

    fn rule_without_block(&mut self, prelude: Prelude, _start: &ParserState) -> Result<(), ()> {
        if let Prelude::Layer(names) = prelude {
            for name in names.iter().filter(|name| !name.is_empty()) {
                self.layer(name);
            }
        }
        Ok(())
    }

    fn parse_block<'t>(
        &mut self,
        prelude: Prelude,
        _start: &ParserState,
        input: &mut CssParser<'i, 't>,
    ) -> Result<(), ParseError<'i, Self::Error>> {
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
                self.layer_name = match self.layer_name.is_empty() {
                    true => name,
                    false => format!("{}.{name}", self.layer_name),
                };
            }
            Prelude::Skipped => {
                while input.next().is_ok() {}
                return Ok(());
            }
        }
        match self.parent.clone() {
            Some(parent) => self.body(input, &parent),
            None => {
                let mut body = Body { reader: self, declarations: Vec::new(), is_block: false };
                for _ in RuleBodyParser::new(input, &mut body) {}
            }
        }
        (self.mask, self.layer, self.layer_name) = before;
        Ok(())
    }
}

/// What stands between braces: declarations, and rules.
struct Body<'r, 's> {
    reader: &'r mut Reader<'s>,
    declarations: Vec<Declaration>,
    is_block: bool,
}

impl<'i> DeclarationParser<'i> for Body<'_, '_> {
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

impl<'i> QualifiedRuleParser<'i> for Body<'_, '_> {
    type Prelude = SelectorList<Simple>;
    type QualifiedRule = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_prelude<'t>(
        &mut self,
        input: &mut CssParser<'i, 't>,
    ) -> Result<Self::Prelude, ParseError<'i, Self::Error>> {
        QualifiedRuleParser::parse_prelude(self.reader, input)
    }

    fn parse_block<'t>(
        &mut self,
        prelude: Self::Prelude,
        start: &ParserState,
        input: &mut CssParser<'i, 't>,
    ) -> Result<(), ParseError<'i, Self::Error>> {
        QualifiedRuleParser::parse_block(self.reader, prelude, start, input)
    }
}

impl<'i> AtRuleParser<'i> for Body<'_, '_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = SelectorParseErrorKind<'i>;

    fn parse_prelude<'t>(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut CssParser<'i, 't>,
    ) -> Result<Prelude, ParseError<'i, Self::Error>> {
        AtRuleParser::parse_prelude(self.reader, name, input)
    }

    fn rule_without_block(&mut self, prelude: Prelude, start: &ParserState) -> Result<(), ()> {
        AtRuleParser::rule_without_block(self.reader, prelude, start)
    }

    fn parse_block<'t>(
        &mut self,
        prelude: Prelude,
        start: &ParserState,
        input: &mut CssParser<'i, 't>,
    ) -> Result<(), ParseError<'i, Self::Error>> {
        AtRuleParser::parse_block(self.reader, prelude, start, input)
    }
}

impl<'i> RuleBodyItemParser<'i, (), SelectorParseErrorKind<'i>> for Body<'_, '_> {
    fn parse_declarations(&self) -> bool {
        self.is_block
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

/// Reads names in selectors.
struct Names;

impl<'i> selectors::parser::Parser<'i> for Names {
    type Impl = Simple;
    type Error = SelectorParseErrorKind<'i>;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn parse_non_ts_pseudo_class(
        &self,
        _location: cssparser::SourceLocation,
        name: CowRcStr<'i>,
    ) -> Result<State, ParseError<'i, Self::Error>> {
        Ok(match &*name.to_ascii_lowercase() {
            "link" | "any-link" => State::Link,
            "checked" => State::Checked,
            "disabled" => State::Disabled,
            "enabled" => State::Enabled,
            "required" => State::Required,
            "optional" => State::Optional,
            "open" => State::Open,
            "placeholder-shown" => State::PlaceholderShown,
            _ => State::Never,
        })
    }

    fn parse_non_ts_functional_pseudo_class<'t>(
        &self,
        _name: CowRcStr<'i>,
        parser: &mut CssParser<'i, 't>,
        _after_part: bool,
    ) -> Result<State, ParseError<'i, Self::Error>> {
        while parser.next().is_ok() {}
        Ok(State::Never)
    }

    fn parse_pseudo_element(
        &self,
        _location: cssparser::SourceLocation,
        name: CowRcStr<'i>,
    ) -> Result<Pseudo, ParseError<'i, Self::Error>> {
        Ok(match &*name.to_ascii_lowercase() {
            "before" => Pseudo::Before,
            "after" => Pseudo::After,
            _ => Pseudo::Other,
        })
    }

    fn parse_functional_pseudo_element<'t>(
        &self,
        _name: CowRcStr<'i>,
        arguments: &mut CssParser<'i, 't>,
    ) -> Result<Pseudo, ParseError<'i, Self::Error>> {
        while arguments.next().is_ok() {}
        Ok(Pseudo::Other)
    }

    fn namespace_for_prefix(&self, _prefix: &Name) -> Option<Name> {
        Some(Name("".into()))
    }
}

/// The kinds of names in selectors.
#[derive(Debug, Clone)]
pub(super) struct Simple;

impl SelectorImpl for Simple {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = State;
    type PseudoElement = Pseudo;
}

/// A name in a selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name(Box<str>);

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        hash(&self.0)
    }
}

/// A name as a number; names that are alike have the same.
fn hash(name: &str) -> u32 {
    let number = name.bytes().fold(5381, |hash: u32, byte| hash.wrapping_mul(33) ^ u32::from(byte));
    number & BLOOM_HASH_MASK
}

/// `:hover` and the like. What depends on the moment never holds: rules look at a page
/// that nobody touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Link,
    Checked,
    Disabled,
    Enabled,
    Required,
    Optional,
    Open,
    PlaceholderShown,
    Never,
}

impl ToCss for State {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(":state")
    }
}

impl NonTSPseudoClass for State {
    type Impl = Simple;

    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

/// `::before` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pseudo {
    Before,
    After,
    Other,
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str("::part")
    }
}

impl PseudoElement for Pseudo {
    type Impl = Simple;

    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }
}

/// An element, as selectors see it.
#[derive(Clone, Copy)]
struct Place<'t, 'a> {
    tree: &'t Tree<'a>,
    id: u32,
    /// How many steps may still be taken.
    left: &'t Cell<usize>,
}

impl fmt::Debug for Place<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.tree.nodes[self.id as usize].tag)
    }
}

impl<'t, 'a> Place<'t, 'a> {
    /// The element a step away, while steps are left.
    fn at(self, id: u32) -> Option<Self> {
        (id != NONE && spend(self.left, 1)).then_some(Self { id, ..self })
    }

    fn node(self) -> &'t super::tree::Node<'a> {
        &self.tree.nodes[self.id as usize]
    }

    fn attributes(self) -> &'t [super::tree::Attribute<'a>] {
        let (from, to) = self.node().attributes;
        &self.tree.attributes[from as usize..to as usize]
    }

    /// Its name, id and classes as numbers.
    fn hashes(self) -> Vec<u32> {
        let mut hashes = vec![hash(&self.node().tag)];
        for attribute in self.attributes() {
            match &*attribute.name {
                "id" => hashes.push(hash(&attribute.value)),
                "class" => hashes.extend(attribute.value.split_ascii_whitespace().map(hash)),
                _ => {}
            }
        }
        hashes
    }

    fn attr(self, name: &str) -> Option<&'t str> {
        self.attributes().iter().find(|one| one.name == name).map(|one| &*one.value)
    }

    fn is_one_of(self, tags: &[&str]) -> bool {
        tags.contains(&&*self.node().tag)
    }
}

/// Elements that can be disabled.
const CONTROLS: &[&str] =
    &["button", "fieldset", "input", "optgroup", "option", "select", "textarea"];

impl selectors::Element for Place<'_, '_> {
    type Impl = Simple;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.node())
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.node().parent)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn pseudo_element_originating_element(&self) -> Option<Self> {
        // Asked where a selector goes on after `::before`, of which nothing is an element.
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.node().previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.node().next)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.at(self.node().first)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, name: &Name) -> bool {
        *self.node().tag == *name.0
    }

    fn has_namespace(&self, _namespace: &Name) -> bool {
        true
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.node().tag == other.node().tag
    }

    fn attr_matches(
        &self,
        _namespace: &NamespaceConstraint<&Name>,
        name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.attr(&name.0).is_some_and(|value| match operation {
            AttrSelectorOperation::Exists => true,
            AttrSelectorOperation::WithValue { operator, case_sensitivity, value: wanted } => {
                operator.eval_str(value, &wanted.0, *case_sensitivity)
            }
        })
    }

    fn match_non_ts_pseudo_class(
        &self,
        state: &State,
        _context: &mut MatchingContext<'_, Simple>,
    ) -> bool {
        match state {
            State::Link => self.is_link(),
            State::Checked => self.attr("checked").is_some() || self.attr("selected").is_some(),
            State::Disabled => self.is_one_of(CONTROLS) && self.attr("disabled").is_some(),
            State::Enabled => self.is_one_of(CONTROLS) && self.attr("disabled").is_none(),
            State::Required => self.attr("required").is_some(),
            State::Optional => {
                self.is_one_of(&["input", "select", "textarea"]) && self.attr("required").is_none()
            }
            State::Open => self.attr("open").is_some(),
            State::PlaceholderShown => {
                self.attr("placeholder").is_some() && self.attr("value").is_none()
            }
            State::Never => false,
        }
    }

    fn match_pseudo_element(
        &self,
        _pseudo: &Pseudo,
        _context: &mut MatchingContext<'_, Simple>,
    ) -> bool {
        true
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.is_one_of(&["a", "area"]) && self.attr("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.attr("id").is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        self.attr("class").is_some_and(|classes| {
            spend(self.left, classes.len() / 64);
            classes
                .split_ascii_whitespace()
                .any(|class| case.eq(class.as_bytes(), name.0.as_bytes()))
        })
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        let node = self.node();
        let inside = &self.tree.nodes[self.id as usize + 1..node.end as usize];
        inside.iter().all(|node| node.tag.is_empty() && node.text.is_empty())
    }

    fn is_root(&self) -> bool {
        self.id == 0
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}
