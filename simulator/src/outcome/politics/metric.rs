//! Named numbers of a season's governance.

use protocol::{Track, governance::Status};

use super::{Decided, Ruled, decided::share};
use crate::{
    metrics::{against_all, alone, block, fewest, mean, newcomer},
    outcome::{
        Measure::{self, Count, Fraction, Ratio, Tokens},
        Metric,
        metric::Source,
    },
    scenario::Scenario,
};

/// A number of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::outcome) enum Ruling {
    Made,
    TurnedAway,
    Passed,
    Of(Status),
    Failures,
    Extensions,
    Attacks,
    AttacksExecuted,
    Ballots,
    Turnout,
    LeastTurnout,
    LeastMargin,
    DaysToExecution,
    Outflow,
    Peak,
    PeakOfCap,
    Treasury,
    Forfeited,
    Pauses,
    Fewest(Coalition, bool),
    Cost(Against),
    Worth,
}

/// What a coalition can do by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::outcome) enum Coalition {
    Alone,
    AgainstAll,
    Block,
}

/// Who votes against a newcomer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::outcome) enum Against {
    Nobody,
    Turnout,
    All,
}

/// A number of a planned proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::outcome) enum OfPlan {
    Made,
    Passed,
    Of(Status),
    Turnout,
    Approval,
    Veto,
    Extended,
    Failures,
}

/// A number of a population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::outcome) enum OfPopulation {
    Taken,
    Forfeited,
    Net,
    Refused,
}

impl Ruling {
    /// Whether it is in base units.
    pub(in crate::outcome) const fn is_amount(self) -> bool {
        matches!(
            self,
            Self::Outflow | Self::Peak | Self::Treasury | Self::Forfeited | Self::Cost(_)
        )
    }
}

impl OfPopulation {
    /// Whether it is in base units.
    pub(in crate::outcome) const fn is_amount(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// What every season with a governor has.
const WHOLE: &[(&str, &str, Measure, Ruling)] = &[
    ("proposals.made", "proposals made", Count("proposals"), Ruling::Made),
    (
        "proposals.turned_away",
        "planned proposals that were refused when they were to be made",
        Count("proposals"),
        Ruling::TurnedAway,
    ),
    ("proposals.passed", "proposals that passed", Count("proposals"), Ruling::Passed),
    (
        "proposals.executed",
        "proposals that were executed",
        Count("proposals"),
        Ruling::Of(Status::Executed),
    ),
    (
        "proposals.defeated",
        "proposals that were defeated without veto",
        Count("proposals"),
        Ruling::Of(Status::Defeated),
    ),
    (
        "proposals.vetoed",
        "proposals that were vetoed",
        Count("proposals"),
        Ruling::Of(Status::Vetoed),
    ),
    (
        "proposals.cancelled",
        "proposals that were cancelled",
        Count("proposals"),
        Ruling::Of(Status::Cancelled),
    ),
    (
        "proposals.expired",
        "proposals that passed and were not executed in time",
        Count("proposals"),
        Ruling::Of(Status::Expired),
    ),
    ("executions.failed", "executions that failed", Count("executions"), Ruling::Failures),
    ("extensions", "deadlines that a late quorum moved", Count("proposals"), Ruling::Extensions),
    ("attacks", "attacks, made or turned away", Count("attacks"), Ruling::Attacks),
    ("attacks.executed", "attacks that were executed", Count("attacks"), Ruling::AttacksExecuted),
    ("ballots", "ballots cast", Count("ballots"), Ruling::Ballots),
    (
        "turnout",
        "votes of all power, in the mean of the proposals whose voting is over",
        Fraction,
        Ruling::Turnout,
    ),
    ("turnout.least", "the same, of the proposal with the least", Fraction, Ruling::LeastTurnout),
    (
        "quorum.least_margin",
        "votes over the quorum, of the passed proposal with the least",
        Ratio,
        Ruling::LeastMargin,
    ),
    (
        "execution.days",
        "days from proposal to execution, in the mean",
        Count("days"),
        Ruling::DaysToExecution,
    ),
    ("treasury.outflow", "tokens that the treasury paid", Tokens, Ruling::Outflow),
    ("treasury.peak", "the most that it paid in any window", Tokens, Ruling::Peak),
    (
        "treasury.peak_of_cap",
        "the same, over what ordinary proposals may pay in one",
        Ratio,
        Ruling::PeakOfCap,
    ),
    ("treasury.end", "tokens that the treasury holds at the end", Tokens, Ruling::Treasury),
    ("deposits.forfeited", "deposits that proposers lost", Tokens, Ruling::Forfeited),
    ("pauses", "modules paused", Count("pauses"), Ruling::Pauses),
    (
        "coalition.alone.addresses",
        "fewest addresses that pass an ordinary proposal where nobody else votes",
        Count("addresses"),
        Ruling::Fewest(Coalition::Alone, false),
    ),
    (
        "coalition.alone.entities",
        "fewest entities that do",
        Count("entities"),
        Ruling::Fewest(Coalition::Alone, true),
    ),
    (
        "coalition.pass.addresses",
        "fewest addresses that pass it against all others",
        Count("addresses"),
        Ruling::Fewest(Coalition::AgainstAll, false),
    ),
    (
        "coalition.pass.entities",
        "fewest entities that do",
        Count("entities"),
        Ruling::Fewest(Coalition::AgainstAll, true),
    ),
    (
        "coalition.block.addresses",
        "fewest addresses that defeat it against all others",
        Count("addresses"),
        Ruling::Fewest(Coalition::Block, false),
    ),
    (
        "coalition.block.entities",
        "fewest entities that do",
        Count("entities"),
        Ruling::Fewest(Coalition::Block, true),
    ),
    (
        "attack.cost.alone",
        "stake that a newcomer bonds to pass an ordinary proposal where nobody else votes",
        Tokens,
        Ruling::Cost(Against::Nobody),
    ),
    (
        "attack.cost.turnout",
        "the same where the usual turnout votes against it",
        Tokens,
        Ruling::Cost(Against::Turnout),
    ),
    (
        "attack.cost.all",
        "the same where everybody votes against it",
        Tokens,
        Ruling::Cost(Against::All),
    ),
    (
        "attack.worth",
        "what ordinary proposals may pay in a window, over the cost at the usual turnout",
        Ratio,
        Ruling::Worth,
    ),
];

/// What each named proposal has, after `proposal.NAME.`.
const OF_PLAN: &[(&str, &str, Measure, OfPlan)] = &[
    ("made", "whether it was made, not turned away", Count(""), OfPlan::Made),
    ("passed", "whether it passed", Count(""), OfPlan::Passed),
    ("executed", "whether it was executed", Count(""), OfPlan::Of(Status::Executed)),
    ("vetoed", "whether it was vetoed", Count(""), OfPlan::Of(Status::Vetoed)),
    ("cancelled", "whether it was cancelled", Count(""), OfPlan::Of(Status::Cancelled)),
    ("turnout", "votes of all power", Fraction, OfPlan::Turnout),
    ("approval", "yes of yes, no and veto", Fraction, OfPlan::Approval),
    ("veto", "veto of all votes", Fraction, OfPlan::Veto),
    ("extended", "whether a late quorum moved its deadline", Count(""), OfPlan::Extended),
    ("failures", "executions of it that failed", Count("executions"), OfPlan::Failures),
];

/// What each population has, after its name and a dot.
const OF_POPULATION: &[(&str, &str, Measure, OfPopulation)] = &[
    ("taken", "tokens that the treasury paid its members", Tokens, OfPopulation::Taken),
    ("forfeited", "deposits that its members lost", Tokens, OfPopulation::Forfeited),
    ("net", "tokens of its members at the end less those at the start", Tokens, OfPopulation::Net),
    (
        "refused",
        "commands of its members that were refused",
        Count("commands"),
        OfPopulation::Refused,
    ),
];

/// The metrics of a scenario's governance; none where nobody governs.
pub(in crate::outcome) fn catalogue(scenario: &Scenario) -> Vec<Metric> {
    if scenario.governance.is_none() {
        return Vec::new();
    }
    let metric =
        |name: String, meaning: String, measure, source| Metric { name, meaning, measure, source };
    let mut all: Vec<Metric> = WHOLE
        .iter()
        .map(|(name, meaning, measure, what)| {
            metric((*name).into(), (*meaning).into(), *measure, Source::Ruling(*what))
        })
        .collect();
    for (event, plan) in scenario.plans() {
        let Some(name) = &plan.name else { continue };
        all.extend(OF_PLAN.iter().map(|(suffix, meaning, measure, what)| {
            let (name, meaning) =
                (format!("proposal.{name}.{suffix}"), format!("{name}: {meaning}"));
            metric(name, meaning, *measure, Source::OfPlan(event, *what))
        }));
    }
    for (group, population) in scenario.populations.iter().enumerate() {
        all.extend(OF_POPULATION.iter().map(|(suffix, meaning, measure, what)| {
            let name = format!("{}.{suffix}", population.name);
            let meaning = format!("{}: {meaning}", population.name);
            metric(name, meaning, *measure, Source::OfPopulation(group, *what))
        }));
    }
    all
}

/// The value of a number of the whole. Amounts stay in base units where the measure is tokens.
pub(in crate::outcome) fn ruling(ruled: &Ruled, scenario: &Scenario, what: Ruling) -> Option<f64> {
    let all = || ruled.decided.iter();
    let count = |wanted: &dyn Fn(&Decided) -> bool| all().filter(|one| wanted(one)).count() as f64;
    let least = |values: Vec<f64>| values.into_iter().min_by(f64::total_cmp);
    let track = ruled.params.track(Track::Ordinary);
    Some(match what {
        Ruling::Made => count(&|_| true),
        Ruling::TurnedAway => ruled.turned_away.len() as f64,
        Ruling::Passed => count(&Decided::passed),
        Ruling::Of(status) => count(&|one| one.status == status),
        Ruling::Failures => all().map(|one| one.failures).sum::<usize>() as f64,
        Ruling::Extensions => count(&|one| one.extended),
        Ruling::Attacks => scenario.plans().filter(|(_, plan)| plan.attack).count() as f64,
        Ruling::AttacksExecuted => count(&|one| one.attack && one.status == Status::Executed),
        Ruling::Ballots => all().map(|one| one.ballots).sum::<u64>() as f64,
        Ruling::Turnout => ruled.turnout()?,
        Ruling::LeastTurnout => {
            let over = all().filter(|one| one.is_decided() && one.cancelled.is_none());
            least(over.map(|one| one.turnout).collect())?
        }
        Ruling::LeastMargin => {
            let passed = all().filter(|one| one.passed() && one.quorum > 0.0);
            least(passed.map(|one| one.turnout / one.quorum).collect())?
        }
        Ruling::DaysToExecution => {
            let days = all().filter_map(|one| Some(one.executed? - one.made));
            mean(&days.collect::<Vec<_>>())?
        }
        Ruling::Outflow => ruled.outflow as f64,
        Ruling::Peak => ruled.peak as f64,
        Ruling::PeakOfCap => share(ruled.peak, ruled.cap)?,
        Ruling::Treasury => ruled.treasury as f64,
        Ruling::Forfeited => ruled.forfeited.iter().sum::<u128>() as f64,
        Ruling::Pauses => f64::from(ruled.pauses),
        Ruling::Fewest(coalition, entities) => {
            let powers = if entities { &ruled.entities } else { &ruled.addresses };
            let total = ruled.total();
            let needed = match coalition {
                Coalition::Alone => alone(track, total),
                Coalition::AgainstAll => against_all(track, total),
                Coalition::Block => block(track, total),
            };
            fewest(powers, needed)? as f64
        }
        Ruling::Cost(against) => cost(ruled, Track::Ordinary, against)? as f64,
        Ruling::Worth => ruled.worth(cost(ruled, Track::Ordinary, Against::Turnout)?)?,
    })
}

/// What a newcomer must bond to pass something on a track.
pub(in crate::outcome) fn cost(ruled: &Ruled, track: Track, against: Against) -> Option<u128> {
    let total = ruled.total();
    let others = match against {
        Against::Nobody => 0,
        Against::Turnout => (total as f64 * ruled.turnout()?) as u128,
        Against::All => total,
    };
    newcomer(ruled.params.track(track), total, others)
}

/// The value of a number of a planned proposal.
pub(in crate::outcome) fn of_plan(ruled: &Ruled, event: usize, what: OfPlan) -> Option<f64> {
    let one = ruled.decided.iter().find(|one| one.plan == Some(event));
    let truth = |is: bool| Some(f64::from(u8::from(is)));
    match (what, one) {
        (OfPlan::Made, one) => truth(one.is_some()),
        (OfPlan::Passed, one) => truth(one.is_some_and(Decided::passed)),
        (OfPlan::Of(status), one) => truth(one.is_some_and(|one| one.status == status)),
        (OfPlan::Extended, one) => truth(one.is_some_and(|one| one.extended)),
        (OfPlan::Turnout, one) => Some(one?.turnout),
        (OfPlan::Approval, one) => one?.approval,
        (OfPlan::Veto, one) => one?.veto,
        (OfPlan::Failures, one) => Some(one.map_or(0.0, |one| one.failures as f64)),
    }
}

/// The value of a number of a population; amounts in base units.
pub(in crate::outcome) fn of_population(
    ruled: &Ruled,
    group: usize,
    what: OfPopulation,
) -> Option<f64> {
    Some(match what {
        OfPopulation::Taken => *ruled.taken.get(group)? as f64,
        OfPopulation::Forfeited => *ruled.forfeited.get(group)? as f64,
        OfPopulation::Net => *ruled.net.get(group)? as f64,
        OfPopulation::Refused => {
            let mine = ruled.refused.iter().filter(|((of, _), _)| *of == group);
            mine.map(|(_, times)| *times).sum::<u64>() as f64
        }
    })
}
