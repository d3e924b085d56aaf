//! The keys of a deployment's file: those of a scenario, with addresses in place of populations.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use protocol::staking::Asset;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use super::build::{Findings, emission_params, staking_params, topic, units};
use super::governance::{GovernanceShape, TreasuryShape, bounds, caps, params};
use super::load::{Loaded, shape};
use super::problem::{FileError, Problem};
use super::quantity::{Duration, Tokens, Units};
use super::shape::{EmissionShape, StakingShape, TopicShape};
use crate::deployment::{Admin, Allocation, Deployment, Governed, Guardian, TokenName, problem_of};

/// A network to be put onto a chain.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeploymentShape {
    /// Another deployment's file, relative to this one, on which this one is laid.
    #[expect(dead_code, reason = "taken out before; here for the schema")]
    extends: Option<String>,
    /// One line.
    title: String,
    /// The chain's side of it.
    deployment: ChainShape,
    /// Block times.
    clock: PaceShape,
    /// What is staked, emitted and paid.
    token: NamedTokenShape,
    /// Who holds what from the beginning.
    #[serde(default)]
    genesis: Vec<AllocationShape>,
    /// How stake becomes power.
    staking: StakingShape,
    /// What is minted.
    emission: EmissionShape,
    /// Topics by name, numbered in order.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, TopicShape>")]
    topics: IndexMap<String, TopicShape>,
    /// By topic, the addresses that hold slots 0, 1, ... from the beginning.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, Vec<String>>")]
    slots: IndexMap<String, Vec<String>>,
    /// Who decides, and by which rules.
    governance: GovernanceShape<MandateShape>,
    /// What the treasury has, and may pay.
    treasury: TreasuryShape,
}

/// The chain's side of a deployment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChainShape {
    /// What the contracts are called there, each with its name behind it: 1 to 64 small letters,
    /// digits and dashes.
    label: String,
    /// What addresses begin with: "cosmos", "wasm".
    prefix: String,
    /// The native coin that the treasury may pay and that may be staked; none where absent.
    denom: Option<String>,
    /// Who may replace the contracts' code once they are wired.
    #[serde(default)]
    admin: AdminShape,
}

/// Who may replace the contracts' code.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum AdminShape {
    /// The treasury: only proposals replace code.
    #[default]
    Treasury,
    /// Whoever deploys.
    Deployer,
}

/// Block times.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PaceShape {
    /// From block to block: whole seconds. Times are turned into blocks by it.
    interval: Duration,
}

/// What is staked, emitted and paid.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NamedTokenShape {
    /// Its name: 3 to 50 bytes.
    name: String,
    /// What one token is called, and the unit of amounts: 3 to 12 letters or dashes.
    symbol: String,
    /// Base units of one token are 10^decimals; at most 18.
    decimals: u8,
}

/// What somebody holds from the beginning.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AllocationShape {
    /// Whose; each address once.
    address: String,
    /// How many tokens.
    tokens: Tokens,
    /// Why, for people.
    #[serde(default)]
    note: String,
}

/// Who may cancel and pause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MandateShape {
    /// Who.
    address: String,
    /// From when the governor is made.
    lasts: Duration,
    /// The longest pause.
    pause: Duration,
    /// How many pauses.
    pauses: u8,
}

/// The JSON Schema of deployments' files, for editors.
pub fn deployment_schema() -> Schema {
    schema_for!(DeploymentShape)
}

/// The deployment that a loaded file is. What the rulebook refuses is not looked for here.
pub(super) fn deployment(loaded: &Loaded) -> Result<Deployment, FileError> {
    let file: DeploymentShape =
        shape(&loaded.table, "").map_err(|problem| loaded.error(vec![problem]))?;
    let token = &file.token;
    let units = units(token.decimals, &token.symbol, &file.clock.interval)
        .map_err(|problem| loaded.error(vec![problem]))?;
    let mut found = Findings(Vec::new());
    check_names(&file, &mut found.0);
    check_addresses(&file, &mut found.0);
    let allocations = file.genesis.iter().enumerate();
    let allocations = allocations.map(|(number, one)| one.allocation(number, &units));
    let allocations: Vec<_> = allocations.filter_map(|one| found.keep(one)).collect();
    let staking = found.keep(staking_params(&file.staking, &file.emission.cap, &units));
    let emission = found.keep(emission_params(&file.emission, &units, "emission"));
    let topics = file.topics.iter().map(|(name, shape)| topic(name, shape, &units));
    let topics: Vec<_> = topics.filter_map(|topic| found.keep(topic)).collect();
    let governance = found.keep(governed(&file, &units));
    let coins = staking.as_ref().is_some_and(|params| params.asset == Asset::Native)
        || governance.as_ref().is_some_and(|of| !of.caps.native_cap.is_zero());
    if coins && file.deployment.denom.is_none() {
        let fix = "name the coin that is staked or paid";
        found.0.push(Problem::at("deployment", "has no `denom`", fix));
    }
    let (Some(staking), Some(emission), Some(governance), true) =
        (staking, emission, governance, found.0.is_empty())
    else {
        return Err(loaded.error(found.0));
    };
    let slots = file.topics.keys().map(|name| file.slots.get(name).cloned().unwrap_or_default());
    Ok(Deployment {
        name: loaded.stem().to_owned(),
        slots: slots.collect(),
        title: file.title,
        label: file.deployment.label,
        prefix: file.deployment.prefix,
        denom: file.deployment.denom,
        admin: match file.deployment.admin {
            AdminShape::Treasury => Admin::Treasury,
            AdminShape::Deployer => Admin::Deployer,
        },
        interval: units.interval,
        token: TokenName {
            name: token.name.clone(),
            symbol: units.symbol,
            decimals: units.decimals,
        },
        allocations,
        staking,
        emission,
        topics,
        governance,
    })
}

impl AllocationShape {
    fn allocation(&self, number: usize, units: &Units) -> Result<Allocation, Problem> {
        let path = format!("genesis[{number}].tokens");
        let tokens = self.tokens.amount(units, &path)?;
        if tokens.is_zero() {
            return Err(Problem::at(path, "are none", "leave the entry out"));
        }
        Ok(Allocation { address: self.address.clone(), tokens, note: self.note.clone() })
    }
}

fn governed(file: &DeploymentShape, units: &Units) -> Result<Governed, Problem> {
    let (of, treasury) = (&file.governance, &file.treasury);
    let at = |key: &str| format!("governance.guardian.{key}");
    let guardian = of.guardian.as_ref().map(|shape| {
        Ok(Guardian {
            address: shape.address.clone(),
            lasts: shape.lasts.seconds(units, &at("lasts"))?,
            pause: shape.pause.seconds(units, &at("pause"))?,
            pauses: shape.pauses,
        })
    });
    let tokens = treasury.tokens.as_ref().map(|held| held.amount(units, "treasury.tokens"));
    Ok(Governed {
        params: params(of, units, "governance")?,
        bounds: bounds(&of.bounds, units)?,
        guardian: guardian.transpose()?,
        caps: caps(treasury, units, "treasury")?,
        tokens: tokens.transpose()?.unwrap_or_default(),
    })
}

/// What the chain, and cw20, take for names.
fn check_names(file: &DeploymentShape, found: &mut Vec<Problem>) {
    let mut need = |holds: bool, place: &str, given: &str, fix: &str| {
        if !holds {
            found.push(Problem::at(place, format!("`{given}` cannot be used"), fix));
        }
    };
    let ChainShape { label, prefix, denom, .. } = &file.deployment;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let fits = (1..=64).contains(&label.len()) && label.bytes().all(|b| plain(b) || b == b'-');
    need(fits, "deployment.label", label, "use 1 to 64 small letters, digits and dashes");
    let fits = (1..=20).contains(&prefix.len()) && prefix.bytes().all(plain);
    need(fits, "deployment.prefix", prefix, "use what addresses have before their last `1`");
    if let Some(denom) = denom {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"/:._-".contains(&byte);
        let first = denom.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        let fits = (3..=128).contains(&denom.len()) && first && denom.bytes().all(inner);
        need(fits, "deployment.denom", denom, "use the coin's name as the bank has it: \"uatom\"");
    }
    let NamedTokenShape { name, symbol, .. } = &file.token;
    need((3..=50).contains(&name.len()), "token.name", name, "use 3 to 50 bytes");
    let letters = symbol.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let fits = (3..=12).contains(&symbol.len()) && letters;
    need(fits, "token.symbol", symbol, "use 3 to 12 letters or dashes");
}

/// Every address, and that none is given tokens twice; slots are of topics that there are.
fn check_addresses(file: &DeploymentShape, found: &mut Vec<Problem>) {
    let prefix = &file.deployment.prefix;
    let mut check = |address: &str, place: String| {
        if let Some((what, fix)) = problem_of(address, prefix) {
            found.push(Problem::at(place, what, fix));
        }
    };
    for (number, one) in file.genesis.iter().enumerate() {
        check(&one.address, format!("genesis[{number}].address"));
    }
    for (name, topic) in &file.topics {
        if let Some(owner) = &topic.owner {
            check(owner, format!("topics.{name}.owner"));
        }
    }
    for (name, holders) in &file.slots {
        for (number, holder) in holders.iter().enumerate() {
            check(holder, format!("slots.{name}[{number}]"));
        }
    }
    if let Some(guardian) = &file.governance.guardian {
        check(&guardian.address, "governance.guardian.address".to_owned());
    }
    let mut seen = BTreeMap::new();
    for (number, one) in file.genesis.iter().enumerate() {
        if let Some(first) = seen.insert(one.address.as_str(), number) {
            let what = format!("`{}` is given tokens in genesis[{first}] already", one.address);
            let fix = "add the amounts up in one entry";
            found.push(Problem::at(format!("genesis[{number}].address"), what, fix));
        }
    }
    for name in file.slots.keys().filter(|name| !file.topics.contains_key(*name)) {
        let known: Vec<&str> = file.topics.keys().map(String::as_str).collect();
        let near = super::suggestion(name, &known);
        let fix = near.map_or("add the topic".to_owned(), |near| format!("did you mean `{near}`?"));
        found.push(Problem::at(format!("slots.{name}"), "is of no topic", fix));
    }
}
