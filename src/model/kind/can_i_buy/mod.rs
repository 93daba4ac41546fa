//! “Can I buy…?”: things people ask whether they may buy.

use super::KindEntry;

/// Things people ask whether they may buy.
pub static CAN_I_BUY: KindEntry = KindEntry::written(
    "can I buy",
    "An `index.md` that gathers what people ask whether they may buy from the pages in its folder.",
    include_str!("starter.md"),
)
.shown_by("can-i-buy.html")
.index()
.in_menu();
