//! Random verbs in random order: the treasury's laws hold after each.

use super::{GOVERNOR, TREASURY, coins, grant, own, stage, stream, tokens};
use crate::{
    Asset, Command, Payload, Timestamp, Track,
    laws::promises_are_kept,
    testing::{Stage, amount, user},
    token,
    treasury::{Action, Command as Verb, GrantTerms, StreamTerms},
};
use proptest::{
    collection::vec,
    prelude::{prop_assert, prop_assert_eq, proptest},
};

fn verb(kind: u8, units: u128, n: u32) -> (Option<Track>, Verb) {
    let asset = if units.is_multiple_of(2) { Asset::Token } else { Asset::Native };
    let (amount, to) = (amount(units), user(n % 3));
    let rate = StreamTerms { asset, rate: amount, funded: amount, to: Some(to), ..stream() };
    let deadline = Timestamp::new(1_000 + units as u64 * 3);
    let terms = GrantTerms { asset, deadline, milestones: vec![amount; 2], ..grant() };
    match kind {
        0..=2 => (Some(Track::Ordinary), Verb::OpenStream { terms: rate }),
        3 => (Some(Track::Constitutional), Verb::CancelStream { stream: n }),
        4 | 5 => (Some(Track::Ordinary), Verb::FundStream { stream: n, asset, amount }),
        6..=9 => (None, Verb::ClaimStream { stream: n }),
        10 | 11 => (Some(Track::Ordinary), Verb::OpenGrant { terms }),
        12 | 13 => (None, Verb::Release { grant: n, milestone: (units % 3) as u8 }),
        14 => (None, Verb::Return { grant: n }),
        _ => (None, Verb::Fund { stream: n }),
    }
}

fn step(stage: &mut Stage, (kind, units, n): (u8, u128, u32)) -> Result<(), u16> {
    let pay = |asset| Action::Pay { asset, to: user(0), amount: amount(units) };
    let execute = |track, action| {
        Command::Treasury(Verb::Execute { proposal: 1, track, actions: vec![action] })
    };
    match kind {
        16 => stage.run(GOVERNOR, execute(Track::Constitutional, pay(Asset::Token))),
        17 => stage.run(GOVERNOR, execute(Track::Ordinary, pay(Asset::Native))),
        18 => {
            let payload = Payload::Fund { stream: n };
            let send = token::Command::Send { to: TREASURY, amount: amount(units), payload };
            stage.run(user(n), Command::Token(send))
        }
        _ => match verb(kind, units, n) {
            (Some(track), verb) => stage.run(GOVERNOR, execute(track, own(verb))),
            (None, verb @ Verb::Fund { .. }) => {
                stage.run_with(user(n), Command::Treasury(verb), units)
            }
            (None, verb) => stage.run(user(n % 3), Command::Treasury(verb)),
        },
    }
}

proptest! {
    /// Laws 1, 3 and 14 for the treasury, and law 27: a refused verb changes nothing.
    #[test]
    fn law_01_what_is_held_covers_what_is_promised(
        steps in vec((0u8..19, 0u128..400, 0u32..6, 0u64..60), 1..60),
    ) {
        let mut stage = stage();
        stage.store_coins(TREASURY, 1_000);
        let (mut done, mut now) = (0, 1_000);
        for (kind, units, n, seconds) in steps {
            now += seconds;
            stage.block(stage.height.get() + 1, now);
            let before = stage.store.clone();
            match step(&mut stage, (kind, units, n)) {
                Ok(()) => done += 1,
                Err(_) => prop_assert!(stage.store == before),
            }
            let native = amount(coins(&stage));
            let kept = promises_are_kept(&stage.store, stage.time, native);
            prop_assert_eq!(kept, Ok(()));
        }
        prop_assert!(done > 0 || tokens(&stage, TREASURY) == 10_000);
    }
}
