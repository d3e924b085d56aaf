//! Decisions by value: quorum, threshold, veto, plurality, objection, and what none can change.

use crate::{
    Fraction, Height, Power, Timestamp,
    governance::{
        Form, Outcome, Proposal, Stage as Step, Status, Terms, Threshold, YES, cast, extended,
        is_early_pass, outcome, shared, split, status,
    },
    testing::{fraction, percent, user},
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest},
};

fn powers(votes: &[u128]) -> Vec<Power> {
    votes.iter().map(|votes| Power::new(*votes)).collect()
}

/// Terms of a standard proposal: quorum in parts of a total of 1,000.
fn terms(quorum: u128, threshold: Threshold, veto: Fraction) -> Terms {
    Terms {
        proposer: Some(user(0)),
        options: 4,
        carries: 1,
        snapshot: Height::new(5),
        opens: Timestamp::new(100),
        total: Power::new(1000),
        quorum: Power::new(quorum),
        threshold,
        veto,
        extension: 10,
        timelock: 20,
        grace: 30,
        ..Terms::default()
    }
}

const MAJORITY: Threshold = Threshold::Majority;

fn at_least(parts: u32) -> Threshold {
    Threshold::AtLeast { part: fraction(parts) }
}

/// The audit lesson: needed votes round up.
#[test]
fn needed_votes_round_up() {
    for (voters, parts, needed) in [
        (3, 333_000_000, 1),
        (3, 334_000_000, 2),
        (30, 334_000_000, 11),
        (34, 500_000_000, 17),
        (1, 1, 1),
        (u128::MAX >> 1, 1_000_000_000, u128::MAX >> 1),
    ] {
        assert_eq!(fraction(parts).ceil_of(voters), needed, "{voters} at {parts}");
        assert!(at_least(parts).is_met(needed, voters), "{voters} at {parts}");
        assert!(needed == 0 || !at_least(parts).is_met(needed - 1, voters), "{voters} at {parts}");
    }
}

#[test]
fn standard_outcomes() {
    let passed = Outcome::Passed { option: YES };
    let (defeated, unheard) =
        (Outcome::Defeated { quorate: true }, Outcome::Defeated { quorate: false });
    let third = fraction(333_333_333);
    let everyone = at_least(1_000_000_000);
    for (label, threshold, votes, expected) in [
        ("nothing voted", MAJORITY, [0, 0, 0, 0], unheard),
        ("one short of the quorum", MAJORITY, [199, 0, 0, 0], unheard),
        ("quorum", MAJORITY, [200, 0, 0, 0], passed),
        ("quorum by those who abstain", MAJORITY, [1, 0, 199, 0], passed),
        ("all abstain", MAJORITY, [0, 0, 1000, 0], defeated),
        ("all abstain, and all had to agree", everyone, [0, 0, 1000, 0], defeated),
        ("a tie", MAJORITY, [100, 100, 0, 0], defeated),
        ("one more than half", MAJORITY, [101, 100, 0, 0], passed),
        ("half of an odd base", MAJORITY, [100, 101, 0, 0], defeated),
        ("half suffices where half is asked", at_least(500_000_000), [100, 100, 0, 0], passed),
        ("two thirds", at_least(666_666_667), [200, 100, 0, 0], defeated),
        ("just above two thirds", at_least(666_666_667), [201, 99, 0, 0], passed),
        ("everyone agrees", everyone, [300, 0, 0, 0], passed),
        ("everyone but one", everyone, [999, 1, 0, 0], defeated),
        ("everyone but those who abstain", everyone, [300, 0, 700, 0], passed),
        ("a third vetoes", MAJORITY, [400, 0, 200, 300], Outcome::Vetoed),
        ("less than a third vetoes", MAJORITY, [401, 0, 200, 299], passed),
        ("a veto counts as a no", MAJORITY, [200, 100, 500, 100], defeated),
        ("veto without quorum", MAJORITY, [0, 0, 0, 199], unheard),
    ] {
        let found = outcome(&terms(200, threshold, third), &powers(&votes));
        assert_eq!(found, expected, "{label}");
    }
}

#[test]
fn optimistic_outcomes() {
    let terms = Terms { objection: Power::new(100), ..terms(200, MAJORITY, fraction(333_333_333)) };
    let defeated = Outcome::Defeated { quorate: true };
    for (label, votes, expected) in [
        ("nothing voted", [0, 0, 0, 0], Outcome::Passed { option: YES }),
        ("one short", [0, 99, 500, 0], Outcome::Passed { option: YES }),
        ("enough object", [0, 100, 0, 0], defeated),
        ("no matter how many agree", [900, 100, 0, 0], defeated),
        ("a veto objects", [0, 99, 0, 1], defeated),
        ("a third of those who voted", [0, 66, 0, 34], Outcome::Vetoed),
        ("a veto alone, and not enough", [0, 0, 0, 99], Outcome::Passed { option: YES }),
    ] {
        assert_eq!(outcome(&terms, &powers(&votes)), expected, "{label}");
    }
}

#[test]
fn choices_by_plurality_and_gauges_by_all_topics_together() {
    let (defeated, unheard) =
        (Outcome::Defeated { quorate: true }, Outcome::Defeated { quorate: false });
    let base = Terms { options: 4, ..terms(200, MAJORITY, percent(33)) };
    for (label, form, votes, expected) in [
        ("first", Form::Choice, [90, 60, 60, 0], Outcome::Passed { option: 0 }),
        ("third", Form::Choice, [60, 60, 90, 80], Outcome::Passed { option: 2 }),
        ("no quorum", Form::Choice, [199, 0, 0, 0], unheard),
        ("a tie", Form::Choice, [100, 100, 0, 0], defeated),
        ("none of them", Form::Choice, [90, 0, 80, 100], defeated),
        ("a tie with none of them", Form::Choice, [100, 0, 0, 100], defeated),
        ("topics together", Form::Gauge, [50, 50, 51, 150], Outcome::Passed { option: 0 }),
        ("as many for none", Form::Gauge, [50, 50, 50, 150], defeated),
        ("a gauge without quorum", Form::Gauge, [50, 50, 50, 0], unheard),
    ] {
        assert_eq!(outcome(&Terms { form, ..base.clone() }, &powers(&votes)), expected, "{label}");
    }
}

#[test]
fn weight_of_a_gauge_is_shared_exactly() {
    for (label, weight, votes, expected) in [
        ("in proportion", 100, &[1, 2, 1][..], &[25, 50, 25][..]),
        ("largest remainders, then the lower index", 10, &[1, 1, 1], &[4, 3, 3]),
        ("nothing for a topic", 7, &[0, 5], &[0, 7]),
        ("no votes", 7, &[0, 0], &[0, 0]),
        ("powers beyond 64 bits", u64::MAX, &[1 << 99, 1 << 99], &[1 << 63, (1 << 63) - 1]),
    ] {
        assert_eq!(shared(weight, &powers(votes)), expected, "{label}");
    }
}

/// Every row of the table in [`status`].
#[test]
fn a_status_is_a_function_of_the_records_and_of_now() {
    let terms = terms(200, MAJORITY, percent(33));
    let (yes, no) = (powers(&[300, 0, 0, 0]), powers(&[0, 300, 0, 0]));
    let veto = powers(&[300, 0, 0, 200]);
    let at = Timestamp::new;
    let voting = |tally: &Vec<Power>| Proposal {
        tally: tally.clone(),
        deadline: at(200),
        ..Proposal::default()
    };
    let staged = |stage| Proposal { stage, ..voting(&yes) };
    let quiet = Terms { carries: 0, ..terms.clone() };
    let eta = at(300);
    for (label, terms, proposal, height, time, expected) in [
        ("its own block", &terms, voting(&yes), 5, 150, Status::Pending),
        ("the block after, too soon", &terms, voting(&yes), 6, 99, Status::Pending),
        ("open", &terms, voting(&yes), 6, 100, Status::Open),
        ("the last second", &terms, voting(&yes), 9, 199, Status::Open),
        ("passed", &terms, voting(&yes), 9, 200, Status::Passed),
        ("defeated", &terms, voting(&no), 9, 200, Status::Defeated),
        ("vetoed", &terms, voting(&veto), 9, 200, Status::Vetoed),
        ("the last second to queue", &terms, voting(&yes), 9, 229, Status::Passed),
        ("not queued", &terms, voting(&yes), 9, 230, Status::Expired),
        ("nothing to queue", &quiet, voting(&yes), 9, 999, Status::Passed),
        ("queued", &terms, staged(Step::Queued { eta }), 9, 299, Status::Queued),
        ("executable", &terms, staged(Step::Queued { eta }), 9, 300, Status::Executable),
        ("until the last second", &terms, staged(Step::Queued { eta }), 9, 329, Status::Executable),
        ("not executed", &terms, staged(Step::Queued { eta }), 9, 330, Status::Expired),
        ("failed", &terms, staged(Step::Failed { eta }), 9, 329, Status::Failed),
        ("failed for good", &terms, staged(Step::Failed { eta }), 9, 330, Status::Expired),
        ("executed", &terms, staged(Step::Executed { eta }), 9, 999, Status::Executed),
        ("cancelled", &terms, staged(Step::Cancelled), 9, 999, Status::Cancelled),
    ] {
        let found = status(terms, &proposal, Height::new(height), at(time));
        assert_eq!(found, expected, "{label}");
    }
}

/// Law 12: no status leads back to one before it.
#[test]
fn law_12_statuses_form_a_graph_without_cycles() {
    for status in Status::ALL {
        for next in status.next() {
            assert!(!next.leads_to(status), "{} and {}", status.name(), next.name());
        }
        assert!(Status::Pending.leads_to(status) || status == Status::Pending);
    }
    assert!(Status::Pending.leads_to(Status::Executed));
    assert!(!Status::Executed.leads_to(Status::Cancelled), "law 10");
}

/// A threshold that parameters may have.
fn threshold() -> impl Strategy<Value = Threshold> {
    prop_oneof![Just(MAJORITY), (500_000_000u32..=Fraction::WHOLE).prop_map(at_least)]
}

fn options() -> impl Strategy<Value = Vec<u128>> {
    vec(prop_oneof![0u128..5, 0u128..400, Just(0)], 4)
}

proptest! {
    /// Law 13: moving power to yes, or adding it, never turns a pass into a defeat.
    #[test]
    fn law_13_more_yes_never_defeats(
        votes in options(), more in 1u128..300, from in 0usize..5, threshold in threshold(),
        veto in 1u32..=500_000_000, quorum in 1u128..900,
    ) {
        let terms = terms(quorum, threshold, fraction(veto));
        let mut after = votes.clone();
        if let Some(other) = after.get_mut(from).filter(|_| from > 0) {
            let moved = more.min(*other);
            *other -= moved;
            after[0] += moved;
        } else {
            after[0] += more;
        }
        if matches!(outcome(&terms, &powers(&votes)), Outcome::Passed { .. }) {
            prop_assert_eq!(outcome(&terms, &powers(&after)), Outcome::Passed { option: YES });
        }
    }

    /// The slow definition: each condition as a fraction, without rounding.
    #[test]
    fn outcomes_are_those_of_exact_fractions(
        votes in options(), threshold in threshold(), veto in 1u32..=500_000_000,
        quorum in 1u32..=Fraction::WHOLE,
    ) {
        const WHOLE: u128 = Fraction::WHOLE as u128;
        let needed = fraction(quorum).ceil_of(1000);
        let found = outcome(&terms(needed, threshold, fraction(veto)), &powers(&votes));
        let cast: u128 = votes.iter().sum();
        let base = votes[0] + votes[1] + votes[3];
        let quorate = cast * WHOLE >= u128::from(quorum) * 1000;
        let vetoed = votes[3] * WHOLE >= u128::from(veto) * cast;
        let agreed = base > 0 && match threshold {
            Threshold::Majority => 2 * votes[0] > base,
            Threshold::AtLeast { part } => votes[0] * WHOLE >= u128::from(part.parts()) * base,
        };
        let expected = match (quorate, vetoed, agreed) {
            (false, _, _) => Outcome::Defeated { quorate: false },
            (true, true, _) => Outcome::Vetoed,
            (true, false, true) => Outcome::Passed { option: YES },
            (true, false, false) => Outcome::Defeated { quorate: true },
        };
        prop_assert_eq!(found, expected);
    }

    /// Whoever votes after an early decision, and however, the deadline finds the same.
    #[test]
    fn no_vote_changes_an_early_decision(
        firm in 0u128..=1000, others in vec(0u128..400, 4), threshold in threshold(),
        veto in 1u32..=500_000_000, quorum in 1u128..=1000,
    ) {
        let terms = terms(quorum, threshold, fraction(veto));
        if is_early_pass(&terms, Power::new(firm)) {
            let mut left = 1000 - firm;
            let mut tally = others.iter().map(|votes| {
                let votes = (*votes).min(left);
                left -= votes;
                votes
            }).collect::<Vec<_>>();
            tally[0] += firm;
            prop_assert_eq!(outcome(&terms, &powers(&tally)), Outcome::Passed { option: YES });
            tally[3] += left;
            prop_assert_eq!(outcome(&terms, &powers(&tally)), Outcome::Passed { option: YES });
        }
    }

    /// Law 2 of splits: parts sum to the weight, and each is within one of its proportion.
    #[test]
    fn parts_of_a_ballot_sum_to_its_weight(
        weight in prop_oneof![0u128..50, 0u128..1 << 99], cuts in vec(1u32..Fraction::WHOLE, 0..16),
    ) {
        let mut cuts = cuts;
        cuts.extend([0, Fraction::WHOLE]);
        cuts.sort_unstable();
        cuts.dedup();
        let shares: Vec<_> = (0u8..)
            .zip(cuts.windows(2))
            .map(|(option, cut)| (option, fraction(cut[1] - cut[0])))
            .collect();
        let parts = split(&shares, Power::new(weight));
        prop_assert_eq!(parts.iter().map(|(_, part)| part.units()).sum::<u128>(), weight);
        for ((_, part), (_, share)) in parts.iter().zip(&shares) {
            let floor = share.ceil_of(weight).saturating_sub(1);
            prop_assert!((floor..=floor + 2).contains(&part.units()));
        }
    }

    /// A gauge gives exactly its weight, and more votes never less.
    #[test]
    fn a_gauge_shares_its_whole_weight(
        weight in any::<u64>(), votes in vec(0u128..1 << 99, 2..16),
    ) {
        let parts = shared(weight, &powers(&votes));
        let sum: u128 = parts.iter().map(|part| u128::from(*part)).sum();
        prop_assert_eq!(sum, if votes.iter().all(|votes| *votes == 0) { 0 } else { weight.into() });
        for (a, b) in parts.iter().zip(&votes).zip(parts.iter().zip(&votes).skip(1)) {
            prop_assert!(a.1 == b.1 || (a.1 < b.1) == (a.0 <= b.0) || a.0 == b.0);
        }
    }

    /// A deadline moves at most once, by at most the extension, and never backwards.
    #[test]
    fn a_deadline_moves_once_and_forward(
        votes in vec((0u64..300, 1u128..200), 1..20), quorum in 1u128..900,
    ) {
        let terms = terms(quorum, MAJORITY, percent(33));
        let mut votes = votes;
        votes.sort_unstable();
        let mut proposal = Proposal {
            tally: powers(&[0; 4]), deadline: Timestamp::new(200), ..Proposal::default()
        };
        let mut moves = 0;
        for (time, power) in votes {
            if time >= proposal.deadline.get() {
                break;
            }
            let before = cast(&proposal.tally);
            let mut tally = proposal.tally.clone();
            tally[1] = tally[1].plus(Power::new(power));
            let voted = Proposal { tally, ..proposal.clone() };
            let after = extended(&terms, voted, before, Timestamp::new(time));
            if after.deadline != proposal.deadline {
                moves += 1;
                prop_assert!(before < quorum && cast(&after.tally) >= quorum);
                prop_assert_eq!(after.deadline.get(), time + 10);
            }
            prop_assert!(after.deadline >= proposal.deadline);
            proposal = after;
        }
        prop_assert!(moves <= 1);
    }
}
