//! The success criteria of the Web Content Accessibility Guidelines 2.2, by number.
//!
//! The names are those of the standard, so that people find them there. 4.1.1 is
//! not among them: version 2.2 took it out.

use crate::rule::Level::{self, A, AA, AAA};

/// What a page must do for people with disabilities to be able to use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// `1.4.3`
    pub number: &'static str,
    /// `Contrast (Minimum)`, in the English of the standard.
    pub name: &'static str,
    /// How much it asks; the law asks for A and AA.
    pub level: Level,
}

/// The criterion with a number, such as `1.4.3`.
pub fn criterion(number: &str) -> Option<&'static Criterion> {
    CRITERIA.iter().find(|criterion| criterion.number == number)
}

const fn of(number: &'static str, level: Level, name: &'static str) -> Criterion {
    Criterion { number, name, level }
}

/// All of them, in the order of the standard.
pub const CRITERIA: &[Criterion] = &[
    of("1.1.1", A, "Non-text Content"),
    of("1.2.1", A, "Audio-only and Video-only (Prerecorded)"),
    of("1.2.2", A, "Captions (Prerecorded)"),
    of("1.2.3", A, "Audio Description or Media Alternative (Prerecorded)"),
    of("1.2.4", AA, "Captions (Live)"),
    of("1.2.5", AA, "Audio Description (Prerecorded)"),
    of("1.2.6", AAA, "Sign Language (Prerecorded)"),
    of("1.2.7", AAA, "Extended Audio Description (Prerecorded)"),
    of("1.2.8", AAA, "Media Alternative (Prerecorded)"),
    of("1.2.9", AAA, "Audio-only (Live)"),
    of("1.3.1", A, "Info and Relationships"),
    of("1.3.2", A, "Meaningful Sequence"),
    of("1.3.3", A, "Sensory Characteristics"),
    of("1.3.4", AA, "Orientation"),
    of("1.3.5", AA, "Identify Input Purpose"),
    of("1.3.6", AAA, "Identify Purpose"),
    of("1.4.1", A, "Use of Color"),
    of("1.4.2", A, "Audio Control"),
    of("1.4.3", AA, "Contrast (Minimum)"),
    of("1.4.4", AA, "Resize Text"),
    of("1.4.5", AA, "Images of Text"),
    of("1.4.6", AAA, "Contrast (Enhanced)"),
    of("1.4.7", AAA, "Low or No Background Audio"),
    of("1.4.8", AAA, "Visual Presentation"),
    of("1.4.9", AAA, "Images of Text (No Exception)"),
    of("1.4.10", AA, "Reflow"),
    of("1.4.11", AA, "Non-text Contrast"),
    of("1.4.12", AA, "Text Spacing"),
    of("1.4.13", AA, "Content on Hover or Focus"),
    of("2.1.1", A, "Keyboard"),
    of("2.1.2", A, "No Keyboard Trap"),
    of("2.1.3", AAA, "Keyboard (No Exception)"),
    of("2.1.4", A, "Character Key Shortcuts"),
    of("2.2.1", A, "Timing Adjustable"),
    of("2.2.2", A, "Pause, Stop, Hide"),
    of("2.2.3", AAA, "No Timing"),
    of("2.2.4", AAA, "Interruptions"),
    of("2.2.5", AAA, "Re-authenticating"),
    of("2.2.6", AAA, "Timeouts"),
    of("2.3.1", A, "Three Flashes or Below Threshold"),
    of("2.3.2", AAA, "Three Flashes"),
    of("2.3.3", AAA, "Animation from Interactions"),
    of("2.4.1", A, "Bypass Blocks"),
    of("2.4.2", A, "Page Titled"),
    of("2.4.3", A, "Focus Order"),
    of("2.4.4", A, "Link Purpose (In Context)"),
    of("2.4.5", AA, "Multiple Ways"),
    of("2.4.6", AA, "Headings and Labels"),
    of("2.4.7", AA, "Focus Visible"),
    of("2.4.8", AAA, "Location"),
    of("2.4.9", AAA, "Link Purpose (Link Only)"),
    of("2.4.10", AAA, "Section Headings"),
    of("2.4.11", AA, "Focus Not Obscured (Minimum)"),
    of("2.4.12", AAA, "Focus Not Obscured (Enhanced)"),
    of("2.4.13", AAA, "Focus Appearance"),
    of("2.5.1", A, "Pointer Gestures"),
    of("2.5.2", A, "Pointer Cancellation"),
    of("2.5.3", A, "Label in Name"),
    of("2.5.4", A, "Motion Actuation"),
    of("2.5.5", AAA, "Target Size (Enhanced)"),
    of("2.5.6", AAA, "Concurrent Input Mechanisms"),
    of("2.5.7", AA, "Dragging Movements"),
    of("2.5.8", AA, "Target Size (Minimum)"),
    of("3.1.1", A, "Language of Page"),
    of("3.1.2", AA, "Language of Parts"),
    of("3.1.3", AAA, "Unusual Words"),
    of("3.1.4", AAA, "Abbreviations"),
    of("3.1.5", AAA, "Reading Level"),
    of("3.1.6", AAA, "Pronunciation"),
    of("3.2.1", A, "On Focus"),
    of("3.2.2", A, "On Input"),
    of("3.2.3", AA, "Consistent Navigation"),
    of("3.2.4", AA, "Consistent Identification"),
    of("3.2.5", AAA, "Change on Request"),
    of("3.2.6", A, "Consistent Help"),
    of("3.3.1", A, "Error Identification"),
    of("3.3.2", A, "Labels or Instructions"),
    of("3.3.3", AA, "Error Suggestion"),
    of("3.3.4", AA, "Error Prevention (Legal, Financial, Data)"),
    of("3.3.5", AAA, "Help"),
    of("3.3.6", AAA, "Error Prevention (All)"),
    of("3.3.7", A, "Redundant Entry"),
    of("3.3.8", AA, "Accessible Authentication (Minimum)"),
    of("3.3.9", AAA, "Accessible Authentication (Enhanced)"),
    of("4.1.2", A, "Name, Role, Value"),
    of("4.1.3", AA, "Status Messages"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_of_the_standard_is_here_once() {
        let count = |level| CRITERIA.iter().filter(|one| one.level == level).count();
        assert_eq!((count(A), count(AA), count(AAA)), (31, 24, 31));
        let place = |one: &Criterion| -> Vec<u8> {
            one.number.split('.').map(|part| part.parse().expect("a number")).collect()
        };
        assert!(CRITERIA.is_sorted_by(|a, b| place(a) < place(b)));
    }

    #[test]
    fn numbers_that_are_not_in_the_standard_are_not_known() {
        assert_eq!(criterion("1.4.3").map(|one| one.name), Some("Contrast (Minimum)"));
        assert_eq!(criterion("4.1.1"), None);
        assert_eq!(criterion("1.4"), None);
    }
}
