//! Whether governance fits the rest of a scenario.

use std::collections::BTreeSet;

use protocol::Refusal;

use super::{Asked, Behaviour, Deed, Happening, Plan, Scenario, check::Findings};

impl Scenario {
    /// Checks governor, treasury, plans, and those who are about proposals.
    pub(super) fn check_governance(&self, findings: &mut Findings) {
        if let Some(governance) = &self.governance {
            let staking = &self.staking.params;
            let (params, bounds) = (&governance.params, &governance.bounds);
            let found = bounds.violations().into_iter();
            let found = found.chain(params.violations(bounds));
            refused(findings, "governance", found.chain(params.violations_beside(staking)));
            refused(findings, "treasury", governance.caps.violations());
            if let Some(guardian) = &governance.guardian {
                let place = "governance.guardian";
                self.need_population(findings, place, &guardian.population);
            }
        }
        let names = self.check_plans(findings);
        let events = self.events.iter().enumerate().filter_map(|(number, event)| {
            let Happening::Turned { behaviour, .. } = &event.happening else { return None };
            Some((format!("events.{number}"), behaviour))
        });
        let groups = self.populations.iter();
        let groups = groups.map(|group| (format!("populations.{}", group.name), &group.behaviour));
        for (place, behaviour) in groups.chain(events) {
            let Behaviour::Political(political) = behaviour else { continue };
            self.need_governance(findings, &place);
            if let Some(name) = political.named() {
                self.need_population(findings, &place, name);
            }
            if let Some(name) = political.proposal() {
                let what = format!("there is no proposal `{name}`");
                let known = names.contains(name);
                findings.need(known, &place, what, "name one that an event makes");
            }
        }
    }

    /// The names of plans, each used once.
    fn check_plans(&self, findings: &mut Findings) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for (number, plan) in self.plans() {
            let place = format!("events.{number}");
            self.need_governance(findings, &place);
            self.need_population(findings, &place, &plan.by);
            for deed in deeds(plan) {
                if let Some(name) = population(deed) {
                    self.need_population(findings, &place, name);
                }
            }
            if let Some(name) = &plan.name {
                let fresh = names.insert(name.as_str());
                findings.need(fresh, &place, "the name is taken", "use another name");
                let plain = !name.is_empty()
                    && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
                let fix = "use letters, digits and dashes";
                findings.need(plain, &place, format!("`{name}` is no name"), fix);
            }
        }
        for (number, plan) in self.plans() {
            for deed in deeds(plan) {
                let (Deed::Hold { proposal } | Deed::Drop { proposal }) = deed else { continue };
                let what = format!("there is no proposal `{proposal}`");
                let known = names.contains(proposal.as_str());
                findings.need(known, &format!("events.{number}"), what, "name an earlier one");
            }
        }
        names
    }

    fn need_population(&self, findings: &mut Findings, place: &str, name: &str) {
        let members = self.population(name).map_or(0, |population| population.places.count());
        let what = format!("there is nobody in a population `{name}`");
        findings.need(members > 0, place, what, "name one of them");
    }

    fn need_governance(&self, findings: &mut Findings, place: &str) {
        let there = self.governance.is_some();
        let fix = "add `[governance]` and `[treasury]`";
        findings.need(there, place, "is about proposals, and nobody governs", fix);
    }
}

fn refused(findings: &mut Findings, place: &str, all: impl IntoIterator<Item = Refusal>) {
    for refusal in all {
        let (what, fix) = (refusal.to_string(), refusal.reason.fix);
        let what = what.split("; ").next().unwrap_or(&what).to_owned();
        findings.need(false, place, what, fix);
    }
}

/// Everything that a plan may do.
fn deeds(plan: &Plan) -> Vec<&Deed> {
    match &plan.asked {
        Asked::Standard { deeds } => deeds.iter().collect(),
        Asked::Choice { options } => options.iter().flat_map(|(_, _, deeds)| deeds).collect(),
        Asked::Signal | Asked::Gauge { .. } => Vec::new(),
    }
}

/// The population that a deed needs.
fn population(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Pay { to, .. }
        | Deed::Stream { to, .. }
        | Deed::Grant { to, .. }
        | Deed::Mint { to, .. }
        | Deed::Slash { population: to, .. } => Some(to),
        Deed::Guardian { mandate } => mandate.as_ref().map(|plan| plan.population.as_str()),
        _ => None,
    }
}
