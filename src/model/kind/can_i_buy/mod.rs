//! “Can I buy…?”: things people ask whether they may buy.

use super::KindEntry;

/// Things people ask whether they may buy.
pub static CAN_I_BUY: KindEntry = KindEntry::written(
    "can I buy",
    "Things people ask whether they may buy.",
    include_str!("starter.md"),
)
.shown_by("can-i-buy.html")
.index()
.in_menu();
