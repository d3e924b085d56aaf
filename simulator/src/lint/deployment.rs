//! A deployment's parameters: a scenario's, and what addresses and a chain add.

use protocol::governance::{Surroundings, lint as rules};
use protocol::staking::Asset;
use protocol::{Amount, Height, Power, Refusal, Timestamp, Track};

use super::{Finding, Found, Subject, emission, staking, topics};
use crate::deployment::{Admin, Deployment};

/// Every finding about a deployment.
pub fn deployed(deployment: &Deployment) -> Vec<Finding> {
    let mut found = Found(Vec::new());
    let subject = Subject {
        interval: deployment.interval,
        blocks: None,
        supply: deployment.supply(),
        staking: &deployment.staking,
        emission: &deployment.emission,
        topics: &deployment.topics,
        populations: &[],
        richest: deployment.allocations.iter().map(|one| one.tokens).max().unwrap_or_default(),
    };
    staking::lint(&subject, &mut found);
    emission::lint(&subject, &mut found);
    topics::lint(&subject, &mut found);
    genesis(deployment, &mut found);
    holders(deployment, &mut found);
    voting(deployment, &mut found);
    found.0
}

/// What the modules' genesis refuses beyond parameters.
fn genesis(deployment: &Deployment, found: &mut Found) {
    // When it is made shifts a mandate's end and its bound alike.
    let genesis = deployment.genesis(Height::ZERO, Timestamp::default());
    found.violations(genesis.token.violations(), "", |_| "genesis");
    let of_holders = |refusal: &Refusal| matches!(refusal.code(), 312..=314);
    let holders = genesis.network.violations().into_iter().filter(of_holders);
    found.violations(holders.collect(), "", |_| "slots");
    let Some((governor, caps)) = genesis.governance else { return };
    let around = Surroundings {
        staking: deployment.staking.clone(),
        caps,
        total: Power::ZERO,
        active: None,
        tokens: deployment.governance.tokens,
        coins: Amount::ZERO,
    };
    found.violations(rules(&governor, &around), "", key);
}

/// The key that a code is about.
fn key(code: u16) -> &'static str {
    match code {
        473 => "treasury.token_cap",
        620 => "treasury.window",
        _ => "governance",
    }
}

/// Who holds what.
fn holders(deployment: &Deployment, found: &mut Found) {
    let tokens = deployment.staking.asset == Asset::Token;
    let allocated: u128 = deployment.allocations.iter().map(|one| one.tokens.units()).sum();
    let what = "nobody holds tokens: nobody can stake, propose or vote";
    found.doubt(tokens && allocated == 0, "genesis", what, "add [[genesis]] entries");
    for (number, one) in deployment.allocations.iter().enumerate() {
        let alone = tokens && one.tokens.units() > allocated / 2;
        let place = format!("genesis[{number}].tokens");
        let what = "more than half of what is allocated: this address decides alone";
        found.doubt(alone, &place, what, "spread it, or let it vest through a stream");
    }
    let schedule = &deployment.emission.schedule;
    let full = deployment.supply() >= schedule.cap.units() && !schedule.per_block.is_zero();
    let what = "what there is at the start is the cap: nothing is ever emitted";
    found.doubt(full, "emission.cap", what, "raise it, or hand out less");
    let what = "whoever deploys can replace every contract's code without a vote";
    let open = deployment.admin == Admin::Deployer;
    found.doubt(open, "deployment.admin", what, "use \"treasury\" where it matters");
}

/// Tracks that nobody can use, or has time to.
fn voting(deployment: &Deployment, found: &mut Found) {
    const DAY: u64 = 86_400;
    let richest = deployment.allocations.iter().map(|one| one.tokens).max().unwrap_or_default();
    for track in Track::ALL {
        let params = deployment.governance.params.track(track);
        let place = format!("governance.tracks.{}", track.name());
        let what = "nobody holds so much: nobody can propose on this track";
        let fix = "lower it below the largest allocation";
        found.doubt(params.deposit > richest, &format!("{place}.deposit"), what, fix);
        let short = track != Track::Emergency && params.period < DAY;
        let what = format!("{} s are less than a day: who sleeps misses the vote", params.period);
        let fix = "use a day or more where people vote";
        found.doubt(short, &format!("{place}.period"), what, fix);
    }
}
