//! Ends between two things rather than in one of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How often somebody who sleeps looks up.
const TICK: Duration = Duration::from_millis(50);

/// Whether the keeper was asked to end.
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for an interrupt or a request to end. A second one ends the command at once, which
    /// what is written down allows.
    ///
    /// # Errors
    /// The system does not let it.
    pub(super) fn listen() -> std::io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
        }
        Ok(Self(asked))
    }

    /// Whether it was.
    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sleeps, or until it is asked to end.
    pub(super) fn sleep(&self, time: Duration) {
        let mut slept = Duration::ZERO;
        while slept < time && !self.is_asked() {
            std::thread::sleep(TICK.min(time));
            slept += TICK;
        }
    }
}
