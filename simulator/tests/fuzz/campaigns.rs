//! Campaigns: what is published and claimed follows from campaign and round, so that a claim finds
//! the list of its round again.

use crate::{
    aim::sized,
    plan::{amount, user},
    step::Act,
    wild,
};
use protocol::{
    AccountId, Amount, Get, ModuleId,
    rewards::{self, Campaign, Campaigns, Leaf, MAX_LEAVES, Owed, Publication},
};
use simulator::{claims::List, native::World};

/// The list of a round: one to five leaves of a few hundred units.
pub(crate) fn list(names: &dyn protocol::Names, campaign: u32, round: u32) -> List {
    let count = 1 + (campaign + 2 * round) % 5;
    let payment = |index| {
        let who = user((campaign + 3 * round + index) % 10);
        (who, amount(u128::from(100 + 7 * round + 31 * index)))
    };
    let payments: Vec<(AccountId, Amount)> = (0..count).map(payment).collect();
    List::new(names, campaign, round, payments).expect("one to five leaves")
}

/// The number of a campaign: mostly of one that was opened, else the airdrop's or one too many.
pub(crate) fn number(w: &World, pick: u8) -> u32 {
    let Campaigns { next } = w.get(());
    match pick {
        0 => 0,
        1 => next,
        _ => 1 + u32::from(pick) % next.saturating_sub(1).max(1),
    }
}

/// The round so many before the next one; beyond the first, one that is not there yet.
fn round_of(w: &World, campaign: u32, back: u8) -> u32 {
    let found: Campaign = w.get(campaign);
    found.rounds.checked_sub(u32::from(back) + 1).unwrap_or(found.rounds + 3)
}

/// The command, where a campaign is what is tried.
pub(crate) fn campaign_command(w: &World, act: &Act) -> Option<rewards::Command> {
    use rewards::Command as C;
    let owed: Owed = w.get(ModuleId::Treasury.account());
    Some(match *act {
        Act::OpenCampaign { tuning, budget } => {
            C::OpenCampaign { terms: wild::terms(tuning), budget: sized(budget, owed.amount) }
        }
        Act::FundCampaign { campaign, amount } => {
            C::FundCampaign { campaign: number(w, campaign), amount: sized(amount, owed.amount) }
        }
        Act::EndCampaign(campaign) => C::EndCampaign { campaign: number(w, campaign) },
        Act::Publish { campaign, twist, total } => {
            let campaign = number(w, campaign);
            let found: Campaign = w.get(campaign);
            let list = list(w.accounts(), campaign, found.rounds);
            let sum: u128 = list.payments().iter().map(|payment| payment.1.units()).sum();
            // One time in eight it promises something else than its list comes to.
            let total = if twist % 8 == 0 { sized(total, found.reserve) } else { amount(sum) };
            let publication = list.publication(total);
            C::Publish(match twist / 8 {
                0 => Publication { leaves: 0, ..publication },
                1 => Publication { leaves: MAX_LEAVES + 1, ..publication },
                2 => Publication { round: found.rounds + 1, ..publication },
                3 => Publication { root: [twist; 32], ..publication },
                _ => publication,
            })
        }
        Act::Revoke { campaign, back } => {
            let campaign = number(w, campaign);
            C::Revoke { campaign, round: round_of(w, campaign, back) }
        }
        Act::ReturnRest { campaign, back } => {
            let campaign = number(w, campaign);
            C::ReturnRest { campaign, round: round_of(w, campaign, back) }
        }
        Act::ClaimLeaf { campaign, back, index, twist } => {
            let campaign = number(w, campaign);
            let round = round_of(w, campaign, back);
            claim(
                list(w.accounts(), campaign, round).leaf(index.into()),
                campaign,
                round,
                index,
                twist,
            )
        }
        _ => return None,
    })
}

/// A claim, most as it was published.
fn claim(
    found: Option<(AccountId, Leaf)>,
    campaign: u32,
    round: u32,
    index: u8,
    twist: u8,
) -> rewards::Command {
    let none = Leaf { campaign, round, index: index.into(), ..Leaf::default() };
    let (mut who, mut leaf) = found.unwrap_or((user(0), none));
    match twist {
        0..8 => leaf.proof.push([twist; 32]),
        8..16 => leaf.amount = amount(leaf.amount.units() + 1),
        16..24 => who = user(twist.into()),
        24..32 => who = ModuleId::Treasury.account(),
        32..40 => leaf.proof.iter_mut().for_each(|hash| hash[0] ^= 1),
        _ => {}
    }
    rewards::Command::ClaimLeaf { who, leaf }
}
