//! Whole numbers in printable characters, as the header of [`super`] states.

/// Digits from this one on are followed by another.
const LAST: u32 = 64;

/// How many digits there are that go on.
const MORE: u32 = 29;

/// Adds `number` to `text`.
pub(super) fn push(text: &mut String, number: u32) {
    let mut rest = number / LAST;
    let mut digits = [0; 8];
    let mut count = 0;
    while rest > 0 {
        digits[count] = LAST + rest % MORE;
        rest /= MORE;
        count += 1;
    }
    text.extend(digits[..count].iter().rev().map(|&digit| character(digit)));
    text.push(character(number % LAST));
}

/// The numbers in `text`; what cannot be read is left out.
pub(super) fn read(text: &str) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(text.len());
    let mut so_far = 0_u32;
    for byte in text.bytes() {
        let digit =
            u32::from(byte).saturating_sub(32 + u32::from(byte > b'"') + u32::from(byte > b'\\'));
        if digit < LAST {
            numbers.push(so_far.wrapping_mul(LAST).wrapping_add(digit));
            so_far = 0;
        } else {
            so_far = so_far.wrapping_mul(MORE).wrapping_add(digit - LAST);
        }
    }
    numbers
}

/// The digits are in the order of their codes, without `"` and `\`, which JSON
/// would write in two characters.
fn character(digit: u32) -> char {
    let code = digit + 32;
    let code = code + u32::from(code >= u32::from('"'));
    let code = code + u32::from(code >= u32::from('\\'));
    char::from_u32(code).expect("there are 93 digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers: Vec<u32> =
            (0..5000).chain((0..32).map(|bit| 1 << bit)).chain([u32::MAX]).collect();
        let mut text = String::new();
        numbers.iter().for_each(|&number| push(&mut text, number));
        assert_eq!(read(&text), numbers);
        assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\'));
    }
}
