//! Mechanisms and their parameters by name, in the units that people write.

use scoring_kernel::{
    Electorate, Liquid, MeanParams, Mechanism, MeteredParams, Violation, YumaParams, YumaVariant,
};

use crate::scenario::file::{Part, Problem, hundredths, millionths, of_65535, suggestion};

/// A mechanism's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stake-weighted mean: the baseline.
    Mean,
    /// Yuma consensus.
    Yuma,
    /// Pay by measure.
    Metered,
}

impl Kind {
    /// The mechanism with the live network's defaults.
    fn default_mechanism(self) -> Mechanism {
        match self {
            Self::Mean => Mechanism::Mean(MeanParams::default()),
            Self::Yuma => Mechanism::Yuma(YumaParams::DEFAULT),
            Self::Metered => Mechanism::Metered(MeteredParams::DEFAULT),
        }
    }

    /// Names of its parameters.
    pub fn names(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Mean => &[],
            Self::Yuma => &[
                "kappa",
                "bonds_moving_average",
                "bonds_penalty",
                "variant",
                "alpha_low",
                "alpha_high",
                "steepness",
            ],
            Self::Metered => &["kappa", "decay", "cap", "top_multiplier", "ramp"],
        };
        own.iter().chain(&ELECTORATE).copied().collect()
    }
}

/// What all mechanisms have.
const ELECTORATE: [&str; 3] = ["max_validators", "activity_cutoff", "stake_threshold"];

/// The mechanism that `NAME=VALUE` settings make of a kind's defaults.
///
/// # Errors
/// Every name that is unknown or given twice, every value that is none, and every one out of
/// bounds, at once.
pub fn mechanism(kind: Kind, settings: &[String]) -> Result<Mechanism, Vec<Problem>> {
    let (mut mechanism, mut problems) = (kind.default_mechanism(), Vec::new());
    let mut seen: Vec<&str> = Vec::new();
    let mut pairs = Vec::new();
    for setting in settings {
        match named(kind, setting, &seen) {
            Ok((name, value)) => {
                seen.push(name);
                pairs.push((name, value));
            }
            Err(problem) => problems.push(problem),
        }
    }
    // The variant says which others there are.
    pairs.sort_by_key(|(name, _)| *name != "variant");
    for (name, value) in pairs {
        if let Err(problem) = set(&mut mechanism, name, value) {
            problems.push(problem);
        }
    }
    if let Err(violations) = mechanism.validate() {
        problems.extend(violations.iter().map(violated));
    }
    if problems.is_empty() { Ok(mechanism) } else { Err(problems) }
}

fn named<'a>(kind: Kind, setting: &'a str, seen: &[&str]) -> Result<(&'a str, &'a str), Problem> {
    let place = format!("--param {setting}");
    let Some((name, value)) = setting.split_once('=') else {
        return Err(Problem::at(place, "is no NAME=VALUE", "write --param kappa=0.5"));
    };
    let (name, value, names) = (name.trim(), value.trim(), kind.names());
    if !names.contains(&name) {
        let fix = match suggestion(name, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("this mechanism has: {}", names.join(", ")),
        };
        return Err(Problem::at(place, format!("there is no parameter `{name}`"), fix));
    }
    if seen.contains(&name) {
        return Err(Problem::at(place, format!("`{name}` is given twice"), "keep one of the two"));
    }
    Ok((name, value))
}

fn violated(violation: &Violation) -> Problem {
    let (name, fix) = match violation {
        Violation::TooHigh { parameter, .. } => (parameter, "use a lower value"),
        Violation::TooLow { parameter, .. } => (parameter, "use a higher value"),
        Violation::Reversed { low, .. } => (low, "swap the two"),
    };
    Problem::at(format!("--param {name}"), violation.to_string(), fix)
}

/// Sets one parameter.
fn set(mechanism: &mut Mechanism, name: &str, value: &str) -> Result<(), Problem> {
    let place = format!("--param {name}={value}");
    if ELECTORATE.contains(&name) {
        return set_electorate(electorate(mechanism), name, value, &place);
    }
    match mechanism {
        Mechanism::Yuma(params) => set_yuma(params, name, value, &place),
        Mechanism::Metered(params) => set_metered(params, name, value, &place),
        Mechanism::Synthesis(params) => {
            params.alpha = millionths(&Part::of(value), &place)?;
            Ok(())
        }
        // `named` lets no other through.
        Mechanism::Mean(_) => Ok(()),
    }
}

fn electorate(mechanism: &mut Mechanism) -> &mut Electorate {
    match mechanism {
        Mechanism::Mean(params) => &mut params.electorate,
        Mechanism::Yuma(params) => &mut params.electorate,
        Mechanism::Metered(params) => &mut params.electorate,
        Mechanism::Synthesis(params) => &mut params.electorate,
    }
}

fn set_electorate(
    electorate: &mut Electorate,
    name: &str,
    value: &str,
    place: &str,
) -> Result<(), Problem> {
    match name {
        "max_validators" => electorate.max_validators = count(value, place)?,
        "activity_cutoff" => electorate.activity_cutoff = count(value, place)?,
        _ => electorate.stake_threshold = count(value, place)?,
    }
    Ok(())
}

fn set_yuma(params: &mut YumaParams, name: &str, value: &str, place: &str) -> Result<(), Problem> {
    let part = || Part::of(value);
    match name {
        "kappa" => params.kappa = of_65535(&part(), place)?,
        "bonds_moving_average" => params.bonds_moving_average = millionths(&part(), place)?,
        "bonds_penalty" => params.bonds_penalty = of_65535(&part(), place)?,
        "variant" => params.variant = variant(value, place)?,
        _ => {
            let YumaVariant::Yuma3 { liquid: Some(liquid) } = &mut params.variant else {
                let fix = "add --param variant=yuma3_liquid, or leave it out";
                return Err(Problem::at(place, "belongs to another variant", fix));
            };
            match name {
                "alpha_low" => liquid.alpha_low = of_65535(&part(), place)?,
                "alpha_high" => liquid.alpha_high = of_65535(&part(), place)?,
                _ => liquid.steepness = hundredths(float(value, place)?, place)?,
            }
        }
    }
    Ok(())
}

fn set_metered(
    params: &mut MeteredParams,
    name: &str,
    value: &str,
    place: &str,
) -> Result<(), Problem> {
    let part = || Part::of(value);
    match name {
        "kappa" => params.kappa = of_65535(&part(), place)?,
        "decay" => params.decay = millionths(&part(), place)?,
        "cap" => params.cap = of_65535(&part(), place)?,
        "top_multiplier" => params.top_multiplier = hundredths(float(value, place)?, place)?,
        _ => params.ramp = count(value, place)?,
    }
    Ok(())
}

fn variant(value: &str, place: &str) -> Result<YumaVariant, Problem> {
    let names = ["classic", "yuma3", "yuma3_liquid"];
    Ok(match value {
        "classic" => YumaVariant::Classic,
        "yuma3" => YumaVariant::Yuma3 { liquid: None },
        "yuma3_liquid" => YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) },
        _ => {
            let fix = format!("use one of: {}", names.join(", "));
            return Err(Problem::at(place, format!("there is no variant `{value}`"), fix));
        }
    })
}

fn count<T: std::str::FromStr>(value: &str, place: &str) -> Result<T, Problem> {
    let fix = "use a whole number of at least 0";
    value
        .replace('_', "")
        .parse()
        .map_err(|_| Problem::at(place, format!("`{value}` is no count that fits"), fix))
}

fn float(value: &str, place: &str) -> Result<f64, Problem> {
    value.parse().map_err(|_| Problem::at(place, format!("`{value}` is no number"), "use a number"))
}

/// All parameters of a mechanism, as they were used: what was given, and the defaults.
pub fn parameters(mechanism: &Mechanism) -> Vec<(&'static str, String)> {
    let of_65535 = |raw: u16| format!("{raw}/65535");
    let millionths = |raw: u32| format!("{raw}/1000000");
    let (mut all, electorate) = match mechanism {
        Mechanism::Mean(params) => (vec![], params.electorate),
        Mechanism::Synthesis(params) => {
            (vec![("alpha", millionths(params.alpha))], params.electorate)
        }
        Mechanism::Yuma(params) => {
            let mut all = vec![
                ("kappa", of_65535(params.kappa)),
                ("bonds_moving_average", millionths(params.bonds_moving_average)),
                ("bonds_penalty", of_65535(params.bonds_penalty)),
            ];
            let variant = match params.variant {
                YumaVariant::Classic => "classic",
                YumaVariant::Yuma3 { liquid: None } => "yuma3",
                YumaVariant::Yuma3 { liquid: Some(_) } => "yuma3_liquid",
            };
            all.push(("variant", variant.to_owned()));
            if let YumaVariant::Yuma3 { liquid: Some(liquid) } = params.variant {
                all.push(("alpha_low", of_65535(liquid.alpha_low)));
                all.push(("alpha_high", of_65535(liquid.alpha_high)));
                all.push(("steepness", format!("{}/100", liquid.steepness)));
            }
            (all, params.electorate)
        }
        Mechanism::Metered(params) => {
            let all = vec![
                ("kappa", of_65535(params.kappa)),
                ("decay", millionths(params.decay)),
                ("cap", of_65535(params.cap)),
                ("top_multiplier", format!("{}/100", params.top_multiplier)),
                ("ramp", params.ramp.to_string()),
            ];
            (all, params.electorate)
        }
    };
    all.push(("max_validators", electorate.max_validators.to_string()));
    all.push(("activity_cutoff", electorate.activity_cutoff.to_string()));
    all.push(("stake_threshold", electorate.stake_threshold.to_string()));
    all
}

/// Parameters that change nothing because the file lacks what they work on, each with what it
/// lacks.
pub fn unused(
    mechanism: &Mechanism,
    graph: &crate::metagraph::Metagraph,
) -> Vec<(&'static str, &'static str)> {
    let mut unused = Vec::new();
    if let Mechanism::Metered(params) = mechanism
        && params.top_multiplier > 100
        && graph.registered.is_none()
    {
        unused.push(("top_multiplier", "registered"));
    }
    unused
}

#[cfg(test)]
mod tests {
    use super::{Kind, mechanism};
    use scoring_kernel::{Liquid, Mechanism, YumaParams, YumaVariant};

    fn of(kind: Kind, settings: &[&str]) -> Result<Mechanism, Vec<String>> {
        let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
        mechanism(kind, &settings).map_err(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn settings_change_the_live_networks_defaults() {
        assert_eq!(of(Kind::Yuma, &[]), Ok(Mechanism::Yuma(YumaParams::DEFAULT)));
        let liquid = Liquid { alpha_low: 0, ..Liquid::DEFAULT };
        let params = YumaParams {
            kappa: 39_321,
            variant: YumaVariant::Yuma3 { liquid: Some(liquid) },
            ..YumaParams::DEFAULT
        };
        let settings = ["alpha_low=0", "kappa=60 %", "variant=yuma3_liquid"];
        assert_eq!(of(Kind::Yuma, &settings), Ok(Mechanism::Yuma(params)));
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let wrong = [
            "kapa=0.5",
            "kappa",
            "bonds_penalty=2",
            "alpha_low=0.1",
            "max_validators=0",
            "variant=classic",
            "variant=yuma3",
        ];
        let told = of(Kind::Yuma, &wrong).unwrap_err();
        assert_eq!(told.len(), wrong.len() - 1, "{told:#?}");
        for words in [
            "did you mean `kappa`?",
            "NAME=VALUE",
            "is not from 0 to 1",
            "another variant",
            "below its minimum 1",
            "given twice",
        ] {
            assert!(told.iter().any(|problem| problem.contains(words)), "{words}: {told:#?}");
        }
        let mean = of(Kind::Mean, &["kappa=0.5"]).unwrap_err();
        assert!(mean[0].contains("max_validators, activity_cutoff"), "{mean:?}");
    }
}
