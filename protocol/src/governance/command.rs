//! What may be asked of the governor, and what it tells.

use crate::{
    account::AccountId,
    codec::{Bytes, codec_enum, codec_struct},
    effect::{Payload, Value, events},
    governance::{Form, Mandate, Params, Status},
    pause::Pausable,
    track::Track,
    treasury::Action,
    units::{Amount, Fraction, Power, Timestamp},
};

/// A proposal as it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Under which rules.
    pub track: Track,
    /// One line.
    pub title: Bytes,
    /// At length.
    pub body: Bytes,
    /// What is asked, and what follows.
    pub question: Question,
}

codec_struct!(Draft { track, title, body, question });

/// What is asked of the voters, and what follows from which answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Yes, no, abstain or veto.
    Standard {
        /// What a yes does; at least one thing.
        actions: Vec<Action>,
    },
    /// The same, and nothing follows: an opinion on record.
    Signal,
    /// 2 to 16 options, or none of them.
    Choice {
        /// Each one's name, and what it does if it wins; it may be nothing.
        options: Vec<Choice>,
    },
    /// Which topics the emission goes to, or none of these.
    Gauge {
        /// 2 to 16, none twice.
        topics: Vec<u16>,
        /// Allocation weight that is shared among them by their votes.
        weight: u64,
    },
}

codec_enum!(Question {
    0 => Standard { actions },
    1 => Signal,
    2 => Choice { options },
    3 => Gauge { topics, weight },
});

impl Question {
    /// How votes on it are counted.
    pub const fn form(&self) -> Form {
        match self {
            Self::Standard { .. } => Form::Standard,
            Self::Signal => Form::Signal,
            Self::Choice { .. } => Form::Choice,
            Self::Gauge { .. } => Form::Gauge,
        }
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: Bytes,
    /// What it does.
    pub actions: Vec<Action>,
}

codec_struct!(Choice { name, actions });

/// The governor's verbs.
#[expect(
    clippy::large_enum_variant,
    reason = "commands are moved and not kept, and a change of the rules is the rare large one"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// cw20's notice of a `send`: adds to the sender's deposit balance. The token only.
    Receive {
        /// Whose tokens they were.
        from: AccountId,
        /// How many.
        amount: Amount,
        /// That it is a deposit.
        payload: Payload,
    },
    /// Pays out of the sender's deposit balance. Never paused.
    Withdraw {
        /// How much.
        amount: Amount,
    },
    /// Makes a proposal, and locks its track's deposit.
    Propose {
        /// What is proposed.
        draft: Draft,
    },
    /// Casts the sender's ballot, or replaces it. Never paused.
    Vote {
        /// The proposal.
        proposal: u32,
        /// (option, share): shares sum to one, no option twice, none of nothing.
        shares: Vec<(u8, Fraction)>,
        /// Why; told in the event and kept nowhere.
        rationale: Bytes,
    },
    /// Starts the timelock of a passed proposal. Anyone.
    Queue {
        /// The proposal.
        proposal: u32,
    },
    /// Runs a queued proposal whose timelock is over, or one that failed. Anyone.
    Execute {
        /// The proposal.
        proposal: u32,
    },
    /// Returns or forfeits the deposit of a proposal that is decided. Anyone.
    Settle {
        /// The proposal.
        proposal: u32,
    },
    /// Ends a proposal: its proposer before voting opens, the guardian while it is queued.
    Cancel {
        /// The proposal.
        proposal: u32,
        /// Why; the guardian must say.
        reason: Bytes,
    },
    /// Pauses a module's non-exit verbs. The guardian within its mandate, or a proposal.
    Pause {
        /// Which.
        module: Pausable,
        /// For how long from now; 0 ends a pause.
        seconds: u64,
    },
    /// Puts a queued proposal off until an ordinary one can drop it. An emergency proposal.
    Hold {
        /// Which.
        proposal: u32,
    },
    /// Cancels a proposal that is held. An ordinary proposal.
    Drop {
        /// Which.
        proposal: u32,
    },
    /// Suspends the guardian's mandate until an ordinary proposal can end it. An emergency
    /// proposal.
    Suspend,
    /// Ends a suspended mandate. An ordinary proposal.
    Dismiss,
    /// Gives a mandate in place of what there is; nobody's where it names none. A
    /// constitutional proposal.
    SetGuardian {
        /// Who, until when, and how much.
        mandate: Mandate,
    },
    /// Replaces the parameters, for proposals made from then on. A constitutional proposal.
    UpdateParams {
        /// The new ones.
        params: Params,
    },
    /// Subscribes an address to proposals. The authority only.
    AddHook {
        /// The subscriber.
        hook: AccountId,
    },
    /// Ends a subscription. The authority, or the subscriber itself.
    RemoveHook {
        /// The subscriber.
        hook: AccountId,
    },
    /// The governor's own: an execution or a subscriber failed.
    Failed {
        /// Which; a subscriber's is [`HOOK_TAG`] and its place.
        tag: u64,
    },
}

/// Tags from here on are subscribers' places, below it proposals.
pub const HOOK_TAG: u64 = 1 << 32;

codec_enum!(Command {
    0 => Receive { from, amount, payload },
    1 => Withdraw { amount },
    2 => Propose { draft },
    3 => Vote { proposal, shares, rationale },
    4 => Queue { proposal },
    5 => Execute { proposal },
    6 => Settle { proposal },
    7 => Cancel { proposal, reason },
    8 => Pause { module, seconds },
    9 => Hold { proposal },
    10 => Drop { proposal },
    11 => Suspend,
    12 => Dismiss,
    13 => SetGuardian { mandate },
    14 => UpdateParams { params },
    15 => AddHook { hook },
    16 => RemoveHook { hook },
    17 => Failed { tag },
});

/// A byte string as text; nothing where it is not UTF-8, which the edge rules out.
fn text(bytes: &Bytes) -> Value<'_> {
    Value::Text(std::str::from_utf8(&bytes.0).unwrap_or_default())
}

events! {
    /// Tokens were added to a deposit balance.
    Deposited "deposit" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// How many.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A deposit balance was paid out.
    Withdrawn "withdraw" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A proposal was made.
    Proposed "propose" {
        /// Its number.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// By whom.
        proposer: AccountId => Value::Account(*proposer),
        /// Its track.
        track: Track => Value::Text(track.name()),
        /// What is asked.
        form: Form => Value::Text(form.name()),
        /// The first second of voting.
        opens: Timestamp => Value::Number(u128::from(opens.get())),
        /// The first second after it.
        deadline: Timestamp => Value::Number(u128::from(deadline.get())),
    }
    /// A ballot was cast or replaced.
    Voted "vote" {
        /// On what.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// By whom.
        voter: AccountId => Value::Account(*voter),
        /// With how much power.
        power: Power => Value::Number(power.units()),
        /// The option, or that of the largest share.
        option: u8 => Value::Number(u128::from(*option)),
        /// Why.
        rationale: Bytes => text(rationale),
    }
    /// A late quorum moved the deadline.
    Extended "extend" {
        /// Whose.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// The new one.
        deadline: Timestamp => Value::Number(u128::from(deadline.get())),
    }
    /// A timelock began.
    Queued "queue" {
        /// Whose.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// From when it may be executed.
        eta: Timestamp => Value::Number(u128::from(eta.get())),
    }
    /// A proposal is being executed; where that fails, `execution_failed` follows.
    Executed "execute" {
        /// Which.
        proposal: u32 => Value::Number(u128::from(*proposal)),
    }
    /// An execution failed and did nothing.
    ExecutionFailed "execution_failed" {
        /// Of which.
        proposal: u32 => Value::Number(u128::from(*proposal)),
    }
    /// A deposit was returned or forfeited.
    Settled "settle" {
        /// Whose.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// How it stands.
        status: Status => Value::Text(status.name()),
        /// Back to the proposer's balance.
        returned: Amount => Value::Number(returned.units()),
        /// To the treasury.
        forfeited: Amount => Value::Number(forfeited.units()),
    }
    /// A proposal was cancelled.
    Cancelled "cancel" {
        /// Which.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// By whom.
        by: AccountId => Value::Account(*by),
        /// Why.
        reason: Bytes => text(reason),
    }
    /// A module was paused, or a pause was ended.
    Paused "pause" {
        /// Which.
        module: Pausable => Value::Text(module.module().name()),
        /// By whom.
        by: AccountId => Value::Account(*by),
        /// The first second without it.
        until: Timestamp => Value::Number(u128::from(until.get())),
    }
    /// A queued proposal was put off.
    Held "hold" {
        /// Which.
        proposal: u32 => Value::Number(u128::from(*proposal)),
        /// From when it may be executed.
        eta: Timestamp => Value::Number(u128::from(eta.get())),
    }
    /// A held proposal was cancelled.
    Dropped "drop" {
        /// Which.
        proposal: u32 => Value::Number(u128::from(*proposal)),
    }
    /// The guardian's mandate was suspended.
    Suspended "suspend_guardian" {
        /// Until when.
        until: Timestamp => Value::Number(u128::from(until.get())),
    }
    /// The guardian's mandate was ended.
    Dismissed "dismiss_guardian" {}
    /// A mandate was given; to nobody where it names none.
    GuardianSet "set_guardian" {
        /// To whom.
        guardian: Option<AccountId> => (*guardian).map_or(Value::Text("None"), Value::Account),
        /// Until when.
        ends: Timestamp => Value::Number(u128::from(ends.get())),
    }
    /// The parameters changed.
    ParamsUpdated "update_params" {}
    /// An address subscribed to proposals.
    HookAdded "add_hook" {
        /// The subscriber.
        hook: AccountId => Value::Account(*hook),
    }
    /// A subscription ended.
    HookRemoved "remove_hook" {
        /// The subscriber.
        hook: AccountId => Value::Account(*hook),
    }
    /// A subscriber refused a notice; what it was told of stands.
    HookFailed "hook_failed" {
        /// Its place in the list.
        tag: u64 => Value::Number(u128::from(*tag)),
    }
}
