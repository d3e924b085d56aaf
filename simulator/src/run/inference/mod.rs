//! What a synthesis topic predicts: targets, inferences, forecasts, and the losses that follow.
//!
//! Eight targets an epoch, N(0, 1). An inferer of quality `q` errs by
//! `(1 - q + 1/64) v N(0, 1)`, where `v = e^(N(0, 1) / 2)` is how hard the epoch is for it. A forecaster
//! of quality `q` forecasts each inferer's loss with an error of `(1 - q) N(0, 1)` decades. Losses are
//! logarithms to base 10 of mean squared errors. Everybody draws from a stream of its own, in fixed
//! point; the network is combined by the kernel's own weights, from the regrets that the state holds.

mod network;

use protocol::{AccountId, network::bonds};
use scoring_kernel::{
    RowForm, Rows,
    synthesis::{Signed, SlotMemory},
};

use self::network::{Member, Network};
use super::{Roster, observe::place};
use crate::{
    agents::TopicView,
    native::World,
    random::{Fixed, Seed, Stream},
    scenario::{Behaviour, Scenario},
};

/// Things to predict in an epoch.
const TARGETS: usize = 8;

/// How well a topic predicts, in decades of loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkLosses {
    /// Of the combined inference.
    pub combined: Signed,
    /// Of inferers alone, weighted by their naive regrets.
    pub naive: Signed,
    /// Of the plain mean of all inferences.
    pub mean: Signed,
}

/// The predictions of one topic.
pub(super) struct Inference {
    topic: u16,
    /// Draws the targets.
    targets: Stream,
    /// By member, what its errors are drawn from.
    errors: Vec<Stream>,
    /// Losses of the epoch that agents see.
    now: Option<NetworkLosses>,
    /// Losses of the epoch that was closed last.
    closed: Option<NetworkLosses>,
}

impl Inference {
    /// The topics whose rows report losses, before their first epoch.
    pub(super) fn of_topics(scenario: &Scenario, roster: &Roster, run: u64) -> Vec<Self> {
        let seed = Seed::new(scenario.seed);
        let topics = (0..).zip(&scenario.topics);
        topics
            .filter(|(_, topic)| topic.params.scoring.row_form() == RowForm::Losses)
            .map(|(number, topic)| Self {
                topic: number,
                targets: seed.stream(run, &topic.name, "targets"),
                errors: roster
                    .members
                    .iter()
                    .map(|member| seed.stream(run, &member.name, "errors"))
                    .collect(),
                now: None,
                closed: None,
            })
            .collect()
    }

    /// The topic's number.
    pub(super) fn topic(&self) -> usize {
        usize::from(self.topic)
    }

    /// Losses of the epoch that was closed last; `None` where nobody inferred.
    pub(super) fn closed(&self) -> Option<NetworkLosses> {
        self.closed
    }

    /// Lets everybody predict for the epoch that begins, and shows its losses to who reports.
    pub(super) fn predict(
        &mut self,
        world: &World,
        scenario: &Scenario,
        roster: &Roster,
        view: &mut TopicView,
    ) {
        self.closed = self.now.take();
        let targets = self.normals(None);
        let mut members = Vec::new();
        for &(uid, quality) in &view.workers {
            let holder = view.slots.get(usize::from(uid)).copied().flatten();
            let Some(index) = holder.and_then(|who: AccountId| place(who)) else { continue };
            let Some(member) = roster.members.get(index) else { continue };
            let forecasts = scenario.populations[member.group].behaviour == Behaviour::Forecaster;
            let memory = memory(world, self.topic, uid);
            members.push((uid, index, quality, forecasts, memory));
        }
        let mut network = Network::new(targets, self.closed.map(|losses| losses.combined));
        for &(uid, index, quality, _, memory) in members.iter().filter(|member| !member.3) {
            let spread = skill(quality) + Fixed::from_bits(1 << 26);
            let volatility = half(self.normal(index)).exp();
            let deviation = signed(spread).mul_trunc(volatility);
            let errors = self.normals(Some(index));
            network.infer(Member { uid, memory }, deviation, &errors);
        }
        for &(uid, index, quality, _, memory) in members.iter().filter(|member| member.3) {
            let mut errors = Vec::new();
            for _ in 0..network.inferers() {
                let error = signed(self.normal(index)).mul_trunc(signed(skill(quality)));
                errors.push(error);
            }
            network.forecast(Member { uid, memory }, &errors);
        }
        view.losses = Some(network.losses());
        self.now = network.summary();
    }

    /// One normal draw of a member.
    fn normal(&mut self, index: usize) -> Fixed {
        self.errors.get_mut(index).map(Stream::standard_normal).unwrap_or_default()
    }

    /// A draw for each target: of a member's error, or the targets themselves.
    fn normals(&mut self, of: Option<usize>) -> Vec<Signed> {
        let mut draws = [Fixed::ZERO; TARGETS];
        match of {
            None => self.targets.fill_normal(&mut draws),
            Some(index) => {
                if let Some(stream) = self.errors.get_mut(index) {
                    stream.fill_normal(&mut draws);
                }
            }
        }
        draws.map(signed).to_vec()
    }
}

/// What the state remembers of a slot.
fn memory(world: &World, topic: u16, uid: u16) -> SlotMemory {
    let mut rows = Rows::new();
    match rows.push_row(bonds(world, topic, uid)) {
        Ok(()) => SlotMemory::of(rows.row(0)),
        Err(_) => SlotMemory::default(),
    }
}

/// How far work of this quality is from perfect.
fn skill(quality: Fixed) -> Fixed {
    Fixed::ONE - quality
}

/// A fixed number with more places.
fn signed(number: Fixed) -> Signed {
    Signed::from_raw(i128::from(number.bits()) << 32)
}

/// Half of it.
fn half(number: Fixed) -> Signed {
    Signed::from_raw(i128::from(number.bits()) << 31)
}
