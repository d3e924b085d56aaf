use protocol::{AccountId, Amount, Command, FIRST_USER, governance::YES, token};

use super::{
    super::{Agent, Me, Observation, Outbox},
    has_power,
    voter::Mind,
    whole,
};
use crate::scenario::Voter;

/// Pays for votes on its proposal as soon as it is open.
pub(super) struct Briber {
    pub(super) each: Amount,
    pub(super) on: String,
    /// Places of those it pays among the accounts.
    pub(super) bribes: Vec<usize>,
    pub(super) paid: bool,
}

impl Agent for Briber {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let mine = seen.proposals.iter().find(|view| view.is_open() && view.is(Some(&self.on)));
        let Some(view) = mine.filter(|_| !self.paid) else { return };
        self.paid = true;
        for place in &self.bribes {
            let to = AccountId::from_handle(FIRST_USER.saturating_add(*place as u32));
            out.send(Command::Token(token::Command::Transfer { to, amount: self.each }));
        }
        if has_power(seen, me) {
            whole(view.number, YES, "", out);
        }
    }
}

/// Sells its vote: yes, once its balance has risen by the price while the proposal was open.
pub(super) struct Bribed {
    price: Amount,
    on: String,
    mind: Mind,
    /// What it held at the last look.
    held: Option<Amount>,
    sold: bool,
}

impl Bribed {
    pub(super) fn new(price: Amount, on: String, voter: Voter) -> Self {
        Self { price, on, mind: Mind::new(voter, false), held: None, sold: false }
    }
}

impl Agent for Bribed {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let balance = seen.account(me.index).balance;
        let rise = balance.saturating_minus(self.held.unwrap_or(balance));
        self.held = Some(balance);
        let paid = !self.price.is_zero() && rise >= self.price;
        let wanted = seen.proposals.iter().find(|view| view.is_open() && view.is(Some(&self.on)));
        if let Some(view) = wanted.filter(|_| paid && !self.sold) {
            self.sold = true;
            // It has no opinion of its own on this one any more.
            let _was_new = self.mind.is_new(view.number);
            whole(view.number, YES, "", out);
        }
        self.mind.act(seen, me, out);
    }
}
