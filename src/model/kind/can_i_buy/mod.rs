//! “Can I buy…?”: things people ask whether they may buy.

use super::KindEntry;

/// Things people ask whether they may buy.
pub static CAN_I_BUY: KindEntry = KindEntry::written(
    "can I buy",
    "Things people ask whether they may buy.",
    "can-i-buy.html",
    include_str!("starter.md"),
)
.index()
.in_menu();
