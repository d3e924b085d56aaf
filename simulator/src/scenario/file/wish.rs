//! A file of one proposal's actions, for a network that there is: the deeds of scenarios, with
//! accounts of the network in place of populations.

use protocol::{Track, governance, network::TopicParams, rewards, treasury};
use serde::Deserialize;

use super::build::Whole;
use super::load::{load, shape};
use super::problem::{FileError, Problem};
use super::proposing::{DeedShape, TrackWord, deeds};
use super::quantity::Units;
use super::{Source, restated};
use crate::scenario::Deed;

/// What is, where a proposal is to change it.
#[derive(Clone, Debug)]
pub struct Present {
    /// Each topic's name and parameters.
    pub topics: Vec<(String, TopicParams)>,
    /// Rewards' parameters.
    pub emission: rewards::Params,
    /// The treasury's.
    pub caps: treasury::Params,
    /// The governor's.
    pub rules: governance::Params,
    /// What a token is called.
    pub symbol: String,
    /// Base units of one token are 10^decimals.
    pub decimals: u8,
    /// Seconds of a block.
    pub interval: u64,
}

/// What somebody wants to propose.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Under which rules.
    pub track: Track,
    /// One line.
    pub title: String,
    /// What it does; names in it are of accounts.
    pub deeds: Vec<Deed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WishShape {
    #[serde(default)]
    track: TrackWord,
    title: String,
    deeds: Vec<DeedShape>,
}

/// Reads a proposal: `track` (ordinary where absent), `title`, and `deeds` as those of scenarios.
///
/// # Errors
/// What is wrong, with places; see [`FileError`].
pub fn read_wish(source: &dyn Source, path: &str, present: &Present) -> Result<Wish, FileError> {
    let loaded = load(source, path)?;
    let failed = |problem| loaded.error(vec![problem]);
    let file: WishShape = shape(&loaded.table, "").map_err(failed)?;
    if file.deeds.is_empty() {
        return Err(failed(Problem::at("deeds", "does nothing", "give at least one deed")));
    }
    let topics = present.topics.iter();
    let topics = topics.map(|(name, params)| (name.clone(), restated::topic_keys(params).into()));
    let mut table = toml::Table::new();
    table.insert("topics".to_owned(), topics.collect::<toml::Table>().into());
    table.insert("emission".to_owned(), restated::emission_keys(&present.emission).into());
    table.insert("treasury".to_owned(), restated::treasury_keys(&present.caps).into());
    table.insert("governance".to_owned(), restated::governance_keys(&present.rules).into());
    let names: Vec<&str> = present.topics.iter().map(|(name, _)| name.as_str()).collect();
    let (decimals, symbol, interval) = (present.decimals, present.symbol.clone(), present.interval);
    let units = Units { decimals, symbol, interval };
    let whole = Whole { table: &table, topics: &names, units: &units };
    let deeds = deeds(&file.deeds, &whole, "deeds").map_err(failed)?;
    Ok(Wish { track: file.track.track(), title: file.title, deeds })
}
