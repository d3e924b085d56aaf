//! Inferences combined, with and without each worker.

use scoring_kernel::synthesis::{Column, Section, Signed, SlotMemory, weighted_mean, weights};

use super::NetworkLosses;

/// Who predicts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) uid: u16,
    pub(super) memory: SlotMemory,
}

/// Predictions of one epoch.
pub(super) struct Network {
    targets: Vec<Signed>,
    /// The combined inference's loss in the epoch before, if there was one.
    before: Option<Signed>,
    inferers: Vec<(Member, Vec<Signed>)>,
    /// What each inferer's loss is in the mean, given how hard the epoch is for it.
    expected: Vec<Signed>,
    /// By forecaster, its forecasts of those.
    forecasters: Vec<(Member, Vec<Signed>)>,
}

impl Network {
    pub(super) fn new(targets: Vec<Signed>, before: Option<Signed>) -> Self {
        Self {
            targets,
            before,
            inferers: Vec::new(),
            expected: Vec::new(),
            forecasters: Vec::new(),
        }
    }

    /// How many have inferred so far.
    pub(super) fn inferers(&self) -> usize {
        self.inferers.len()
    }

    /// An inference of every target, off by `deviation` times each error.
    pub(super) fn infer(&mut self, who: Member, deviation: Signed, errors: &[Signed]) {
        let values = self.targets.iter().zip(errors);
        let values = values.map(|(target, error)| target.plus(deviation.mul_trunc(*error)));
        self.inferers.push((who, values.collect()));
        self.expected.push(log10(deviation.mul_trunc(deviation)));
    }

    /// Forecasts of all inferers' losses, off by these errors.
    pub(super) fn forecast(&mut self, who: Member, errors: &[Signed]) {
        let forecasts = self.expected.iter().zip(errors).map(|(loss, error)| loss.plus(*error));
        self.forecasters.push((who, forecasts.collect()));
    }

    /// Every loss that reputers may report, by its place in a row, ascending. A network without
    /// inferers has none.
    pub(super) fn losses(&self) -> Vec<(u16, Signed)> {
        let mut losses = Vec::new();
        let mut push = |column: Column, values: Option<Vec<Signed>>| {
            losses.extend(values.map(|values| (column.place(), self.loss(&values))));
        };
        push(Column::Combined, self.combined(None));
        push(Column::Naive, self.naive(None));
        for (at, (who, values)) in self.inferers.iter().enumerate() {
            push(Column::Of(who.uid, Section::Own), Some(values.clone()));
            push(Column::Of(who.uid, Section::Without), self.combined(Some(Left::Inferer(at))));
        }
        for (at, (who, forecasts)) in self.forecasters.iter().enumerate() {
            push(Column::Of(who.uid, Section::Own), self.implied(forecasts, None));
            push(Column::Of(who.uid, Section::Without), self.combined(Some(Left::Forecaster(at))));
            push(Column::Of(who.uid, Section::With), self.naive(Some(at)));
        }
        losses.sort_unstable_by_key(|(place, _)| *place);
        losses
    }

    /// How well the network predicts; `None` without inferers.
    pub(super) fn summary(&self) -> Option<NetworkLosses> {
        let plain: Vec<_> =
            self.inferers.iter().map(|(_, values)| (None, values.clone())).collect();
        Some(NetworkLosses {
            combined: self.loss(&self.combined(None)?),
            naive: self.loss(&self.naive(None)?),
            mean: self.loss(&mixed(&plain)?),
        })
    }

    /// The combined inference, without one worker.
    fn combined(&self, left: Option<Left>) -> Option<Vec<Signed>> {
        let skipped = match left {
            Some(Left::Inferer(at)) => Some(at),
            _ => None,
        };
        let inferers = self.inferers.iter().enumerate();
        let inferers = inferers.filter(|(at, _)| skipped != Some(*at));
        let mut members: Vec<_> =
            inferers.map(|(_, (who, values))| (known(who.memory.regret), values.clone())).collect();
        for (at, (who, forecasts)) in self.forecasters.iter().enumerate() {
            if matches!(left, Some(Left::Forecaster(skipped)) if skipped == at) {
                continue;
            }
            let implied = self.implied(forecasts, skipped);
            members.extend(implied.map(|values| (known(who.memory.regret), values)));
        }
        mixed(&members)
    }

    /// The inference of inferers alone, by their naive regrets; with one forecaster's besides.
    fn naive(&self, with: Option<usize>) -> Option<Vec<Signed>> {
        let inferers = self.inferers.iter();
        let mut members: Vec<_> = inferers
            .map(|(who, values)| (known(who.memory.naive_regret), values.clone()))
            .collect();
        if let Some((who, forecasts)) = with.and_then(|at| self.forecasters.get(at)) {
            let implied = self.implied(forecasts, None);
            members.extend(implied.map(|values| (known(who.memory.regret), values)));
        }
        mixed(&members)
    }

    /// The inference that forecasts imply: inferers weighted by the regrets to be expected.
    fn implied(&self, forecasts: &[Signed], skipped: Option<usize>) -> Option<Vec<Signed>> {
        let mean = weighted_mean(&vec![Signed::ONE; forecasts.len()], forecasts);
        let before = self.before.unwrap_or(mean);
        let inferers = self.inferers.iter().zip(forecasts).enumerate();
        let inferers = inferers.filter(|(at, _)| skipped != Some(*at));
        let members: Vec<_> = inferers
            .map(|(_, ((_, values), forecast))| (Some(before.minus(*forecast)), values.clone()))
            .collect();
        mixed(&members)
    }

    /// log10 of the mean squared error.
    fn loss(&self, values: &[Signed]) -> Signed {
        let squares: Vec<Signed> = values
            .iter()
            .zip(&self.targets)
            .map(|(value, target)| {
                let error = value.minus(*target);
                error.mul_trunc(error)
            })
            .collect();
        log10(weighted_mean(&vec![Signed::ONE; squares.len()], &squares))
    }
}

/// Whom a network goes without.
#[derive(Clone, Copy)]
enum Left {
    Inferer(usize),
    Forecaster(usize),
}

/// A regret that there is: nought stands for none.
fn known(regret: Signed) -> Option<Signed> {
    (regret != Signed::ZERO).then_some(regret)
}

/// Values weighted by regrets. Who has none yet does not count, unless nobody has any: then all
/// count alike. `None` of nobody.
fn mixed(members: &[(Option<Signed>, Vec<Signed>)]) -> Option<Vec<Signed>> {
    let targets = members.first()?.1.len();
    let regrets: Vec<Signed> = members.iter().filter_map(|(regret, _)| *regret).collect();
    let mut known = weights(&regrets).into_iter();
    let weight = |regret: &Option<Signed>| match regret {
        _ if regrets.is_empty() => Signed::ONE,
        Some(_) => known.next().unwrap_or_default(),
        None => Signed::ZERO,
    };
    let weights: Vec<Signed> = members.iter().map(|(regret, _)| regret).map(weight).collect();
    let at = |target: usize| {
        let values: Vec<Signed> = members
            .iter()
            .map(|(_, values)| values.get(target).copied().unwrap_or_default())
            .collect();
        weighted_mean(&weights, &values)
    };
    Some((0..targets).map(at).collect())
}

/// The logarithm to base 10; far below -16 of nothing.
fn log10(number: Signed) -> Signed {
    number.max(Signed::from_raw(1)).ln().div_trunc(Signed::from_int(10).ln())
}

#[cfg(test)]
mod tests {
    use super::{Column, Member, Network, Section, Signed, SlotMemory, log10, mixed};

    fn number(n: i64, d: i64) -> Signed {
        Signed::from_ratio_trunc(n, d)
    }

    fn member(uid: u16, regret: i64) -> Member {
        let regret = Signed::from_int(regret);
        Member { uid, memory: SlotMemory { regret, naive_regret: regret, ..SlotMemory::default() } }
    }

    #[test]
    fn who_has_no_regret_waits_unless_nobody_has_any() {
        let values = |n: i64| vec![Signed::from_int(n)];
        let new = [(None, values(1)), (None, values(3))];
        assert_eq!(mixed(&new), Some(values(2)));
        let old = [(Some(Signed::ONE), values(1)), (None, values(3))];
        let apart = mixed(&old).unwrap()[0].minus(Signed::ONE).magnitude();
        assert!(apart < number(1, 1_000_000));
        assert_eq!(mixed(&[]), None);
    }

    #[test]
    fn a_decade_is_one() {
        let apart = log10(number(1, 100)).plus(Signed::from_int(2)).magnitude();
        assert!(apart < number(1, 1_000_000));
    }

    #[test]
    fn losses_are_of_the_inferences() {
        let mut network = Network::new(vec![Signed::ZERO; 2], None);
        assert!(network.losses().is_empty() && network.summary().is_none());
        network.infer(member(3, 0), number(1, 10), &[Signed::ONE, Signed::ONE]);
        network.infer(member(4, 0), number(1, 10), &[Signed::ONE, Signed::from_int(-1)]);
        network.forecast(member(7, 0), &[Signed::ZERO, Signed::from_int(9)]);
        let losses = network.losses();
        let of = |column: Column| {
            let at = losses.iter().position(|(place, _)| *place == column.place()).unwrap();
            losses[at].1
        };
        let close = |label: &str, column, expected: Signed| {
            let apart = of(column).minus(expected).magnitude();
            assert!(apart < number(1, 1_000), "{label}: {:?}", of(column));
        };
        close("own", Column::Of(3, Section::Own), Signed::from_int(-2));
        // the naive mean is right about one of two targets
        close("naive", Column::Naive, Signed::from_int(-2).minus(log10(Signed::from_int(2))));
        close("without", Column::Of(3, Section::Without), Signed::from_int(-2));
        // The forecast losses are 0 and 9, regrets 4.5 either side of their mean, and a deviation
        // of 4.5 sqrt(2): weights of 1.401 and 0.0376, so the second answer keeps a 37th part.
        close("implied", Column::Of(7, Section::Own), number(-202_266, 100_000));
        assert_eq!(losses.len(), 2 + 2 * 2 + 3);
        assert!(losses.is_sorted_by_key(|(place, _)| *place));
    }
}
