//! What is kept of each seed until the report is made: little, since there may be thousands.

use super::{
    played::{Broken, MemberSeason, Played},
    row::place,
};

/// Columns that charts over epochs are drawn of.
const CHARTED: [&str; 10] = [
    "rank_correlation",
    "nakamoto_half",
    "gini_stake",
    "supply",
    "to_contributors",
    "to_validators",
    "treasury",
    "contributors",
    "slot_price",
    "token_price",
];

/// The most epochs that are charted of a seed.
const MOST_POINTS: usize = 256;

/// One seed's season in brief. Numbers are rounded to 24 bits: they are for charts and bands.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The run's number.
    pub run: u64,
    /// The state hash after its last epoch.
    pub state_hash: [u8; 32],
    /// Commands applied.
    pub applied: u64,
    /// Commands refused.
    pub refused: u64,
    /// The law that broke, if one did.
    pub breach: Option<Broken>,
    /// Rewards, mean stake, last stake and mean quality of everybody.
    members: Vec<[f32; 4]>,
    /// Charted columns, at charted epochs.
    points: Vec<[f32; CHARTED.len()]>,
}

/// A number of one member's season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Rewards = 0,
    Stake = 1,
    LastStake = 2,
    Quality = 3,
}

impl Kept {
    /// A season in brief; `charted` keeps points too.
    pub(super) fn of(played: &Played, charted: bool) -> Self {
        let brief = |member: &MemberSeason| {
            let MemberSeason { rewards, stake, last_stake, quality, .. } = *member;
            [rewards, stake, last_stake, quality].map(|number| number as f32)
        };
        let places = CHARTED.map(place);
        let point = |row: &Vec<f64>| places.map(|place| row[place] as f32);
        let rows = played.rows.iter().enumerate();
        let rows = rows.filter(|(at, _)| charted && is_charted(*at, played.rows.len()));
        Self {
            run: played.run,
            state_hash: played.state_hash,
            applied: played.applied,
            refused: played.refused.values().sum(),
            breach: played.breach.clone(),
            members: played.members.iter().map(brief).collect(),
            points: rows.map(|(_, row)| point(row)).collect(),
        }
    }

    /// A number of a member.
    pub(super) fn member(&self, index: usize, of: Of) -> Option<f64> {
        self.members.get(index).map(|member| f64::from(member[of as usize]))
    }

    /// What all members earned.
    pub(super) fn rewards(&self) -> f64 {
        self.members.iter().map(|member| f64::from(member[Of::Rewards as usize])).sum()
    }

    /// A charted column; empty where it is not one.
    pub(super) fn column(&self, name: &str) -> Vec<f64> {
        let at = CHARTED.iter().position(|column| *column == name);
        let of = |at: usize| self.points.iter().map(|point| f64::from(point[at])).collect();
        at.map_or(Vec::new(), of)
    }
}

/// Whether the sample at this place, of so many, is charted: evenly spread, the last always.
pub(super) fn is_charted(at: usize, of: usize) -> bool {
    let step = of.div_ceil(MOST_POINTS).max(1);
    at + 1 == of || (at + 1).is_multiple_of(step)
}
