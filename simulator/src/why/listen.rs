//! Keeps what one close was computed from.

use std::ops::ControlFlow;

use protocol::{AccountId, Accrued, Get, network, rewards, staking};
use scoring_kernel::Mechanism;

use crate::native::World;
use crate::run::Recorder;
use crate::score::Epoch;

/// What a close was computed from, and what it changed.
pub(super) struct Kept {
    pub(super) before: Before,
    pub(super) mechanism: Mechanism,
    pub(super) epoch: Epoch,
    pub(super) distribution: rewards::Distribution,
    /// The member's own share on its slot, and the index of whom it is behind.
    pub(super) own: rewards::Share,
    pub(super) behind: Accrued,
}

/// The state before the close.
pub(super) struct Before {
    pub(super) params: rewards::Params,
    pub(super) emission: rewards::Emission,
    pub(super) pot: rewards::Pot,
    pub(super) slot: Option<u16>,
    /// Who held each slot.
    pub(super) holders: Vec<Option<AccountId>>,
    /// The member's standing, and whom its power is behind.
    pub(super) standing: staking::Standing,
    pub(super) validator: AccountId,
    pub(super) own: rewards::Share,
    pub(super) behind: Accrued,
}

/// Listens for one topic's close of one epoch.
pub(super) struct Listener {
    who: AccountId,
    topic: u16,
    wanted: u64,
    now: u64,
    before: Option<Before>,
    scored: Option<(Mechanism, Epoch)>,
    kept: Option<Kept>,
}

impl Listener {
    pub(super) fn new(who: AccountId, topic: u16, wanted: u64) -> Self {
        Self { who, topic, wanted, now: 0, before: None, scored: None, kept: None }
    }

    pub(super) fn kept(self) -> Option<Kept> {
        self.kept
    }

    /// The member's share on its slot; an empty one where it holds none.
    fn share(&self, world: &World, slot: Option<u16>) -> rewards::Share {
        slot.map(|uid| rewards::share_of(world, (self.topic, uid), self.who)).unwrap_or_default()
    }

    fn listens(&self, topic: u16) -> bool {
        self.now == self.wanted && topic == self.topic
    }
}

impl Recorder for Listener {
    fn closing(&mut self, topic: u16, world: &World) {
        if !self.listens(topic) {
            return;
        }
        let state: network::Topic = world.get(topic);
        let seat: network::Seat = world.get((topic, self.who));
        let holder = |uid| Get::<network::Slot>::get(world, (topic, uid)).holder;
        let account: staking::Account = world.get(self.who);
        let standing = account.own.current;
        let validator = standing.validator(self.who);
        let slot = seat.uid_plus_one.checked_sub(1);
        self.before = Some(Before {
            params: world.get(()),
            emission: world.get(()),
            pot: world.get(topic),
            slot,
            holders: (0..state.fresh).map(holder).collect(),
            standing,
            validator,
            own: self.share(world, slot),
            behind: rewards::reward_index(world, validator),
        });
    }

    fn page_closed(&mut self, topic: u16, world: &World) {
        if !self.listens(topic) {
            return;
        }
        if let Some((mechanism, input)) = world.last_scored() {
            self.scored = Some((mechanism, Epoch::from(&input)));
        }
        let Some(distribution) = world.distributed().cloned() else { return };
        let (Some(before), Some((mechanism, epoch))) = (self.before.take(), self.scored.take())
        else {
            return;
        };
        let own = self.share(world, before.slot);
        let behind = rewards::reward_index(world, before.validator);
        self.kept = Some(Kept { before, mechanism, epoch, distribution, own, behind });
    }

    fn closed(&mut self, epoch: u64, _world: &mut World) -> ControlFlow<()> {
        self.now = epoch + 1;
        ControlFlow::Continue(())
    }
}
