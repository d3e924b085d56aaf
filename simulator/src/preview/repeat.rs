//! A state run forward where everybody repeats what it holds: the rows that were submitted last
//! are submitted again, stakes stay where they are, and somebody closes each epoch when it is due.

use protocol::{
    AccountId, Amount, Command, Get, Height, Names, Timestamp, network,
    network::{Row, Slot, Topic},
};

use super::PreviewError;
use crate::native::{World, address_of};
use crate::run::Recorder;

/// What nobody is called: the account that closes.
const KEEPER: &str = "moot preview\n";

/// A state on its way.
pub(crate) struct Repeat {
    world: World,
    keeper: AccountId,
    from: (Height, Timestamp),
    interval: u64,
    /// Topics that cannot be closed before this block, because the network is paused.
    waits: Vec<Height>,
    /// Rows that were refused.
    pub(super) refused: u64,
}

impl Repeat {
    /// From a state; a block takes `interval` seconds.
    pub(crate) fn of(world: World, interval: u64) -> Self {
        let keeper = world.accounts().intern(&address_of(KEEPER));
        let from = (world.height(), world.time());
        Self { world, keeper, from, interval, waits: Vec::new(), refused: 0 }
    }

    /// The state.
    pub(crate) fn state(&self) -> &World {
        &self.world
    }

    /// The state, at its end.
    pub(super) fn into_world(self) -> World {
        self.world
    }

    /// Moves on by a block, and lets `act` act in it.
    pub(super) fn next<T>(&mut self, act: impl FnOnce(&mut World) -> T) -> T {
        self.enter(self.world.height().after(1));
        act(&mut self.world)
    }

    /// Goes on until `end`, closing every epoch that comes due.
    ///
    /// # Errors
    /// An epoch that cannot be closed.
    pub(super) fn until(&mut self, end: Height) -> Result<(), PreviewError> {
        loop {
            let network::Params { topics } = self.world.get(());
            self.waits.resize(usize::from(topics), Height::ZERO);
            let due = |number: u16| {
                let topic: Topic = self.world.get(number);
                let wait = self.waits.get(usize::from(number)).copied().unwrap_or_default();
                network::due(&topic).max(wait)
            };
            let Some(next) = (0..topics).map(due).min() else { break };
            let next = next.max(self.world.height().after(1));
            if next > end {
                break;
            }
            let all: Vec<u16> = (0..topics).filter(|number| due(*number) <= next).collect();
            // Rows come in the block before the close, so that they count in it.
            let before = Height::new(next.get() - 1);
            if before > self.world.height() {
                self.enter(before);
            }
            all.iter().for_each(|topic| self.submit(*topic));
            self.enter(next);
            for topic in all {
                self.close(topic, &mut ())?;
            }
        }
        if end > self.world.height() {
            self.enter(end);
        }
        Ok(())
    }

    /// Goes on until the next close of a topic, which `listener` hears of.
    ///
    /// # Errors
    /// An epoch that cannot be closed.
    pub(crate) fn until_closed(
        &mut self,
        number: u16,
        listener: &mut impl Recorder,
    ) -> Result<(), PreviewError> {
        self.world.watch(true);
        let topic: Topic = self.world.get(number);
        let due = network::due(&topic).max(self.world.height().after(2));
        self.until(Height::new(due.get() - 2))?;
        self.enter(Height::new(due.get() - 1));
        self.submit(number);
        self.enter(due);
        self.close(number, listener)
    }

    fn enter(&mut self, height: Height) {
        let (from, time) = self.from;
        let passed = height.since(from).saturating_mul(self.interval);
        self.world.begin_block(height, time.after(passed));
    }

    /// Every holder whose row still counts submits it again.
    fn submit(&mut self, number: u16) {
        let topic: Topic = self.world.get(number);
        let now = self.world.height();
        for uid in 0..topic.fresh {
            let (slot, row): (Slot, Row) =
                (self.world.get((number, uid)), self.world.get((number, uid)));
            let Some(holder) = slot.holder.filter(|holder| row.holder == Some(*holder)) else {
                continue;
            };
            if now.since(row.updated) > topic.params.electorate.activity_cutoff {
                continue;
            }
            let Some(weights) = network::row::decode(&row.weights) else { continue };
            let submit = network::Command::Submit { topic: number, weights };
            let done = self.world.execute(holder, Command::Network(submit), Amount::ZERO);
            self.refused += u64::from(done.is_err());
        }
    }

    /// Closes a topic's epoch, all its pages.
    fn close(&mut self, number: u16, listener: &mut impl Recorder) -> Result<(), PreviewError> {
        let before: Topic = self.world.get(number);
        listener.closing(number, &self.world);
        let most = before.params.slots.saturating_add(2);
        for _ in 0..most {
            let close = network::Command::Close { topic: number, rows: u16::MAX };
            let done = self.world.execute(self.keeper, Command::Network(close), Amount::ZERO);
            match done {
                Ok(()) => {}
                Err(refusal) if refusal.code() == protocol::PAUSED.code => {
                    // The next close pays what has accrued meanwhile.
                    let wait = self.world.height().after(before.params.tempo);
                    if let Some(of) = self.waits.get_mut(usize::from(number)) {
                        *of = wait;
                    }
                    return Ok(());
                }
                Err(refusal) => {
                    return Err(PreviewError::NotClosed {
                        topic: number,
                        height: self.world.height().get(),
                        why: refusal.to_string(),
                    });
                }
            }
            listener.page_closed(number, &self.world);
            let now: Topic = self.world.get(number);
            if now.epoch > before.epoch {
                return Ok(());
            }
        }
        let (height, why) = (self.world.height().get(), String::from("its pages did not end"));
        Err(PreviewError::NotClosed { topic: number, height, why })
    }
}
