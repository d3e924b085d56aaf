//! Tests of the verbs over the test store.

mod close;
mod gas;
mod genesis;
mod model;
mod pages;
mod random;
mod register;
mod slots;
mod submit;
mod topics;

use crate::{
    account::{AccountId, ModuleId},
    effect::{self, Effect, Payload},
    network::{
        self, Command, Electorate, Genesis, PriceParams, Scoring, Scratch, TopicGenesis,
        TopicParams, YumaVariant, apply_with,
    },
    refusal::Refusal,
    rewards::Distribution,
    testing::{Answers, Store, amount, at, user},
    units::{Fraction, Height, Power},
};

/// The block of genesis.
const START: u64 = 100;
/// Blocks an epoch.
const TEMPO: u64 = 10;

fn fraction(percent: u32) -> Fraction {
    Fraction::from_parts(Fraction::WHOLE / 100 * percent).unwrap()
}

fn yuma(variant: YumaVariant) -> Scoring {
    Scoring::Yuma { kappa: 32767, bonds_moving_average: 900_000, bonds_penalty: 65535, variant }
}

fn metered() -> Scoring {
    Scoring::Metered { kappa: 32767, decay: 900_000, cap: 20_000, top_multiplier: 150, ramp: 100 }
}

fn synthesis() -> Scoring {
    Scoring::Synthesis { alpha: 100_000 }
}

fn params(slots: u16) -> TopicParams {
    TopicParams {
        owner: Some(user(900)),
        scoring: yuma(YumaVariant::Classic),
        electorate: Electorate {
            max_validators: 64,
            activity_cutoff: 50,
            stake_threshold: Power::ZERO,
        },
        tempo: TEMPO,
        slots,
        immunity: 30,
        price: PriceParams {
            floor: amount(100),
            ceiling: amount(10_000),
            rise: fraction(100),
            half_life: 20,
        },
        owner_cut: fraction(18),
        contributors: fraction(50),
        page_fee: amount(7),
    }
}

/// The network in a test store, with one topic, number 0, of users 0, 1, ...
#[derive(Clone)]
struct World {
    store: Store,
    stake: Answers,
    height: u64,
}

impl World {
    fn with(params: TopicParams, holders: u32) -> Self {
        Self::of(params, (0..holders).map(user).collect())
    }

    fn of(params: TopicParams, holders: Vec<AccountId>) -> Self {
        let mut store = Store::default();
        let topics = vec![TopicGenesis { params, holders }];
        network::genesis(&mut store, &Genesis { topics, start: Height::new(START) }).unwrap();
        Self { store, stake: Answers::default(), height: START + 1 }
    }

    fn powers(mut self, powers: &[u128]) -> Self {
        for (n, &power) in (0..).zip(powers) {
            self.stake.power.insert(Some(user(n)), Power::new(power));
        }
        self
    }

    /// Applies a command; one that a verb refuses has not even been begun.
    fn apply(&mut self, who: AccountId, command: Command) -> Result<Vec<Effect>, Refusal> {
        self.apply_in(&mut Scratch::default(), who, command)
    }

    fn apply_in(
        &mut self,
        scratch: &mut Scratch,
        who: AccountId,
        command: Command,
    ) -> Result<Vec<Effect>, Refusal> {
        let (before, mut fx) = (self.store.clone(), Vec::new());
        let cx = at(self.height, 0, who);
        let outcome = apply_with(scratch, &mut self.store, &self.stake, &cx, command, &mut fx);
        if let Err(refusal) = outcome {
            assert_eq!(self.store, before, "{refusal} after a write");
            return Err(refusal);
        }
        Ok(fx)
    }

    fn register(&mut self, from: AccountId, units: u128) -> Result<Vec<Effect>, Refusal> {
        let payload = Payload::Register { topic: 0 };
        let command = Command::Receive { from, amount: amount(units), payload };
        self.apply(ModuleId::Token.account(), command)
    }

    fn submit(&mut self, n: u32, weights: &[(u16, u16)]) -> Result<Vec<Effect>, Refusal> {
        self.apply(user(n), Command::Submit { topic: 0, weights: weights.to_vec() })
    }

    fn close(&mut self, rows: u16) -> Result<Vec<Effect>, Refusal> {
        self.apply(user(800), Command::Close { topic: 0, rows })
    }

    /// Moves to the next due block and closes at once.
    fn epoch(&mut self) -> Distribution {
        self.height += TEMPO;
        distribution(&self.close(u16::MAX).unwrap())
    }
}

/// The distribution among some effects.
fn distribution(fx: &[Effect]) -> Distribution {
    fx.iter()
        .find_map(|effect| match effect {
            Effect::Call {
                command: effect::Command::Rewards(crate::rewards::Command::Distribute(d)),
                ..
            } => Some(d.clone()),
            _ => None,
        })
        .unwrap()
}

fn code(outcome: Result<Vec<Effect>, Refusal>) -> u16 {
    outcome.unwrap_err().code()
}
