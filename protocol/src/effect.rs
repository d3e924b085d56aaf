//! What a rule asks of others. Effects are carried out depth first, in order, like the SDK's
//! submessages, under savepoints; a refused effect undoes the whole command.

use crate::{
    account::{AccountId, ModuleId},
    codec::{Bytes, codec_enum},
    governance::{self, Status},
    network, rewards, staking, token, treasury,
    units::{Amount, Power},
};

/// A command of one module.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// To the token.
    Token(token::Command),
    /// To staking.
    Staking(staking::Command),
    /// To the scoring network.
    Network(network::Command),
    /// To rewards.
    Rewards(rewards::Command),
    /// To the governor.
    Governance(governance::Command),
    /// To the treasury.
    Treasury(treasury::Command),
}

codec_enum!(Command {
    0 => Token(command),
    1 => Staking(command),
    2 => Network(command),
    3 => Rewards(command),
    4 => Governance(command),
    5 => Treasury(command),
});

impl Command {
    /// The module that the command is for.
    pub const fn module(&self) -> ModuleId {
        match self {
            Self::Token(_) => ModuleId::Token,
            Self::Staking(_) => ModuleId::Staking,
            Self::Network(_) => ModuleId::Network,
            Self::Rewards(_) => ModuleId::Rewards,
            Self::Governance(_) => ModuleId::Governor,
            Self::Treasury(_) => ModuleId::Treasury,
        }
    }
}

/// One thing a rule asks of others.
#[expect(
    clippy::large_enum_variant,
    reason = "commands are moved and not kept, and a change of the rules is the rare large one"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A command to another module, sent by this one.
    Call {
        /// What to do; names the module.
        command: Command,
        /// What a refusal undoes.
        on_fail: OnFail,
    },
    /// cw20's notice to whoever receives tokens by `send`. The target is an address, not a
    /// module; an address that does not answer refuses it with code 0.
    Notify {
        /// Who received the tokens.
        to: AccountId,
        /// Who sent them.
        from: AccountId,
        /// How many.
        amount: Amount,
        /// What the sender attached.
        payload: Payload,
    },
    /// A payment in the native denom from the module's own balance.
    Pay {
        /// Who is paid.
        to: AccountId,
        /// How much.
        amount: Amount,
    },
    /// A notice of changed power to a subscriber (cw4's hook). It is sent with
    /// [`OnFail::Report`]: a hook can never veto.
    Hook {
        /// The subscriber.
        to: AccountId,
        /// Whose power changed.
        who: AccountId,
        /// Power before.
        before: Power,
        /// Power after.
        after: Power,
        /// Names the hook in the report of its failure.
        tag: u64,
    },
    /// A notice of a proposal that was made or stands otherwise, to a subscriber. It is sent with
    /// [`OnFail::Report`].
    Herald {
        /// The subscriber.
        to: AccountId,
        /// The proposal.
        proposal: u32,
        /// How it stood; `None`: it is new.
        before: Option<Status>,
        /// How it stands.
        after: Status,
        /// Names the subscriber in the report of its failure.
        tag: u64,
    },
    /// New code for a module's contract, by the contract that is its admin. Natively it changes
    /// nothing: records are what is compared, and a migration keeps them.
    Migrate {
        /// Whose code.
        module: ModuleId,
        /// The chain's number of the new code.
        code: u64,
    },
    /// A message of the chain that is no command of ours, as JSON. Natively it is refused with
    /// code 0, as any call to a contract that is not there.
    Opaque {
        /// The message.
        message: Bytes,
    },
    /// Something to be told to the world; changes nothing.
    Event(Event),
}

/// What a refused call undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFail {
    /// The whole command.
    Revert,
    /// Only the call; the caller then gets its own `Failed` verb with this tag.
    Report(u64),
}

/// What a holder attaches to cw20's `send`. JSON at the edge, and only there.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// To staking: bond the amount in this notice tier.
    Stake {
        /// Index of the tier.
        tier: u8,
    },
    /// To the network: burn the price of a slot, the rest comes back.
    Register {
        /// The topic.
        topic: u16,
    },
    /// To the governor: credit the deposit balance of the sender.
    Deposit,
    /// To the treasury: add to a stream.
    Fund {
        /// Its number.
        stream: u32,
    },
    /// Bytes that no module of ours understands.
    Opaque(Bytes),
}

codec_enum!(Payload {
    0 => Stake { tier },
    1 => Register { topic },
    2 => Deposit,
    3 => Fund { stream },
    255 => Opaque(bytes),
});

/// An event of some module. Every event's first attribute is its `action`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The token's.
    Token(token::Event),
    /// Staking's.
    Staking(staking::Event),
    /// The network's.
    Network(network::Event),
    /// Rewards'.
    Rewards(rewards::Event),
    /// The governor's.
    Governance(governance::Event),
    /// The treasury's.
    Treasury(treasury::Event),
}

/// The value of an event's attribute, as the shells print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Printed as the chain's address.
    Account(AccountId),
    /// Printed as a decimal number.
    Number(u128),
    /// Printed as it is.
    Text(&'a str),
}

impl Event {
    /// Visits the attributes in order; the first is `action`.
    pub fn attributes<'a>(&'a self, visit: &mut dyn FnMut(&'static str, Value<'a>)) {
        match self {
            Self::Token(event) => event.attributes(visit),
            Self::Staking(event) => event.attributes(visit),
            Self::Network(event) => event.attributes(visit),
            Self::Rewards(event) => event.attributes(visit),
            Self::Governance(event) => event.attributes(visit),
            Self::Treasury(event) => event.attributes(visit),
        }
    }
}

/// What an event is, for whoever reads events: `docs/events.md` lists them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKind {
    /// Its `action`.
    pub action: &'static str,
    /// What happened.
    pub says: &'static str,
    /// What follows the `action`, in order.
    pub attributes: &'static [AttributeKind],
}

/// An attribute of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeKind {
    /// Its key.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The rulebook's type, which gives the unit.
    pub of: &'static str,
}

/// Every event, by module.
pub const EVENTS: &[(ModuleId, &[EventKind])] = &[
    (ModuleId::Token, token::Event::KINDS),
    (ModuleId::Staking, staking::Event::KINDS),
    (ModuleId::Network, network::Event::KINDS),
    (ModuleId::Rewards, rewards::Event::KINDS),
    (ModuleId::Governor, governance::Event::KINDS),
    (ModuleId::Treasury, treasury::Event::KINDS),
];

/// `events! { Transferred "transfer" { from: AccountId => Value::Account(*from), .. } }`: the
/// enum of a module's events with the attributes of each.
macro_rules! events {
    ($($(#[doc = $doc:literal])* $name:ident $action:literal {
        $($(#[doc = $field_doc:literal])* $field:ident: $ty:ty => $value:expr),* $(,)?
    })*) => {
        /// What this module tells the world.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $($(#[doc = $doc])* $name { $($(#[doc = $field_doc])* $field: $ty),* }),*
        }

        impl Event {
            /// What each of them is; no contract's code holds this.
            pub const KINDS: &'static [$crate::effect::EventKind] = &[$(
                $crate::effect::EventKind {
                    action: $action,
                    says: concat!($($doc),*),
                    attributes: &[$($crate::effect::AttributeKind {
                        name: stringify!($field),
                        says: concat!($($field_doc),*),
                        of: stringify!($ty),
                    }),*],
                }
            ),*];

            /// Visits the attributes in order; the first is `action`.
            pub fn attributes<'a>(
                &'a self,
                visit: &mut dyn FnMut(&'static str, $crate::effect::Value<'a>),
            ) {
                match self {
                    $(Self::$name { $($field),* } => {
                        visit("action", $crate::effect::Value::Text($action));
                        $(visit(stringify!($field), $value);)*
                    })*
                }
            }
        }
    };
}
pub(crate) use events;
