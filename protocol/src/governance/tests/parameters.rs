//! The lint: every violation at once, across tracks and modules.

use crate::{
    Fraction, Power, Refusal, Timestamp,
    governance::{
        Bounds, Genesis, MAX_SECONDS, Mandate, Params, Threshold, TrackParams, Unheard, genesis,
    },
    staking,
    testing::{Stage, Store, amount, fraction, percent, rules, user},
};

fn codes(found: &[Refusal]) -> Vec<u16> {
    found.iter().map(Refusal::code).collect()
}

/// The valid rules with one track changed.
fn with(track: usize, change: impl Fn(&mut TrackParams)) -> Params {
    let mut params = rules().params;
    change(&mut params.tracks[track]);
    params
}

#[test]
fn each_violation_has_its_code() {
    let one = Threshold::AtLeast { part: Fraction::ONE };
    let low = Threshold::AtLeast { part: fraction(499_999_999) };
    let none = Fraction::ZERO;
    for (label, params, expected) in [
        ("valid", rules().params, &[][..]),
        ("no period", with(0, |t| (t.period, t.extension) = (0, 0)), &[450]),
        ("below the shortest period", with(0, |t| (t.period, t.extension) = (9, 9)), &[450]),
        ("no grace", with(0, |t| t.grace = 0), &[450]),
        ("no timelock", with(0, |t| t.timelock = 0), &[451]),
        ("too long by far", with(0, |t| t.period = MAX_SECONDS + 1), &[450, 452, 461]),
        ("too long together", with(1, |t| t.delay = 911), &[452]),
        ("no quorum", with(0, |t| t.quorum = none), &[453]),
        ("below the lowest quorum", with(0, |t| t.quorum = percent(4)), &[453]),
        ("below one half", with(0, |t| t.threshold = low), &[454]),
        ("everything is vetoed", with(0, |t| t.veto = none), &[455]),
        ("veto beyond the threshold", with(1, |t| t.veto = percent(34)), &[456]),
        ("veto where all must agree", with(2, |t| t.threshold = one), &[]),
        ("an optimistic constitution", with(1, |t| t.objection = percent(9)), &[457]),
        ("an optimistic emergency", with(2, |t| t.objection = percent(9)), &[457]),
        ("optimistic", with(0, |t| t.objection = percent(9)), &[]),
        ("a majority cannot object", with(0, |t| t.objection = percent(51)), &[471]),
        ("easy quorum", with(1, |t| t.quorum = percent(19)), &[458]),
        ("easy threshold", with(1, |t| t.threshold = Threshold::Majority), &[]),
        ("short timelock", with(1, |t| t.timelock = 14), &[458]),
        ("an easy emergency", with(2, |t| t.quorum = percent(20)), &[459]),
        ("a lax emergency", with(2, |t| t.threshold = Threshold::Majority), &[459]),
        ("lapses too soon", Params { lapse: 49, ..rules().params }, &[461]),
        ("lapses too late", Params { lapse: 201, ..rules().params }, &[462]),
        ("nothing may be live", Params { live: 0, ..rules().params }, &[463]),
        ("too much may be live", Params { live: 101, ..rules().params }, &[463]),
        ("no least power", Params { least_power: Power::ZERO, ..rules().params }, &[464]),
        ("extension", with(2, |t| t.extension = 11), &[468]),
        ("proposers need a majority", with(0, |t| t.proposal_power = percent(51)), &[469]),
    ] {
        assert_eq!(codes(&params.violations(&rules().bounds)), expected, "{label}");
    }
}

#[test]
fn every_violation_is_reported_at_once() {
    let broken = TrackParams {
        quorum: Fraction::ZERO,
        veto: Fraction::ZERO,
        threshold: Threshold::AtLeast { part: Fraction::ZERO },
        ..TrackParams::default()
    };
    let params = Params {
        tracks: [broken; 3],
        live: 0,
        unheard: Unheard::Returned,
        least_power: Power::ZERO,
        lapse: 201,
    };
    let a_track = [450, 450, 451, 453, 454, 455];
    let expected = [&a_track[..], &a_track, &a_track, &[459, 459, 462, 463, 464]].concat();
    assert_eq!(codes(&params.violations(&rules().bounds)), expected);
    let mandate = Mandate { ends: Timestamp::new(1), pause: 999, ..rules().mandate };
    let bounds = Bounds { pause: MAX_SECONDS + 1, length: 1, ..rules().bounds };
    let refused = Genesis { params, bounds, mandate, ..rules() };
    let mut store = Store::default();
    let found = genesis(&mut store, &refused).unwrap_err();
    assert!(codes(&found).starts_with(&[467, 467]), "{found:?}");
    assert!(codes(&found).ends_with(&[465]), "{found:?}");
    assert!(store == Store::default(), "nothing is written");
}

#[test]
fn staking_has_its_say() {
    let valid = Stage::small_staking();
    for (label, params, staking, expected) in [
        ("valid", rules().params, valid.clone(), &[][..]),
        ("a track too long", with(1, |t| t.grace = 31), valid.clone(), &[460]),
        (
            "more power than there can be",
            Params { least_power: Power::new(8_000_001), ..rules().params },
            valid.clone(),
            &[464],
        ),
        (
            "all there can be",
            Params { least_power: Power::new(8_000_000), ..rules().params },
            valid.clone(),
            &[],
        ),
        (
            "a deposit beyond all stake",
            with(1, |t| t.deposit = amount(4_000_001)),
            valid.clone(),
            &[470],
        ),
        ("no tiers", rules().params, staking::Params { tiers: vec![], ..valid }, &[460, 464]),
    ] {
        assert_eq!(codes(&params.violations_beside(&staking)), expected, "{label}");
    }
}

#[test]
fn a_mandate_has_bounds() {
    let bounds = rules().bounds;
    let now = Timestamp::new(1000);
    let mandate = rules().mandate;
    for (label, mandate, expected) in [
        ("valid", mandate, &[][..]),
        ("nobody's", Mandate { guardian: None, pause: 999, ..mandate }, &[]),
        ("ends now", Mandate { ends: now, ..mandate }, &[465]),
        ("as long as may be", Mandate { ends: Timestamp::new(11_000), ..mandate }, &[]),
        ("longer", Mandate { ends: Timestamp::new(11_001), ..mandate }, &[465]),
        ("long pauses", Mandate { pause: 201, guardian: Some(user(3)), ..mandate }, &[466]),
    ] {
        assert_eq!(codes(&mandate.violations(&bounds, now)), expected, "{label}");
    }
}
