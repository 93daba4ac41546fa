//! What an element is inside of, for rules that go through a page once.

use super::Element;

/// Some elements of a page that are still open at the element at hand.
///
/// Elements are asked about in document order; then all questions about a page
/// together take time in proportion to its size, however deep it is.
#[derive(Debug, Default)]
pub(super) struct Inside<'p>(Vec<Element<'p>>);

impl<'p> Inside<'p> {
    /// The innermost of those pushed that has `element` inside it.
    pub(super) fn nearest(&mut self, element: Element<'p>) -> Option<Element<'p>> {
        while self.0.last().is_some_and(|open| !open.contains(element)) {
            self.0.pop();
        }
        self.0.last().copied()
    }

    /// From now on `element` is one of them.
    pub(super) fn push(&mut self, element: Element<'p>) {
        self.0.push(element);
    }
}

/// Whether an element is read as one thing, with nothing to find inside it: a
/// button, a picture, a tab.
pub(super) fn is_one_thing(element: Element<'_>) -> bool {
    element.kind().is_some_and(|role| role.presentational_children)
}
