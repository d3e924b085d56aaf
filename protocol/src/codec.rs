//! One encoding for storage keys, stored values and digests.
//!
//! Keys and plain integers are fixed-width and big-endian. Quantities (amounts, powers, heights,
//! times, fractions, counts, `u128`) are short where they are small, because a chain charges 30
//! gas for each byte that is written: groups of seven bits, lowest first, the high bit set on all
//! but the last. Each value has one encoding. Accounts have their length before them.

use crate::{
    account::AccountId,
    accrued::Accrued,
    units::{Amount, Epoch, Fraction, Height, Power, Timestamp},
};

/// Turns handles into address bytes and back.
///
/// A contract's address bytes are the chain's canonical ones. The digest's write a module as
/// one byte, its id, so that contract addresses stay out of the state hash.
pub trait Names {
    /// Appends the address bytes of `who`.
    fn write(&self, who: AccountId, out: &mut Vec<u8>);
    /// The handle of an address, made on first sight.
    fn intern(&self, bytes: &[u8]) -> AccountId;
}

/// How a value is written to bytes and read back.
pub trait Codec: Sized {
    /// Appends the encoding.
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>);
    /// Reads one value off the front; `None` where the bytes are not an encoding.
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self>;
}

/// The encoding of one value.
pub fn encode<T: Codec>(names: &dyn Names, value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    value.put(names, &mut out);
    out
}

/// The value that `bytes` are the whole encoding of.
pub fn decode<T: Codec>(names: &dyn Names, mut bytes: &[u8]) -> Option<T> {
    let value = T::take(names, &mut bytes)?;
    bytes.is_empty().then_some(value)
}

fn split<'a>(from: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = from.split_at_checked(n)?;
    *from = tail;
    Some(head)
}

macro_rules! integers {
    ($($t:ty),*) => {$(
        impl Codec for $t {
            fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }
            fn take(_: &dyn Names, from: &mut &[u8]) -> Option<Self> {
                Some(Self::from_be_bytes(split(from, size_of::<$t>())?.try_into().ok()?))
            }
        }
    )*};
}
integers!(u8, u16, u32, u64);

/// Appends a quantity: groups of seven bits.
fn put_short(mut value: u128, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads a quantity in its one form: no nought at its end, and within 128 bits.
fn take_short(from: &mut &[u8]) -> Option<u128> {
    let (mut value, mut shift) = (0u128, 0);
    loop {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        let group = u128::from(byte & 0x7f);
        value |= group.checked_shl(shift).filter(|&shifted| shifted >> shift == group)?;
        if byte < 0x80 {
            return (byte != 0 || shift == 0).then_some(value);
        }
        shift += 7;
    }
}

impl Codec for u128 {
    fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
        put_short(*self, out);
    }
    fn take(_: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        take_short(from)
    }
}

/// Encodes a unit as the quantity inside it.
macro_rules! quantities {
    ($($t:ty as $n:ty: $get:ident, $make:expr;)*) => {$(
        impl Codec for $t {
            fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
                put_short(self.$get().into(), out);
            }
            fn take(_: &dyn Names, from: &mut &[u8]) -> Option<Self> {
                let make: fn($n) -> Option<Self> = $make;
                make(take_short(from)?.try_into().ok()?)
            }
        }
    )*};
}
quantities! {
    Amount as u128: units, |n| Self::new(n).ok();
    Power as u128: units, |n| Some(Self::new(n));
    Height as u64: get, |n| Some(Self::new(n));
    Timestamp as u64: get, |n| Some(Self::new(n));
    Epoch as u64: get, |n| Some(Self::new(n));
    Fraction as u32: parts, Self::from_parts;
}

/// The number of bytes that follow, 0 to 24; then the whole part and the 64 fractional bits as
/// one big-endian number without noughts before it.
impl Codec for Accrued {
    fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
        let mut all = [0; 24];
        let (whole, part) = all.split_at_mut(16);
        whole.copy_from_slice(&self.whole().to_be_bytes());
        part.copy_from_slice(&self.part().to_be_bytes());
        let from = all.iter().position(|byte| *byte != 0).unwrap_or(all.len());
        out.push((all.len() - from) as u8);
        out.extend_from_slice(all.get(from..).unwrap_or_default());
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let length = usize::from(u8::take(names, from)?);
        let bytes = split(from, length)?;
        let mut all = [0; 24];
        all.get_mut(24usize.checked_sub(length)?..)?.copy_from_slice(bytes);
        let (whole, part) = all.split_first_chunk::<16>()?;
        let number =
            Self::new(u128::from_be_bytes(*whole), u64::from_be_bytes(part.try_into().ok()?));
        (bytes.first() != Some(&0)).then_some(number)
    }
}

impl Codec for bool {
    fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        match u8::take(names, from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Codec for () {
    fn put(&self, _: &dyn Names, _: &mut Vec<u8>) {}
    fn take(_: &dyn Names, _: &mut &[u8]) -> Option<Self> {
        Some(())
    }
}

impl Codec for AccountId {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        let at = out.len();
        out.push(0);
        names.write(*self, out);
        // Addresses are at most 32 bytes: the length fits.
        let length = (out.len() - at - 1) as u8;
        if let Some(first) = out.get_mut(at) {
            *first = length;
        }
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let n = u8::take(names, from)?;
        if n == 0 {
            return None;
        }
        Some(names.intern(split(from, usize::from(n))?))
    }
}

/// `None` is an address of length nought.
impl Codec for Option<AccountId> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        match self {
            Some(who) => who.put(names, out),
            None => out.push(0),
        }
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        if *from.first()? == 0 {
            return split(from, 1).map(|_| None);
        }
        AccountId::take(names, from).map(Some)
    }
}

/// A count before the items.
impl<T: Codec> Codec for Vec<T> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        put_short(self.len() as u128, out);
        self.iter().for_each(|item| item.put(names, out));
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let n = u32::try_from(take_short(from)?).ok()?;
        (0..n).map(|_| T::take(names, from)).collect()
    }
}

/// A byte string: its length, then the bytes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Codec for Bytes {
    fn put(&self, _: &dyn Names, out: &mut Vec<u8>) {
        put_short(self.0.len() as u128, out);
        out.extend_from_slice(&self.0);
    }
    fn take(_: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let n = usize::try_from(take_short(from)?).ok()?;
        split(from, n).map(|bytes| Self(bytes.to_vec()))
    }
}

impl<T: Codec + Copy + Default, const N: usize> Codec for [T; N] {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.iter().for_each(|item| item.put(names, out));
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let mut items = [T::default(); N];
        for item in &mut items {
            *item = T::take(names, from)?;
        }
        Some(items)
    }
}

impl<A: Codec, B: Codec> Codec for (A, B) {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.0.put(names, out);
        self.1.put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        Some((A::take(names, from)?, B::take(names, from)?))
    }
}

impl<A: Codec, B: Codec, C: Codec> Codec for (A, B, C) {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.0.put(names, out);
        self.1.put(names, out);
        self.2.put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        Some((A::take(names, from)?, B::take(names, from)?, C::take(names, from)?))
    }
}

/// Derives [`Codec`] for a struct by its fields in order.
macro_rules! codec_struct {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::codec::Codec for $name {
            fn put(&self, names: &dyn $crate::codec::Names, out: &mut Vec<u8>) {
                $($crate::codec::Codec::put(&self.$field, names, out);)*
            }
            fn take(names: &dyn $crate::codec::Names, from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::codec::Codec::take(names, from)?),* })
            }
        }
    };
}
pub(crate) use codec_struct;

/// Derives [`Codec`] for an enum: a tag byte, then the variant's fields in order. A variant has
/// named fields, one value in parentheses, or nothing.
macro_rules! codec_enum {
    ($name:ty {
        $($tag:literal => $variant:ident $({ $($field:ident),* $(,)? })? $(($inner:ident))?),*
        $(,)?
    }) => {
        impl $crate::codec::Codec for $name {
            fn put(&self, names: &dyn $crate::codec::Names, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $({ $($field),* })? $(($inner))? => {
                        out.push($tag);
                        $($($crate::codec::Codec::put($field, names, out);)*)?
                        $($crate::codec::Codec::put($inner, names, out);)?
                    })*
                }
                let _ = names;
            }
            fn take(names: &dyn $crate::codec::Names, from: &mut &[u8]) -> Option<Self> {
                match <u8 as $crate::codec::Codec>::take(names, from)? {
                    $($tag => {
                        $(let $inner = $crate::codec::Codec::take(names, from)?;)?
                        Some(Self::$variant $({
                            $($field: $crate::codec::Codec::take(names, from)?),*
                        })? $(($inner))?)
                    })*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use codec_enum;

#[cfg(test)]
mod tests {
    use super::{Bytes, Codec, decode, encode};
    use crate::{Accrued, Amount, Height, testing::PlainNames};
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};
    use std::fmt::Debug;

    /// There and back; and what decodes is what would be written.
    fn one_form<T: Codec + PartialEq + Debug>(value: &T, other: &[u8]) {
        assert_eq!(decode::<T>(&PlainNames, &encode(&PlainNames, value)).as_ref(), Some(value));
        if let Some(found) = decode::<T>(&PlainNames, other) {
            assert_eq!(encode(&PlainNames, &found), other, "{found:?}");
        }
    }

    proptest! {
        #[test]
        fn every_quantity_has_one_encoding(
            wide: u128, bits in 0u32..128, part: u64, bytes in prop::collection::vec(any::<u8>(), 0..21),
        ) {
            let small = wide >> bits;
            one_form(&small, &bytes);
            one_form(&Height::new(small as u64), &bytes);
            one_form(&Amount::saturating(small), &bytes);
            one_form(&Accrued::new(small, part), &bytes);
            one_form(&Accrued::new(0, part >> (bits % 64)), &bytes);
            one_form(&vec![Amount::saturating(small), Amount::ZERO], &bytes);
            one_form(&Bytes(bytes.clone()), &bytes);
        }

        #[test]
        fn small_quantities_are_short(value in 0u128..1 << 42) {
            prop_assert_eq!(encode(&PlainNames, &value).len(), (128 - value.leading_zeros()).div_ceil(7).max(1) as usize);
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for (label, bytes) in [
            ("nothing", &[][..]),
            ("not ended", &[0x80]),
            ("a nought at the end", &[0x81, 0]),
            ("above 64 bits", &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2]),
        ] {
            assert_eq!(decode::<Height>(&PlainNames, bytes), None, "{label}");
        }
        let most = [[0xff; 18].as_slice(), &[3]].concat();
        assert_eq!(decode::<u128>(&PlainNames, &most), Some(u128::MAX));
        let above = [[0xff; 18].as_slice(), &[4]].concat();
        assert_eq!(decode::<u128>(&PlainNames, &above), None);
        for (label, bytes) in [("a nought before", &[2, 0, 1][..]), ("too long", &[25; 26])] {
            assert_eq!(decode::<Accrued>(&PlainNames, bytes), None, "{label}");
        }
    }
}
