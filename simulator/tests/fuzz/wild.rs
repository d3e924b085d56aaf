//! Parameters on both sides of every bound.

use crate::{
    plan::{amount, user},
    step::Tuning,
};
use protocol::{
    Amount, Fraction, Power, Timestamp,
    network::{Liquid, PriceParams, Scoring, TopicGenesis, TopicParams, YumaVariant},
    rewards::{self, Airdrop, Curve, Grant, MAX_LEAVES, MAX_SECONDS, Terms},
    staking::{self, MAX_MULTIPLIER, MAX_NOTICE, MULTIPLIER_ONE, Slashed, Tier},
    token,
};

/// The price of slots: at most a fifth of a purse.
pub(crate) const PRICE: PriceParams = PriceParams {
    floor: Amount::saturating(100),
    ceiling: Amount::saturating(200_000),
    rise: percent(30),
    half_life: 15,
};

/// A fraction in percent, at most all of it.
pub(crate) const fn percent(whole: u32) -> Fraction {
    match Fraction::from_parts(whole.saturating_mul(Fraction::WHOLE / 100)) {
        Some(fraction) => fraction,
        None => Fraction::ONE,
    }
}

/// A notice in seconds, a multiplier in tenths.
pub(crate) const fn tier(notice: u64, tenths: u64) -> Tier {
    Tier { notice, multiplier: tenths * (MULTIPLIER_ONE / 10) }
}

fn pick<T: Copy>(from: &[T], value: u8) -> T {
    from[usize::from(value) % from.len()]
}

/// Staking's parameters with one changed.
pub(crate) fn staking(mut params: staking::Params, by: Tuning) -> staking::Params {
    let last = params.tiers.last().copied().unwrap_or_default();
    let notices = [0, 1, last.notice, last.notice + 40, MAX_NOTICE, MAX_NOTICE + 1, u64::MAX];
    let multipliers = [0, MULTIPLIER_ONE, last.multiplier, MAX_MULTIPLIER, u64::MAX];
    match by.which % 9 {
        0 => params.tiers.clear(),
        1 => {
            let notice = pick(&notices, by.value);
            params.tiers.push(Tier { notice, multiplier: pick(&multipliers, by.value / 16) });
        }
        2 => params.tiers.resize(usize::from(by.value % 12), tier(60, 10)),
        3 => {
            if let Some(tier) = params.tiers.first_mut() {
                tier.notice = pick(&[1, 49, 50, 51, 199, 200, 0], by.value);
            }
        }
        4 => {
            if let Some(tier) = params.tiers.last_mut() {
                tier.multiplier = pick(&multipliers, by.value);
            }
        }
        5 => {
            params.max_stake =
                pick(&[0, 1, 2_000_000, 9_000_000, u128::MAX], by.value).into_amount()
        }
        6 => params.unit = pick(&[0, 1, 1_000, 1_000, u128::MAX], by.value),
        7 => params.bounty = percent(pick(&[0, 7, 50, 51, 100], by.value)),
        _ => params.slashed = pick(&[Slashed::Burned, Slashed::ToTreasury], by.value),
    }
    params
}

/// Rewards' parameters with one changed; `issued` is where the cap may lie.
pub(crate) fn rewards(mut params: rewards::Params, issued: u128, by: Tuning) -> rewards::Params {
    let schedule = &mut params.schedule;
    let interval = pick(&[0, 1, 7, 40], by.value);
    let ratio = pick(&[0, 500_000_000, 900_000_000, 999_999_999, 1_000_000_000], by.value / 4);
    match by.which % 6 {
        0 => schedule.per_block = pick(&[0, 1, 997, 5_000, 1 << 80], by.value).into_amount(),
        1 => schedule.tail = pick(&[0, 1, 17, 997, 6_000], by.value).into_amount(),
        2 => {
            schedule.cap =
                pick(&[0, issued - 1, issued, issued + 9_999, 1 << 91], by.value).into_amount()
        }
        3 => {
            schedule.curve = match by.value % 4 {
                0 => Curve::HalvingBySupply,
                1 => Curve::HalvingByInterval { interval },
                _ => Curve::Constant,
            }
        }
        4 => {
            let ratio = Fraction::from_parts(ratio).unwrap_or_default();
            schedule.curve = Curve::ExponentialDecay { ratio, interval };
            if by.value >= 200 {
                schedule.per_block = amount(1 << 80);
            }
        }
        _ => params.treasury_cut = percent(pick(&[0, 1, 33, 100], by.value)),
    }
    params
}

/// A campaign's terms, most of them short.
pub(crate) fn terms(by: Tuning) -> Terms {
    let most = MAX_SECONDS;
    let mut terms = Terms {
        publisher: [None, Some(user(2)), Some(user(3))][usize::from(by.value % 3)],
        most: amount(1_000),
        period: pick(&[0, 50, 200], by.value / 3),
        delay: pick(&[0, 30], by.value / 9),
        window: pick(&[100, 1_000, 4_000], by.value / 18),
    };
    match by.which {
        0..8 => terms.most = pick(&[0, 1, 400, u128::MAX], by.value).into_amount(),
        8..16 => terms.period = pick(&[most, most + 1, u64::MAX], by.value),
        16..24 => terms.delay = pick(&[most, most + 1, u64::MAX], by.value),
        24..32 => terms.window = pick(&[0, 1, most, most + 1, u64::MAX], by.value),
        _ => {}
    }
    terms
}

/// A topic's parameters with one changed.
pub(crate) fn topic(mut params: TopicParams, by: Tuning) -> TopicParams {
    let liquid = Liquid { alpha_low: 60_000, alpha_high: 50_000, steepness: 1_000 };
    match by.which % 15 {
        0 => params.tempo = pick(&[0, 1, 4, 100_001], by.value),
        1 => params.slots = pick(&[0, 1, 4, 8, 4_097], by.value),
        2 => params.immunity = pick(&[0, 15, 10_000_001], by.value),
        3 => params.electorate.max_validators = pick(&[0, 1, 4, 513], by.value),
        4 => params.electorate.activity_cutoff = pick(&[0, 30, 10_000_001], by.value),
        5 => params.electorate.stake_threshold = Power::new(pick(&[0, 1_000, u128::MAX], by.value)),
        6 => params.price.floor = pick(&[0, 1, 150, 200_001], by.value).into_amount(),
        7 => params.price.half_life = pick(&[0, 1, 15, 10_000_001], by.value),
        8 => params.price.rise = percent(pick(&[0, 30, 100], by.value)),
        9 => params.owner_cut = percent(pick(&[0, 9, 50, 51, 100], by.value)),
        10 => params.contributors = percent(pick(&[0, 41, 100], by.value)),
        11 => params.page_fee = pick(&[0, 3, 4_000], by.value).into_amount(),
        12 => params.owner = [None, Some(user(1)), Some(user(2))][usize::from(by.value % 3)],
        13 => {
            params.scoring = pick(
                &[
                    Scoring::Mean,
                    metered(900_000, 65_535),
                    metered(1_000_001, 0),
                    yuma(900_000, YumaVariant::Classic),
                    yuma(1_000_001, YumaVariant::Classic),
                    yuma(0, YumaVariant::Yuma3 { liquid: None }),
                    yuma(900_000, YumaVariant::Yuma3 { liquid: Some(liquid) }),
                    Scoring::Synthesis { alpha: 100_000 },
                ],
                by.value,
            );
        }
        _ => {}
    }
    params
}

/// Pay by measure.
pub(crate) fn metered(decay: u32, cap: u16) -> Scoring {
    Scoring::Metered { kappa: 32_767, decay, cap, top_multiplier: 200, ramp: 30 }
}

/// Yuma in a form.
pub(crate) fn yuma(bonds_moving_average: u32, variant: YumaVariant) -> Scoring {
    Scoring::Yuma { kappa: 32_767, bonds_moving_average, bonds_penalty: 65_535, variant }
}

/// The rest of a genesis with one thing changed; parameters have their own.
pub(crate) fn token(mut genesis: token::Genesis, by: Tuning) -> token::Genesis {
    match by.which % 4 {
        0 => genesis.balances.extend_from_within(..usize::from(by.value % 2)),
        1 => genesis.cap = pick(&[0, 7_999_999, u128::MAX], by.value).into_amount(),
        2 => genesis.balances.push((user(90), pick(&[0, 1, u128::MAX], by.value).into_amount())),
        _ => genesis.minter = None,
    }
    genesis
}

/// Grants and airdrops that contradict themselves among others.
pub(crate) fn grants(mut genesis: rewards::Genesis, by: Tuning) -> rewards::Genesis {
    let at = |n| Timestamp::new(u64::from(n % 4));
    let grant = Grant {
        total: pick(&[0, 5, u128::MAX], by.which).into_amount(),
        start: at(by.value),
        cliff: at(by.value / 4),
        end: at(by.value / 16),
        claimed: amount(u128::from(by.value / 250)),
    };
    genesis.grants.push((user(3), grant));
    genesis.airdrops.push(Airdrop {
        root: [by.value; 32],
        leaves: pick(&[0, 1, 2, 2, MAX_LEAVES, MAX_LEAVES + 1], by.value),
        total: pick(&[0, 1, 5, u128::MAX], by.which / 4).into_amount(),
        from: at(by.value / 4),
        until: at(by.value / 16),
    });
    if by.which == 255 {
        genesis.weights = vec![1; 65_536];
    }
    genesis
}

/// A topic's genesis with one thing changed.
pub(crate) fn topic_genesis(mut genesis: TopicGenesis, by: Tuning) -> TopicGenesis {
    match by.which % 3 {
        0 => genesis.holders.extend((0..u32::from(by.value % 9)).map(|n| user(20 + n))),
        1 => genesis.holders.push(user(u32::from(by.value % 4))),
        _ => genesis.params = topic(genesis.params, Tuning { which: by.value, value: by.which }),
    }
    genesis
}

/// A number as an amount, the largest where it is larger.
trait IntoAmount {
    fn into_amount(self) -> Amount;
}

impl IntoAmount for u128 {
    fn into_amount(self) -> Amount {
        Amount::saturating(self)
    }
}
