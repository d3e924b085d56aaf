//! One encoding for storage keys, stored values and digests: fixed-width big-endian numbers;
//! accounts and byte strings with their length before them.

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
integers!(u8, u16, u32, u64, u128);

/// Encodes a unit as the number inside it.
macro_rules! numbers {
    ($($t:ty as $n:ty: $get:ident, $make:expr;)*) => {$(
        impl Codec for $t {
            fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
                self.$get().put(names, out);
            }
            fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
                let make: fn($n) -> Option<Self> = $make;
                make(<$n>::take(names, from)?)
            }
        }
    )*};
}
numbers! {
    Amount as u128: units, |n| Self::new(n).ok();
    Power as u128: units, |n| Some(Self::new(n));
    Height as u64: get, |n| Some(Self::new(n));
    Timestamp as u64: get, |n| Some(Self::new(n));
    Epoch as u64: get, |n| Some(Self::new(n));
    Fraction as u32: parts, Self::from_parts;
}

impl Codec for Accrued {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.whole().put(names, out);
        self.part().put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        Some(Self::new(u128::take(names, from)?, u64::take(names, from)?))
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
        (self.len() as u32).put(names, out);
        self.iter().for_each(|item| item.put(names, out));
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let n = u32::take(names, from)?;
        (0..n).map(|_| T::take(names, from)).collect()
    }
}

/// A byte string: its length, then the bytes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Codec for Bytes {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        (self.0.len() as u32).put(names, out);
        out.extend_from_slice(&self.0);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let n = u32::take(names, from)?;
        split(from, n as usize).map(|bytes| Self(bytes.to_vec()))
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
