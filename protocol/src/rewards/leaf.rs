//! Claims against a root: one leaf, once, inside the window, to the account that it names.

use crate::{
    account::AccountId,
    context::Context,
    effect::Effect,
    ports::AddressPort,
    refusal::{Refusal, ensure},
    rewards::{
        CLAIM_PAGE, ClaimedLeaves, Event, Hash, Place, Round, State,
        claim::mint,
        distribute::told,
        leaf_hash, proof_length,
        publish::round,
        reasons::{
            BAD_PROOF, LEAF_CLAIMED, MODULE_LEAF, NO_LEAF, NOT_YET, OVER_BUDGET, PROOF_LENGTH,
            TOO_LATE,
        },
        root_of,
    },
    store::Get,
    units::{Amount, Timestamp},
};

/// A leaf and its proof.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Leaf {
    /// The campaign.
    pub campaign: u32,
    /// Its round.
    pub round: u32,
    /// The leaf's number in the round.
    pub index: u32,
    /// What it pays.
    pub amount: Amount,
    /// The neighbours on the way to the root.
    pub proof: Vec<Hash>,
}

crate::codec::codec_struct!(Leaf { campaign, round, index, amount, proof });

/// The page of a leaf's bit, its word there, and the bit.
const fn bit_of(index: u32) -> (u32, usize, u64) {
    let place = index % CLAIM_PAGE;
    (index / CLAIM_PAGE, (place / 64) as usize, 1 << (place % 64))
}

/// Whether a leaf was claimed.
pub fn is_claimed(s: &impl Get<ClaimedLeaves>, campaign: u32, round: u32, index: u32) -> bool {
    let (page, word, bit) = bit_of(index);
    let claimed = s.get((campaign, round, page));
    claimed.bits.get(word).is_some_and(|word| word & bit != 0)
}

/// The round against which `who` can claim a leaf now.
///
/// # Errors
/// What the claim would be refused for: `E0526` to `E0533`, `E0536`.
pub fn claimable_leaf(
    s: &(impl Get<Round> + Get<ClaimedLeaves>),
    p: &impl AddressPort,
    now: Timestamp,
    who: AccountId,
    leaf: &Leaf,
) -> Result<Round, Refusal> {
    let Leaf { campaign, round: number, index, amount, .. } = *leaf;
    let round = round(s, campaign, number)?;
    ensure(now >= round.from, &NOT_YET, now.get(), round.from.get())?;
    ensure(now < round.until, &TOO_LATE, now.get(), round.until.get())?;
    ensure(index < round.leaves, &NO_LEAF, index, round.leaves)?;
    ensure(!is_claimed(s, campaign, number, index), &LEAF_CLAIMED, index, 0u128)?;
    // A module's address is not part of the state, so that no hash may depend on it.
    ensure(who.module().is_none(), &MODULE_LEAF, index, 0u128)?;
    let (have, need) = (leaf.proof.len(), proof_length(index, round.leaves));
    ensure(have == need, &PROOF_LENGTH, have as u128, need as u128)?;
    let place = Place { campaign, round: number, index };
    let hash = leaf_hash(place, &p.address(who), amount);
    let leads = root_of(hash, index, round.leaves, &leaf.proof) == Some(round.root);
    ensure(leads, &BAD_PROOF, index, 0u128)?;
    ensure(amount <= round.left, &OVER_BUDGET, round.left.units(), amount.units())?;
    Ok(round)
}

/// Pays a leaf to the account that it names, whoever sends the claim.
pub(super) fn claim_leaf(
    s: &mut impl State,
    p: &impl AddressPort,
    cx: &Context,
    who: AccountId,
    leaf: &Leaf,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let Leaf { campaign, round: number, index, amount, .. } = *leaf;
    let round = claimable_leaf(s, p, cx.time, who, leaf)?;
    let (page, word, bit) = bit_of(index);
    let mut claimed: ClaimedLeaves = s.get((campaign, number, page));
    if let Some(word) = claimed.bits.get_mut(word) {
        *word |= bit;
    }
    s.set((campaign, number, page), claimed);
    let left = round.left.saturating_minus(amount);
    s.set((campaign, number), Round { left, ..round });
    fx.push(told(Event::LeafClaimed { campaign, round: number, index, who, amount }));
    mint(s, who, amount, fx)
}
