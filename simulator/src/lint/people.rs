//! What populations are told to do that the rest of the scenario makes useless.

use protocol::staking::Asset;

use super::Found;
use crate::scenario::{Behaviour, Role, Scenario};

pub(super) fn lint(scenario: &Scenario, found: &mut Found) {
    for group in &scenario.populations {
        let place = format!("populations.{}", group.name);
        let at = |key: &str| format!("{place}.{key}");
        let sells = group.sells.parts() > 0;
        let what = "there is no market to sell in";
        found.doubt(sells && scenario.market.is_none(), &at("sells"), what, "add [market]");
        let both = u64::from(group.sells.parts()) + u64::from(group.restakes.parts());
        let what = "it bonds and sells more than all that it holds free: some sales are refused";
        found.doubt(both > 1_000_000_000, &at("sells"), what, "let the two sum to at most 100 %");
        let restakes = group.restakes.parts() > 0;
        let native = scenario.staking.params.asset == Asset::Native;
        let what = "rewards are tokens and stake is the native coin: nothing is bonded again";
        found.doubt(restakes && native, &at("restakes"), what, "leave it out");
        let every = u64::from(group.claims_every);
        let idle = every == 0 && (restakes || sells);
        let what = "it never claims, so it has nothing to bond again or to sell";
        found.doubt(idle, &at("claims_every"), what, "let it claim");
        let what = format!("it claims every {every} epochs of a run of {}", scenario.epochs);
        found.doubt(every > scenario.epochs, &at("claims_every"), what, "claim more often");
        let weighs = group.role == Role::Validator;
        let idle = weighs && group.behaviour == Behaviour::Passive;
        let what = "a validator that does nothing submits no weights and earns nothing";
        found.doubt(idle, &at("behaviour"), what, "let it weigh, or make it a holder");
    }
    let what = "nothing is expected: `moot check` cannot fail";
    found.doubt(scenario.gates.is_empty(), "expect", what, "add [[expect]] with a metric's bound");
}
