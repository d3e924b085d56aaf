//! The kernel's prepared epoch as bytes, between the pages of a close.
//!
//! Only what the further pages cannot read again: eight columns of shares, each value in
//! groups of seven bits, lowest first, the high bit set on all but the last (a share of one
//! 256th takes four bytes, nothing takes one); then the contributors' part in the same form, one
//! more than it is and nought where there is none; the permits as bits, and whether liquid alpha
//! applies.

use crate::{codec::Bytes, network::Working};
use scoring_kernel::Prepared;

/// The columns that are stored, in order.
fn columns(prepared: &mut Prepared) -> [&mut Vec<u64>; 8] {
    [
        &mut prepared.consensus,
        &mut prepared.incentives,
        &mut prepared.dividends,
        &mut prepared.active_stake,
        &mut prepared.bond_sums,
        &mut prepared.purchase_sums,
        &mut prepared.average_sums,
        &mut prepared.average_maxima,
    ]
}

/// The bytes of what the further pages need.
pub(super) fn pack(prepared: &mut Prepared) -> Bytes {
    let mut out = Vec::with_capacity(prepared.permits.len() * 32);
    for column in columns(prepared) {
        put(column.len() as u64, &mut out);
        column.iter().for_each(|&value| put(value, &mut out));
    }
    put(prepared.contributors.map_or(0, |part| part.saturating_add(1)), &mut out);
    let bits = |bits: &[bool]| bits.iter().rev().fold(0, |byte, &bit| (byte << 1) | u8::from(bit));
    out.extend(prepared.permits.chunks(8).map(bits));
    out.push(u8::from(prepared.liquid));
    Bytes(out)
}

/// What [`pack`] stored, for this many slots; `None` where it is not that. Trust, which no
/// further page needs, is left empty.
pub(super) fn unpack(working: &Working, slots: usize, prepared: &mut Prepared) -> Option<()> {
    let mut from = working.prepared.0.as_slice();
    for column in columns(prepared) {
        let length = usize::try_from(take(&mut from)?).ok().filter(|&length| length <= slots)?;
        column.clear();
        for _ in 0..length {
            column.push(take(&mut from)?);
        }
    }
    prepared.contributors = take(&mut from)?.checked_sub(1);
    let (bits, rest) = from.split_at_checked(slots.div_ceil(8))?;
    let permits = bits.iter().flat_map(|byte| (0..8).map(move |bit| (byte >> bit) & 1 == 1));
    prepared.permits.clear();
    prepared.permits.extend(permits.take(slots));
    prepared.trust.clear();
    let &[liquid] = rest else { return None };
    prepared.liquid = liquid == 1;
    (liquid <= 1).then_some(())
}

fn put(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take(from: &mut &[u8]) -> Option<u64> {
    let (mut value, mut shift) = (0u64, 0);
    loop {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        let group = u64::from(byte & 0x7f);
        value |= group.checked_shl(shift).filter(|&shifted| shifted >> shift == group)?;
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};
    use crate::{codec::Bytes, network::Working};
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};
    use scoring_kernel::Prepared;

    proptest! {
        #[test]
        fn columns_come_back_bit_for_bit(
            column in prop::collection::vec(any::<u64>(), 13),
            shares in prop::collection::vec(0u64..=1 << 32, 13),
            permits in prop::collection::vec(any::<bool>(), 13),
            liquid: bool,
            part in prop::option::of(0u64..=1 << 32),
        ) {
            let mut prepared = Prepared {
                consensus: shares.clone(),
                incentives: column.clone(),
                dividends: shares.iter().rev().copied().collect(),
                active_stake: column,
                bond_sums: shares,
                permits,
                liquid,
                contributors: part,
                ..Prepared::default()
            };
            let working = Working { prepared: pack(&mut prepared) };
            let mut back = Prepared::default();
            unpack(&working, 13, &mut back).unwrap();
            prop_assert_eq!(back, prepared);
        }

        #[test]
        fn cut_columns_are_refused(cut in 0usize..90) {
            let mut prepared = Prepared {
                consensus: vec![u64::MAX; 8], permits: vec![true; 8], ..Prepared::default()
            };
            let Bytes(mut bytes) = pack(&mut prepared);
            bytes.truncate(cut.min(bytes.len() - 1));
            let working = Working { prepared: Bytes(bytes) };
            prop_assert_eq!(unpack(&working, 8, &mut Prepared::default()), None);
        }
    }
}
