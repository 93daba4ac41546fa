//! Postcodes in the United Kingdom, whole or only their beginnings.
//!
//! People hear them on the phone and type them on small keys, so spaces and capitals
//! do not matter, and neither does `O` where there is a nought or `I` where there is
//! a one. Both are compared as digits: no two postcodes are told apart by them.
//! Source for the shape: Royal Mail, Programmers’ guide to PAF: an outward code of
//! one or two letters, a digit, and perhaps another digit or a letter; an inward code
//! of a digit and two letters.

/// The longest text that is read, in bytes; a postcode takes eight.
const LONGEST_POSTCODE: usize = 12;

/// Reads a postcode or its beginning, for comparing: `ng23 5a` gives `NG|23 5A`, `NG23`
/// gives `NG|23` and a space, `NG` gives `NG|`. What begins with what another text gives
/// is inside it: `NG2` is not the beginning of `NG23 5`, nor `N` that of `NG2`.
///
/// # Errors
///
/// What is wrong with it, as the second half of a sentence that begins with it.
pub fn read(text: &str) -> Result<String, &'static str> {
    const NOT_ONE: &str = "it does not look like a postcode in the UK";
    if text.trim().len() > LONGEST_POSTCODE {
        return Err(NOT_ONE);
    }
    let fold = |c: char| match c {
        'O' => '0',
        'I' => '1',
        c => c,
    };
    let folded = text.trim().to_uppercase().chars().map(fold).collect::<String>();
    if !folded.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) {
        return Err(NOT_ONE);
    }
    let halves = folded.split_once([' ', '-']).map(|(out, inward)| {
        let all = |part: &str| part.replace([' ', '-'], "");
        (all(out), all(inward))
    });
    let (out, inward) = halves.unwrap_or_else(|| {
        // The last three are the inward code; of fewer than five there is none.
        let at = if folded.len() >= 5 { folded.len() - 3 } else { folded.len() };
        (folded[..at].to_owned(), folded[at..].to_owned())
    });
    // The second is a letter too, or a nought: districts do not begin with one.
    let two = out.as_bytes().get(1).is_some_and(|b| b.is_ascii_uppercase() || *b == b'0');
    let (area, district) = out.split_at_checked(1 + usize::from(two)).ok_or(NOT_ONE)?;
    if !is_letter(area.as_bytes()[0]) || !is_district(district.as_bytes()) {
        return Err(NOT_ONE);
    }
    if district.is_empty() {
        return if inward.is_empty() { Ok(format!("{area}|")) } else { Err(NOT_ONE) };
    }
    if !is_inward(inward.as_bytes()) {
        return Err("its second half is a digit and two letters");
    }
    Ok(format!("{area}|{district} {inward}"))
}

/// A digit, and perhaps another digit or a letter; or nothing.
fn is_district(code: &[u8]) -> bool {
    match code {
        [] => true,
        [digit, last @ ..] => is_digit(*digit) && last.len() <= 1,
    }
}

fn is_inward(code: &[u8]) -> bool {
    match code {
        [] => true,
        [digit, letters @ ..] => {
            is_digit(*digit) && letters.len() <= 2 && letters.iter().copied().all(is_letter)
        }
    }
}

/// A letter, or what stands for `O` and `I`.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_uppercase() || matches!(byte, b'0' | b'1')
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// What is wrong with the postcode of an address.
pub enum PostcodeFault {
    /// What looks like one is none.
    Wrong {
        /// What looks like one.
        like: String,
        /// What to do about it.
        hint: String,
    },
    /// There is none.
    Missing,
}

/// What is wrong with the postcode of an address that is not empty.
pub fn fault(address: &str) -> Option<PostcodeFault> {
    let words: Vec<&str> =
        address.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let is_there = words.windows(2).any(|pair| is_postcode(pair[0], pair[1]));
    if is_there || words.is_empty() {
        return None;
    }
    let last = words[words.len() - 1].trim_end_matches('.');
    let before = words.len().checked_sub(2).map_or("", |at| words[at]);
    let like = if looks_like(last) && last.len() > 4 {
        last.to_owned()
    } else if looks_like(before) && before.len() < 5 && last.len() < 5 {
        format!("{before} {last}")
    } else {
        return Some(PostcodeFault::Missing);
    };
    let squeezed: String = like.chars().filter(|c| c.is_alphanumeric()).collect();
    let squeezed = squeezed.to_uppercase();
    let parts = squeezed.len().checked_sub(3).and_then(|at| squeezed.split_at_checked(at));
    let hint = match parts {
        Some((out, inward)) if is_postcode(out, inward) => format!("write `{out} {inward}`"),
        Some((_, inward)) if like.contains(' ') && inward.contains(NEVER) => {
            "look it up: the last two letters are never C, I, K, M, O or V".to_owned()
        }
        _ => "look it up, and write it like this: `EX1 1AA`".to_owned(),
    };
    Some(PostcodeFault::Wrong { like, hint })
}

/// Letters and digits together, and the letters large: `EX1`, `1AA`, `EX11AA`.
fn looks_like(word: &str) -> bool {
    (2..=8).contains(&word.len())
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Letters that are not in the second half of a postcode, because they look like
/// others when they are written by hand.
const NEVER: [char; 6] = ['C', 'I', 'K', 'M', 'O', 'V'];

/// Whether two words are the halves of a postcode. Source: Royal Mail,
/// Programmer’s Guide to the Postcode Address File, on the formats.
pub fn is_postcode(outward: &str, inward: &str) -> bool {
    let shape = |word: &str| -> String {
        let kind = |byte: u8| match byte {
            b'A'..=b'Z' => 'A',
            b'0'..=b'9' => '9',
            _ => '?',
        };
        word.bytes().map(kind).collect()
    };
    let inward = inward.trim_end_matches('.');
    let outward = outward.trim_start_matches('(');
    matches!(shape(outward).as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
        && shape(inward) == "9AA"
        && !inward.contains(NEVER)
        || (outward, inward) == ("GIR", "0AA")
}

/// An address whose postcode, at its end, does not turn between its halves.
pub fn kept_together(address: &str) -> String {
    match address.rsplit_once(' ') {
        Some((before, inward))
            if is_postcode(before.rsplit(' ').next().unwrap_or_default(), inward) =>
        {
            format!("{before}\u{a0}{inward}")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_does_not_turn() {
        assert_eq!(kept_together("1 High Street, LN1 9AA"), "1 High Street, LN1\u{a0}9AA");
        assert_eq!(kept_together("LN1 9AA"), "LN1\u{a0}9AA");
        for address in ["", "1 High Street", "Rowan House"] {
            assert_eq!(kept_together(address), address);
        }
    }

    #[test]
    fn slips_do_not_matter() {
        for (typed, same) in [
            ("NG23 5", "NG23 5"),
            ("ng23 5aa", "NG23 5AA"),
            ("NG235AA", "NG23 5AA"),
            (" ng23-5aa ", "NG23 5AA"),
            ("LEI IAA", "LE1 1AA"),
            ("leiiaa", "LE1 1AA"),
            ("LEIO 1AA", "LE10 1AA"),
            ("W1A OAX", "W1A 0AX"),
            ("EC1A 1BB", "EC1A 1BB"),
            ("0X1 1AA", "OX1 1AA"),
            ("S014 1AA", "SO14 1AA"),
            ("SI0 1AA", "S10 1AA"),
            ("s1", "S1"),
            ("ip", "IP"),
        ] {
            assert_eq!(read(typed).expect(typed), read(same).expect(same), "{typed}");
        }
        assert_eq!(read("NG23").as_deref(), Ok("NG|23 "));
        assert_eq!(read("ng").as_deref(), Ok("NG|"));
        for typed in
            ["", "90210", "D02 AF30", "NG23 55A", "NG23 5AAA", "75008", "é1 1AA", "SW1A 1AA 1"]
        {
            assert!(read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_district_is_not_the_beginning_of_another() {
        let whole = read("NG23 5AA").expect("a postcode");
        for (prefix, fits) in
            [("NG", true), ("N", false), ("NG2", false), ("NG23", true), ("NG2 3", false)]
        {
            assert_eq!(whole.starts_with(&read(prefix).expect(prefix)), fits, "{prefix}");
        }
    }

    #[test]
    fn postcodes_have_six_shapes() {
        for good in ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB"] {
            let (outward, inward) = good.split_once(' ').expect("two halves");
            assert!(is_postcode(outward, inward), "{good}");
        }
        for bad in ["M1 AE1", "M 1AE", "EX1 1CA", "ex1 1aa", "EXX1 1AA"] {
            let (outward, inward) = bad.split_once(' ').expect("two halves");
            assert!(!is_postcode(outward, inward), "{bad}");
        }
    }
}
