//! The value of each metric in one season.

use super::{
    metric::{Against, General, Metric, OfGroup, Roots, Source},
    played::{MemberSeason, Played},
    politics::{of_plan, of_population, ruling},
    row::{group_place, inference_place, place},
};
use crate::{
    metrics::{gini, mean, spearman},
    scenario::{Role, Scenario},
};

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
            Source::Last(column) => self.last(place(column)),
            Source::LateMean(column) => self.late(place(column)),
            Source::Inference(column) => {
                self.late(inference_place(self.scenario.populations.len(), column))
            }
            Source::General(general) => self.general(general),
            Source::Roots(what) => Some(self.roots(what)),
            Source::Group(group, what) => self.group(group, what),
            Source::Ruling(what) => {
                let value = ruling(self.played.ruled.as_ref()?, self.scenario, what)?;
                Some(self.in_tokens(what.is_amount(), value))
            }
            Source::OfPlan(event, what) => of_plan(self.played.ruled.as_ref()?, event, what),
            Source::OfPopulation(group, what) => {
                let value = of_population(self.played.ruled.as_ref()?, group, what)?;
                Some(self.in_tokens(what.is_amount(), value))
            }
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

    fn late(&self, column: usize) -> Option<f64> {
        let rows = &self.played.rows;
        let late: Vec<f64> = rows.iter().skip(rows.len() / 2).map(|row| row[column]).collect();
        mean(&late)
    }

    /// Base units as tokens, where it is an amount.
    fn in_tokens(&self, is_amount: bool, value: f64) -> f64 {
        let decimals = i32::from(self.scenario.token.decimals);
        if is_amount { value / 10f64.powi(decimals) } else { value }
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
            General::Emission => Some(self.played.emitted),
            General::Inflation => {
                let first = self.played.issued_first;
                (first > 0.0).then(|| self.played.emitted / first)
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
                let deviates = |group: usize| self.scenario.deviates(group);
                let of = |played| earned(played, |group| !deviates(group));
                let honest = of(self.honest?);
                (honest > 0.0).then(|| of(self.played) / honest - 1.0)
            }
        }
    }

    fn roots(&self, what: Roots) -> f64 {
        match what {
            Roots::Paid => self.played.members.iter().map(|member| member.by_root).sum(),
            Roots::Returned => self.played.returned,
            Roots::Refused(code) => self.played.refused.get(&code).map_or(0.0, |n| *n as f64),
        }
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
                let plain = |of: usize| populations[of].role == role && !self.scenario.deviates(of);
                let others = return_of(self.played, plain)?;
                (others > 0.0).then_some(return_of(self.played, |of| of == group)? / others)
            }
            OfGroup::StakeShare => {
                let bonded = self.last(place("bonded"))?;
                (bonded > 0.0).then_some(self.last(group_place(group, "stake"))? / bonded)
            }
            OfGroup::ByRoot => {
                let of = self.played.roster.iter().zip(&self.played.members);
                let mine = of.filter(|(member, _)| member.group == group);
                Some(mine.map(|(_, season)| season.by_root).sum())
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
