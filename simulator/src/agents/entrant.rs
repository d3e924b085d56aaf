use protocol::{Amount, Command, Fraction, ModuleId, Payload, mul_div_floor, network, token};

use super::{Agent, Me, Observation, Outbox, TopicView};

/// A contributor with a cost: comes where a slot earns more than it costs, goes where its own
/// earns less.
pub(super) struct Entrant {
    cost: Amount,
    patience: u32,
    horizon: u32,
    margin: Fraction,
    /// Epochs of loss in a row.
    losses: u32,
    /// Epochs before it looks again.
    rest: u32,
}

impl Entrant {
    pub(super) fn new(cost: Amount, patience: u32, horizon: u32, margin: Fraction) -> Self {
        Self { cost, patience, horizon, margin, losses: 0, rest: 0 }
    }

    fn stay_or_leave(&mut self, income: u128, me: &Me, out: &mut Outbox) {
        let loses = income < self.cost.units();
        self.losses = if loses { self.losses + 1 } else { 0 };
        if loses && self.losses >= self.patience {
            out.send(Command::Network(network::Command::Leave { topic: me.topic }));
            (self.losses, self.rest) = (0, self.patience);
        }
    }

    /// Registers where the surplus over the horizon pays for the slot. It offers an eighth
    /// more than the price, since others register too; what is too much comes back.
    fn enter(&mut self, seen: &Observation, income: u128, me: &Me, out: &mut Outbox) {
        if self.rest > 0 {
            self.rest -= 1;
            return;
        }
        let wanted = self.cost.units() + self.margin.ceil_of(self.cost.units());
        let Some(surplus) = income.checked_sub(wanted).filter(|surplus| *surplus > 0) else {
            return;
        };
        let price = seen.topic(me.topic).price.units();
        let offer = price + price / 8;
        let pays = value(seen, offer) <= surplus.saturating_mul(u128::from(self.horizon));
        if pays && offer <= seen.account(me.index).balance.units() {
            out.send(Command::Token(token::Command::Send {
                to: ModuleId::Network.account(),
                amount: Amount::saturating(offer),
                payload: Payload::Register { topic: me.topic },
            }));
        }
    }
}

impl Agent for Entrant {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let topic = seen.topic(me.topic);
        match seen.account(me.index).slot {
            // A newcomer has earned nothing before others have weighed it.
            Some(slot) if seen.epoch > 1 => {
                let earned = topic.earned.get(usize::from(slot)).copied().unwrap_or_default();
                self.stay_or_leave(value(seen, earned.units()), me, out);
            }
            Some(_) => {}
            None => self.enter(seen, value(seen, typical(topic)), me, out),
        }
    }
}

/// What a worker's slot earned in the last epoch, in the mean.
fn typical(topic: &TopicView) -> u128 {
    let earned = topic.workers.iter().filter_map(|(uid, _)| topic.earned.get(usize::from(*uid)));
    let sum: u128 = earned.map(|amount| amount.units()).sum();
    // One more takes part of what there is.
    sum / (topic.workers.len() as u128 + 1)
}

/// Tokens in quote where there is a market, else as they are.
fn value(seen: &Observation, tokens: u128) -> u128 {
    match seen.market {
        Some((reserve, quote)) => {
            mul_div_floor(tokens, quote, reserve).map_or(u128::MAX, |(value, _)| value)
        }
        None => tokens,
    }
}
