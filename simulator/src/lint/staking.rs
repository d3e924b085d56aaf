//! Staking's parameters.

use super::{Found, Subject};

pub(super) fn lint(subject: &Subject, found: &mut Found) {
    let params = subject.staking;
    found.violations(params.violations(), "", key);
    let epoch = subject.tempo().saturating_mul(subject.interval);
    for (at, tier) in params.tiers.iter().enumerate() {
        let place = format!("staking.tiers[{at}].notice");
        let what = format!(
            "a notice of {} s is shorter than an epoch of {epoch} s: stake may vote and be gone \
             before the close",
            tier.notice
        );
        found.doubt(tier.notice < epoch, &place, what, "use a notice of at least an epoch");
    }
    for (at, pair) in params.tiers.windows(2).enumerate() {
        let place = format!("staking.tiers[{}].multiplier", at + 1);
        let same = pair[0].multiplier == pair[1].multiplier;
        let what = "a longer notice gives no more power: nobody would choose it";
        found.doubt(same, &place, what, "raise the multiplier, or leave the tier out");
    }
    let most = subject.richest;
    let what = "the unit of cw4 weights is above everybody's stake: all weights are 0";
    let small = most.units() > 0 && params.unit > most.units();
    found.doubt(small, "staking.unit", what, "use a smaller unit");
    let what = "nothing of a slash goes to who proved the fault: nobody is paid to look";
    found.doubt(params.bounty.parts() == 0, "staking.bounty", what, "use a few per cent");
}

/// The key that a code is about.
fn key(code: u16) -> &'static str {
    match code {
        217..=221 => "staking.tiers",
        222 | 223 => "staking.unit",
        224 => "staking.bounty",
        225 => "emission.cap",
        _ => "staking",
    }
}
