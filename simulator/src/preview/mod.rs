//! What a proposal would do: a state run forward with it and without it, on the same seeds, and the
//! difference for everybody.
//!
//! The proposal is carried out in the first block after the snapshot, through the treasury, as if
//! it had passed and its timelock were over: caps and coverage are checked as they will be. Nobody
//! knows what people will do; here everybody repeats what the state holds (`repeat`), or behaves
//! as a scenario says.

mod change;
mod compare;
mod measure;
mod play;
mod present;
mod repeat;
mod roles;
mod words;

use protocol::{AccountId, Get, Height, network};

use crate::{
    engine::Refused,
    native::World,
    run::RunError,
    snapshot::{Snapshot, SnapshotError},
};

pub use change::Change;
pub use compare::{Difference, Gain};
pub use measure::{Coalitions, Holdings, Measured};
pub use play::played;
pub use present::{Origin, present};
pub(crate) use repeat::Repeat;

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The snapshot is none.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// There is no such proposal.
    #[error("there is no proposal {number}; the snapshot has {proposals}, numbered from 0")]
    NoProposal {
        /// Its number.
        number: u32,
        /// How many there are.
        proposals: u32,
    },
    /// The proposal is over.
    #[error("proposal {number} is {status}: nothing can come of it any more")]
    Over {
        /// Its number.
        number: u32,
        /// How it ended.
        status: &'static str,
    },
    /// It is a signal, or its option has no actions.
    #[error("the proposal does nothing: it is an opinion, or the option has no actions")]
    Nothing,
    /// Nobody is called so.
    #[error("no account of the snapshot is called `{name}`, and none has that address")]
    Nobody {
        /// The name.
        name: String,
    },
    /// There are no topics, so no epoch ends.
    #[error("the network has no topics: nothing is paid, and nothing can be compared")]
    NoTopics,
    /// An epoch could not be closed.
    #[error("topic {topic}, block {height}: not closed: {why}")]
    NotClosed {
        /// The topic's number.
        topic: u16,
        /// The block.
        height: u64,
        /// Why.
        why: String,
    },
    /// The scenario does not fit the snapshot, or does not run.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// A proposal previewed.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What was carried out.
    pub change: Change,
    /// Why it would fail, if it would: then it changes nothing.
    pub refused: Option<Refused>,
    /// Blocks that were run.
    pub blocks: u64,
    /// The state of the snapshot.
    pub before: Measured,
    /// By seed: without it and with it.
    pub runs: Vec<(Measured, Measured)>,
    /// Names of the snapshot's accounts, and what each does there.
    pub people: Vec<(String, String)>,
    /// State hashes at the end of the first seed: without it and with it.
    pub hashes: [[u8; 32]; 2],
    /// Rows that were refused when they were repeated, without it and with it.
    pub rows_refused: [u64; 2],
}

/// Runs a snapshot so many epochs of its first topic forward with and without a change, everybody
/// repeating what it holds.
///
/// # Errors
/// A snapshot without topics, or an epoch that cannot be closed.
pub fn repeated(snapshot: &Snapshot, change: Change, epochs: u64) -> Result<Preview, PreviewError> {
    let world = snapshot.world(&[])?;
    let accounts = accounts(snapshot, &world);
    let before = Measured::of(&world, &accounts);
    let people = roles::of(&world, &accounts);
    let topic: network::Topic = world.get(0);
    let network::Params { topics } = world.get(());
    if topics == 0 {
        return Err(PreviewError::NoTopics);
    }
    let blocks = topic.params.tempo.saturating_mul(epochs);
    let end = world.height().after(blocks);
    let interval = snapshot.about().block_seconds;
    let (without, ..) = run(world, None, interval, end)?;
    let (with, refused) = run(snapshot.world(&[])?, Some(&change), interval, end)?;
    let rows_refused = [without.refused, with.refused];
    let measured = |repeat: &repeat::Repeat| Measured::of(repeat.state(), &accounts);
    let runs = vec![(measured(&without), measured(&with))];
    let hashes = [without, with].map(|repeat| repeat.into_world().state_hash());
    Ok(Preview { change, refused, blocks, before, runs, people, hashes, rows_refused })
}

fn run(
    world: World,
    change: Option<&Change>,
    interval: u64,
    end: Height,
) -> Result<(repeat::Repeat, Option<Refused>), PreviewError> {
    let mut repeat = repeat::Repeat::of(world, interval);
    let done = repeat.next(|world| change.map_or(Ok(()), |change| change.carry_out(world)));
    repeat.until(end)?;
    Ok((repeat, done.err()))
}

/// What an account is grouped with.
pub(crate) fn role(world: &World, who: AccountId) -> String {
    roles::of(world, &[who]).pop().map(|(_, group)| group).unwrap_or_default()
}

/// Handles of a snapshot's accounts, in its order.
fn accounts(snapshot: &Snapshot, world: &World) -> Vec<AccountId> {
    let known = snapshot.accounts().iter();
    known.filter_map(|known| world.accounts().find(&known.address)).collect()
}
