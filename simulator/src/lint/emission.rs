//! What is minted, and the market that it meets.

use protocol::rewards::{self, Curve, emitted};
use protocol::{Fraction, Height};

use super::{Found, Subject};
use crate::market::Pool;
use crate::scenario::{Happening, Scenario};

pub(super) fn lint(subject: &Subject, found: &mut Found) {
    one(subject, subject.emission, "emission", found);
}

/// What only a scenario has: events that change the emission, and a market.
pub(super) fn around(scenario: &Scenario, subject: &Subject, found: &mut Found) {
    for (at, event) in scenario.events.iter().enumerate() {
        if let Happening::EmissionChanges { params } = &event.happening {
            let place = format!("events[{at}].happens.emission_changes.set");
            one(subject, params, &place, found);
        }
    }
    market(scenario, found);
}

fn one(subject: &Subject, params: &rewards::Params, place: &str, found: &mut Found) {
    let at = |key: &str| format!("{place}.{key}");
    found.violations(params.violations(subject.supply), place, key);
    let schedule = &params.schedule;
    let nothing = schedule.per_block.is_zero() && schedule.tail.is_zero();
    let what = "nothing is ever emitted: nobody is paid";
    found.doubt(nothing, &at("per_block"), what, "emit something in a block");
    if let Some(blocks) = subject.blocks {
        within(params, blocks, place, found);
    }
    let flat = schedule.curve != Curve::Constant && schedule.tail == schedule.per_block;
    let what = "the tail is what the first block emits: the curve changes nothing";
    found.doubt(flat && !nothing, &at("tail"), what, "lower the tail");
    let cut = params.treasury_cut;
    let what = "all of the emission goes to the treasury: no topic is paid";
    found.doubt(cut == Fraction::ONE, &at("treasury_cut"), what, "use less than 100 %");
    let weights: u64 = subject.topics.iter().map(|topic| topic.weight).max().unwrap_or(0);
    let what = "every topic's weight is 0: all of the emission goes to the treasury";
    found.doubt(weights == 0, "topics", what, "give a topic a weight");
}

/// What a schedule does within a run of so many blocks.
fn within(params: &rewards::Params, blocks: u64, place: &str, found: &mut Found) {
    let at = |key: &str| format!("{place}.{key}");
    let schedule = &params.schedule;
    let nothing = schedule.per_block.is_zero() && schedule.tail.is_zero();
    let (start, end) = (Height::ZERO, Height::new(blocks));
    let all = emitted(schedule, protocol::Amount::ZERO, start, start, end);
    let what = format!(
        "nine tenths of the cap are emitted within the run's {blocks} blocks, and a genesis supply \
         counts too: then hardly anybody is paid"
    );
    let dry = !nothing && all.units().saturating_mul(10) >= schedule.cap.units().saturating_mul(9);
    found.doubt(dry, &at("cap"), what, "raise the cap, or emit less in a block");
    let interval = match schedule.curve {
        Curve::HalvingByInterval { interval } | Curve::ExponentialDecay { interval, .. } => {
            interval
        }
        Curve::Constant | Curve::HalvingBySupply => 0,
    };
    let what =
        format!("the curve's interval of {interval} blocks is longer than the run's {blocks}");
    found.doubt(interval > blocks, &at("curve"), what, "run more epochs, or shorten the interval");
}

/// The key that a code is about.
fn key(code: u16) -> &'static str {
    match code {
        509..=511 => "curve",
        512 => "tail",
        513 => "cap",
        _ => "",
    }
}

fn market(scenario: &Scenario, found: &mut Found) {
    let Some(market) = &scenario.market else { return };
    if let Err(error) = Pool::new(market.tokens, market.quote, market.fee) {
        let what = format!("the pool cannot be opened: {error}; the run has no market");
        found.doubt(true, "market", what, "give it tokens and quote, and a fee below 100 %");
    }
    let sellers = scenario.populations.iter().any(|group| group.sells.parts() > 0);
    let what = "nobody buys: the price can only fall";
    found.doubt(market.demand == 0 && sellers, "market.demand", what, "add demand");
}
