//! What may be asked of the governor.

use crate::{
    Contracts, Error, Lexicon,
    accounts::{amount, fraction},
    governor::{
        MandateMsg, ParamsMsg, QuestionMsg, TrackMsg, mandate, mandate_message, params,
        params::part,
        params_message,
        question::{bytes, optional_text, question, question_message},
        text,
    },
    read_payload,
};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Decimal, Uint128};
use cw20::Cw20ReceiveMsg;
use protocol::{
    Fraction,
    governance::{Command, Draft},
    pause::Pausable,
};

/// A module whose non-exit verbs can be paused.
#[cw_serde]
pub enum PausableMsg {
    /// Bonding, raising, delegating.
    Staking,
    /// Registering, submitting, closing.
    Network,
    /// Distributing, setting takes.
    Rewards,
}

/// What may be asked of the governor.
#[cw_serde]
pub enum ExecuteMsg {
    /// Tells the other contracts' addresses; once, by the instantiator.
    Wire(Contracts),
    /// cw20's notice of a `send`: adds to the deposit balance; the token only.
    Receive(Cw20ReceiveMsg),
    /// Pays out of the sender's deposit balance.
    Withdraw {
        /// Base units.
        amount: Uint128,
    },
    /// Makes a proposal, and locks its track's deposit.
    Propose {
        /// Under which rules.
        track: TrackMsg,
        /// One line.
        title: String,
        /// At length.
        description: String,
        /// What is asked, and what follows.
        question: QuestionMsg,
    },
    /// Casts the sender's ballot, or replaces it.
    Vote {
        /// The proposal.
        proposal_id: u32,
        /// (option, share) with shares summing to 1; of a standard ballot 0 is yes, 1 no,
        /// 2 abstain, 3 veto.
        ballot: Vec<(u8, Decimal)>,
        /// Why.
        rationale: Option<String>,
    },
    /// Starts the timelock of a passed proposal.
    Queue {
        /// The proposal.
        proposal_id: u32,
    },
    /// Runs a queued proposal whose timelock is over, or one that failed.
    Execute {
        /// The proposal.
        proposal_id: u32,
    },
    /// Returns or forfeits the deposit of a proposal that is decided.
    Settle {
        /// The proposal.
        proposal_id: u32,
    },
    /// Ends a proposal: its proposer before voting opens, the guardian while it is queued.
    Cancel {
        /// The proposal.
        proposal_id: u32,
        /// Why; the guardian must say.
        reason: Option<String>,
    },
    /// Pauses a module's non-exit verbs: the guardian within its mandate, or a proposal.
    Pause {
        /// Which.
        module: PausableMsg,
        /// For how long from now; 0 ends a pause.
        seconds: u64,
    },
    /// Puts a queued proposal off until an ordinary one can drop it; an emergency proposal.
    Hold {
        /// Which.
        proposal_id: u32,
    },
    /// Cancels a proposal that is held; an ordinary proposal.
    Drop {
        /// Which.
        proposal_id: u32,
    },
    /// Suspends the guardian's mandate; an emergency proposal.
    Suspend {},
    /// Ends a suspended mandate; an ordinary proposal.
    Dismiss {},
    /// Gives a mandate in place of what there is; a constitutional proposal.
    SetGuardian {
        /// Who, until when, and how much.
        mandate: MandateMsg,
    },
    /// Replaces the parameters, for proposals made from then on; a constitutional proposal.
    UpdateParams {
        /// The new ones.
        params: Box<ParamsMsg>,
    },
    /// Subscribes a contract to proposals; a constitutional proposal.
    AddHook {
        /// The subscriber.
        addr: String,
    },
    /// Ends a subscription: a constitutional proposal, or the subscriber itself.
    RemoveHook {
        /// The subscriber.
        addr: String,
    },
}

const fn pausable(msg: &PausableMsg) -> Pausable {
    match msg {
        PausableMsg::Staking => Pausable::Staking,
        PausableMsg::Network => Pausable::Network,
        PausableMsg::Rewards => Pausable::Rewards,
    }
}

const fn pausable_message(module: Pausable) -> PausableMsg {
    match module {
        Pausable::Staking => PausableMsg::Staking,
        Pausable::Network => PausableMsg::Network,
        Pausable::Rewards => PausableMsg::Rewards,
    }
}

fn shares(ballot: &[(u8, Decimal)]) -> Result<Vec<(u8, Fraction)>, Error> {
    ballot.iter().map(|(option, share)| Ok((*option, fraction(*share)?))).collect()
}

/// Shares as a message.
pub fn ballot_message(shares: &[(u8, Fraction)]) -> Vec<(u8, Decimal)> {
    shares.iter().map(|(option, share)| (*option, part(*share))).collect()
}

/// The command that a message means; `None` for `wire`, which is the contract's own.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn command(lexicon: &Lexicon, msg: ExecuteMsg) -> Result<Option<Command>, Error> {
    let book = lexicon.book;
    Ok(Some(match msg {
        ExecuteMsg::Wire(_) => return Ok(None),
        ExecuteMsg::Receive(notice) => Command::Receive {
            from: book.account(&notice.sender)?,
            amount: amount(notice.amount)?,
            payload: read_payload(&notice.msg),
        },
        ExecuteMsg::Withdraw { amount: a } => Command::Withdraw { amount: amount(a)? },
        ExecuteMsg::Propose { track, title, description, question: asked } => {
            let question = question(lexicon, asked)?;
            let (title, body) = (bytes(title), bytes(description));
            Command::Propose { draft: Draft { track: track.into(), title, body, question } }
        }
        ExecuteMsg::Vote { proposal_id: proposal, ballot, rationale } => Command::Vote {
            proposal,
            shares: shares(&ballot)?,
            rationale: bytes(rationale.unwrap_or_default()),
        },
        ExecuteMsg::Queue { proposal_id: proposal } => Command::Queue { proposal },
        ExecuteMsg::Execute { proposal_id: proposal } => Command::Execute { proposal },
        ExecuteMsg::Settle { proposal_id: proposal } => Command::Settle { proposal },
        ExecuteMsg::Cancel { proposal_id: proposal, reason } => {
            Command::Cancel { proposal, reason: bytes(reason.unwrap_or_default()) }
        }
        ExecuteMsg::Pause { module, seconds } => {
            Command::Pause { module: pausable(&module), seconds }
        }
        ExecuteMsg::Hold { proposal_id: proposal } => Command::Hold { proposal },
        ExecuteMsg::Drop { proposal_id: proposal } => Command::Drop { proposal },
        ExecuteMsg::Suspend {} => Command::Suspend,
        ExecuteMsg::Dismiss {} => Command::Dismiss,
        ExecuteMsg::SetGuardian { mandate: msg } => {
            Command::SetGuardian { mandate: mandate(book, &msg)? }
        }
        ExecuteMsg::UpdateParams { params: msg } => Command::UpdateParams { params: params(&msg)? },
        ExecuteMsg::AddHook { addr } => Command::AddHook { hook: book.account(&addr)? },
        ExecuteMsg::RemoveHook { addr } => Command::RemoveHook { hook: book.account(&addr)? },
    }))
}

/// The message that means a command.
///
/// # Errors
/// A handle without an address; `Failed`, which no message carries.
pub fn message(lexicon: &Lexicon, command: &Command) -> Result<ExecuteMsg, Error> {
    let book = lexicon.book;
    Ok(match command {
        Command::Receive { from, amount, payload } => ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: book.address(*from)?,
            amount: amount.units().into(),
            msg: crate::payload(payload)?,
        }),
        Command::Withdraw { amount } => ExecuteMsg::Withdraw { amount: amount.units().into() },
        Command::Propose { draft } => ExecuteMsg::Propose {
            track: draft.track.into(),
            title: text(&draft.title),
            description: text(&draft.body),
            question: question_message(lexicon, &draft.question)?,
        },
        Command::Vote { proposal, shares, rationale } => ExecuteMsg::Vote {
            proposal_id: *proposal,
            ballot: ballot_message(shares),
            rationale: optional_text(rationale),
        },
        Command::Queue { proposal } => ExecuteMsg::Queue { proposal_id: *proposal },
        Command::Execute { proposal } => ExecuteMsg::Execute { proposal_id: *proposal },
        Command::Settle { proposal } => ExecuteMsg::Settle { proposal_id: *proposal },
        Command::Cancel { proposal, reason } => {
            ExecuteMsg::Cancel { proposal_id: *proposal, reason: optional_text(reason) }
        }
        Command::Pause { module, seconds } => {
            ExecuteMsg::Pause { module: pausable_message(*module), seconds: *seconds }
        }
        Command::Hold { proposal } => ExecuteMsg::Hold { proposal_id: *proposal },
        Command::Drop { proposal } => ExecuteMsg::Drop { proposal_id: *proposal },
        Command::Suspend => ExecuteMsg::Suspend {},
        Command::Dismiss => ExecuteMsg::Dismiss {},
        Command::SetGuardian { mandate } => {
            ExecuteMsg::SetGuardian { mandate: mandate_message(book, mandate)? }
        }
        Command::UpdateParams { params } => {
            ExecuteMsg::UpdateParams { params: Box::new(params_message(params)) }
        }
        Command::AddHook { hook } => ExecuteMsg::AddHook { addr: book.address(*hook)? },
        Command::RemoveHook { hook } => ExecuteMsg::RemoveHook { addr: book.address(*hook)? },
        Command::Failed { .. } => return Err(protocol::NOT_AUTHORISED.bare().into()),
    })
}
