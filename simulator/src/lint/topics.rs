//! Topics' parameters.

use protocol::network::{Scoring, TopicParams, YumaVariant};
use protocol::{Amount, Fraction, Power};

use super::{Found, Subject};
use crate::scenario::{Happening, Places, Population, Role, Scenario, Spread, Topic};

/// 0.5 as the live network writes it, over 65535.
const HALF: u16 = 32_767;

pub(super) fn lint(subject: &Subject, found: &mut Found) {
    for (number, topic) in (0u16..).zip(subject.topics) {
        let place = format!("topics.{}", topic.name);
        one(subject, number, topic, &topic.params, &place, found);
        let what = "the topic's weight is 0: it gets nothing of the emission";
        let several = subject.topics.len() > 1;
        let weight = format!("{place}.weight");
        found.doubt(topic.weight == 0 && several, &weight, what, "give it a weight");
    }
}

/// What only a scenario has: events that change a topic.
pub(super) fn around(scenario: &Scenario, subject: &Subject, found: &mut Found) {
    for (at, event) in scenario.events.iter().enumerate() {
        let Happening::TopicChanges { topic: number, params } = &event.happening else { continue };
        let Some(topic) = scenario.topics.get(usize::from(*number)) else { continue };
        let place = format!("events[{at}].happens.topic_changes.set");
        one(subject, *number, topic, params, &place, found);
    }
}

fn one(
    subject: &Subject,
    number: u16,
    topic: &Topic,
    params: &TopicParams,
    place: &str,
    found: &mut Found,
) {
    found.violations(params.violations(), place, key);
    let people: Vec<&Population> =
        subject.populations.iter().filter(|group| group.topic == number).collect();
    periods(subject, params, &people, place, found);
    permits(params, &people, place, found);
    money(topic, params, &people, place, found);
    scoring(&params.scoring, &people, place, found);
}

/// The key that a code is about.
fn key(code: u16) -> &'static str {
    match code {
        303 => "tempo",
        304 | 312 => "slots",
        305 => "immunity",
        306 => "max_validators",
        307 => "activity_cutoff",
        308 => "price.floor",
        309 => "price.half_life",
        310 => "owner_cut",
        311 => "mechanism",
        _ => "",
    }
}

fn count(people: &[&Population], role: Role) -> usize {
    people.iter().filter(|group| group.role == role).map(|group| group.places.count()).sum()
}

/// Blocks against the tempo and the run.
fn periods(
    subject: &Subject,
    params: &TopicParams,
    people: &[&Population],
    place: &str,
    found: &mut Found,
) {
    let at = |key: &str| format!("{place}.{key}");
    let (cutoff, tempo) = (params.electorate.activity_cutoff, params.tempo);
    let what = format!(
        "a cutoff of {cutoff} blocks is shorter than the tempo of {tempo}: who submits early in an \
         epoch does not count at its close"
    );
    found.doubt(cutoff < tempo, &at("activity_cutoff"), what, "use at least the tempo");
    let what = format!(
        "an immunity of {} blocks is shorter than the tempo of {tempo}: a newcomer may be pruned \
         before its first close",
        params.immunity
    );
    let enters = people.iter().any(|group| matches!(group.places, Places::Outside(_)));
    found.doubt(params.immunity < tempo, &at("immunity"), what, "use at least the tempo");
    let Some(blocks) = subject.blocks else { return };
    let what = format!(
        "an immunity of {} blocks outlasts the run of {blocks}: once the slots are full, nobody \
         who enters during the run is ever pruned",
        params.immunity
    );
    found.doubt(enters && params.immunity > blocks, &at("immunity"), what, "use less");
}

/// Who may weigh.
fn permits(params: &TopicParams, people: &[&Population], place: &str, found: &mut Found) {
    let at = |key: &str| format!("{place}.{key}");
    let most = usize::from(params.electorate.max_validators);
    let validators = count(people, Role::Validator);
    let what =
        format!("{validators} validators compete for {most} permits: the smallest never weigh");
    let fix = "raise it, or take it that some sit out";
    found.doubt(validators > most, &at("max_validators"), what, fix);
    let what = format!("{most} permits for {} slots: some are never issued", params.slots);
    let slots = usize::from(params.slots);
    found.doubt(most > slots, &at("max_validators"), what, "use at most the number of slots");
    let threshold = params.electorate.stake_threshold;
    let richest = people.iter().filter(|group| group.role == Role::Validator);
    let richest = richest.map(|group| richest_of(&group.stake)).max().unwrap_or(Amount::MAX);
    let what = "the threshold is above every validator's stake: nobody counts";
    let nobody = threshold > Power::ZERO && threshold.units() > richest.units();
    found.doubt(nobody, &at("stake_threshold"), what, "lower it");
}

/// The largest stake that is known; the largest there is where it is drawn.
fn richest_of(stake: &Spread) -> Amount {
    match stake {
        Spread::Each(amount) => *amount,
        Spread::List(amounts) => amounts.iter().copied().max().unwrap_or_default(),
        Spread::Lognormal { .. } | Spread::Pareto { .. } | Spread::Snapshot => Amount::MAX,
    }
}

/// Cuts, fees and the price of a slot.
fn money(
    topic: &Topic,
    params: &TopicParams,
    people: &[&Population],
    place: &str,
    found: &mut Found,
) {
    let at = |key: &str| format!("{place}.{key}");
    let cut = params.owner_cut.parts() > 0 && topic.owner.is_none();
    let what = "there is a cut and no owner: nothing is cut";
    found.doubt(cut, &at("owner_cut"), what, "name the owner's population, or leave the cut out");
    let (part, whole) = (params.contributors, Fraction::ONE);
    let what = "contributors get nothing: nobody is paid for work";
    let works = count(people, Role::Contributor) > 0;
    found.doubt(part == Fraction::ZERO && works, &at("contributors"), what, "use more than 0");
    let what = "validators get nothing: nobody is paid for weighing";
    let weighs = count(people, Role::Validator) > 0;
    found.doubt(part == whole && weighs, &at("contributors"), what, "use less than 100 %");
    let price = &params.price;
    let what = "registrations do not raise the price: slots can be taken in a rush";
    let fixed = price.rise.parts() == 0 || price.floor == price.ceiling;
    let enters = people.iter().any(|group| matches!(group.places, Places::Outside(_)));
    let fix = "use a rise, and a ceiling above the floor";
    found.doubt(fixed && enters, &at("price"), what, fix);
}

/// The mechanism's parameters.
fn scoring(scoring: &Scoring, people: &[&Population], place: &str, found: &mut Found) {
    match *scoring {
        Scoring::Yuma { kappa, bonds_moving_average, bonds_penalty, variant } => {
            let at = |key: &str| format!("{place}.mechanism.yuma.{key}");
            majority(kappa, &at("kappa"), found);
            let what = "bonds never change: dividends follow the first epoch for ever";
            let frozen = bonds_moving_average == 1_000_000;
            found.doubt(frozen, &at("bonds_moving_average"), what, "use less than 1");
            let what = "weights above consensus build bonds like any others: dealing for oneself \
                        costs no dividends";
            found.doubt(bonds_penalty == 0, &at("bonds_penalty"), what, "use more than 0");
            if let YumaVariant::Yuma3 { liquid: Some(liquid) } = variant {
                let same = liquid.alpha_low == liquid.alpha_high;
                let what = "both ends of liquid alpha are the same: it is a constant";
                let fix = "use variant = \"yuma3\", or move them apart";
                found.doubt(same, &at("variant.yuma3_liquid.alpha_low"), what, fix);
            }
        }
        Scoring::Metered { kappa, decay, cap, top_multiplier, ramp } => {
            let at = |key: &str| format!("{place}.mechanism.metered.{key}");
            majority(kappa, &at("kappa"), found);
            let what = "scores never change: only the first epoch's measures are paid";
            found.doubt(decay == 1_000_000, &at("decay"), what, "use less than 1");
            let contributors = count(people, Role::Contributor) as u64;
            let what = format!(
                "{contributors} contributors of at most {cap}/65535 each do not come to the whole: \
                 the cap cannot hold"
            );
            let short = contributors > 0 && u64::from(cap) * contributors < 65_535;
            found.doubt(short, &at("cap"), what, "raise the cap");
            let what = "without a ramp everybody has the top multiplier: it changes nothing";
            let idle = top_multiplier > 100 && ramp == 0;
            found.doubt(idle, &at("top_multiplier"), what, "add a ramp, or leave it out");
        }
        _ => {}
    }
}

/// The majority that a weight needs.
fn majority(kappa: u16, place: &str, found: &mut Found) {
    let what = "any validator's weight stands alone: each pays whom it wants";
    found.doubt(kappa == 0, place, what, "use 0.5 or more");
    let what = "less than half of the stake decides: a minority can raise whom it wants";
    found.doubt(kappa > 0 && kappa < HALF, place, what, "use 0.5 or more");
    let what = "all of the stake must agree: one validator that weighs nobody stops all pay";
    found.doubt(kappa == u16::MAX, place, what, "use less than 1");
}
