//! The verbs in a build without the chain's client.

use simulator::snapshot::Snapshot;

use crate::args::keeper::Keeper;
use crate::args::watch::Watch;
use crate::args::{Output, Verify, chain};
use crate::exit::{Failure, Outcome};

/// Each verb says the same.
macro_rules! absent {
    ($($verb:ident $args:ident $word:literal;)*) => {
        $(
            #[doc = concat!("Says how to get a build with `moot ", $word, "`.")]
            ///
            /// # Errors
            /// Always.
            pub(crate) fn $verb(_: &chain::$args, _: Output) -> Outcome {
                Err(missing($word))
            }
        )*
    };
}

absent! {
    cancel Cancel "cancel";
    claim Claim "claim";
    delegate Delegate "delegate";
    deploy Deploy "deploy";
    epoch Epoch "epoch";
    execute Proposal "execute";
    propose Propose "propose";
    query Query "query";
    queue Proposal "queue";
    register Register "register";
    replay Replay "replay";
    stake Stake "stake";
    submit_weights SubmitWeights "submit-weights";
    unstake Unstake "unstake";
    vote Vote "vote";
}

/// Says how to get a build with `moot keeper`.
///
/// # Errors
/// Always.
pub(crate) fn keeper(_: &Keeper, _: Output) -> Outcome {
    Err(missing("keeper"))
}

/// Says how to get a build with `moot watch`.
///
/// # Errors
/// Always.
pub(crate) fn watch(_: &Watch, _: Output) -> Outcome {
    Err(missing("watch"))
}

/// Says how to get a build with `moot verify --deployment`.
///
/// # Errors
/// Always.
pub(crate) fn verify(_: &Verify, _: Output) -> Outcome {
    Err(missing("verify --deployment"))
}

/// Says how to get a build that reads deployments.
///
/// # Errors
/// Always.
pub(crate) fn state(_: &chain::Chain) -> Outcome<Snapshot> {
    Err(missing("snapshot --deployment"))
}

fn missing(verb: &str) -> Failure {
    Failure::Usage(format!(
        "error: this build does not talk to chains\n\
         next: cargo run --release --features chain -- {verb} ... (builds for two to three minutes, \
         once)"
    ))
}
