//! The governor's parameters as messages.

use crate::{
    Accounts, Error,
    accounts::{amount, decimal, fraction, optional, optional_address},
};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Decimal, Uint128};
use protocol::{
    Fraction, Power, Timestamp, Track,
    governance::{Bounds, Genesis, Mandate, Params, Threshold, TrackParams, Unheard},
};

/// A track.
#[cw_serde]
pub enum TrackMsg {
    /// Payments under the cap, topics inside bounds.
    Ordinary,
    /// Whatever may be done at all.
    Constitutional,
    /// A short list of actions whose effects lapse.
    Emergency,
}

impl From<TrackMsg> for Track {
    fn from(msg: TrackMsg) -> Self {
        match msg {
            TrackMsg::Ordinary => Self::Ordinary,
            TrackMsg::Constitutional => Self::Constitutional,
            TrackMsg::Emergency => Self::Emergency,
        }
    }
}

impl From<Track> for TrackMsg {
    fn from(track: Track) -> Self {
        match track {
            Track::Ordinary => Self::Ordinary,
            Track::Constitutional => Self::Constitutional,
            Track::Emergency => Self::Emergency,
        }
    }
}

/// How much of yes, no and veto together must be yes.
#[cw_serde]
pub enum ThresholdMsg {
    /// Strictly more than half.
    Majority {},
    /// At least this part, rounded up.
    AtLeast {
        /// From one half to one.
        part: Decimal,
    },
}

/// The rules of a track; periods in seconds.
#[cw_serde]
pub struct TrackParamsMsg {
    /// Base units locked from the proposer's deposit balance.
    pub deposit: Uint128,
    /// The part of all power that a proposer needs.
    pub proposal_power: Decimal,
    /// From creation to the first vote.
    pub delay: u64,
    /// Of voting.
    pub period: u64,
    /// A quorum that is first reached so late moves the deadline, once; 0 never does.
    pub extension: u64,
    /// From queueing to the first execution.
    pub timelock: u64,
    /// In which a passed proposal may be queued, and a queued one executed.
    pub grace: u64,
    /// The part of all power that must have voted.
    pub quorum: Decimal,
    /// How much of yes, no and veto must be yes.
    pub threshold: ThresholdMsg,
    /// The part of all votes from which veto defeats.
    pub veto: Decimal,
    /// The part of all power that must object to stop a proposal that passes unless it is
    /// objected to; 0: proposals must gather votes.
    pub objection: Decimal,
    /// Whether a ballot may be replaced.
    pub revoting: bool,
}

/// What constitutional proposals may change.
#[cw_serde]
pub struct ParamsMsg {
    /// Payments under the cap, topics inside bounds.
    pub ordinary: TrackParamsMsg,
    /// Whatever may be done at all.
    pub constitutional: TrackParamsMsg,
    /// A short list of actions whose effects lapse.
    pub emergency: TrackParamsMsg,
    /// The most live proposals of one proposer.
    pub live: u16,
    /// Whether a deposit is kept where the quorum was not reached.
    pub forfeit_unheard: bool,
    /// The least total power with which anything can be proposed.
    pub least_power: Uint128,
    /// Seconds until an emergency proposal's effect lapses.
    pub lapse: u64,
}

/// What no proposal can change; periods in seconds.
#[cw_serde]
pub struct BoundsMsg {
    /// The lowest quorum.
    pub quorum: Decimal,
    /// The shortest voting period.
    pub period: u64,
    /// The shortest timelock.
    pub timelock: u64,
    /// The longest track, all its steps together.
    pub length: u64,
    /// The longest pause.
    pub pause: u64,
    /// The longest mandate of a guardian, from when it is given.
    pub mandate: u64,
}

/// Who may cancel what is queued and pause modules, how often and until when.
#[cw_serde]
pub struct MandateMsg {
    /// Who; nobody where absent.
    pub guardian: Option<String>,
    /// Seconds since 1970: the first second without the mandate.
    pub ends: u64,
    /// The most seconds of one pause.
    pub pause: u64,
    /// Pauses that are left.
    pub pauses: u8,
    /// Seconds since 1970 until which an emergency proposal has suspended it; 0 where none has.
    pub suspended: u64,
}

/// Makes a governor.
#[cw_serde]
pub struct InstantiateMsg {
    /// What constitutional proposals may change.
    pub params: ParamsMsg,
    /// What no proposal can change.
    pub bounds: BoundsMsg,
    /// The first guardian's mandate.
    pub mandate: MandateMsg,
    /// The native denom that the treasury pays in, if any: a bank `send` of it is a payment.
    pub denom: Option<String>,
}

/// The rulebook's genesis of a governor.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn genesis(
    book: &dyn Accounts,
    msg: &InstantiateMsg,
    start: Timestamp,
) -> Result<Genesis, Error> {
    Ok(Genesis {
        params: params(&msg.params)?,
        bounds: bounds(&msg.bounds)?,
        mandate: mandate(book, &msg.mandate)?,
        start,
    })
}

fn track(msg: &TrackParamsMsg) -> Result<TrackParams, Error> {
    Ok(TrackParams {
        deposit: amount(msg.deposit)?,
        proposal_power: fraction(msg.proposal_power)?,
        delay: msg.delay,
        period: msg.period,
        extension: msg.extension,
        timelock: msg.timelock,
        grace: msg.grace,
        quorum: fraction(msg.quorum)?,
        threshold: match &msg.threshold {
            ThresholdMsg::Majority {} => Threshold::Majority,
            ThresholdMsg::AtLeast { part } => Threshold::AtLeast { part: fraction(*part)? },
        },
        veto: fraction(msg.veto)?,
        objection: fraction(msg.objection)?,
        revoting: msg.revoting,
    })
}

pub(super) fn part(fraction: Fraction) -> Decimal {
    decimal(fraction.parts().into())
}

fn track_message(params: &TrackParams) -> TrackParamsMsg {
    TrackParamsMsg {
        deposit: params.deposit.units().into(),
        proposal_power: part(params.proposal_power),
        delay: params.delay,
        period: params.period,
        extension: params.extension,
        timelock: params.timelock,
        grace: params.grace,
        quorum: part(params.quorum),
        threshold: match params.threshold {
            Threshold::Majority => ThresholdMsg::Majority {},
            Threshold::AtLeast { part: of } => ThresholdMsg::AtLeast { part: part(of) },
        },
        veto: part(params.veto),
        objection: part(params.objection),
        revoting: params.revoting,
    }
}

/// The rulebook's parameters.
///
/// # Errors
/// An amount or fraction that cannot be.
pub fn params(msg: &ParamsMsg) -> Result<Params, Error> {
    Ok(Params {
        tracks: [track(&msg.ordinary)?, track(&msg.constitutional)?, track(&msg.emergency)?],
        live: msg.live,
        unheard: if msg.forfeit_unheard { Unheard::Forfeited } else { Unheard::Returned },
        least_power: Power::new(msg.least_power.u128()),
        lapse: msg.lapse,
    })
}

/// The parameters as a message.
pub fn params_message(params: &Params) -> ParamsMsg {
    let [ordinary, constitutional, emergency] = &params.tracks;
    ParamsMsg {
        ordinary: track_message(ordinary),
        constitutional: track_message(constitutional),
        emergency: track_message(emergency),
        live: params.live,
        forfeit_unheard: params.unheard == Unheard::Forfeited,
        least_power: params.least_power.units().into(),
        lapse: params.lapse,
    }
}

/// The rulebook's bounds.
///
/// # Errors
/// A fraction that cannot be.
pub fn bounds(msg: &BoundsMsg) -> Result<Bounds, Error> {
    Ok(Bounds {
        quorum: fraction(msg.quorum)?,
        period: msg.period,
        timelock: msg.timelock,
        length: msg.length,
        pause: msg.pause,
        mandate: msg.mandate,
    })
}

/// The bounds as a message.
pub fn bounds_message(bounds: &Bounds) -> BoundsMsg {
    BoundsMsg {
        quorum: part(bounds.quorum),
        period: bounds.period,
        timelock: bounds.timelock,
        length: bounds.length,
        pause: bounds.pause,
        mandate: bounds.mandate,
    }
}

/// The rulebook's mandate.
///
/// # Errors
/// An address that cannot be.
pub fn mandate(book: &dyn Accounts, msg: &MandateMsg) -> Result<Mandate, Error> {
    Ok(Mandate {
        guardian: optional(book, msg.guardian.as_deref())?,
        ends: Timestamp::new(msg.ends),
        pause: msg.pause,
        pauses: msg.pauses,
        suspended: Timestamp::new(msg.suspended),
    })
}

/// The mandate as a message.
///
/// # Errors
/// A guardian without an address.
pub fn mandate_message(book: &dyn Accounts, mandate: &Mandate) -> Result<MandateMsg, Error> {
    Ok(MandateMsg {
        guardian: optional_address(book, mandate.guardian)?,
        ends: mandate.ends.get(),
        pause: mandate.pause,
        pauses: mandate.pauses,
        suspended: mandate.suspended.get(),
    })
}
