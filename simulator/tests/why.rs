//! The terms of an answer add up to the unit that was paid, whoever is asked about, under every
//! mechanism, in one page or several.

use std::collections::BTreeMap;

use protocol::network::{Scoring, YumaVariant};
use protocol::{Amount, Fraction};
use simulator::scenario::{Behaviour, Places, Population, Role, Scenario, Spread};
use simulator::why::{Answer, Inquiry, WhyError, why};

const EPOCH: u64 = 3;

fn percent(percent: u32) -> Fraction {
    Fraction::from_parts(percent * (Fraction::WHOLE / 100)).unwrap()
}

fn tokens(count: u128) -> Amount {
    Amount::new(count * 1_000_000_000).unwrap()
}

/// Four validators with takes, who are lent power, ten contributors, an owner, nobody claims.
fn season(scoring: Scoring, rows_a_page: u16) -> Scenario {
    let mut scenario = Scenario::sample(4, 10, 6);
    let topic = &mut scenario.topics[0];
    topic.params.scoring = scoring;
    topic.params.owner_cut = percent(7);
    topic.owner = Some(String::from("contributors"));
    topic.rows_a_page = rows_a_page;
    scenario.populations[0].take = Some(percent(18));
    let lender = Population {
        name: String::from("lenders"),
        role: Role::Holder,
        behaviour: Behaviour::Passive,
        places: Places::Count(3),
        stake: Spread::Each(tokens(77)),
        delegates_to: Some(String::from("validators")),
        take: None,
        ..scenario.populations[0].clone()
    };
    scenario.populations.push(lender);
    scenario
}

fn mechanisms() -> Vec<(&'static str, Scoring)> {
    let yuma = |variant| Scoring::Yuma {
        kappa: 32_767,
        bonds_moving_average: 900_000,
        bonds_penalty: 65_535,
        variant,
    };
    vec![
        ("mean", Scoring::Mean),
        ("classic", yuma(YumaVariant::Classic)),
        ("yuma3", yuma(YumaVariant::Yuma3 { liquid: None })),
        (
            "metered",
            Scoring::Metered {
                kappa: 32_767,
                decay: 500_000,
                cap: 30_000,
                top_multiplier: 200,
                ramp: 1_000,
            },
        ),
    ]
}

fn asked(scenario: &Scenario, who: &str, epoch: u64) -> Answer {
    let inquiry = Inquiry { run: 0, who, epoch: Some(epoch), topic: None };
    why(scenario, &inquiry).unwrap_or_else(|error| panic!("{who}: {error}"))
}

fn everybody() -> Vec<String> {
    let many = |name: &str, count: usize| -> Vec<String> {
        (0..count).map(|number| format!("{name}.{number}")).collect()
    };
    [many("validators", 4), many("contributors", 10), many("lenders", 3)].concat()
}

/// What one answer must hold by itself.
fn consistent(label: &str, answer: &Answer) {
    let (split, divided) = (&answer.divided.split, &answer.divided);
    let fees: u128 = split.fees.iter().map(|fee| fee.units()).sum();
    let parts = [split.owner, split.contributors, split.validators].map(Amount::units);
    let distributed = answer.emission.whole.units();
    assert_eq!(fees + parts.iter().sum::<u128>(), distributed, "{label}: parts");
    let units = |all: &[(u16, Amount)]| all.iter().map(|(_, part)| part.units()).sum::<u128>();
    let given = units(&divided.contributors) + units(&divided.validators);
    assert_eq!(given + divided.unscored.units(), parts[1] + parts[2], "{label}: scored");
    if let Some(pay) = &answer.contributor {
        assert_eq!(pay.trace.incentive, pay.part.score, "{label}: incentive");
        let ranks: u64 = pay.trace.votes.iter().map(|vote| vote.rank).sum();
        assert_eq!(ranks, pay.trace.rank, "{label}: rank");
        let listed = divided.contributors.iter().find(|(uid, _)| Some(*uid) == answer.slot);
        let listed = listed.map_or(Amount::ZERO, |(_, part)| *part);
        assert_eq!(pay.part.paid(), listed, "{label}: paid");
    }
    if let Some(pay) = &answer.validator {
        assert_eq!(pay.trace.dividend, pay.part.score, "{label}: dividend");
        let income: u64 = pay.trace.holdings.iter().map(|holding| holding.income).sum();
        assert_eq!(income, pay.trace.income, "{label}: income");
        let shared = &pay.shared;
        assert_eq!(pay.taken.units() + shared.amount.units(), pay.part.paid().units(), "{label}");
        // All in units of 2^-64 of a base unit; amounts here are far below 2^63.
        let shift = |units: u128| units << 64;
        let growth = shift(shared.growth.whole()) + u128::from(shared.growth.part());
        assert_eq!(
            shift(shared.amount.units() + shared.waiting.units()) + shared.remainder_before,
            growth * shared.power.units() + shared.remainder_after,
            "{label}: shared"
        );
    }
}

#[test]
fn terms_add_up_to_the_unit_paid() {
    for (mechanism, scoring) in mechanisms() {
        for rows_a_page in [1, 3, 100] {
            let scenario = season(scoring, rows_a_page);
            let (mut contributors, mut validators) = (0, 0);
            let mut of = BTreeMap::new();
            for who in everybody() {
                let label = format!("{mechanism}, {rows_a_page} rows, {who}");
                let (before, now) =
                    (asked(&scenario, &who, EPOCH - 1), asked(&scenario, &who, EPOCH));
                consistent(&label, &now);
                // What it is owed grew by what is told: nobody claims in this season.
                let paid = now.contributor.as_ref().map_or(0, |pay| pay.part.paid().units());
                let taken = now.validator.as_ref().map_or(0, |pay| pay.taken.units());
                let grown = now.account.on_slot.units() - before.account.on_slot.units();
                assert_eq!(grown, paid + taken, "{label}: on its slot");
                let power = now.power.as_ref().map_or(Default::default(), |power| power.earned);
                let grown = now.account.on_power.since(before.account.on_power);
                assert_eq!(grown, power, "{label}: on its power");
                let owner = now.owner.map_or(0, Amount::units);
                let grown = now.account.on_account.units() - before.account.on_account.units();
                assert_eq!(grown, owner, "{label}: on its account");
                assert_eq!(now.owner.is_some(), who == "contributors.0", "{label}: owner");
                contributors += paid;
                validators += now.validator.as_ref().map_or(0, |pay| pay.part.paid().units());
                of.insert(who, now);
            }
            let (to_contributors, to_validators) = of["lenders.0"].divided.given();
            let label = format!("{mechanism}, {rows_a_page} rows");
            assert_eq!(contributors, to_contributors.units(), "{label}: contributors");
            assert_eq!(validators, to_validators.units(), "{label}: validators");
            assert!(contributors > 0 && validators > 0, "{label}");
            assert!(of["lenders.2"].power.as_ref().unwrap().lent, "{label}");
            assert!(of["validators.0"].contributor.is_none(), "{label}");
        }
    }
}

#[test]
fn pages_change_no_term() {
    for (mechanism, scoring) in mechanisms() {
        let (one, many) = (season(scoring, 100), season(scoring, 1));
        for who in ["validators.1", "contributors.7"] {
            let (one, many) = (asked(&one, who, 1), asked(&many, who, 1));
            let terms = |answer: &Answer| {
                let contributor = answer.contributor.as_ref().map(|pay| pay.trace.clone());
                (contributor, answer.validator.as_ref().map(|pay| pay.trace.clone()))
            };
            assert_eq!(terms(&one), terms(&many), "{mechanism}: {who}");
        }
    }
}

#[test]
fn names_that_are_none() {
    let scenario = season(Scoring::Mean, 100);
    let ask = |who: &str, epoch, topic| {
        why(&scenario, &Inquiry { run: 0, who, epoch, topic }).map(|answer| answer.name)
    };
    assert_eq!(ask("lenders.1", None, None).unwrap(), "lenders-1");
    assert_eq!(ask("lenders-1", None, Some("work")).unwrap(), "lenders-1");
    for (who, epoch, topic, words) in [
        ("lenders", None, None, "did you mean `lenders-0`?"),
        ("lenderz.1", None, None, "did you mean `lenders-"),
        ("xyz", None, None, "validators, contributors, lenders"),
        ("lenders.1", Some(6), None, "has 6, numbered from 0"),
        ("lenders.1", None, Some("works"), "did you mean `work`?"),
    ] {
        let error: WhyError = ask(who, epoch, topic).unwrap_err();
        assert!(error.to_string().contains(words), "{who}: {error}");
    }
}
