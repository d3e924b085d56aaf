//! Parameters of a state as the keys of a scenario file, so that a proposal's `set` is laid on what
//! is, and not on what some file once said. Every number is exact: read again, it is the same.

use protocol::governance::{Params, Threshold, TrackParams, Unheard};
use protocol::network::{Liquid, Scoring, TopicParams, YumaVariant};
use protocol::rewards::{self, Curve};
use protocol::{Amount, Fraction, treasury};
use toml::{Table, Value};

/// A topic's. Its owner is not among them: a proposal leaves it as it is.
pub(crate) fn topic_keys(params: &TopicParams) -> Table {
    let TopicParams { scoring, electorate, price, .. } = params;
    table([
        ("mechanism", mechanism(scoring)),
        ("tempo", blocks(params.tempo)),
        ("slots", Value::from(i64::from(params.slots))),
        ("immunity", blocks(params.immunity)),
        ("max_validators", Value::from(i64::from(electorate.max_validators))),
        ("activity_cutoff", blocks(electorate.activity_cutoff)),
        ("stake_threshold", units(electorate.stake_threshold.units())),
        (
            "price",
            Value::Table(table([
                ("floor", amount(price.floor)),
                ("ceiling", amount(price.ceiling)),
                ("rise", part(price.rise)),
                ("half_life", blocks(price.half_life)),
            ])),
        ),
        ("owner_cut", part(params.owner_cut)),
        ("contributors", part(params.contributors)),
        ("page_fee", amount(params.page_fee)),
    ])
}

/// Rewards'.
pub(crate) fn emission_keys(params: &rewards::Params) -> Table {
    let schedule = &params.schedule;
    let curve = match schedule.curve {
        Curve::Constant => Value::from("constant"),
        Curve::HalvingBySupply => Value::from("halving_by_supply"),
        Curve::HalvingByInterval { interval } => {
            variant("halving_by_interval", table([("interval", blocks(interval))]))
        }
        Curve::ExponentialDecay { ratio, interval } => {
            let keys = table([("ratio", part(ratio)), ("interval", blocks(interval))]);
            variant("exponential_decay", keys)
        }
    };
    table([
        ("per_block", amount(schedule.per_block)),
        ("curve", curve),
        ("tail", amount(schedule.tail)),
        ("cap", amount(schedule.cap)),
        ("treasury_cut", part(params.treasury_cut)),
    ])
}

/// The treasury's.
pub(crate) fn treasury_keys(params: &treasury::Params) -> Table {
    table([
        ("token_cap", amount(params.token_cap)),
        ("native_cap", amount(params.native_cap)),
        ("window", seconds(params.window)),
    ])
}

/// The governor's.
pub(crate) fn governance_keys(params: &Params) -> Table {
    let [ordinary, constitutional, emergency] = params.tracks.each_ref().map(track);
    let tracks = table([
        ("ordinary", Value::Table(ordinary)),
        ("constitutional", Value::Table(constitutional)),
        ("emergency", Value::Table(emergency)),
    ]);
    table([
        ("tracks", Value::Table(tracks)),
        ("live", Value::from(i64::from(params.live))),
        (
            "unheard",
            Value::from(match params.unheard {
                Unheard::Returned => "returned",
                Unheard::Forfeited => "forfeited",
            }),
        ),
        ("least_power", units(params.least_power.units())),
        ("lapse", seconds(params.lapse)),
    ])
}

fn track(params: &TrackParams) -> Table {
    table([
        ("deposit", amount(params.deposit)),
        ("proposal_power", part(params.proposal_power)),
        ("delay", seconds(params.delay)),
        ("period", seconds(params.period)),
        ("extension", seconds(params.extension)),
        ("timelock", seconds(params.timelock)),
        ("grace", seconds(params.grace)),
        ("quorum", part(params.quorum)),
        (
            "threshold",
            match params.threshold {
                Threshold::Majority => Value::from("majority"),
                Threshold::AtLeast { part: needed } => part(needed),
            },
        ),
        ("veto", part(params.veto)),
        ("objection", part(params.objection)),
        ("revoting", Value::from(params.revoting)),
    ])
}

fn mechanism(scoring: &Scoring) -> Value {
    match *scoring {
        Scoring::Mean => Value::from("mean"),
        Scoring::Yuma { kappa, bonds_moving_average, bonds_penalty, variant: form } => variant(
            "yuma",
            table([
                ("kappa", of_65535(kappa)),
                ("bonds_moving_average", millionths(bonds_moving_average)),
                ("bonds_penalty", of_65535(bonds_penalty)),
                ("variant", yuma(form)),
            ]),
        ),
        Scoring::Metered { kappa, decay, cap, top_multiplier, ramp } => variant(
            "metered",
            table([
                ("kappa", of_65535(kappa)),
                ("decay", millionths(decay)),
                ("cap", of_65535(cap)),
                ("top_multiplier", Value::from(f64::from(top_multiplier) / 100.0)),
                ("ramp", blocks(ramp)),
            ]),
        ),
        Scoring::Synthesis { alpha } => variant("synthesis", table([("alpha", millionths(alpha))])),
    }
}

fn yuma(form: YumaVariant) -> Value {
    match form {
        YumaVariant::Classic => Value::from("classic"),
        YumaVariant::Yuma3 { liquid: None } => Value::from("yuma3"),
        YumaVariant::Yuma3 { liquid: Some(Liquid { alpha_low, alpha_high, steepness }) } => {
            let steepness = Value::from(f64::from(steepness) / 100.0);
            let keys = [
                ("alpha_low", of_65535(alpha_low)),
                ("alpha_high", of_65535(alpha_high)),
                ("steepness", steepness),
            ];
            variant("yuma3_liquid", table(keys))
        }
    }
}

fn table<const N: usize>(keys: [(&str, Value); N]) -> Table {
    keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn variant(name: &str, keys: Table) -> Value {
    Value::Table(table([(name, Value::Table(keys))]))
}

fn units(units: u128) -> Value {
    Value::from(format!("{units} base units"))
}

fn amount(amount: Amount) -> Value {
    units(amount.units())
}

fn blocks(blocks: u64) -> Value {
    Value::from(format!("{blocks} blocks"))
}

fn seconds(seconds: u64) -> Value {
    Value::from(format!("{seconds} s"))
}

fn part(part: Fraction) -> Value {
    billionths(part.parts().into())
}

/// In percent, with the seven digits behind the point that make parts of 10^9.
fn billionths(parts: u64) -> Value {
    Value::from(format!("{}.{:07} %", parts / 10_000_000, parts % 10_000_000))
}

/// The part of 10^9 nearest to k / 65535, which rounds back to k.
fn of_65535(parts: u16) -> Value {
    billionths((u64::from(parts) * 1_000_000_000 + 32_767) / 65_535)
}

fn millionths(parts: u32) -> Value {
    billionths(u64::from(parts) * 1_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use protocol::governance::Threshold;
    use protocol::network::{Liquid, Scoring, YumaVariant};
    use protocol::rewards::Curve;
    use protocol::{Fraction, Power};
    use toml::Table;

    use super::super::build::{emission_params, topic_params};
    use super::super::governance;
    use super::super::load::shape;
    use super::super::quantity::Units;
    use super::{emission_keys, governance_keys, topic_keys, treasury_keys};
    use crate::scenario::Scenario;

    fn units() -> Units {
        Units { decimals: 9, symbol: "MOOT".into(), interval: 12 }
    }

    /// As a file would hold it: written and read.
    fn text(table: &Table) -> Table {
        table.to_string().parse().unwrap()
    }

    #[test]
    fn parameters_read_back_exactly() {
        let sample = Scenario::sample(4, 8, 1);
        let scorings = [
            Scoring::Mean,
            Scoring::Synthesis { alpha: 123_457 },
            Scoring::Metered {
                kappa: 32_767,
                decay: 900_001,
                cap: 6_553,
                top_multiplier: 250,
                ramp: 9,
            },
            Scoring::Yuma {
                kappa: 39_321,
                bonds_moving_average: 900_000,
                bonds_penalty: 65_535,
                variant: YumaVariant::Yuma3 {
                    liquid: Some(Liquid {
                        alpha_low: 45_875,
                        alpha_high: 58_982,
                        steepness: 1_000,
                    }),
                },
            },
        ];
        for scoring in scorings {
            let mut params = sample.topics[0].params.clone();
            params.scoring = scoring;
            params.electorate.stake_threshold = Power::new(7_000_000_001);
            params.owner_cut = Fraction::from_parts(180_000_001).unwrap();
            let read = shape(&text(&topic_keys(&params)), "topics.x").unwrap();
            assert_eq!(topic_params(&read, &units(), "topics.x").unwrap(), params);
        }
        let ratio = Fraction::from_parts(999_999_999).unwrap();
        for curve in [
            Curve::Constant,
            Curve::HalvingBySupply,
            Curve::HalvingByInterval { interval: 77 },
            Curve::ExponentialDecay { ratio, interval: 5 },
        ] {
            let mut params = sample.emission.params.clone();
            params.schedule.curve = curve;
            let read = shape(&text(&emission_keys(&params)), "emission").unwrap();
            assert_eq!(emission_params(&read, &units(), "emission").unwrap(), params);
        }
    }

    #[test]
    fn rules_of_governance_read_back_exactly() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
        let disk = super::super::Disk { root };
        let charter = super::super::read(&disk, "governance/charter.toml").unwrap();
        let governed = charter.governance.unwrap();
        let mut params = governed.params;
        params.tracks[1].threshold = Threshold::AtLeast { part: Fraction::ONE };
        let read: governance::GovernanceShape =
            shape(&text(&governance_keys(&params)), "governance").unwrap();
        assert_eq!(governance::params(&read, &units(), "governance").unwrap(), params);
        let read = shape(&text(&treasury_keys(&governed.caps)), "treasury").unwrap();
        assert_eq!(governance::caps(&read, &units(), "treasury").unwrap(), governed.caps);
    }

    proptest! {
        #[test]
        fn every_part_of_65535_reads_back(kappa: u16, alpha in 0u32..=1_000_000, low in any::<u16>()) {
            let mut params = Scenario::sample(4, 8, 1).topics[0].params.clone();
            params.scoring = Scoring::Yuma {
                kappa,
                bonds_moving_average: alpha,
                bonds_penalty: low,
                variant: YumaVariant::Classic,
            };
            let read = shape(&text(&topic_keys(&params)), "topics.x").unwrap();
            prop_assert_eq!(topic_params(&read, &units(), "topics.x").unwrap(), params);
        }
    }
}
