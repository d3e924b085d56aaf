//! From an intention to the command that the present state makes of it.

use crate::{
    campaigns::{campaign_command, number},
    civic::{self, carried, is_governed},
    plan::{Habit, amount, user},
    step::{Act, Actor, Size, Step, Way},
    wild,
};
use protocol::{
    AccountId, Amount, Bytes, Command, Epoch, Get, Height, ModuleId, Payload, Power, Timestamp,
    governance, network,
    rewards::{self, Distribution, Dividend},
    staking::{self, Asset},
    token::{self, Expiry},
};
use simulator::{bank::Holding, native::World};

/// A command ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) sender: AccountId,
    pub(crate) command: Command,
    pub(crate) funds: Amount,
}

/// How much `size` of `whole` is.
pub(crate) fn sized(size: Size, whole: Amount) -> Amount {
    let units = whole.units();
    amount(match size {
        Size::Zero => 0,
        Size::One => 1,
        Size::Part(part) => units / 256 * u128::from(part) + units % 256 * u128::from(part) / 256,
        Size::All => units,
        Size::More => units + 1,
        Size::Most => u128::MAX,
    })
}

fn balance(w: &World, who: AccountId) -> Amount {
    let held: token::Balance = w.get(who);
    held.amount
}

fn allowed(w: &World, owner: AccountId, spender: AccountId) -> Amount {
    let allowance: token::Allowance = w.get((owner, spender));
    allowance.amount
}

fn sender(by: Actor) -> AccountId {
    match by {
        Actor::User(n) => user(n),
        Actor::Treasury => ModuleId::Treasury.account(),
        Actor::Network => ModuleId::Network.account(),
    }
}

/// The order, or `None` where the intention is only to wait.
pub(crate) fn aim(w: &World, step: &Step) -> Option<Order> {
    let sender = rightful(w, step).unwrap_or_else(|| sender(step.by));
    let command = token_command(w, sender, &step.act)
        .map(Command::Token)
        .or_else(|| staking_command(w, sender, &step.act))
        .or_else(|| rewards_command(w, sender, &step.act).map(Command::Rewards))
        .or_else(|| campaign_command(w, &step.act).map(Command::Rewards))
        .or_else(|| network_command(w, sender, &step.act))
        .or_else(|| civic_command(w, sender, &step.act))?;
    let mut funds = amount(step.coins.map_or(0, u128::from));
    if let (Command::Staking(staking::Command::Stake { .. }), Act::Stake { size, .. }) =
        (&command, &step.act)
    {
        let held: Holding = w.get(sender);
        funds = sized(*size, held.amount);
    }
    if sender == ModuleId::Treasury.account() && is_governed(w) {
        // It does what the governor passes on, and nothing by itself.
        let by = w.height().get().wrapping_mul(7).wrapping_add(w.time().get()) as u8;
        let sender = ModuleId::Governor.account();
        return Some(Order { sender, command: carried(command, by), funds });
    }
    Some(Order { sender, command, funds })
}

fn civic_command(w: &World, me: AccountId, act: &Act) -> Option<Command> {
    match act {
        Act::Civic(civic) => civic::command(w, me, civic),
        _ => None,
    }
}

/// Who may do what is tried with a campaign: three users of four leave it to them.
fn rightful(w: &World, step: &Step) -> Option<AccountId> {
    let treasury = ModuleId::Treasury.account();
    let Actor::User(n) = step.by else { return None };
    match step.act {
        _ if n.is_multiple_of(4) => None,
        Act::OpenCampaign { .. }
        | Act::FundCampaign { .. }
        | Act::EndCampaign(_)
        | Act::Revoke { .. } => Some(treasury),
        Act::Publish { campaign, .. } => {
            let found: rewards::Campaign = w.get(number(w, campaign));
            Some(found.terms.publisher.unwrap_or(treasury))
        }
        Act::Civic(ref act) => civic::rightful(w, act),
        _ => None,
    }
}

/// What the habit asks for before the step at `place`, if anything.
pub(crate) fn habitual(w: &World, habit: Habit, place: usize) -> Option<Order> {
    let number = u32::try_from(place).ok()?;
    let treasury = ModuleId::Treasury.account();
    let (sender, command) = match habit {
        Habit::Dribble if number.is_multiple_of(6) => {
            let amount = amount(1);
            (user(0), Command::Staking(staking::Command::Unstake { amount }))
        }
        Habit::Subscribe if number % 16 == 8 && is_governed(w) => {
            let hook = user(number / 16 % 12);
            (treasury, Command::Governance(governance::Command::AddHook { hook }))
        }
        Habit::Subscribe if number.is_multiple_of(16) => {
            let hook = user(number / 16);
            (treasury, Command::Staking(staking::Command::AddHook { hook }))
        }
        Habit::Meddle if number.is_multiple_of(2) => {
            let topic = u16::from(number.is_multiple_of(4));
            let found: network::Topic = w.get(topic);
            let params = found.params;
            (treasury, Command::Network(network::Command::UpdateTopic { topic, params }))
        }
        Habit::Assemble => return civic::assembly(w, number),
        _ => return None,
    };
    if sender == treasury && is_governed(w) {
        let sender = ModuleId::Governor.account();
        return Some(Order { sender, command: carried(command, 9), funds: Amount::ZERO });
    }
    Some(Order { sender, command, funds: Amount::ZERO })
}

fn expiry(w: &World, expires: Option<i8>) -> Option<Expiry> {
    let offset = expires?;
    let near = |now: u64| now.saturating_add_signed(offset.into());
    Some(match offset.rem_euclid(3) {
        0 => Expiry::Never,
        1 => Expiry::AtHeight { height: Height::new(near(w.height().get())) },
        _ => Expiry::AtTime { time: Timestamp::new(near(w.time().get())) },
    })
}

fn token_command(w: &World, me: AccountId, act: &Act) -> Option<token::Command> {
    use token::Command as C;
    let mine = |size: Size| sized(size, balance(w, me));
    let theirs = |owner: u32, size: Size| sized(size, allowed(w, user(owner), me));
    let staking = ModuleId::Staking.account();
    Some(match *act {
        Act::Transfer { to, size } => C::Transfer { to: user(to), amount: mine(size) },
        Act::Donate { to, size } => {
            C::Transfer { to: AccountId::from_handle(to.into()), amount: mine(size) }
        }
        Act::SendAstray { to, size } => {
            let payload = match size {
                Size::All => Payload::Register { topic: 0 },
                Size::One => Payload::Stake { tier: 0 },
                _ => Payload::Opaque(Bytes(vec![to])),
            };
            C::Send { to: AccountId::from_handle(to.into()), amount: mine(size), payload }
        }
        Act::Burn(size) => C::Burn { amount: mine(size) },
        Act::Mint { to, size } => C::Mint { to: user(to), amount: mine(size) },
        Act::UpdateMinter(to) => C::UpdateMinter { to: to.map(user) },
        Act::Increase { spender, size, expires } => C::IncreaseAllowance {
            spender: user(spender),
            amount: mine(size),
            expires: expiry(w, expires),
        },
        Act::Decrease { spender, size, expires } => C::DecreaseAllowance {
            spender: user(spender),
            amount: sized(size, allowed(w, me, user(spender))),
            expires: expiry(w, expires),
        },
        Act::TransferFrom { owner, to, size } => {
            C::TransferFrom { owner: user(owner), to: user(to), amount: theirs(owner, size) }
        }
        Act::StakeFrom { owner, size, tier } => C::SendFrom {
            owner: user(owner),
            to: staking,
            amount: theirs(owner, size),
            payload: Payload::Stake { tier },
        },
        Act::BurnFrom { owner, size } => {
            C::BurnFrom { owner: user(owner), amount: theirs(owner, size) }
        }
        _ => return None,
    })
}

fn staking_command(w: &World, me: AccountId, act: &Act) -> Option<Command> {
    use staking::Command as C;
    let (params, account): (staking::Params, staking::Account) = (w.get(()), w.get(me));
    let position = account.position;
    Some(Command::Staking(match *act {
        Act::Stake { size, tier } if params.asset == Asset::Token => {
            let tier = if tier == 3 { position.tier } else { tier };
            let (to, payload) = (ModuleId::Staking.account(), Payload::Stake { tier });
            let amount = sized(size, balance(w, me));
            return Some(Command::Token(token::Command::Send { to, amount, payload }));
        }
        Act::Stake { tier, .. } => C::Stake { tier: if tier == 3 { position.tier } else { tier } },
        Act::ForgeReceive { module: false, size } => {
            let amount = sized(size, balance(w, me));
            C::Receive { from: me, amount, payload: Payload::Stake { tier: 0 } }
        }
        Act::ForgeReceive { module: true, size } => {
            let amount = sized(size, balance(w, me));
            let payload = Payload::Register { topic: 0 };
            let forged = network::Command::Receive { from: me, amount, payload };
            return Some(Command::Network(forged));
        }
        Act::Raise(tier) => C::Raise { tier },
        Act::Unstake(size) => C::Unstake { amount: sized(size, position.bonded) },
        Act::Claim => C::Claim,
        Act::Delegate(to) => C::Delegate { to: to.map(user) },
        Act::ClaimRewards => C::ClaimRewards,
        Act::Slash { who, size, informer } => {
            let theirs: staking::Account = w.get(user(who));
            let (who, informer) = (user(who), user(informer));
            C::Slash { who, amount: sized(size, theirs.position.bonded), informer }
        }
        Act::AddHook(hook) => C::AddHook { hook: user(hook) },
        Act::RemoveHook(hook) => C::RemoveHook { hook: user(hook) },
        Act::ForgeFailed => C::Failed { tag: 0 },
        Act::TuneStaking(by) => C::UpdateParams { params: wild::staking(params, by) },
        _ => return None,
    }))
}

fn rewards_command(w: &World, me: AccountId, act: &Act) -> Option<rewards::Command> {
    use rewards::Command as C;
    let (params, emission): (rewards::Params, rewards::Emission) = (w.get(()), w.get(()));
    Some(match act {
        Act::Distribute { topic, scores, fee } => {
            let topic = u16::from(*topic);
            C::Distribute(distribution(topic, scores, sized(*fee, amount(500))))
        }
        Act::Vacate { topic, uid } => {
            let (topic, uid) = (u16::from(*topic), u16::from(*uid));
            let slot: network::Slot = w.get((topic, uid));
            C::Vacate { topic, uid, who: slot.holder.unwrap_or(me) }
        }
        Act::ClaimSlots { topic, way } => C::Claim { slots: claimed(w, me, (*topic).into(), *way) },
        Act::ForgePay(size) => C::Pay { to: me, amount: sized(*size, emission.issued) },
        Act::SetTake(take) => C::SetTake { take: wild::percent(u32::from(*take) % 60) },
        Act::Allocate { topic, weight } => {
            let weight = if *weight == 255 { u64::MAX } else { u64::from(*weight % 4) };
            C::Allocate { topic: (*topic).into(), weight }
        }
        Act::ClaimVested(number) => C::ClaimVested { number: (*number).into() },
        Act::TuneRewards(by) => {
            C::UpdateParams { params: wild::rewards(params, emission.issued.units(), *by) }
        }
        _ => return None,
    })
}

/// Scores by hand: wilder than any that a mechanism gives.
fn distribution(topic: u16, scores: &[(u8, u8)], page_fee: Amount) -> Distribution {
    let scaled = |score: u8| [0, 1, 1 << 32, u64::MAX][usize::from(score) % 4];
    let (first, second) = scores.split_at(scores.len() / 2);
    let by_uid = |part: &[(u8, u8)]| -> std::collections::BTreeMap<u16, u64> {
        part.iter().map(|(uid, score)| (u16::from(*uid) * 20, scaled(*score))).collect()
    };
    Distribution {
        topic,
        epoch: Epoch::ZERO,
        callers: first.iter().map(|(uid, _)| user((*uid).into())).collect(),
        page_fee,
        owner: scores.first().map(|(uid, _)| user((*uid).into())),
        owner_cut: wild::percent(11),
        contributors: wild::percent(37),
        incentives: by_uid(first).into_iter().collect(),
        dividends: by_uid(second)
            .into_iter()
            .map(|(uid, score)| Dividend {
                uid,
                who: user(u32::from(uid) / 20),
                score,
                power: Power::ZERO,
            })
            .collect(),
    }
}

fn claimed(w: &World, me: AccountId, topic: u16, way: Way) -> Vec<(u16, u16)> {
    let seat: network::Seat = w.get((topic, me));
    let own = seat.uid_plus_one.checked_sub(1).map(|uid| (topic, uid));
    match way {
        Way::Own => own.into_iter().collect(),
        Way::Twice => own.into_iter().chain(own).collect(),
        Way::Another(uid) => vec![(topic, (uid % 8).into())],
        Way::Many => (0..33).map(|uid| (topic, uid)).collect(),
        Way::None => vec![],
    }
}

fn network_command(w: &World, me: AccountId, act: &Act) -> Option<Command> {
    use network::Command as C;
    let params = |topic: u16| {
        let found: network::Topic = w.get(topic);
        found.params
    };
    Some(Command::Network(match act {
        Act::CreateTopic(by) => {
            let found: network::Params = w.get(());
            // Topics are few, so that they are busy.
            let weight = u64::from(by.value % 3);
            let by =
                if found.topics < 3 { *by } else { crate::step::Tuning { which: 0, value: 0 } };
            C::CreateTopic { params: wild::topic(params(0), by), weight }
        }
        Act::UpdateTopic { topic, tuning } => {
            let topic = u16::from(*topic);
            C::UpdateTopic { topic, params: wild::topic(params(topic % 2), *tuning) }
        }
        Act::Register { topic, size } => {
            let (to, payload) =
                (ModuleId::Network.account(), Payload::Register { topic: (*topic).into() });
            let amount = sized(*size, balance(w, me));
            return Some(Command::Token(token::Command::Send { to, amount, payload }));
        }
        Act::Leave { topic } => C::Leave { topic: (*topic).into() },
        Act::Submit { topic, row, sorted } => {
            let mut weights: Vec<(u16, u16)> =
                row.iter().map(|(uid, weight)| (u16::from(*uid), *weight)).collect();
            if *sorted {
                weights.retain(|(uid, _)| *uid < params((*topic).into()).slots);
                weights.sort_unstable_by_key(|(uid, _)| *uid);
                weights.dedup_by_key(|(uid, _)| *uid);
            }
            C::Submit { topic: (*topic).into(), weights }
        }
        Act::Close { topic, rows } => C::Close { topic: (*topic).into(), rows: (*rows).into() },
        _ => return None,
    }))
}
