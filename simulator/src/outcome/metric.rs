//! Named numbers of one season, which gates and reports are about.

use super::{
    played::{MemberSeason, Played},
    row::{group_place, place},
};
use crate::{
    metrics::{gini, mean, spearman},
    scenario::{Role, Scenario},
};

/// A number that a season has.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its name, as gates give it: `copier.relative_return`.
    pub name: String,
    /// What it is, in a sentence's part.
    pub meaning: String,
    /// What it is counted in.
    pub measure: Measure,
    source: Source,
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
enum Source {
    /// A column after the last epoch.
    Last(usize),
    /// A column in the mean over the second half of the samples.
    LateMean(usize),
    General(General),
    Group(usize, OfGroup),
    /// The same against the honest run.
    Against(usize, Against),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum General {
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
enum OfGroup {
    Earned,
    EmissionShare,
    ReturnPerStake,
    RelativeReturn,
    StakeShare,
    Seated,
    Quality,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Against {
    Gain,
    ExcessReturn,
}

/// Every metric that seasons of a scenario have, in the order of [`evaluate`].
pub fn catalogue(scenario: &Scenario) -> Vec<Metric> {
    let mut all = Vec::new();
    general(scenario, &mut all);
    for (group, population) in scenario.populations.iter().enumerate() {
        of_group(scenario, group, &population.name, &mut all);
    }
    all
}

fn general(scenario: &Scenario, all: &mut Vec<Metric>) {
    use General as G;
    use Measure::{BaseUnits, Count, Fraction, Price, Ratio, Tokens};
    let mut add = |name: &str, meaning: &str, measure, source| {
        let (name, meaning) = (name.to_owned(), meaning.to_owned());
        all.push(Metric { name, meaning, measure, source });
    };
    let last = |column| Source::Last(place(column));
    let late = |column| Source::LateMean(place(column));
    let of = Source::General;
    add("emission.total", "tokens issued during the run", Tokens, of(G::Emission));
    add(
        "emission.contributors",
        "tokens distributed to contributors",
        Tokens,
        last("to_contributors"),
    );
    add(
        "emission.validators",
        "tokens distributed to validators and their delegators",
        Tokens,
        last("to_validators"),
    );
    add(
        "emission.treasury",
        "tokens that the treasury holds and is owed at the end",
        Tokens,
        last("treasury"),
    );
    add(
        "inflation",
        "tokens issued during the run, over those at the start",
        Fraction,
        of(G::Inflation),
    );
    add("supply.end", "tokens that exist at the end", Tokens, last("supply"));
    add("burned", "tokens burned", Tokens, last("burned"));
    add(
        "conservation.error",
        "base units that appeared or vanished outside the schedule",
        BaseUnits,
        of(G::ConservationError),
    );
    add("staked.share", "bonded part of the supply at the end", Fraction, of(G::StakedShare));
    add("gini.stake", "Gini coefficient of bonded stake at the end", Ratio, last("gini_stake"));
    add(
        "gini.rewards",
        "Gini coefficient of rewards over the run, over all who earned",
        Ratio,
        of(G::RewardGini),
    );
    add(
        "hhi.stake",
        "Herfindahl-Hirschman index of bonded stake at the end",
        Ratio,
        last("hhi_stake"),
    );
    add(
        "max_share.stake",
        "largest share of bonded stake at the end",
        Fraction,
        last("max_share_stake"),
    );
    add(
        "nakamoto.power.third",
        "least number of validators with more than a third of power at the end",
        Count("validators"),
        last("nakamoto_third"),
    );
    add(
        "nakamoto.power.half",
        "least number of validators with more than half of power at the end",
        Count("validators"),
        last("nakamoto_half"),
    );
    add(
        "nakamoto.power.two_thirds",
        "least number of validators with more than two thirds of power at the end",
        Count("validators"),
        last("nakamoto_two_thirds"),
    );
    add(
        "rank_correlation",
        "Spearman's rho of contributors' rewards with the true quality of their work",
        Ratio,
        of(G::RankCorrelation),
    );
    add(
        "rank_correlation.late",
        "the same between samples, in the mean of the second half",
        Ratio,
        late("rank_correlation"),
    );
    add(
        "retention",
        "contributors with a slot at the end, over those at the start",
        Fraction,
        of(G::Retention),
    );
    add(
        "contributors.end",
        "contributors with a slot at the end",
        Count("contributors"),
        last("contributors"),
    );
    add(
        "contributors.late",
        "contributors with a slot, in the mean of the second half",
        Count("contributors"),
        late("contributors"),
    );
    add("price.slot", "tokens that a slot costs at the end", Tokens, last("slot_price"));
    add("refused.share", "commands refused, of all", Fraction, last("refused"));
    if scenario.market.is_some() {
        add("price.token", "quote for a token at the end", Price, last("token_price"));
    }
    if scenario.compared_with_honest {
        add(
            "honest.gain",
            "what those who do not deviate earn, over what they earn where nobody does, less one",
            Fraction,
            of(G::HonestGain),
        );
    }
}

fn of_group(scenario: &Scenario, group: usize, name: &str, all: &mut Vec<Metric>) {
    use Measure::{Count, Fraction, Ratio, Tokens};
    let mut add = |suffix: &str, meaning: &str, measure, source| {
        let (name, meaning) = (format!("{name}.{suffix}"), format!("{name}: {meaning}"));
        all.push(Metric { name, meaning, measure, source });
    };
    let of = |what| Source::Group(group, what);
    add("earned", "rewards of all members", Tokens, of(OfGroup::Earned));
    add("emission_share", "part of all rewards", Fraction, of(OfGroup::EmissionShare));
    add("return_per_stake", "rewards over mean stake", Fraction, of(OfGroup::ReturnPerStake));
    add(
        "relative_return",
        "return per stake over that of those in the same role who do not deviate",
        Ratio,
        of(OfGroup::RelativeReturn),
    );
    add("stake_share", "part of all bonded stake at the end", Fraction, of(OfGroup::StakeShare));
    add("seated", "members with a slot at the end", Count("members"), of(OfGroup::Seated));
    add("quality", "true quality in the mean", Ratio, of(OfGroup::Quality));
    if scenario.compared_with_honest {
        add(
            "gain",
            "rewards over those in the honest run, less one",
            Fraction,
            Source::Against(group, Against::Gain),
        );
        add(
            "excess_return",
            "return per stake less that in the honest run",
            Fraction,
            Source::Against(group, Against::ExcessReturn),
        );
    }
}

/// The value of each metric of the catalogue in one season; `None` where it does not exist.
pub fn evaluate(
    catalogue: &[Metric],
    scenario: &Scenario,
    played: &Played,
    honest: Option<&Played>,
) -> Vec<Option<f64>> {
    let seasons = Seasons { scenario, played, honest };
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    catalogue.iter().map(|metric| finite(seasons.value(metric.source))).collect()
}

struct Seasons<'a> {
    scenario: &'a Scenario,
    played: &'a Played,
    honest: Option<&'a Played>,
}

impl Seasons<'_> {
    fn value(&self, source: Source) -> Option<f64> {
        match source {
            Source::Last(column) => self.last(column),
            Source::LateMean(column) => {
                let rows = &self.played.rows;
                let late: Vec<f64> =
                    rows.iter().skip(rows.len() / 2).map(|row| row[column]).collect();
                mean(&late)
            }
            Source::General(general) => self.general(general),
            Source::Group(group, what) => self.group(group, what),
            Source::Against(group, Against::Gain) => {
                let honest = earned(self.honest?, |of| of == group);
                (honest > 0.0).then(|| self.earned(group) / honest - 1.0)
            }
            Source::Against(group, Against::ExcessReturn) => {
                let here = return_of(self.played, |of| of == group)?;
                Some(here - return_of(self.honest?, |of| of == group)?)
            }
        }
    }

    fn last(&self, column: usize) -> Option<f64> {
        self.played.rows.last().and_then(|row| row.get(column)).copied()
    }

    fn earned(&self, group: usize) -> f64 {
        earned(self.played, |of| of == group)
    }

    fn general(&self, what: General) -> Option<f64> {
        let members = || self.played.members.iter();
        match what {
            General::Emission => Some(self.emission()?.0),
            General::Inflation => {
                let (emitted, first) = self.emission()?;
                (first > 0.0).then(|| emitted / first)
            }
            General::ConservationError => Some(self.played.conservation_error as f64),
            General::StakedShare => Some(self.last(place("bonded"))? / self.last(place("supply"))?),
            General::RewardGini => {
                // Thousandths of a token are exact enough for a coefficient.
                let rewards = members().map(|member| (member.rewards * 1_000.0) as u128);
                gini(&rewards.filter(|reward| *reward > 0).collect::<Vec<_>>())
            }
            General::RankCorrelation => {
                let working = members().filter(|member| member.quality > 0.0);
                let (pay, quality): (Vec<f64>, Vec<f64>) =
                    working.map(|member| (member.rewards, member.quality)).unzip();
                spearman(&pay, &quality)
            }
            General::Retention => {
                let contributes =
                    |group: usize| self.scenario.populations[group].role == Role::Contributor;
                let of = self.played.roster.iter().zip(members());
                let mine: Vec<&MemberSeason> = of
                    .filter(|(member, _)| contributes(member.group))
                    .map(|(_, season)| season)
                    .collect();
                let first = mine.iter().filter(|member| member.seated_first).count();
                let last = mine.iter().filter(|member| member.seated).count();
                (first > 0).then(|| last as f64 / first as f64)
            }
            General::HonestGain => {
                let deviates = |group: usize| self.scenario.populations[group].behaviour.deviates();
                let of = |played| earned(played, |group| !deviates(group));
                let honest = of(self.honest?);
                (honest > 0.0).then(|| of(self.played) / honest - 1.0)
            }
        }
    }

    /// Tokens issued during the run, and those there were before.
    fn emission(&self) -> Option<(f64, f64)> {
        let last = self.last(place("issued"))?;
        let first = self.played.issued_first;
        Some((last - first, first))
    }

    fn group(&self, group: usize, what: OfGroup) -> Option<f64> {
        let populations = &self.scenario.populations;
        match what {
            OfGroup::Earned => Some(self.earned(group)),
            OfGroup::EmissionShare => {
                let all = earned(self.played, |_| true);
                (all > 0.0).then(|| self.earned(group) / all)
            }
            OfGroup::ReturnPerStake => return_of(self.played, |of| of == group),
            OfGroup::RelativeReturn => {
                let role = populations[group].role;
                let plain = |of: usize| {
                    populations[of].role == role && !populations[of].behaviour.deviates()
                };
                let others = return_of(self.played, plain)?;
                (others > 0.0).then_some(return_of(self.played, |of| of == group)? / others)
            }
            OfGroup::StakeShare => {
                let bonded = self.last(place("bonded"))?;
                (bonded > 0.0).then_some(self.last(group_place(group, "stake"))? / bonded)
            }
            OfGroup::Seated => self.last(group_place(group, "seated")),
            OfGroup::Quality => {
                let of = self.played.roster.iter().zip(&self.played.members);
                let mine = of.filter(|(member, _)| member.group == group);
                mean(&mine.map(|(_, season)| season.quality).collect::<Vec<_>>())
            }
        }
    }
}

/// Rewards of the members of the wanted populations.
fn earned(played: &Played, wanted: impl Fn(usize) -> bool) -> f64 {
    let all = played.roster.iter().zip(&played.members);
    let mine = all.filter(|(member, _)| wanted(member.group));
    mine.map(|(_, season)| season.rewards).sum()
}

/// Rewards over mean stake of the members of the wanted populations, together.
fn return_of(played: &Played, wanted: impl Fn(usize) -> bool) -> Option<f64> {
    let all = played.roster.iter().zip(&played.members);
    let (mut rewards, mut stake) = (0.0, 0.0);
    for (_, season) in all.filter(|(member, _)| wanted(member.group)) {
        rewards += season.rewards;
        stake += season.stake;
    }
    (stake > 0.0).then(|| rewards / stake)
}

/// Where a metric is in a catalogue.
pub fn metric_index(catalogue: &[Metric], name: &str) -> Option<usize> {
    catalogue.iter().position(|metric| metric.name == name)
}
