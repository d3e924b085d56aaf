//! The governor's parameters, beside staking's and the treasury's.

use protocol::governance::{Genesis, Mandate, Surroundings, lint as rules};
use protocol::{Amount, Power};

use super::Found;
use crate::scenario::Scenario;

/// What the rulebook's own lint says. How much power takes part is not known before a run, and a
/// mandate's account not before its members are drawn: genesis checks the mandate.
pub(super) fn lint(scenario: &Scenario, found: &mut Found) {
    let Some(plan) = &scenario.governance else { return };
    let governor = Genesis {
        params: plan.params.clone(),
        bounds: plan.bounds.clone(),
        mandate: Mandate::default(),
        start: scenario.clock.genesis,
    };
    let around = Surroundings {
        staking: scenario.staking.params.clone(),
        caps: plan.caps.clone(),
        total: Power::ZERO,
        active: None,
        tokens: plan.tokens,
        coins: Amount::ZERO,
    };
    found.violations(rules(&governor, &around), "governance", |_| "");
}
