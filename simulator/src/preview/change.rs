//! What is previewed: the actions of a proposal, as the treasury would carry them out.

use std::cell::RefCell;

use protocol::{
    AccountId, Amount, Asset, Command, Get, ModuleId, Track, decode, encode,
    governance::{self, Actions, Form, Numbers, Proposal, Terms, Text},
    token,
    treasury::{self, Action},
};

use super::PreviewError;
use crate::{engine::Refused, native::World, run::Drafting, scenario::file::Wish};

/// A proposal's actions, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number, where it is live in the snapshot.
    pub number: Option<u32>,
    /// Its title.
    pub title: String,
    /// Under which rules.
    pub track: Track,
    /// The option whose actions these are, by name; none of a plain yes.
    pub option: Option<String>,
    /// What is done, in order.
    pub actions: Vec<Action>,
}

impl Change {
    /// A proposal of the snapshot. Of a choice, the actions of `option`, counted from 0; of the
    /// leading one where absent. Of a gauge, the weights that the votes cast so far give.
    ///
    /// # Errors
    /// A number that no proposal has, one that is over, and one that does nothing.
    pub fn live(world: &World, number: u32, option: Option<u8>) -> Result<Self, PreviewError> {
        let Numbers { proposals, .. } = world.get(());
        let (terms, proposal): (Terms, Proposal) = (world.get(number), world.get(number));
        if number >= proposals || terms.proposer.is_none() {
            return Err(PreviewError::NoProposal { number, proposals });
        }
        let status = governance::status(&terms, &proposal, world.height(), world.time());
        if status.is_final() {
            return Err(PreviewError::Over { number, status: status.name() });
        }
        let Actions { lists } = world.get(number);
        let text: Text = world.get(number);
        let chosen = match terms.form {
            Form::Signal => return Err(PreviewError::Nothing),
            Form::Standard | Form::Gauge => governance::YES,
            Form::Choice => option.unwrap_or_else(|| leading(&proposal)),
        };
        let actions = match terms.form {
            Form::Gauge => {
                governance::allocated(lists.into_iter().flatten().collect(), &proposal.tally)
            }
            _ => lists.into_iter().nth(chosen.into()).unwrap_or_default(),
        };
        if actions.is_empty() {
            return Err(PreviewError::Nothing);
        }
        let words = |bytes: &protocol::Bytes| String::from_utf8_lossy(&bytes.0).into_owned();
        let option = text.options.get(usize::from(chosen)).filter(|_| terms.form == Form::Choice);
        Ok(Self {
            number: Some(number),
            title: words(&text.title),
            track: terms.track,
            option: option.map(words),
            actions,
        })
    }

    /// What a file of deeds does in a state. Names in it are of the state's accounts, or their
    /// addresses in hexadecimal; proposals are named by their numbers.
    ///
    /// # Errors
    /// A name that nobody has.
    pub fn of_wish(world: &World, wish: Wish) -> Result<Self, PreviewError> {
        let missed = RefCell::new(None);
        let who = |name: &str| {
            let found = account(world, name);
            if found.is_none() {
                missed.borrow_mut().get_or_insert(name.to_owned());
            }
            found
        };
        let number = |name: &str| name.parse().unwrap_or(u32::MAX);
        let by = ModuleId::Treasury.account();
        let drafting = Drafting { world, who: &who, number: &number, by };
        let actions = wish.deeds.iter().filter_map(|deed| drafting.action(deed)).collect();
        let Wish { track, title, .. } = wish;
        match missed.into_inner() {
            Some(name) => Err(PreviewError::Nobody { name }),
            None => Ok(Self { number: None, title, track, option: None, actions }),
        }
    }

    /// The same for another engine in the same state, whose handles are others: told by address.
    /// `None` for actions that do not read back, which encoding rules out.
    pub(super) fn told_to(&self, from: &World, to: &World) -> Option<Self> {
        let told = encode(from.accounts(), &self.actions);
        let actions = decode(to.accounts(), &told)?;
        Some(Self { actions, ..self.clone() })
    }

    /// Carries it out in the current block, as if it had passed and its timelock were over: what
    /// is refused undoes all.
    ///
    /// # Errors
    /// Why it would fail.
    pub(super) fn carry_out(&self, world: &mut World) -> Result<(), Refused> {
        if world.is_governed() {
            let (number, track, actions) = (self.number, self.track, self.actions.clone());
            let proposal = number.unwrap_or(u32::MAX);
            let execute = treasury::Command::Execute { proposal, track, actions };
            let authority = treasury::authority(world);
            return Ok(world.execute(authority, Command::Treasury(execute), Amount::ZERO)?);
        }
        // Without a governor the treasury is an account that does each thing itself.
        let me = ModuleId::Treasury.account();
        for action in &self.actions {
            let command = match action.clone() {
                Action::Call { command } => command,
                Action::Pay { asset: Asset::Token, to, amount } => {
                    Command::Token(token::Command::Transfer { to, amount })
                }
                Action::Pay { .. } | Action::Migrate { .. } | Action::Opaque { .. } => {
                    let text = String::from("a network without a governor cannot do this");
                    return Err(Refused { code: 0, text });
                }
            };
            world.execute(me, command, Amount::ZERO)?;
        }
        Ok(())
    }
}

/// The account that people call so, or that has this address in hexadecimal; a module's by the
/// module's name.
fn account(world: &World, name: &str) -> Option<AccountId> {
    if let Some(module) = ModuleId::ALL.into_iter().find(|module| module.name() == name) {
        return Some(module.account());
    }
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let users = world.accounts().users();
    let known = users.iter().find(|known| known.name == name || hex(&known.address) == name)?;
    world.accounts().find(&known.address)
}

/// The named option with the most votes; the first of several.
fn leading(proposal: &Proposal) -> u8 {
    let named = proposal.tally.len().saturating_sub(1);
    let votes = (0u8..).zip(proposal.tally.iter().take(named));
    let best = votes.max_by_key(|(option, power)| (**power, std::cmp::Reverse(*option)));
    best.map_or(0, |(option, _)| option)
}
