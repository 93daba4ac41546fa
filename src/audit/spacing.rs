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
    let held = |element: Element<'_>| {
        element.important_spacing().into_iter().find(|(of, _)| *of == spacing).map(|(_, size)| size)
    };
    for element in page.elements().filter(|element| element.is_html()) {
        let Some(style) = element.attr("style") else { continue };
        if !style.contains('!') {
            continue;
        }
        let Some(size) = held(element) else { continue };
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
            let chain = std::iter::once(around).chain(around.ancestors());
            chain.take_while(|one| *one != element).all(|one| held(one).is_none())
        });
        if !has_own_words || (spacing == Spacing::Lines && !wraps(element)) {
            continue;
        }
        // A hair less is a matter of rounding.
        if times + 0.001 >= least {
            marks.pass();
        } else {
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
    for around in std::iter::once(element).chain(element.ancestors()) {
        let style = around.style();
        for size in [style.width, style.most.0] {
            if let Some(size) = size.pixels(style.font_size) {
                width = width.min(size);
            }
        }
    }
    element.visible_text().chars().count() as f32 * font * 0.5 > width
}
