//! Quantities that cannot be mixed up: private fields, and only the arithmetic that means
//! something.

use crate::refusal::{AMOUNT_TOO_LARGE, Refusal};

/// An amount of tokens in base units, at most [`Amount::MAX`].
///
/// Range 0 to 2^95 - 1, so that an amount times 2^32, or a sum of 2^32 amounts, fits `u128`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Amount(u128);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount a command may carry and a record may hold: 2^95 - 1.
    pub const MAX: Self = Self((1 << 95) - 1);

    /// An amount in range.
    ///
    /// # Errors
    /// `E0001` above [`Amount::MAX`].
    pub fn new(units: u128) -> Result<Self, Refusal> {
        if units > Self::MAX.0 {
            return Err(AMOUNT_TOO_LARGE.refuse(units, Self::MAX.0));
        }
        Ok(Self(units))
    }

    /// The amount, or [`Amount::MAX`] where it would be larger.
    pub const fn saturating(units: u128) -> Self {
        if units > Self::MAX.0 { Self::MAX } else { Self(units) }
    }

    /// Base units.
    pub const fn units(self) -> u128 {
        self.0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// `E0001` above [`Amount::MAX`].
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        Self::new(self.0 + other.0)
    }

    /// What is left, or `None` where `other` is more.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// What is left, or zero where `other` is more.
    pub const fn saturating_minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Voting power and reward base: stake times its tier's multiplier, floored. Range of `u128`
/// below 2^127.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Power(u128);

impl Power {
    /// None.
    pub const ZERO: Self = Self(0);

    /// This much power.
    pub const fn new(units: u128) -> Self {
        Self(units)
    }

    /// As a number.
    pub const fn units(self) -> u128 {
        self.0
    }

    /// Whether there is none.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum; saturates, which the bounds on stake and multiplier keep out of reach.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, at least zero.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $name(u64);

        impl $name {
            /// Zero, the beginning.
            pub const ZERO: Self = Self(0);

            /// From its number.
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// Its number.
            pub const fn get(self) -> u64 {
                self.0
            }

            /// This much later; saturates.
            pub const fn after(self, steps: u64) -> Self {
                Self(self.0.saturating_add(steps))
            }

            /// Steps since `earlier`; zero where that is later.
            pub const fn since(self, earlier: Self) -> u64 {
                self.0.saturating_sub(earlier.0)
            }
        }
    )*};
}

counters! {
    /// A block's number. Power is read by height.
    Height,
    /// A block's time in seconds since 1970. Periods are in seconds.
    Timestamp,
    /// A topic's epoch: how many closes came before.
    Epoch,
}

/// A fraction in parts per 10^9, 0 to 1: 10% is exact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Fraction(u32);

impl Fraction {
    /// Parts in one whole.
    pub const WHOLE: u32 = 1_000_000_000;
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One half.
    pub const HALF: Self = Self(Self::WHOLE / 2);
    /// All of it.
    pub const ONE: Self = Self(Self::WHOLE);

    /// From parts per 10^9; `None` above one whole.
    pub const fn from_parts(parts: u32) -> Option<Self> {
        if parts > Self::WHOLE { None } else { Some(Self(parts)) }
    }

    /// Parts per 10^9.
    pub const fn parts(self) -> u32 {
        self.0
    }

    /// `floor(fraction * amount)`.
    pub const fn floor_of(self, amount: Amount) -> Amount {
        // amount < 2^95 and parts < 2^30: the product fits.
        Amount(amount.0 * self.0 as u128 / Self::WHOLE as u128)
    }

    /// `ceil(fraction * base)`: the needed part of a base, never a rounded percentage.
    pub const fn ceil_of(self, base: u128) -> u128 {
        let (whole, rest) = (base / Self::WHOLE as u128, base % Self::WHOLE as u128);
        // whole * parts <= base, rest * parts < 2^60.
        whole * self.0 as u128 + (rest * self.0 as u128).div_ceil(Self::WHOLE as u128)
    }
}
