//! Law 23: only the authority changes parameters, and they stay within bounds.

use crate::{
    account::{AccountId, ModuleId},
    laws::{Book, Breach, breach::equal},
    rewards, staking,
};

/// The modules' parameters, as they were before a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    staking: staking::Params,
    rewards: rewards::Params,
}

impl Settings {
    /// Reads them.
    pub fn of(b: &(impl Book<staking::Params> + Book<rewards::Params>)) -> Self {
        Self { staking: b.get(()), rewards: b.get(()) }
    }
}

/// Law 23: parameters differ from `before` only if the authority sent the command, and are
/// valid after it.
///
/// # Errors
/// Whose change it was, or the first violation.
pub fn settings_are_the_authoritys(
    b: &(impl Book<staking::Params> + Book<rewards::Params> + Book<rewards::Emission>),
    before: &Settings,
    sender: AccountId,
) -> Result<(), Breach> {
    let after = Settings::of(b);
    if after != *before {
        equal(23, "who changed parameters", ModuleId::Treasury.account(), sender)?;
    }
    parameters_are_within_bounds(b)
}

/// Law 23 of a state: staking's and rewards' parameters are within their bounds.
///
/// # Errors
/// The first violation.
pub fn parameters_are_within_bounds(
    b: &(impl Book<staking::Params> + Book<rewards::Params> + Book<rewards::Emission>),
) -> Result<(), Breach> {
    let Settings { staking, rewards } = Settings::of(b);
    let emission: rewards::Emission = b.get(());
    let mut violations = staking.violations();
    violations.extend(rewards.violations(emission.issued.units()));
    match violations.first() {
        None => Ok(()),
        Some(violation) => Err(Breach::new(23, violation.to_string())),
    }
}
