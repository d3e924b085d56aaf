//! Who may listen to a run.

use std::ops::ControlFlow;

use protocol::{AccountId, Amount, Command, Height, Refusal, Timestamp};

use crate::{
    engine::Genesis,
    native::{Known, World},
    snapshot::Snapshot,
};

/// Hears everything that reaches the native engine's state, in order: enough to do the same
/// in another engine. Every method may be left out.
pub trait Recorder {
    /// The first state.
    fn genesis(&mut self, _genesis: &Genesis) {}

    /// The first state, where it is a snapshot's: handles are those of
    /// [`Snapshot::world`] for the same accounts.
    fn resumed(&mut self, _snapshot: &Snapshot, _first: &[Known]) {}

    /// A block with commands begins.
    fn block(&mut self, _height: Height, _time: Timestamp) {}

    /// A command comes, before it is applied.
    fn command(&mut self, _sender: AccountId, _command: &Command, _funds: Amount) {}

    /// How it went.
    fn outcome(&mut self, _outcome: &Result<(), Refusal>) {}

    /// A topic's epoch is about to be closed.
    fn closing(&mut self, _topic: u16, _world: &World) {}

    /// A page of a topic's close was accepted.
    fn page_closed(&mut self, _topic: u16, _world: &World) {}

    /// An epoch (from 0) is closed; `world` is the native state in its last block. To break
    /// ends the run here.
    fn closed(&mut self, _epoch: u64, _world: &mut World) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Nobody listens.
impl Recorder for () {}
