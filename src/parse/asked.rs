//! The names that readers of front matter and of records ask for, with the shapes of their
//! values.

/// A name that can be written, and what can stand behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name, as editors write it.
    pub name: String,
    /// The shapes that its value can have; the first is what most people write.
    pub shapes: Vec<Shape>,
    /// Whether it must be there, at least in some records.
    pub is_needed: bool,
    /// What somebody might write, or empty.
    pub example: String,
}

/// The shape of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Words, in one line or several.
    Words,
    /// A day: `21 November 2026`.
    Day,
    /// `yes` or `no`.
    YesNo,
    /// A whole number.
    Number,
    /// One of these.
    OneOf(Vec<&'static str>),
    /// A list of words.
    List,
    /// Names with values.
    Map(Vec<Asked>),
    /// A list of names with values.
    Maps(Vec<Asked>),
    /// Whatever a theme reads.
    Data,
}

/// What is learned of a reader while it reads nothing.
#[derive(Debug, Clone)]
pub(super) struct Learning {
    /// Whether a value that may be words or a map is taken for a map.
    pub(super) as_maps: bool,
    /// The name whose value this is a part of; empty at the top.
    pub(super) under: String,
    pub(super) asked: Vec<Asked>,
}

impl Learning {
    pub(super) fn part(&self, under: &str) -> Self {
        Self { as_maps: self.as_maps, under: under.to_owned(), asked: Vec::new() }
    }

    /// Notes that a name was asked for.
    pub(super) fn note(&mut self, name: &str, shape: Shape) {
        note(&mut self.asked, name, shape);
    }

    /// Says of the name that was asked for last that its value is more than words.
    pub(super) fn is(&mut self, name: &str, shape: Shape) {
        let Some(asked) = self.asked.iter_mut().find(|asked| asked.name == name) else { return };
        match asked.shapes.iter().position(|known| *known == Shape::Words) {
            Some(at) if !asked.shapes.contains(&shape) => asked.shapes[at] = shape,
            Some(at) => _ = asked.shapes.remove(at),
            None => {}
        }
    }

    pub(super) fn needs(&mut self, name: &str, example: &str) {
        note(&mut self.asked, name, Shape::Words);
        let asked = self.asked.iter_mut().find(|asked| asked.name == name);
        let asked = asked.expect("it was just noted");
        asked.is_needed = true;
        if asked.example.is_empty() {
            example.clone_into(&mut asked.example);
        }
    }

    /// Takes over what was learned of a part.
    pub(super) fn absorb(&mut self, part: Self) {
        if part.under.is_empty() {
            part.asked.into_iter().for_each(|asked| add(&mut self.asked, asked));
            return;
        }
        let own = self.asked.iter_mut().find(|asked| asked.name == part.under);
        for shape in own.into_iter().flat_map(|asked| &mut asked.shapes) {
            if let Shape::Map(inner) | Shape::Maps(inner) = shape {
                part.asked.iter().for_each(|asked| add(inner, asked.clone()));
            }
        }
    }
}

fn note(all: &mut Vec<Asked>, name: &str, shape: Shape) {
    match all.iter_mut().find(|asked| asked.name == name) {
        // Words may be asked for again, of what was known for more.
        Some(asked) => {
            if shape != Shape::Words && !asked.shapes.contains(&shape) {
                asked.shapes.push(shape);
            }
        }
        None => all.push(Asked {
            name: name.to_owned(),
            shapes: vec![shape],
            is_needed: false,
            example: String::new(),
        }),
    }
}

/// Adds what is known of a name to what is known already.
pub(super) fn add(all: &mut Vec<Asked>, new: Asked) {
    let Some(known) = all.iter_mut().find(|asked| asked.name == new.name) else {
        all.push(new);
        return;
    };
    known.is_needed |= new.is_needed;
    if known.example.is_empty() {
        known.example = new.example;
    }
    for shape in new.shapes {
        match (shape, &mut known.shapes) {
            (Shape::Map(inner), shapes)
                if shapes.iter().any(|one| matches!(one, Shape::Map(_))) =>
            {
                let map = shapes.iter_mut().find_map(|one| match one {
                    Shape::Map(known) => Some(known),
                    _ => None,
                });
                let map = map.expect("one was just found");
                inner.into_iter().for_each(|asked| add(map, asked));
            }
            (Shape::Maps(inner), shapes)
                if shapes.iter().any(|one| matches!(one, Shape::Maps(_))) =>
            {
                let maps = shapes.iter_mut().find_map(|one| match one {
                    Shape::Maps(known) => Some(known),
                    _ => None,
                });
                let maps = maps.expect("one was just found");
                inner.into_iter().for_each(|asked| add(maps, asked));
            }
            (shape, shapes) => {
                // What a value turned out to be is more than the words that it is written in. Where
                // it may be a map or words, it may be both.
                if shape != Shape::Words && !shapes.contains(&shape) {
                    let is_map = matches!(shape, Shape::Map(_) | Shape::Maps(_));
                    shapes.retain(|one| is_map || *one != Shape::Words);
                    shapes.push(shape);
                }
            }
        }
    }
}
