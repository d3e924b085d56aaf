//! Ballots: what is a valid one, and how power is split among its options.

use crate::{
    governance::reasons::{BAD_BALLOT, NO_OPTION},
    refusal::{Refusal, ensure},
    units::{Fraction, Power},
};

/// Refuses what is no ballot for `options` options: shares sum to one exactly, none is zero, no
/// option is named twice.
///
/// # Errors
/// `E0411` an option that is not there, `E0410` the rest.
pub fn ensure_valid(shares: &[(u8, Fraction)], options: u8) -> Result<(), Refusal> {
    // An option is named at most once, so that a longer list is wrong before it is read.
    let (count, most) = (shares.len() as u128, u128::from(options));
    ensure(count <= most, &BAD_BALLOT, count, most)?;
    let mut sum = 0u128;
    for (place, (option, share)) in shares.iter().enumerate() {
        ensure(*option < options, &NO_OPTION, *option, most.saturating_sub(1))?;
        let before = shares.get(..place).unwrap_or_default();
        let fresh = before.iter().all(|(other, _)| other != option);
        ensure(fresh && share.parts() > 0, &BAD_BALLOT, *option, 0u128)?;
        sum = sum.saturating_add(u128::from(share.parts()));
    }
    ensure(sum == u128::from(Fraction::WHOLE), &BAD_BALLOT, sum, Fraction::WHOLE)
}

/// `weight` split by the shares of a ballot: (option, power), summing to `weight` exactly.
///
/// Each is floor(share * weight); the units that are left go one each to the largest remainders,
/// ties to the share that is listed first.
pub fn split(shares: &[(u8, Fraction)], weight: Power) -> Vec<(u8, Power)> {
    const WHOLE: u128 = Fraction::WHOLE as u128;
    let (each, rest) = (weight.units() / WHOLE, weight.units() % WHOLE);
    let mut remainders = Vec::with_capacity(shares.len());
    let mut parts = Vec::with_capacity(shares.len());
    let mut left = weight.units();
    for (place, (option, share)) in shares.iter().enumerate() {
        let share = u128::from(share.parts());
        // each * share <= weight, and rest * share < 2^60.
        let part = each * share + rest * share / WHOLE;
        left = left.saturating_sub(part);
        remainders.push((rest * share % WHOLE, place));
        parts.push((*option, Power::new(part)));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    // The shares sum to one, so fewer units are left than there are shares.
    let units = usize::try_from(left).unwrap_or_default();
    for (_, place) in remainders.into_iter().take(units) {
        if let Some((_, part)) = parts.get_mut(place) {
            *part = part.plus(Power::new(1));
        }
    }
    parts
}

/// The option of the largest share; the first where there are several.
pub fn leading(shares: &[(u8, Fraction)]) -> u8 {
    let most = shares.iter().map(|(_, share)| *share).max();
    shares.iter().find(|(_, share)| Some(*share) == most).map_or(0, |(option, _)| *option)
}

/// floor(share * own) of the option's share: the part of a ballot that follows its voter's own
/// power, however much of a delegation is taken out of it later.
pub fn own_part(shares: &[(u8, Fraction)], option: u8, own: Power) -> Power {
    const WHOLE: u128 = Fraction::WHOLE as u128;
    let share = shares.iter().find(|(named, _)| *named == option).map_or(0, |(_, s)| s.parts());
    let (each, rest) = (own.units() / WHOLE, own.units() % WHOLE);
    Power::new(each * u128::from(share) + rest * u128::from(share) / WHOLE)
}
