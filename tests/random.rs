//! How many made-up inputs a test tries.
//!
//! `tests/run` makes up the same ones each time, so that only a change decides whether it
//! passes; `cargo test` makes up others. After a change of what reads strange input,
//! `TIMES=100 cargo test --test all import::` tries a hundred times as many.

use proptest::test_runner::Config;

/// `number` inputs, or as many times that as `TIMES` says.
pub(crate) fn inputs(number: u32) -> Config {
    let times = std::env::var("TIMES").map_or(1, |times| times.parse().expect("a number"));
    Config::with_cases(number * times)
}
