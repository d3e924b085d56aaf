use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// An exact part, written `[2, 3]` for two thirds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartOf {
    of: u64,
    whole: u64,
}

impl PartOf {
    /// Whether `some` of `all` is at least this part: some * whole >= of * all, exactly.
    pub(super) fn reached(self, some: u64, all: u64) -> bool {
        u128::from(some) * u128::from(self.whole) >= u128::from(self.of) * u128::from(all)
    }

    /// The same, strictly above.
    pub(super) fn passed(self, some: u64, all: u64) -> bool {
        u128::from(some) * u128::from(self.whole) > u128::from(self.of) * u128::from(all)
    }

    /// The least that reaches this part of `all`: ceil(of * all / whole).
    pub(super) fn needed(self, all: u64) -> u64 {
        let needed = (u128::from(self.of) * u128::from(all)).div_ceil(u128::from(self.whole));
        // At most `all`, since a part is at most the whole.
        needed as u64
    }

    /// Above and below the line.
    pub(super) const fn terms(self) -> (u128, u128) {
        (self.of as u128, self.whole as u128)
    }
}

impl<'de> Deserialize<'de> for PartOf {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let [of, whole] = <[u64; 2]>::deserialize(from)?;
        if whole == 0 || of > whole {
            return Err(D::Error::custom(format!("[{of}, {whole}] is no part of a whole")));
        }
        Ok(Self { of, whole })
    }
}

impl JsonSchema for PartOf {
    fn schema_name() -> Cow<'static, str> {
        "PartOf".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact part: [2, 3] is two thirds.",
            "type": "array", "items": { "type": "integer", "minimum": 0 },
            "minItems": 2, "maxItems": 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PartOf;

    #[test]
    fn parts_are_compared_without_rounding() {
        let two_thirds = PartOf { of: 2, whole: 3 };
        assert!(two_thirds.reached(2, 3) && !two_thirds.passed(2, 3));
        assert!(!two_thirds.reached(66, 100) && two_thirds.passed(67, 100));
        assert_eq!(
            [two_thirds.needed(3), two_thirds.needed(100), two_thirds.needed(0)],
            [2, 67, 0]
        );
        assert!(two_thirds.reached(u64::MAX, u64::MAX));
    }
}
