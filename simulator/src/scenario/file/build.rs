//! From shapes to the checked scenario.

use protocol::network::{Electorate, Liquid, PriceParams, Scoring, TopicParams, YumaVariant};
use protocol::rewards::{self, Curve, Schedule};
use protocol::staking::{self, Asset, Slashed, Tier};
use protocol::{Amount, Power, Timestamp};

use super::governance::governance;
use super::happening::event;
use super::load::{merge, shape};
use super::people::part;
use super::problem::Problem;
use super::quantity::{
    Duration, Tokens, Units, billionths, fixed, hundredths, millionths, of_65535,
};
use super::shape::{
    AssetShape, ClockShape, CurveShape, EmissionShape, ExpectShape, MarketShape, MechanismShape,
    ScenarioShape, SlashedShape, StakingShape, TopicShape, VariantShape,
};
use crate::scenario::{
    Aggregate, Clock, Comparison, Emission, Gate, Halt, Market, Scenario, Snapshot, Staking, Token,
    Topic, TraceOptions,
};

/// A file as parts of it are built that refer to others.
pub(super) struct Whole<'a> {
    /// What it was read from.
    pub(super) table: &'a toml::Table,
    /// The topics' names, in order.
    pub(super) topics: &'a [&'a str],
    /// What amounts and durations are converted by.
    pub(super) units: &'a Units,
}

/// Problems of several parts, collected.
pub(super) struct Findings(pub(super) Vec<Problem>);

impl Findings {
    /// The value, or the problem kept.
    pub(super) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.0.push(problem)).ok()
    }
}

/// The scenario that the shapes mean; `table` is what they were read from.
pub(super) fn scenario(
    file: &ScenarioShape,
    table: &toml::Table,
    snapshot: Option<Snapshot>,
    name: &str,
) -> Result<Scenario, Vec<Problem>> {
    let units = units_of(file).map_err(|problem| vec![problem])?;
    let mut found = Findings(Vec::new());
    let names: Vec<&str> = file.topics.keys().map(String::as_str).collect();
    let clock = found.keep(clock(&file.clock, &units));
    let staking = found.keep(staking_params(&file.staking, &file.emission.cap, &units));
    let emission = found.keep(emission_params(&file.emission, &units, "emission"));
    let topics = file.topics.iter().map(|(name, shape)| topic(name, shape, &units));
    let topics: Vec<_> = topics.filter_map(|topic| found.keep(topic)).collect();
    let groups = file.populations.iter();
    let groups = groups.map(|(name, shape)| shape.population(name, &names, &units));
    let populations: Vec<_> = groups.filter_map(|group| found.keep(group)).collect();
    let market = found.keep(file.market.as_ref().map(|m| market(m, &units)).transpose());
    let governance = found.keep(governed(file, &units));
    let whole = Whole { table, topics: &names, units: &units };
    let events = file.events.iter().enumerate();
    let events = events.map(|(number, shape)| event(number, shape, &whole));
    let events: Vec<_> = events.filter_map(|event| found.keep(event)).collect();
    let gates = file.expect.iter().enumerate();
    let gates: Vec<_> = gates.filter_map(|(n, shape)| found.keep(gate(n, shape))).collect();
    let (Some(clock), Some(staking), Some(emission), Some(governance), Some(market), true) =
        (clock, staking, emission, governance, market, found.0.is_empty())
    else {
        return Err(found.0);
    };
    let scenario = Scenario {
        name: name.to_owned(),
        title: file.title.clone(),
        question: file.question.clone(),
        assumptions: file.assumptions.clone(),
        expected: file.expected.clone(),
        limits: file.limits.clone(),
        seed: file.seed,
        seeds: file.seeds,
        epochs: file.epochs,
        clock,
        token: Token { symbol: file.token.symbol.clone(), decimals: file.token.decimals },
        staking: Staking { params: staking },
        emission: Emission { params: emission },
        topics,
        populations,
        governance,
        market,
        events,
        gates,
        compared_with_honest: file.compare_with_honest,
        snapshot,
        trace: TraceOptions { every: file.trace.every, agents: file.trace.agents },
    };
    match scenario.check() {
        Ok(()) => Ok(scenario),
        Err(all) => Err(all.into_iter().map(|i| Problem::at(i.place, i.what, i.fix)).collect()),
    }
}

fn governed(
    file: &ScenarioShape,
    units: &Units,
) -> Result<Option<crate::scenario::Governance>, Problem> {
    match (&file.governance, &file.treasury) {
        (Some(governor), Some(treasury)) => governance(governor, treasury, units).map(Some),
        (None, None) => Ok(None),
        (Some(_), None) => {
            Err(Problem::at("governance", "there is no `[treasury]`", "add its caps and window"))
        }
        (None, Some(_)) => {
            Err(Problem::at("treasury", "there is no `[governance]`", "add its tracks"))
        }
    }
}

fn units_of(file: &ScenarioShape) -> Result<Units, Problem> {
    if file.seed > i64::MAX as u64 {
        return Err(Problem::at("seed", "is above 2^63 - 1", "use a smaller seed"));
    }
    units(file.token.decimals, &file.token.symbol, &file.clock.interval)
}

/// What amounts and durations are converted by, from `[token]` and `[clock]`.
pub(super) fn units(decimals: u8, symbol: &str, interval: &Duration) -> Result<Units, Problem> {
    if decimals > 18 {
        return Err(Problem::at("token.decimals", "is above 18", "use at most 18"));
    }
    let bare = Units { decimals, symbol: symbol.to_owned(), interval: 0 };
    let interval = interval.seconds(&bare, "clock.interval")?;
    if interval == 0 {
        let fix = "give it in time: \"12 s\"";
        return Err(Problem::at("clock.interval", "is not a positive number of seconds", fix));
    }
    Ok(Units { interval, ..bare })
}

fn clock(shape: &ClockShape, units: &Units) -> Result<Clock, Problem> {
    let jitter = shape.jitter.as_ref().map(|jitter| jitter.seconds(units, "clock.jitter"));
    let halts = shape.halts.iter().enumerate().map(|(n, halt)| {
        let seconds = halt.lasts.seconds(units, &format!("clock.halts[{n}].lasts"))?;
        Ok(Halt { height: halt.height, seconds })
    });
    Ok(Clock {
        genesis: Timestamp::new(shape.genesis),
        interval: units.interval,
        jitter: jitter.transpose()?.unwrap_or(0),
        halts: halts.collect::<Result<_, _>>()?,
    })
}

/// `cap` is the token's largest supply: no more can be staked. Coins have none that is known.
pub(super) fn staking_params(
    shape: &StakingShape,
    cap: &Tokens,
    units: &Units,
) -> Result<staking::Params, Problem> {
    let max_stake = match shape.asset {
        AssetShape::Token => cap.amount(units, "emission.cap")?,
        AssetShape::Native => Amount::MAX,
    };
    let tiers = shape.tiers.iter().enumerate().map(|(n, tier)| {
        let place = format!("staking.tiers[{n}]");
        Ok(Tier {
            notice: tier.notice.seconds(units, &format!("{place}.notice"))?,
            multiplier: billionths(tier.multiplier, &format!("{place}.multiplier"))?,
        })
    });
    Ok(staking::Params {
        asset: match shape.asset {
            AssetShape::Token => Asset::Token,
            AssetShape::Native => Asset::Native,
        },
        tiers: tiers.collect::<Result<_, _>>()?,
        max_stake,
        unit: shape.unit.amount(units, "staking.unit")?.units(),
        bounty: shape.bounty.fraction("staking.bounty")?,
        slashed: match shape.slashed {
            SlashedShape::Burned => Slashed::Burned,
            SlashedShape::ToTreasury => Slashed::ToTreasury,
        },
    })
}

pub(super) fn emission_params(
    shape: &EmissionShape,
    units: &Units,
    place: &str,
) -> Result<rewards::Params, Problem> {
    let at = |key: &str| format!("{place}.{key}");
    let curve = match &shape.curve {
        CurveShape::Constant => Curve::Constant,
        CurveShape::HalvingByInterval { interval } => Curve::HalvingByInterval {
            interval: interval.blocks(units, &at("curve.halving_by_interval.interval"))?,
        },
        CurveShape::HalvingBySupply => Curve::HalvingBySupply,
        CurveShape::ExponentialDecay { ratio, interval } => Curve::ExponentialDecay {
            ratio: ratio.fraction(&at("curve.exponential_decay.ratio"))?,
            interval: interval.blocks(units, &at("curve.exponential_decay.interval"))?,
        },
    };
    let schedule = Schedule {
        per_block: shape.per_block.amount(units, &at("per_block"))?,
        curve,
        tail: tokens(shape.tail.as_ref(), units, &at("tail"))?,
        cap: shape.cap.amount(units, &at("cap"))?,
    };
    let treasury_cut = part(shape.treasury_cut.as_ref(), &at("treasury_cut"))?;
    Ok(rewards::Params { schedule, treasury_cut })
}

/// An optional amount; none where absent.
pub(super) fn tokens(
    tokens: Option<&Tokens>,
    units: &Units,
    path: &str,
) -> Result<Amount, Problem> {
    tokens.map_or(Ok(Amount::ZERO), |tokens| tokens.amount(units, path))
}

/// A topic that exists from the start.
pub(super) fn topic(name: &str, shape: &TopicShape, units: &Units) -> Result<Topic, Problem> {
    Ok(Topic {
        name: name.to_owned(),
        params: topic_params(shape, units, &format!("topics.{name}"))?,
        owner: shape.owner.clone(),
        weight: shape.weight,
        rows_a_page: shape.rows_a_page.unwrap_or(u16::MAX),
    })
}

pub(super) fn topic_params(
    shape: &TopicShape,
    units: &Units,
    place: &str,
) -> Result<TopicParams, Problem> {
    let at = |key: &str| format!("{place}.{key}");
    let stake_threshold = tokens(shape.stake_threshold.as_ref(), units, &at("stake_threshold"))?;
    Ok(TopicParams {
        owner: None,
        scoring: scoring(&shape.mechanism, units, &at("mechanism"))?,
        electorate: Electorate {
            max_validators: shape.max_validators,
            activity_cutoff: shape.activity_cutoff.blocks(units, &at("activity_cutoff"))?,
            stake_threshold: Power::new(stake_threshold.units()),
        },
        tempo: shape.tempo.blocks(units, &at("tempo"))?,
        slots: shape.slots,
        immunity: shape.immunity.blocks(units, &at("immunity"))?,
        price: PriceParams {
            floor: shape.price.floor.amount(units, &at("price.floor"))?,
            ceiling: shape.price.ceiling.amount(units, &at("price.ceiling"))?,
            rise: shape.price.rise.fraction(&at("price.rise"))?,
            half_life: shape.price.half_life.blocks(units, &at("price.half_life"))?,
        },
        owner_cut: part(shape.owner_cut.as_ref(), &at("owner_cut"))?,
        contributors: shape.contributors.fraction(&at("contributors"))?,
        page_fee: tokens(shape.page_fee.as_ref(), units, &at("page_fee"))?,
    })
}

fn scoring(shape: &MechanismShape, units: &Units, place: &str) -> Result<Scoring, Problem> {
    Ok(match shape {
        MechanismShape::Mean => Scoring::Mean,
        MechanismShape::Yuma { kappa, bonds_moving_average, bonds_penalty, variant } => {
            let at = |key: &str| format!("{place}.yuma.{key}");
            Scoring::Yuma {
                kappa: of_65535(kappa, &at("kappa"))?,
                bonds_moving_average: millionths(
                    bonds_moving_average,
                    &at("bonds_moving_average"),
                )?,
                bonds_penalty: of_65535(bonds_penalty, &at("bonds_penalty"))?,
                variant: yuma_variant(variant, &at("variant"))?,
            }
        }
        MechanismShape::Metered { kappa, decay, cap, top_multiplier, ramp } => {
            let at = |key: &str| format!("{place}.metered.{key}");
            let cap = cap.as_ref().map_or(Ok(u16::MAX), |cap| of_65535(cap, &at("cap")));
            let ramp = ramp.as_ref().map_or(Ok(0), |ramp| ramp.blocks(units, &at("ramp")));
            Scoring::Metered {
                kappa: of_65535(kappa, &at("kappa"))?,
                decay: millionths(decay, &at("decay"))?,
                cap: cap?,
                top_multiplier: hundredths(top_multiplier.unwrap_or(1.0), &at("top_multiplier"))?,
                ramp: ramp?,
            }
        }
        MechanismShape::Synthesis { alpha } => {
            let place = format!("{place}.synthesis.alpha");
            Scoring::Synthesis { alpha: millionths(alpha, &place)? }
        }
    })
}

fn yuma_variant(shape: &VariantShape, place: &str) -> Result<YumaVariant, Problem> {
    Ok(match shape {
        VariantShape::Classic => YumaVariant::Classic,
        VariantShape::Yuma3 => YumaVariant::Yuma3 { liquid: None },
        VariantShape::Yuma3Liquid { alpha_low, alpha_high, steepness } => {
            let at = |key: &str| format!("{place}.yuma3_liquid.{key}");
            let liquid = Liquid {
                alpha_low: of_65535(alpha_low, &at("alpha_low"))?,
                alpha_high: of_65535(alpha_high, &at("alpha_high"))?,
                steepness: hundredths(*steepness, &at("steepness"))?,
            };
            YumaVariant::Yuma3 { liquid: Some(liquid) }
        }
    })
}

fn market(shape: &MarketShape, units: &Units) -> Result<Market, Problem> {
    Ok(Market {
        tokens: shape.tokens.amount(units, "market.tokens")?.units(),
        quote: shape.quote.into(),
        fee: shape.fee.fraction("market.fee")?,
        demand: shape.demand.into(),
        volatility: fixed(shape.volatility, "market.volatility")?,
    })
}

/// `set` laid on the part of the file that it changes.
pub(super) fn changed<T: for<'de> serde::Deserialize<'de>>(
    table: &toml::Table,
    keys: &[&str],
    set: &toml::Table,
    place: &str,
) -> Result<T, Problem> {
    let part = keys.iter().try_fold(table, |table, key| table.get(*key)?.as_table());
    let mut part = part.cloned().unwrap_or_default();
    merge(&mut part, set.clone());
    shape(&part, place)
}

pub(super) fn gate(number: usize, shape: &ExpectShape) -> Result<Gate, Problem> {
    let at = |key: &str| format!("expect[{number}].{key}");
    let comparison = match shape.op.as_str() {
        "<" => Comparison::Below,
        "<=" => Comparison::AtMost,
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        ">=" => Comparison::AtLeast,
        ">" => Comparison::Above,
        op => {
            let fix = "use <, <=, ==, !=, >= or >";
            return Err(Problem::at(at("op"), format!("`{op}` compares nothing"), fix));
        }
    };
    if !shape.value.is_finite() {
        return Err(Problem::at(at("value"), "is not a finite number", "use a number"));
    }
    let over = shape.over.as_deref().map_or(Ok(Aggregate::Mean), |over| {
        aggregate(over).ok_or_else(|| {
            let fix = "use mean, median, min, max, or p1 to p99";
            Problem::at(at("over"), format!("`{over}` is no aggregate"), fix)
        })
    })?;
    let (metric, note) = (shape.metric.clone(), shape.note.clone());
    Ok(Gate { metric, over, comparison, bound: shape.value, note })
}

/// "median of seeds" and "median" alike.
fn aggregate(over: &str) -> Option<Aggregate> {
    let over = over.strip_suffix(" of seeds").unwrap_or(over);
    Some(match over {
        "mean" => Aggregate::Mean,
        "min" => Aggregate::Percentile(0),
        "median" => Aggregate::Percentile(50),
        "max" => Aggregate::Percentile(100),
        _ => {
            let percent = over.strip_prefix('p')?.parse().ok()?;
            Aggregate::Percentile(Some(percent).filter(|percent| (1..=99).contains(percent))?)
        }
    })
}
