//! Who acts: one file a behaviour.
//!
//! An agent sees one [`Observation`] of the last close, the same for all, and puts commands
//! into an [`Outbox`]; it never touches state. What it draws comes from its own stream, so
//! that one agent more or less shifts nobody else's season.

mod collector;
mod copier;
mod delegator;
mod entrant;
mod honest;
mod inflater;
mod lazy;
mod noisy;
mod observation;
mod oracle;
mod politics;
mod report;
mod self_dealer;
mod weigh;
mod whale;

use protocol::{AccountId, Amount, Command};

pub use observation::{AccountView, CampaignView, Observation, Posted, TopicView};
pub use politics::{Likes, ProposalView};

use crate::{
    claims::List,
    native::Accounts,
    random::{Fixed, Stream},
    scenario::Behaviour,
};

/// A way to behave, with its memory.
pub trait Agent: Send {
    /// Decides once, in the agent's block of an epoch.
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox);
}

/// What an agent knows of itself.
#[derive(Clone, Debug)]
pub struct Me {
    /// Its account.
    pub account: AccountId,
    /// Its place in the observation's accounts.
    pub index: usize,
    /// The topic it works in.
    pub topic: u16,
    /// The tier it bonds in.
    pub tier: u8,
    /// Draws its errors and choices.
    pub noise: Stream,
    /// Memory for many draws at once.
    pub draws: Vec<Fixed>,
}

/// Commands on their way, with the native coins attached to each.
#[derive(Debug, Default)]
pub struct Outbox {
    commands: Vec<(Command, Amount)>,
    lists: Vec<List>,
}

impl Outbox {
    /// Adds a command without coins.
    pub fn send(&mut self, command: Command) {
        self.commands.push((command, Amount::ZERO));
    }

    /// Adds a command with native coins attached.
    pub fn send_with(&mut self, command: Command, funds: Amount) {
        self.commands.push((command, funds));
    }

    /// Shows a list of payments to everybody, off chain; they see it at the next close, if its
    /// root was published.
    pub fn post(&mut self, list: List) {
        self.lists.push(list);
    }

    /// Takes all lists out, in order.
    pub fn take_lists(&mut self) -> Vec<List> {
        std::mem::take(&mut self.lists)
    }

    /// Takes all commands out, in order.
    pub fn drain(&mut self) -> impl Iterator<Item = (Command, Amount)> {
        self.commands.drain(..)
    }
}

/// Does nothing.
struct Passive;

impl Agent for Passive {
    fn act(&mut self, _: &Observation, _: &mut Me, _: &mut Outbox) {}
}

/// An agent that behaves so. `member` is its number in its population; `accomplices` are the
/// accounts of the population that it names, by their places: whom a self-dealer, a meter or an
/// oracle favours, a briber pays, or a borrower owes. `names` has everybody's address.
pub fn behaving(
    behaviour: &Behaviour,
    member: usize,
    accomplices: Vec<usize>,
    names: &dyn Fn() -> Accounts,
) -> Box<dyn Agent> {
    match *behaviour {
        Behaviour::Political(ref political) => politics::behaving(political, accomplices),
        Behaviour::Passive | Behaviour::Forecaster => Box::new(Passive),
        Behaviour::Honest { noise } => Box::new(honest::Honest { noise }),
        Behaviour::Noisy { noise } => Box::new(noisy::Noisy { noise }),
        Behaviour::Lazy { noise, every } => Box::new(lazy::Lazy::new(noise, every, member)),
        Behaviour::Copier { lag, .. } => Box::new(copier::Copier { lag }),
        Behaviour::SelfDealer { share, noise, .. } => {
            Box::new(self_dealer::SelfDealer { accomplices, share, noise })
        }
        Behaviour::Inflater { factor, noise, .. } => {
            Box::new(inflater::Inflater { accomplices, factor, noise })
        }
        Behaviour::Oracle { campaign, every, total, factor, noise, .. } => {
            Box::new(oracle::Oracle {
                campaign,
                every: u64::from(every.max(1)),
                total,
                accomplices,
                factor,
                noise,
                names: names(),
                measured: Default::default(),
            })
        }
        Behaviour::Collector { habit } => Box::new(collector::Collector::new(habit)),
        Behaviour::Delegator { choice, every, margin } => {
            Box::new(delegator::Delegator::new(choice, every, margin, member))
        }
        Behaviour::Whale { enters, leaves } => Box::new(whale::Whale { enters, leaves }),
        Behaviour::Entrant { cost, patience, horizon, margin } => {
            Box::new(entrant::Entrant::new(cost, patience, horizon, margin))
        }
    }
}
