//! The laws checked against a state that somebody else vouches for.
//!
//! Ground truth is enumerated, and no derived counter is compared with another (`protocol::laws`).
//! One state shows most laws; some compare a command's before with its after, and some are about
//! the environment: those are told as such, and their tests are in `docs/laws.toml`.

mod law;

use protocol::{
    Get, ModuleId,
    laws::{Around, Breach, survey},
};

use crate::{
    bank,
    native::World,
    snapshot::{Snapshot, SnapshotError},
};

pub use law::{LAWS, Law, Shown};

/// Past heights at which law 2 is checked at most: each reads everybody's power.
const PAST_HEIGHTS: usize = 64;

/// One law, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub law: &'static Law,
    /// What broke it, and where; of each check the first.
    pub broken: Vec<Broken>,
}

/// What broke a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What was found, with both sides.
    pub what: String,
    /// Whose record shows it, by name, where it is somebody's.
    pub who: Option<String>,
}

impl Finding {
    /// Whether nothing broke it.
    pub fn holds(&self) -> bool {
        self.broken.is_empty()
    }
}

/// Checks every law that a snapshot shows; one finding a law, in their order.
///
/// # Errors
/// A snapshot that is none, which [`Snapshot::parse`] rules out.
pub fn audit(snapshot: &Snapshot) -> Result<Vec<Finding>, SnapshotError> {
    let mut world = snapshot.world(&[])?;
    let mut breaches = of_state(&world);
    if Snapshot::take(&mut world, snapshot.about()) != *snapshot {
        breaches.push(Breach::new(26, String::from("what was read is not what is written again")));
    }
    let broken = |law: u8| {
        let mine = breaches.iter().filter(|breach| breach.law == law);
        let broken = mine.map(|breach| Broken {
            what: breach.what.clone(),
            who: breach.who.map(|who| world.accounts().name_of(who)),
        });
        broken.collect()
    };
    Ok(LAWS.iter().map(|law| Finding { law, broken: broken(law.number) }).collect())
}

/// Every breach that a state shows.
fn of_state(world: &World) -> Vec<Breach> {
    let held = |module: ModuleId| Get::<bank::Holding>::get(world, module.account()).amount;
    let around = Around {
        height: world.height(),
        time: world.time(),
        staked: held(ModuleId::Staking),
        coins: held(ModuleId::Treasury),
    };
    survey(world, around, PAST_HEIGHTS)
}
