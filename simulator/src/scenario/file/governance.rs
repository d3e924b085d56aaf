//! The keys of governor and treasury.

use protocol::governance::{Bounds, Params, Threshold, TrackParams, Unheard};
use protocol::{Amount, Power, treasury};
use schemars::JsonSchema;
use serde::Deserialize;

use super::people::part;
use super::problem::Problem;
use super::quantity::{Duration, Part, Tokens, Units};
use crate::scenario::{Governance, GuardianPlan};

/// Who decides, and by which rules.
//
// `G` is how the file names a guardian: a population, or an address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GovernanceShape")]
pub(super) struct GovernanceShape<G = GuardianShape> {
    /// The rules of each track.
    pub(super) tracks: TracksShape,
    /// Live proposals of one proposer at most.
    #[serde(default = "four")]
    pub(super) live: u16,
    /// What becomes of deposits where the quorum was not reached.
    #[serde(default)]
    pub(super) unheard: UnheardShape,
    /// Stake, at multiplier 1, below which nothing can be proposed.
    pub(super) least_power: Option<Tokens>,
    /// How long an emergency proposal's effect lasts unless an ordinary one confirms it.
    pub(super) lapse: Duration,
    /// What no proposal can change.
    #[serde(default)]
    pub(super) bounds: BoundsShape,
    /// Who may cancel and pause, for a time.
    pub(super) guardian: Option<G>,
}

const fn four() -> u16 {
    4
}

/// The rules of each track.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TracksShape {
    /// Payments under the cap, topics.
    pub(super) ordinary: TrackShape,
    /// Everything that may be done at all.
    pub(super) constitutional: TrackShape,
    /// A short list of actions that lapse.
    pub(super) emergency: TrackShape,
}

/// The rules of one track.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackShape {
    /// Locked from the proposer.
    pub(super) deposit: Option<Tokens>,
    /// Part of all power that a proposer needs.
    pub(super) proposal_power: Option<Part>,
    /// From the proposal to the first vote.
    pub(super) delay: Option<Duration>,
    /// Of voting.
    pub(super) period: Duration,
    /// A quorum first reached so late moves the deadline by as much.
    pub(super) extension: Option<Duration>,
    /// From queueing to executing.
    pub(super) timelock: Duration,
    /// For queueing, and again for executing.
    pub(super) grace: Duration,
    /// Part of all power that must vote.
    pub(super) quorum: Part,
    /// Part of yes, no and veto that must be yes; "majority" is more than half.
    #[serde(default)]
    pub(super) threshold: ThresholdShape,
    /// Part of all votes from which veto defeats.
    pub(super) veto: Part,
    /// Part of all power that must object; where given, proposals pass unless it does.
    pub(super) objection: Option<Part>,
    /// Whether a ballot may be replaced.
    #[serde(default = "yes")]
    pub(super) revoting: bool,
}

const fn yes() -> bool {
    true
}

/// How much must be yes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected \"majority\", or a fraction such as \"60 %\"")]
pub(super) enum ThresholdShape {
    /// More than half.
    #[default]
    #[serde(skip)]
    Absent,
    /// "majority".
    Word(MajorityShape),
    /// At least this part.
    Part(Part),
}

/// More than half.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MajorityShape {
    /// More than half.
    Majority,
}

/// What becomes of deposits without quorum.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum UnheardShape {
    /// They go back.
    #[default]
    Returned,
    /// They go to the treasury.
    Forfeited,
}

/// What no proposal can change; each has a default.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundsShape {
    /// The lowest quorum; 5 %.
    pub(super) quorum: Option<Part>,
    /// The shortest voting period; an hour.
    pub(super) period: Option<Duration>,
    /// The shortest timelock; an hour.
    pub(super) timelock: Option<Duration>,
    /// The longest track, all steps together; 90 days.
    pub(super) length: Option<Duration>,
    /// The longest pause; 60 days.
    pub(super) pause: Option<Duration>,
    /// The longest mandate; 366 days.
    pub(super) mandate: Option<Duration>,
}

/// Who may cancel and pause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardianShape {
    /// Its first member is the guardian.
    pub(super) population: String,
    /// From when it is given.
    pub(super) lasts: Duration,
    /// The longest pause.
    pub(super) pause: Duration,
    /// How many pauses.
    pub(super) pauses: u8,
}

/// What the treasury has, and may pay.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TreasuryShape {
    /// Tokens that ordinary proposals may pay in a window.
    pub(super) token_cap: Tokens,
    /// Native coins, in base units, that they may.
    pub(super) native_cap: Option<Tokens>,
    /// The window.
    pub(super) window: Duration,
    /// Tokens at the start.
    pub(super) tokens: Option<Tokens>,
}

/// Governor and treasury together.
pub(super) fn governance(
    governor: &GovernanceShape,
    treasury: &TreasuryShape,
    units: &Units,
) -> Result<Governance, Problem> {
    let tokens = treasury.tokens.as_ref().map(|held| held.amount(units, "treasury.tokens"));
    Ok(Governance {
        params: params(governor, units, "governance")?,
        bounds: bounds(&governor.bounds, units)?,
        guardian: governor
            .guardian
            .as_ref()
            .map(|shape| shape.plan(units, "governance.guardian"))
            .transpose()?,
        caps: caps(treasury, units, "treasury")?,
        tokens: tokens.transpose()?.unwrap_or_default(),
    })
}

/// The governor's parameters.
pub(super) fn params<G>(
    shape: &GovernanceShape<G>,
    units: &Units,
    place: &str,
) -> Result<Params, Problem> {
    let at = |key: &str| format!("{place}.{key}");
    let TracksShape { ordinary, constitutional, emergency } = &shape.tracks;
    let least = shape.least_power.as_ref();
    let least = least.map(|least| least.amount(units, &at("least_power"))).transpose()?;
    Ok(Params {
        tracks: [
            track(ordinary, units, &at("tracks.ordinary"))?,
            track(constitutional, units, &at("tracks.constitutional"))?,
            track(emergency, units, &at("tracks.emergency"))?,
        ],
        live: shape.live,
        unheard: match shape.unheard {
            UnheardShape::Returned => Unheard::Returned,
            UnheardShape::Forfeited => Unheard::Forfeited,
        },
        least_power: Power::new(least.map_or(1, Amount::units)),
        lapse: shape.lapse.seconds(units, &at("lapse"))?,
    })
}

fn track(shape: &TrackShape, units: &Units, place: &str) -> Result<TrackParams, Problem> {
    let at = |key: &str| format!("{place}.{key}");
    let seconds = |duration: &Option<Duration>, key: &str| {
        duration.as_ref().map_or(Ok(0), |duration| duration.seconds(units, &at(key)))
    };
    let deposit = shape.deposit.as_ref().map(|deposit| deposit.amount(units, &at("deposit")));
    Ok(TrackParams {
        deposit: deposit.transpose()?.unwrap_or_default(),
        proposal_power: part(shape.proposal_power.as_ref(), &at("proposal_power"))?,
        delay: seconds(&shape.delay, "delay")?,
        period: shape.period.seconds(units, &at("period"))?,
        extension: seconds(&shape.extension, "extension")?,
        timelock: shape.timelock.seconds(units, &at("timelock"))?,
        grace: shape.grace.seconds(units, &at("grace"))?,
        quorum: shape.quorum.fraction(&at("quorum"))?,
        threshold: match &shape.threshold {
            ThresholdShape::Absent | ThresholdShape::Word(MajorityShape::Majority) => {
                Threshold::Majority
            }
            ThresholdShape::Part(part) => {
                Threshold::AtLeast { part: part.fraction(&at("threshold"))? }
            }
        },
        veto: shape.veto.fraction(&at("veto"))?,
        objection: part(shape.objection.as_ref(), &at("objection"))?,
        revoting: shape.revoting,
    })
}

/// The governor's hard bounds.
pub(super) fn bounds(shape: &BoundsShape, units: &Units) -> Result<Bounds, Problem> {
    const DAY: u64 = 86_400;
    let at = |key: &str| format!("governance.bounds.{key}");
    let seconds = |duration: &Option<Duration>, key: &str, usual: u64| {
        duration.as_ref().map_or(Ok(usual), |duration| duration.seconds(units, &at(key)))
    };
    let usual = protocol::Fraction::from_parts(50_000_000).unwrap_or_default();
    let quorum = shape.quorum.as_ref();
    Ok(Bounds {
        quorum: quorum.map_or(Ok(usual), |quorum| quorum.fraction(&at("quorum")))?,
        period: seconds(&shape.period, "period", 3_600)?,
        timelock: seconds(&shape.timelock, "timelock", 3_600)?,
        length: seconds(&shape.length, "length", 90 * DAY)?,
        pause: seconds(&shape.pause, "pause", 60 * DAY)?,
        mandate: seconds(&shape.mandate, "mandate", 366 * DAY)?,
    })
}

impl GuardianShape {
    /// The mandate that it means.
    pub(super) fn plan(&self, units: &Units, place: &str) -> Result<GuardianPlan, Problem> {
        Ok(GuardianPlan {
            population: self.population.clone(),
            lasts: self.lasts.seconds(units, &format!("{place}.lasts"))?,
            pause: self.pause.seconds(units, &format!("{place}.pause"))?,
            pauses: self.pauses,
        })
    }
}

/// The treasury's parameters.
pub(super) fn caps(
    shape: &TreasuryShape,
    units: &Units,
    place: &str,
) -> Result<treasury::Params, Problem> {
    let at = |key: &str| format!("{place}.{key}");
    let native = shape.native_cap.as_ref().map(|cap| cap.amount(units, &at("native_cap")));
    Ok(treasury::Params {
        token_cap: shape.token_cap.amount(units, &at("token_cap"))?,
        native_cap: native.transpose()?.unwrap_or_default(),
        window: shape.window.seconds(units, &at("window"))?,
    })
}
