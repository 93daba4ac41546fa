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
    DATA "data" "data.md"
    DUPLICATE_ID "duplicate-id" "duplicate_id.md"
    FRONT_MATTER "front-matter" "front_matter.md"
}
