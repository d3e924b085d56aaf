//! Streams: what is earned when, funded by whom, and what a cancellation leaves.

use super::{TREASURY, coins, execute, own, promised, run, stage, stream, tokens};
use crate::{
    Asset, Command, Get, Payload, Refusal, Timestamp,
    testing::{Stage, amount, user},
    token,
    treasury::{Command as Verb, Stream, StreamTerms, claimable},
};
use proptest::{
    collection::vec,
    prelude::{prop_assert, prop_assert_eq, proptest},
};

fn opened(terms: StreamTerms) -> Stage {
    let mut stage = stage();
    if terms.asset == Asset::Native {
        stage.store_coins(TREASURY, 1_000);
    }
    execute(&mut stage, vec![own(Verb::OpenStream { terms })]).unwrap();
    stage
}

fn claim(stage: &mut Stage) -> Result<(), u16> {
    run(stage, 1, Verb::ClaimStream { stream: 0 })
}

fn give(stage: &mut Stage, units: u128) -> Result<(), u16> {
    let payload = Payload::Fund { stream: 0 };
    let send = token::Command::Send { to: TREASURY, amount: amount(units), payload };
    stage.run(user(3), Command::Token(send))
}

#[test]
fn a_stream_is_linear_behind_its_cliff() {
    let mut stage = opened(stream());
    assert_eq!(claim(stage.block(2, 1_019)), Err(609));
    claim(stage.block(3, 1_020)).unwrap();
    assert_eq!(tokens(&stage, user(1)), 1_000_020);
    assert_eq!((claim(&mut stage), promised(&stage, Asset::Token)), (Err(609), 80));
    claim(stage.block(4, 9_000)).unwrap();
    assert_eq!((claim(&mut stage), promised(&stage, Asset::Token)), (Err(609), 0));
    assert_eq!(tokens(&stage, user(1)), 1_000_100);
    stage.lawful();
}

#[test]
fn only_the_recipient_claims() {
    let mut stage = opened(stream());
    stage.block(2, 1_050);
    assert_eq!(run(&mut stage, 2, Verb::ClaimStream { stream: 0 }), Err(608));
    assert_eq!(run(&mut stage, 1, Verb::ClaimStream { stream: 1 }), Err(607));
}

#[test]
fn what_is_earned_stays_claimable_after_a_cancellation() {
    let mut stage = opened(stream());
    stage.block(2, 1_030);
    execute(&mut stage, vec![own(Verb::CancelStream { stream: 0 })]).unwrap();
    assert_eq!(promised(&stage, Asset::Token), 30);
    assert_eq!(execute(&mut stage, vec![own(Verb::CancelStream { stream: 0 })]), Err(610));
    assert_eq!(give(&mut stage, 5), Err(610));
    claim(stage.block(3, 5_000)).unwrap();
    assert_eq!((tokens(&stage, user(1)), promised(&stage, Asset::Token)), (1_000_030, 0));
    assert_eq!(claim(&mut stage), Err(609));
    stage.lawful();
}

#[test]
fn before_the_cliff_a_cancellation_frees_all() {
    let mut stage = opened(stream());
    stage.block(2, 1_019);
    execute(&mut stage, vec![own(Verb::CancelStream { stream: 0 })]).unwrap();
    assert_eq!(promised(&stage, Asset::Token), 0);
    assert_eq!(claim(stage.block(3, 5_000)), Err(609));
}

#[test]
fn a_stream_of_coins_is_funded_and_paid_in_coins() {
    let mut stage = opened(StreamTerms { asset: Asset::Native, ..stream() });
    assert_eq!(give(&mut stage, 5), Err(622));
    let fund = || Command::Treasury(Verb::Fund { stream: 0 });
    assert_eq!(stage.run_with(user(3), fund(), 0), Err(606));
    stage.run_with(user(3), fund(), 50).unwrap();
    assert_eq!((promised(&stage, Asset::Native), coins(&stage)), (150, 1_050));
    claim(stage.block(2, 1_125)).unwrap();
    assert_eq!(stage.paid, [(user(1), amount(125))]);
    claim(stage.block(3, 1_151)).unwrap();
    assert_eq!((promised(&stage, Asset::Native), coins(&stage)), (0, 900));
    stage.lawful();
}

#[test]
fn a_proposal_adds_to_a_stream_of_the_same_asset() {
    let mut stage = opened(stream());
    let more =
        |asset, units| vec![own(Verb::FundStream { stream: 0, asset, amount: amount(units) })];
    assert_eq!(execute(&mut stage, more(Asset::Token, 901)), Err(601));
    assert_eq!(execute(&mut stage, more(Asset::Token, 0)), Err(606));
    stage.store_coins(TREASURY, 50);
    assert_eq!(execute(&mut stage, more(Asset::Native, 5)), Err(622));
    execute(&mut stage, more(Asset::Token, 900)).unwrap();
    assert_eq!(promised(&stage, Asset::Token), 1_000);
    stage.lawful();
}

/// The audit lesson: funding after the end accrues first, then begins anew.
#[test]
fn funding_after_expiry_pays_nothing_for_the_time_between() {
    let mut stage = opened(stream());
    stage.block(2, 5_000);
    give(&mut stage, 50).unwrap();
    claim(&mut stage).unwrap();
    assert_eq!(tokens(&stage, user(1)), 1_000_100);
    claim(stage.block(3, 5_020)).unwrap();
    assert_eq!(tokens(&stage, user(1)), 1_000_120);
    claim(stage.block(4, 9_000)).unwrap();
    assert_eq!(tokens(&stage, user(1)), 1_000_150);
    stage.lawful();
}

/// The audit lesson: dust in every block, rounded down each time, must not starve a stream.
#[test]
fn funding_with_dust_in_every_block_starves_nobody() {
    // 1 unit in 10 seconds: a block of 3 seconds earns less than a whole one.
    let slow =
        StreamTerms { rate: amount(1), period: 10, cliff: Timestamp::new(1_000), ..stream() };
    let mut stage = opened(slow);
    for n in 1..=100 {
        stage.block(1 + n, 1_000 + 3 * n);
        give(&mut stage, 1).unwrap();
        let _ = claim(&mut stage);
    }
    assert_eq!(tokens(&stage, user(1)), 1_000_030);
    stage.lawful();
}

#[test]
fn violations_come_all_at_once() {
    let codes =
        |terms: StreamTerms| terms.violations().iter().map(Refusal::code).collect::<Vec<_>>();
    let time = Timestamp::new;
    for (label, terms, expected) in [
        ("valid", stream(), vec![]),
        ("cliff at the end", StreamTerms { cliff: time(1_100), ..stream() }, vec![]),
        ("cliff after the end", StreamTerms { cliff: time(1_101), ..stream() }, vec![612]),
        ("cliff before the start", StreamTerms { cliff: time(999), ..stream() }, vec![612]),
        ("the latest cliff", StreamTerms { cliff: time(u64::MAX), ..stream() }, vec![612]),
        ("no rate", StreamTerms { rate: amount(0), ..stream() }, vec![611]),
        ("no period", StreamTerms { period: 0, ..stream() }, vec![611]),
        ("long period", StreamTerms { period: u64::MAX, ..stream() }, vec![611]),
        ("nothing", StreamTerms::default(), vec![2, 606, 611]),
    ] {
        assert_eq!(codes(terms), expected, "{label}");
        let done = execute(&mut stage(), vec![own(Verb::OpenStream { terms })]);
        assert_eq!(done.err(), expected.first().copied(), "{label}");
    }
}

proptest! {
    /// Law 14 for streams: claimed <= earned <= funded, and what is earned only grows, whatever
    /// is funded and cancelled when. Law 19: the order of claims changes nothing.
    #[test]
    fn law_14_claimed_is_within_earned_within_funded(
        rate in 1u128..1_000, period in 1u64..500, first in 1u128..5_000,
        steps in vec((0u64..300, 0u8..8, 1u128..500), 1..60),
    ) {
        let start = Timestamp::new(1_000);
        let terms = StreamTerms {
            rate: amount(rate), period, start, cliff: start, funded: amount(first), ..stream()
        };
        let (mut often, mut now) = (Stream { terms, ..Stream::default() }, 1_000);
        let mut rarely = often.clone();
        for (step, kind, more) in steps {
            now += step;
            let at = Timestamp::new(now);
            let before = often.earned(at);
            match kind {
                0 => if let Ok((ended, _)) = often.clone().ended(at) {
                    rarely = rarely.ended(at).unwrap().0;
                    often = ended;
                },
                1..=3 => if let Ok(funded) = often.clone().funded(at, amount(more)) {
                    rarely = rarely.funded(at, amount(more)).unwrap();
                    often = funded;
                },
                _ => often.claimed = often.earned(at),
            }
            prop_assert_eq!(often.earned(at), before);
            let later = often.earned(Timestamp::new(now + 1));
            prop_assert!(often.claimed <= before && before <= later);
            prop_assert!(later <= often.terms.funded);
            prop_assert_eq!(rarely.earned(at), before);
        }
    }

    /// Without an end, the rate is exact: after whole periods, whole rates.
    #[test]
    fn a_funded_stream_pays_its_rate_exactly(
        rate in 1u128..1 << 90, period in 1u64..1 << 29, periods in 0u64..1000,
        gifts in vec(1u128..1 << 80, 0..20),
    ) {
        let (start, funded) = (Timestamp::new(7), crate::Amount::MAX);
        let least = amount(rate.min(1 << 60));
        let terms = StreamTerms { rate: least, period, start, cliff: start, funded, ..stream() };
        let mut stream = Stream { terms, ..Stream::default() };
        stream.terms.funded = amount(1 << 94);
        for gift in gifts {
            stream = stream.funded(start, amount(gift)).unwrap();
        }
        let at = Timestamp::new(7 + period * periods);
        prop_assert_eq!(stream.earned(at).units(), least.units() * u128::from(periods));
    }
}

#[test]
fn what_a_claim_would_pay_can_be_read() {
    let mut stage = opened(stream());
    let read = |stage: &Stage, now| claimable(&stage.store, 0, Timestamp::new(now)).units();
    assert_eq!((read(&stage, 1_019), read(&stage, 1_040)), (0, 40));
    claim(stage.block(2, 1_030)).unwrap();
    assert_eq!((read(&stage, 1_030), read(&stage, 1_040)), (0, 10));
    let stream: Stream = stage.store.get(0u32);
    assert_eq!(stream.claimed, amount(30));
}
