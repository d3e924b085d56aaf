//! Parameters of governance and the treasury, on both sides of every bound.

use crate::{
    plan::{GUARDIAN, amount, user},
    step::Tuning,
    wild::percent,
};
use protocol::{
    Amount, Asset, Fraction, Power, Timestamp,
    governance::{self, Bounds, MAX_SECONDS, Mandate, Params, Threshold, TrackParams, Unheard},
    treasury::{self, GrantTerms, MAX_PERIOD, StreamTerms},
};

/// Tracks that are over before a sequence is, a guardian, and caps.
pub(crate) fn sound(start: u64, optimistic: bool) -> (governance::Genesis, treasury::Genesis) {
    let third = percent(33);
    let ordinary = TrackParams {
        deposit: amount(500),
        proposal_power: percent(1),
        delay: 10,
        period: 120,
        extension: 60,
        timelock: 60,
        grace: 300,
        quorum: percent(10),
        threshold: Threshold::Majority,
        veto: third,
        objection: if optimistic { percent(20) } else { Fraction::ZERO },
        revoting: true,
    };
    let constitutional = TrackParams {
        deposit: amount(1_000),
        delay: 20,
        period: 150,
        timelock: 200,
        grace: 200,
        quorum: percent(20),
        threshold: Threshold::AtLeast { part: percent(66) },
        objection: Fraction::ZERO,
        ..ordinary
    };
    let emergency = TrackParams {
        deposit: amount(1_500),
        delay: 0,
        period: 60,
        extension: 0,
        timelock: 1,
        grace: 200,
        quorum: percent(30),
        threshold: Threshold::AtLeast { part: percent(80) },
        veto: percent(20),
        objection: Fraction::ZERO,
        revoting: false,
        ..ordinary
    };
    let params = Params {
        tracks: [ordinary, constitutional, emergency],
        live: 3,
        unheard: Unheard::Forfeited,
        least_power: Power::new(10),
        lapse: 700,
    };
    let bounds = Bounds {
        quorum: percent(5),
        period: 10,
        timelock: 1,
        length: 800,
        pause: 900,
        mandate: 5_000,
    };
    let mandate = Mandate {
        guardian: Some(GUARDIAN),
        ends: Timestamp::new(start + 3_000),
        pause: 40,
        pauses: 3,
        suspended: Timestamp::ZERO,
    };
    let caps =
        treasury::Params { token_cap: amount(20_000), native_cap: amount(20_000), window: 150 };
    let genesis = governance::Genesis { params, bounds, mandate, start: Timestamp::new(start) };
    (genesis, caps)
}

fn pick<T: Copy>(from: &[T], value: u8) -> T {
    from[usize::from(value) % from.len()]
}

/// The governor's parameters with one changed.
pub(crate) fn governance(mut params: Params, by: Tuning) -> Params {
    let value = by.value / 4;
    let track = &mut params.tracks[usize::from(by.value % 3)];
    match by.which % 17 {
        0 => track.period = pick(&[0, 9, 10, 120, MAX_SECONDS + 1], value),
        1 => track.grace = pick(&[0, 1, 300, 301, 310], value),
        2 => track.timelock = pick(&[0, 1, 60, 100, 140], value),
        3 => track.extension = pick(&[0, 60, 121, 151], value),
        4 => track.delay = pick(&[0, 10, 20, 600], value),
        5 => track.quorum = percent(pick(&[0, 4, 5, 20, 31, 100], value)),
        6 => {
            let part = percent(pick(&[0, 49, 50, 66, 80, 100], value));
            track.threshold =
                pick(&[Threshold::AtLeast { part }, Threshold::Majority], by.value / 32);
        }
        7 => track.veto = percent(pick(&[0, 20, 33, 51, 100], value)),
        8 => track.objection = percent(pick(&[0, 5, 50, 51], value)),
        9 => track.proposal_power = percent(pick(&[0, 1, 2, 50, 51], value)),
        10 => track.deposit = pick(&[Amount::ZERO, amount(500), Amount::MAX], value),
        11 => track.revoting = value.is_multiple_of(2),
        12 => params.live = pick(&[0, 1, 3, 100, 101], value),
        13 => params.least_power = Power::new(pick(&[0, 1, 10, u128::MAX], value)),
        14 => params.lapse = pick(&[0, 249, 250, 700, 900, 901], value),
        15 => params.unheard = pick(&[Unheard::Returned, Unheard::Forfeited], value),
        _ => {}
    }
    params
}

/// A governor's genesis with one thing changed.
pub(crate) fn genesis(mut genesis: governance::Genesis, by: Tuning) -> governance::Genesis {
    match by.which % 8 {
        0 => genesis.bounds.length = pick(&[0, 11, 630, 5 * MAX_SECONDS + 1], by.value),
        1 => genesis.bounds.pause = pick(&[0, 700, MAX_SECONDS + 1], by.value),
        2 => genesis.bounds.mandate = pick(&[0, 3_000, MAX_SECONDS + 1], by.value),
        3 => genesis.mandate.pause = pick(&[0, 900, 901], by.value),
        4 => genesis.mandate.ends = Timestamp::new(pick(&[0, 1_001, u64::MAX], by.value)),
        _ => genesis.params = governance(genesis.params, by),
    }
    genesis
}

/// Caps with one changed.
pub(crate) fn caps(mut params: treasury::Params, value: u8) -> treasury::Params {
    match value % 3 {
        0 => params.window = pick(&[0, 1, 100, 400, treasury::MAX_WINDOW + 1], value / 3),
        1 => params.token_cap = pick(&[Amount::ZERO, amount(20_000), Amount::MAX], value / 3),
        _ => params.native_cap = pick(&[Amount::ZERO, amount(20_000), Amount::MAX], value / 3),
    }
    params
}

/// A stream around now.
pub(crate) fn stream(now: Timestamp, value: u8, amount: Amount) -> StreamTerms {
    let good = StreamTerms {
        to: Some(user(u32::from(value % 4))),
        asset: pick(&[Asset::Token, Asset::Token, Asset::Native], value),
        rate: amount,
        period: 200,
        start: now,
        cliff: now.after(pick(&[0, 40], value)),
        funded: amount,
    };
    match value / 4 % 8 {
        0 => StreamTerms { rate: Amount::ZERO, ..good },
        1 => StreamTerms { period: MAX_PERIOD + 1, ..good },
        2 => StreamTerms { cliff: now.after(900), ..good },
        3 => StreamTerms { to: None, ..good },
        _ => good,
    }
}

/// A grant around now.
pub(crate) fn grant(now: Timestamp, value: u8, amount: Amount) -> GrantTerms {
    let good = GrantTerms {
        to: Some(user(u32::from(value % 4))),
        asset: pick(&[Asset::Token, Asset::Token, Asset::Native], value),
        reviewer: Some(user(u32::from(value % 3))),
        deadline: now.after(400),
        milestones: vec![amount; 2],
    };
    match value / 4 % 8 {
        0 => GrantTerms { milestones: vec![], ..good },
        1 => GrantTerms { deadline: now, ..good },
        2 => GrantTerms { to: None, ..good },
        _ => good,
    }
}
