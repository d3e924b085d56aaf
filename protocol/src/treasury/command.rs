//! What may be asked of the treasury, and what it tells.

use crate::{
    account::AccountId,
    asset::Asset,
    codec::codec_enum,
    effect::{Payload, Value, events},
    track::Track,
    treasury::{Action, GrantTerms, Params, StreamTerms},
    units::Amount,
};

/// The treasury's verbs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// cw20's notice of a `send`: adds to a stream. The token only.
    Receive {
        /// Whose tokens they were.
        from: AccountId,
        /// How many.
        amount: Amount,
        /// Which stream.
        payload: Payload,
    },
    /// Adds the attached native coins to a stream. Anyone.
    Fund {
        /// Its number.
        stream: u32,
    },
    /// Carries out what a proposal decided, all or nothing. The authority only.
    Execute {
        /// Its number.
        proposal: u32,
        /// The track it passed on.
        track: Track,
        /// What it does, in order.
        actions: Vec<Action>,
    },
    /// Checks that what is held covers what is promised. The treasury itself, after messages
    /// that it cannot read.
    Settle,
    /// Promises a stream. The treasury itself, by a proposal.
    OpenStream {
        /// Its terms.
        terms: StreamTerms,
    },
    /// Adds to a stream from the treasury's own balance. The treasury itself, by a proposal.
    FundStream {
        /// Its number.
        stream: u32,
        /// What it pays.
        asset: Asset,
        /// How much more.
        amount: Amount,
    },
    /// Ends a stream; what is earned stays claimable. The treasury itself, by a proposal.
    CancelStream {
        /// Its number.
        stream: u32,
    },
    /// Pays out what the sender's stream has earned.
    ClaimStream {
        /// Its number.
        stream: u32,
    },
    /// Promises a grant. The treasury itself, by a proposal.
    OpenGrant {
        /// Its terms.
        terms: GrantTerms,
    },
    /// Pays a milestone out. The grant's reviewer, or the treasury itself by a proposal.
    Release {
        /// The grant's number.
        grant: u32,
        /// Which milestone, from 0.
        milestone: u8,
    },
    /// Takes back what a grant has not released. Anyone from the deadline on; before it the
    /// treasury itself, by a proposal.
    Return {
        /// The grant's number.
        grant: u32,
    },
    /// Offers the authority over the treasury; it moves when the offer is accepted. The
    /// treasury itself, by a proposal.
    Offer {
        /// To whom; `None` withdraws the offer.
        to: Option<AccountId>,
    },
    /// Takes the authority that was offered to the sender.
    Accept,
    /// Replaces caps and window. The treasury itself, by a proposal.
    UpdateParams {
        /// The new ones.
        params: Params,
    },
}

codec_enum!(Command {
    0 => Receive { from, amount, payload },
    1 => Fund { stream },
    2 => Execute { proposal, track, actions },
    3 => Settle,
    4 => OpenStream { terms },
    5 => FundStream { stream, asset, amount },
    6 => CancelStream { stream },
    7 => ClaimStream { stream },
    8 => OpenGrant { terms },
    9 => Release { grant, milestone },
    10 => Return { grant },
    11 => Offer { to },
    12 => Accept,
    13 => UpdateParams { params },
});

events! {
    /// A proposal's actions were carried out.
    Executed "execute" {
        /// Its number.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// Its track.
        track: Track => Value::Text(track.name()),
        /// How many actions.
        actions: u32 => Value::Number(u128::from(*actions)),
    }
    /// The treasury paid.
    Paid "pay" {
        /// In what.
        asset: Asset => Value::Text(asset.name()),
        /// Whom.
        to: AccountId => Value::Account(*to),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A stream was promised.
    StreamOpened "open_stream" {
        /// Its number.
        stream: u32 => Value::Number(u128::from(*stream)),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// In what.
        asset: Asset => Value::Text(asset.name()),
        /// How much at first.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A stream got more.
    StreamFunded "fund_stream" {
        /// Its number.
        stream: u32 => Value::Number(u128::from(*stream)),
        /// From whom.
        from: AccountId => Value::Account(*from),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A stream was ended.
    StreamCancelled "cancel_stream" {
        /// Its number.
        stream: u32 => Value::Number(u128::from(*stream)),
        /// What was not earned and is free again.
        freed: Amount => Value::Number(freed.units()),
    }
    /// The earned part of a stream was paid.
    StreamClaimed "claim_stream" {
        /// Its number.
        stream: u32 => Value::Number(u128::from(*stream)),
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A grant was promised.
    GrantOpened "open_grant" {
        /// Its number.
        grant: u32 => Value::Number(u128::from(*grant)),
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// In what.
        asset: Asset => Value::Text(asset.name()),
        /// All milestones together.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A milestone was paid.
    Released "release" {
        /// The grant's number.
        grant: u32 => Value::Number(u128::from(*grant)),
        /// Which milestone.
        milestone: u8 => Value::Number(u128::from(*milestone)),
        /// By whom.
        by: AccountId => Value::Account(*by),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// What a grant had not released was taken back.
    Returned "return" {
        /// The grant's number.
        grant: u32 => Value::Number(u128::from(*grant)),
        /// How much is free again.
        freed: Amount => Value::Number(freed.units()),
    }
    /// The authority was offered; nobody is offered it where it is none.
    Offered "offer" {
        /// To whom.
        to: Option<AccountId> => (*to).map_or(Value::Text("None"), Value::Account),
    }
    /// The authority moved.
    Accepted "accept" {
        /// Who has it now.
        holder: AccountId => Value::Account(*holder),
    }
    /// Caps or window changed.
    ParamsUpdated "update_params" {}
}
