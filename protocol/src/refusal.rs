//! Why a command is refused: values with stable codes.

use std::fmt::{Display, Formatter};

/// A reason for refusal. The code never changes its meaning and is what engines are
/// compared on; the text is for people.
#[derive(PartialEq, Eq, Debug)]
pub struct Reason {
    /// Hundreds: 00 common, 01 token, 02 staking, 03 network, 04 governance, 05 rewards,
    /// 06 treasury, 07 royalties.
    pub code: u16,
    /// The module, a colon, and what is wrong.
    pub what: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

impl Reason {
    /// The refusal for this reason: what there is, and what would be needed.
    pub const fn refuse(&'static self, have: u128, need: u128) -> Refusal {
        Refusal { reason: self, have, need }
    }

    /// The refusal for a reason that numbers do not explain.
    pub const fn bare(&'static self) -> Refusal {
        self.refuse(0, 0)
    }
}

/// A refused command. It changed nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Why.
    pub reason: &'static Reason,
    /// The offending number, where there is one.
    pub have: u128,
    /// The bound it offends.
    pub need: u128,
}

impl Refusal {
    /// The stable code.
    pub const fn code(&self) -> u16 {
        self.reason.code
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Reason { code, what, fix } = self.reason;
        write!(f, "E{code:04} {what}")?;
        if (self.have, self.need) != (0, 0) {
            write!(f, " (have {}, need {})", self.have, self.need)?;
        }
        write!(f, "; {fix}")
    }
}

impl std::error::Error for Refusal {}

/// `Ok` where the condition holds.
pub(crate) fn ensure(
    holds: bool,
    reason: &'static Reason,
    have: impl Into<u128>,
    need: impl Into<u128>,
) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(reason.refuse(have.into(), need.into())) }
}

/// `reasons! { 101 LOW_BALANCE "token: balance too low" "send less"; ... }`: one constant a
/// reason, and `ALL` of them for the catalogue.
macro_rules! reasons {
    ($($(#[$doc:meta])* $code:literal $name:ident $what:literal $fix:literal;)*) => {
        $(
            #[doc = concat!("`E", stringify!($code), "` ", $what, ".")]
            $(#[$doc])*
            pub static $name: $crate::refusal::Reason =
                $crate::refusal::Reason { code: $code, what: $what, fix: $fix };
        )*
        /// Every reason of this module, by code.
        pub static ALL: &[&$crate::refusal::Reason] = &[$(&$name),*];
    };
}
pub(crate) use reasons;

reasons! {
    1 AMOUNT_TOO_LARGE "amount too large" "use at most 2^95 - 1 base units";
    2 MALFORMED "the attached message is not one this module understands" "see the module's message types";
    3 NOT_AUTHORISED "only the module's authority may do this" "pass a proposal, or use the owner's account";
    4 PEER_SILENT "another module does not answer" "check that every contract is wired";
    5 UNEXPECTED_FUNDS "coins are not expected here" "send the command without coins";
    6 WRONG_DENOM "wrong coins attached" "attach exactly one coin of the staked denom";
    7 PAUSED "this is paused" "wait until the pause is over; exits and votes go on";
    8 NOT_NEWER "not newer code of the same contract" "build it from this contract at the same version or a later one";
}

/// Every reason of the rulebook, ascending by code.
pub fn catalogue() -> Vec<&'static Reason> {
    [
        ALL,
        crate::token::REASONS,
        crate::staking::REASONS,
        crate::network::REASONS,
        crate::governance::REASONS,
        crate::rewards::REASONS,
        crate::treasury::REASONS,
    ]
    .concat()
}
