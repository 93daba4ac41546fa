//! The manual pages of what is found while files are read.

use super::{Check, Run};
use crate::diagnostic::Severity;

macro_rules! reading {
    ($($name:ident $code:literal $manual:literal)*) => {
        $(pub(super) const $name: Check = Check {
            code: $code,
            severity: Severity::Error,
            manual: include_str!($manual),
            run: Run::Reading,
        };)*
    };
}

reading! {
    COLOURS "colours" "colours.md"
    CONSENT "consent" "consent.md"
    DATA "data" "data.md"
    DUPLICATE_ID "duplicate-id" "duplicate_id.md"
    EMAIL "email" "email.md"
    FILE "file" "file.md"
    FRONT_MATTER "front-matter" "front_matter.md"
    HOURS "hours" "hours.md"
    LANGUAGE "language" "language.md"
    MARKDOWN "markdown" "markdown.md"
    STEP_BY_STEP "step-by-step" "step_by_step.md"
    THEME "theme" "theme.md"
    TOO_MANY "too-many" "too_many.md"
}
