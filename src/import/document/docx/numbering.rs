//! Lists of a Word document: what stands before each of their paragraphs.
//!
//! Word counts the paragraphs of a list wherever they stand, and starts a deeper level again
//! after each of a higher one. Several lists can share one definition, and then go on counting.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::{block::Mark, xml::Element};

/// How many levels a list has.
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    form: String,
    text: String,
    start: u32,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, [Option<Level>; LEVELS]>,
    /// The definition of each list, and where it begins again.
    lists: HashMap<String, (String, BTreeMap<usize, u32>)>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(root: &Element) -> Self {
        let mut numbering = Self::default();
        for element in root.elements() {
            match &*element.name {
                "w:abstractNum" => {
                    let Some(id) = element.get("w:abstractNumId") else { continue };
                    let mut levels = [const { None }; LEVELS];
                    for level in element.elements().filter(|it| &*it.name == "w:lvl") {
                        let deep = level.get("w:ilvl").and_then(|deep| deep.parse().ok());
                        if let Some(slot) = deep.and_then(|deep: usize| levels.get_mut(deep)) {
                            *slot = Some(Level::read(level));
                        }
                    }
                    numbering.definitions.insert(id.to_owned(), levels);
                }
                "w:num" => {
                    let definition =
                        element.child("w:abstractNumId").and_then(|it| it.get("w:val"));
                    let (Some(id), Some(definition)) = (element.get("w:numId"), definition) else {
                        continue;
                    };
                    let again = element.elements().filter_map(|it| {
                        let start = it.child("w:startOverride")?.get("w:val")?.parse().ok()?;
                        Some((it.get("w:ilvl")?.parse().ok()?, start))
                    });
                    numbering.lists.insert(id.to_owned(), (definition.to_owned(), again.collect()));
                }
                _ => {}
            }
        }
        numbering
    }

    /// What stands before the next paragraph of a list at a level; nothing where no mark does.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<Mark> {
        let level = usize::from(level).min(LEVELS - 1);
        let (definition, again) = self.lists.get(list)?;
        let levels = self.definitions.get(definition)?;
        let own = levels[level].as_ref()?;
        let counts = self.counts.entry(definition.clone()).or_default();
        if let Some(start) = again.get(&level)
            && self.begun.insert((list.to_owned(), level))
        {
            counts[level] = start.checked_sub(1);
            if *start == 0 {
                counts[level] = None;
            }
        }
        let value = match counts[level] {
            Some(before) => before.saturating_add(1),
            None => again.get(&level).copied().unwrap_or(own.start),
        };
        counts[level] = Some(value);
        counts[level + 1..].fill(None);
        match own.form.as_str() {
            "bullet" => Some(Mark::Bullet),
            "none" => None,
            form => {
                let is_alone = own.text.matches('%').count() == 1;
                let is_plain = matches!(form, "decimal" | "decimalZero") && is_alone;
                Some(Mark::Number { value, is_plain })
            }
        }
    }
}

impl Level {
    fn read(element: &Element) -> Self {
        let value = |name: &str| element.child(name).and_then(|it| it.get("w:val"));
        Self {
            form: value("w:numFmt").unwrap_or("decimal").to_owned(),
            text: value("w:lvlText").unwrap_or_default().to_owned(),
            start: value("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
        }
    }
}
