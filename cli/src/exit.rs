//! What the exit code says.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done, and every gate holds |
//! | 1 | an internal error |
//! | 2 | wrong usage, or a scenario that is none |
//! | 3 | refused by a chain or contract |
//! | 4 | network trouble |
//! | 5 | not reproducible: two runs or two engines differ |
//! | 99 | a gate does not hold |

use std::process::ExitCode;

/// Why a command did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that should not happen.
    Internal(anyhow::Error),
    /// What was asked for makes no sense: the message says where and how to mend it.
    Usage(String),
    /// A chain or contract says no.
    #[cfg_attr(
        not(feature = "chain"),
        expect(dead_code, reason = "without a chain nobody refuses")
    )]
    Refused(String),
    /// The network does not answer, or contradicts itself.
    Network(String),
    /// Two runs or two engines differ.
    Differs(String),
    /// A gate does not hold; it has been told already.
    Gate,
}

impl Failure {
    const fn code(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
            Self::Network(_) => 4,
            Self::Differs(_) => 5,
            Self::Gate => 99,
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// What a command ends with.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Tells a failure on stderr and gives its code. A closed pipe is no failure: who reads has
/// seen enough.
pub(crate) fn code(outcome: Outcome) -> ExitCode {
    let Err(failure) = outcome else { return ExitCode::SUCCESS };
    match &failure {
        Failure::Internal(error) if closed_pipe(error) => return ExitCode::SUCCESS,
        Failure::Internal(error) => eprintln!("error: {error:#}"),
        Failure::Usage(message) => eprintln!("{}", message.trim_end()),
        Failure::Refused(message) => eprintln!("refused: {}", message.trim_end()),
        Failure::Network(message) => eprintln!("error: {}", message.trim_end()),
        Failure::Differs(message) => eprintln!("differs: {message}"),
        Failure::Gate => {}
    }
    ExitCode::from(failure.code())
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
