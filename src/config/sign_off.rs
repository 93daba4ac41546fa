//! Who must have agreed to the words before they are published.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

/// Whether somebody must agree, and who may.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SignOff {
    /// Nobody must.
    #[default]
    Nobody,
    /// Somebody must, whoever it is.
    Anyone,
    /// One of these must: ids of contacts.
    These(Vec<String>),
}

impl SignOff {
    /// Whether somebody may agree.
    pub fn allows(&self, who: &str) -> bool {
        match self {
            Self::Nobody | Self::Anyone => true,
            Self::These(ids) => ids.iter().any(|id| id == who),
        }
    }

    /// Those who may, where not everybody may.
    pub fn ids(&self) -> &[String] {
        match self {
            Self::Nobody | Self::Anyone => &[],
            Self::These(ids) => ids,
        }
    }
}

/// What can be written.
pub(super) const EXPECTED: &str = "true or a list of ids";

struct AnySignOff;

impl<'de> Visitor<'de> for AnySignOff {
    type Value = SignOff;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_bool<E>(self, is_asked: bool) -> Result<SignOff, E> {
        Ok(if is_asked { SignOff::Anyone } else { SignOff::Nobody })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SignOff, A::Error> {
        let mut ids = Vec::new();
        while let Some(id) = list.next_element()? {
            ids.push(id);
        }
        Ok(SignOff::These(ids))
    }
}

impl<'de> Deserialize<'de> for SignOff {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnySignOff)
    }
}
