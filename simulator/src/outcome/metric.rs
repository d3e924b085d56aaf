//! Named numbers of one season, which gates and reports are about.

use self::{
    Measure::{BaseUnits, Count, Fraction, Price, Ratio, Tokens},
    Source::{Last, LateMean},
};
use super::politics::{self, OfPlan, OfPopulation, Ruling};
use super::row::infers;
use crate::scenario::{Event, Happening, Scenario};
use protocol::rewards::reasons::{LEAF_CLAIMED, TOO_LATE};

/// A number that a season has.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its name, as gates give it: `copier.relative_return`.
    pub name: String,
    /// What it is, in a sentence's part.
    pub meaning: String,
    /// What it is counted in.
    pub measure: Measure,
    pub(super) source: Source,
}

/// What a number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A pure number.
    Ratio,
    /// A part of a whole: 0.05 is 5 %.
    Fraction,
    /// Tokens.
    Tokens,
    /// Base units of the token.
    BaseUnits,
    /// Whole things, in the plural.
    Count(&'static str),
    /// Quote for a token.
    Price,
}

/// Where a metric comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// A column after the last epoch.
    Last(&'static str),
    /// A column in the mean over the second half of the samples.
    LateMean(&'static str),
    /// A column of inferences in the mean over the second half of the samples.
    Inference(&'static str),
    /// A number of the whole.
    General(General),
    /// A number of a population.
    Group(usize, OfGroup),
    /// A number of what is claimed against roots.
    Roots(Roots),
    /// A number of a population against the honest run.
    Against(usize, Against),
    /// A number of governance.
    Ruling(Ruling),
    /// A number of the proposal that an event makes.
    OfPlan(usize, OfPlan),
    /// A number of a population in governance.
    OfPopulation(usize, OfPopulation),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum General {
    Emission,
    Inflation,
    ConservationError,
    Retention,
    RankCorrelation,
    RewardGini,
    StakedShare,
    HonestGain,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Roots {
    Paid,
    Returned,
    Refused(u16),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum OfGroup {
    Earned,
    EmissionShare,
    ReturnPerStake,
    RelativeReturn,
    StakeShare,
    Seated,
    Quality,
    ByRoot,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Against {
    Gain,
    ExcessReturn,
}

/// What every scenario has.
const GENERAL: &[(&str, &str, Measure, Source)] = &[
    ("emission.total", "tokens issued during the run", Tokens, Source::General(General::Emission)),
    (
        "emission.contributors",
        "tokens distributed to contributors",
        Tokens,
        Last("to_contributors"),
    ),
    (
        "emission.validators",
        "tokens distributed to validators and their delegators",
        Tokens,
        Last("to_validators"),
    ),
    (
        "emission.treasury",
        "tokens that the treasury holds and is owed at the end",
        Tokens,
        Last("treasury"),
    ),
    (
        "inflation",
        "tokens issued during the run, over those at the start",
        Fraction,
        Source::General(General::Inflation),
    ),
    ("supply.end", "tokens that exist at the end", Tokens, Last("supply")),
    ("burned", "tokens burned", Tokens, Last("burned")),
    (
        "conservation.error",
        "base units that appeared or vanished outside the schedule",
        BaseUnits,
        Source::General(General::ConservationError),
    ),
    (
        "staked.share",
        "bonded part of the supply at the end",
        Fraction,
        Source::General(General::StakedShare),
    ),
    ("gini.stake", "Gini coefficient of bonded stake at the end", Ratio, Last("gini_stake")),
    (
        "gini.rewards",
        "Gini coefficient of rewards over the run, over all who earned",
        Ratio,
        Source::General(General::RewardGini),
    ),
    (
        "hhi.stake",
        "Herfindahl-Hirschman index of bonded stake at the end",
        Ratio,
        Last("hhi_stake"),
    ),
    (
        "max_share.stake",
        "largest share of bonded stake at the end",
        Fraction,
        Last("max_share_stake"),
    ),
    (
        "nakamoto.power.third",
        "least number of validators with more than a third of power at the end",
        Count("validators"),
        Last("nakamoto_third"),
    ),
    (
        "nakamoto.power.half",
        "least number of validators with more than half of power at the end",
        Count("validators"),
        Last("nakamoto_half"),
    ),
    (
        "nakamoto.power.two_thirds",
        "least number of validators with more than two thirds of power at the end",
        Count("validators"),
        Last("nakamoto_two_thirds"),
    ),
    (
        "rank_correlation",
        "Spearman's rho of contributors' rewards with the true quality of their work",
        Ratio,
        Source::General(General::RankCorrelation),
    ),
    (
        "rank_correlation.late",
        "the same between samples, in the mean of the second half",
        Ratio,
        LateMean("rank_correlation"),
    ),
    (
        "retention",
        "contributors with a slot at the end, over those at the start",
        Fraction,
        Source::General(General::Retention),
    ),
    (
        "contributors.end",
        "contributors with a slot at the end",
        Count("contributors"),
        Last("contributors"),
    ),
    (
        "contributors.late",
        "contributors with a slot, in the mean of the second half",
        Count("contributors"),
        LateMean("contributors"),
    ),
    ("price.slot", "tokens that a slot costs at the end", Tokens, Last("slot_price")),
    ("refused.share", "commands refused, of all", Fraction, Last("refused")),
];

/// What a scenario with a market has.
const OF_MARKET: &[(&str, &str, Measure, Source)] = &[
    ("price.token", "quote for a token at the end", Price, Last("token_price")),
    (
        "price.token.late",
        "quote for a token, in the mean of the second half",
        Price,
        LateMean("token_price"),
    ),
];

/// What a scenario with a synthesis topic has; decades are units of log10 loss.
const OF_INFERENCE: &[(&str, &str, Measure, Source)] = &[
    (
        "inference.loss.late",
        "log10 loss of the combined inference, in the mean of the second half",
        Ratio,
        Source::Inference("inference_loss"),
    ),
    (
        "inference.gain.late",
        "decades by which the plain mean of inferences loses more, in the mean of the second half",
        Ratio,
        Source::Inference("inference_gain"),
    ),
    (
        "inference.forecast_gain.late",
        "decades by which inferers without forecasts lose more, in the mean of the second half",
        Ratio,
        Source::Inference("forecast_gain"),
    ),
];

/// What a scenario with campaigns has.
const OF_ROOTS: &[(&str, &str, Measure, Source)] = &[
    ("roots.paid", "tokens claimed against published roots", Tokens, Source::Roots(Roots::Paid)),
    (
        "roots.returned",
        "tokens that nobody claimed in time, and that went back",
        Tokens,
        Source::Roots(Roots::Returned),
    ),
    (
        "roots.refused.twice",
        "claims refused because the leaf was claimed before",
        Count("claims"),
        Source::Roots(Roots::Refused(LEAF_CLAIMED.code)),
    ),
    (
        "roots.refused.late",
        "claims refused because the window was over",
        Count("claims"),
        Source::Roots(Roots::Refused(TOO_LATE.code)),
    ),
];

/// What each population has where there are campaigns.
const OF_GROUP_ROOTS: &[(&str, &str, Measure, OfGroup)] =
    &[("by_root", "tokens claimed against published roots", Tokens, OfGroup::ByRoot)];

/// What a scenario that is compared with honesty has.
const AGAINST: &[(&str, &str, Measure, Source)] = &[(
    "honest.gain",
    "what those who do not deviate earn, over what they earn where nobody does, less one",
    Fraction,
    Source::General(General::HonestGain),
)];

/// What each population has, after its name and a dot.
const OF_GROUP: &[(&str, &str, Measure, OfGroup)] = &[
    ("earned", "rewards of all members", Tokens, OfGroup::Earned),
    ("emission_share", "part of all rewards", Fraction, OfGroup::EmissionShare),
    ("return_per_stake", "rewards over mean stake", Fraction, OfGroup::ReturnPerStake),
    (
        "relative_return",
        "return per stake over that of those in the same role who do not deviate",
        Ratio,
        OfGroup::RelativeReturn,
    ),
    ("stake_share", "part of all bonded stake at the end", Fraction, OfGroup::StakeShare),
    ("seated", "members with a slot at the end", Count("members"), OfGroup::Seated),
    ("quality", "true quality in the mean", Ratio, OfGroup::Quality),
];

/// What each population has where it is compared with honesty.
const OF_GROUP_AGAINST: &[(&str, &str, Measure, Against)] = &[
    ("gain", "rewards over those in the honest run, less one", Fraction, Against::Gain),
    (
        "excess_return",
        "return per stake less that in the honest run",
        Fraction,
        Against::ExcessReturn,
    ),
];

/// Every metric that seasons of a scenario have, in the order of
/// [`evaluate`](super::evaluate()).
pub fn catalogue(scenario: &Scenario) -> Vec<Metric> {
    let against = scenario.compared_with_honest;
    let mut all = Vec::new();
    let markets = if scenario.market.is_some() { OF_MARKET } else { &[] };
    let compared = if against { AGAINST } else { &[] };
    let inference = if infers(scenario) { OF_INFERENCE } else { &[] };
    let opens = |event: &Event| matches!(event.happening, Happening::CampaignOpened { .. });
    let campaigns = scenario.events.iter().any(opens);
    let roots = if campaigns { OF_ROOTS } else { &[] };
    for (name, meaning, measure, source) in [GENERAL, markets, inference, roots, compared].concat()
    {
        all.push(Metric { name: name.to_owned(), meaning: meaning.to_owned(), measure, source });
    }
    for (group, population) in scenario.populations.iter().enumerate() {
        let mut add = |suffix: &str, meaning: &str, measure, source| {
            let name = format!("{}.{suffix}", population.name);
            let meaning = format!("{}: {meaning}", population.name);
            all.push(Metric { name, meaning, measure, source });
        };
        let roots = OF_GROUP_ROOTS.iter().filter(|_| campaigns);
        for (suffix, meaning, measure, what) in OF_GROUP.iter().chain(roots) {
            add(suffix, meaning, *measure, Source::Group(group, *what));
        }
        for (suffix, meaning, measure, what) in OF_GROUP_AGAINST.iter().filter(|_| against) {
            add(suffix, meaning, *measure, Source::Against(group, *what));
        }
    }
    all.extend(politics::catalogue(scenario));
    all
}

/// Where a metric is in a catalogue.
pub fn metric_index(catalogue: &[Metric], name: &str) -> Option<usize> {
    catalogue.iter().position(|metric| metric.name == name)
}
