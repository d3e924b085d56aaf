//! What the governor and the treasury of these tests are made with.

use cosmwasm_std::{Addr, Decimal, Uint128};
use interface::{
    governor::{self, BoundsMsg, MandateMsg, ThresholdMsg, TrackParamsMsg},
    treasury,
};

use crate::deployment::{DENOM, user};

/// The ordinary track's deposit.
pub(crate) const DEPOSIT: u128 = 10;
/// Seconds from creation to the first vote.
pub(crate) const DELAY: u64 = 5;
/// Seconds of voting.
pub(crate) const PERIOD: u64 = 20;
/// The ordinary track's seconds from queueing to execution.
pub(crate) const TIMELOCK: u64 = 15;
/// Seconds for queueing, and again for executing.
pub(crate) const GRACE: u64 = 50;
/// The most of each asset that ordinary proposals may pay in a window of 1,000 seconds.
pub(crate) const CAP: u128 = 10_000;

fn ordinary() -> TrackParamsMsg {
    TrackParamsMsg {
        deposit: Uint128::new(DEPOSIT),
        proposal_power: Decimal::percent(1),
        delay: DELAY,
        period: PERIOD,
        extension: 10,
        timelock: TIMELOCK,
        grace: GRACE,
        quorum: Decimal::percent(20),
        threshold: ThresholdMsg::Majority {},
        veto: Decimal::permille(333),
        objection: Decimal::zero(),
        revoting: true,
    }
}

/// Tracks that fit the shortest notice, 100 seconds:
///
/// | track | delay, period, extension, timelock, grace | quorum | threshold | deposit |
/// |---|---|---|---|---|
/// | ordinary | 5, 20, 10, 15, 50 | 20% | majority | 10 |
/// | constitutional | 5, 20, 0, 20, 50 | 40% | 2/3 | 20 |
/// | emergency | 0, 10, 0, 5, 50 | 50% | 80% | 30 |
pub(crate) fn params() -> governor::ParamsMsg {
    let at_least = |percent| ThresholdMsg::AtLeast { part: Decimal::percent(percent) };
    let constitutional = TrackParamsMsg {
        deposit: Uint128::new(20),
        extension: 0,
        timelock: 20,
        quorum: Decimal::percent(40),
        threshold: at_least(66),
        ..ordinary()
    };
    let emergency = TrackParamsMsg {
        deposit: Uint128::new(30),
        delay: 0,
        period: 10,
        extension: 0,
        timelock: 5,
        quorum: Decimal::percent(50),
        threshold: at_least(80),
        veto: Decimal::percent(20),
        revoting: false,
        ..ordinary()
    };
    governor::ParamsMsg {
        ordinary: ordinary(),
        constitutional,
        emergency,
        live: 20,
        forfeit_unheard: true,
        least_power: Uint128::one(),
        lapse: 60,
    }
}

/// What no proposal changes.
pub(crate) fn bounds() -> BoundsMsg {
    BoundsMsg {
        quorum: Decimal::percent(5),
        period: 10,
        timelock: 5,
        length: 1_000,
        pause: 200,
        mandate: 1_000_000,
    }
}

/// Pauses of 100 seconds, 3 of them, for 500,000 seconds from now.
pub(crate) fn mandate(guardian: &Addr, now: u64) -> MandateMsg {
    MandateMsg {
        guardian: Some(guardian.to_string()),
        ends: now + 500_000,
        pause: 100,
        pauses: 3,
        suspended: 0,
    }
}

/// A governor whose guardian is the account of that name.
pub(crate) fn governor(now: u64) -> governor::InstantiateMsg {
    governor::InstantiateMsg {
        params: params(),
        bounds: bounds(),
        mandate: mandate(&user("guardian"), now),
        denom: Some(DENOM.to_owned()),
    }
}

/// The same cap for each asset.
pub(crate) fn caps() -> treasury::ParamsMsg {
    treasury::ParamsMsg { token_cap: CAP.into(), native_cap: CAP.into(), window: 1_000 }
}

/// A treasury that pays the token and coins of [`DENOM`].
pub(crate) fn treasury() -> treasury::InstantiateMsg {
    treasury::InstantiateMsg { params: caps(), denom: Some(DENOM.to_owned()) }
}

/// A stream of 100 in 100 seconds from now.
pub(crate) fn stream(to: &Addr, asset: treasury::AssetMsg, now: u64) -> treasury::StreamMsg {
    treasury::StreamMsg {
        to: to.to_string(),
        asset,
        rate: Uint128::new(100),
        period: 100,
        start: now,
        cliff: now,
        funded: Uint128::new(100),
    }
}

/// A grant of 30 and 70, which that reviewer releases for 1,000 seconds from now.
pub(crate) fn grant(to: &Addr, reviewer: &Addr, now: u64) -> treasury::GrantMsg {
    treasury::GrantMsg {
        to: to.to_string(),
        asset: treasury::AssetMsg::Token,
        reviewer: Some(reviewer.to_string()),
        deadline: now + 1_000,
        milestones: vec![Uint128::new(30), Uint128::new(70)],
    }
}
