//! What may be asked of staking, and what it tells.

use crate::{
    account::AccountId,
    codec::codec_enum,
    effect::{Payload, Value, events},
    staking::Params,
    units::{Amount, Power, Timestamp},
};

/// Staking's verbs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// cw20's notice of a `send`: bonds the amount. The token only.
    Receive {
        /// Whose tokens they were.
        from: AccountId,
        /// How many.
        amount: Amount,
        /// Which tier.
        payload: Payload,
    },
    /// Bonds the attached native coins.
    Stake {
        /// Index of the tier.
        tier: u8,
    },
    /// Moves the whole position to a tier of longer notice, at once.
    Raise {
        /// Index of the tier.
        tier: u8,
    },
    /// Starts the notice for part of the stake; its power ends at once.
    Unstake {
        /// How much.
        amount: Amount,
    },
    /// Pays out every unbonding whose notice is over.
    Claim,
    /// Lends the whole power, or takes it back.
    Delegate {
        /// `None` takes it back.
        to: Option<AccountId>,
    },
    /// Pays out the whole units of settled delegation rewards.
    ClaimRewards,
    /// Takes part of an account's own stake, bonded and unbonding alike. The network or the
    /// authority only.
    Slash {
        /// Whose stake.
        who: AccountId,
        /// How much, capped at what there is.
        amount: Amount,
        /// Who proved the fault and gets the bounty.
        informer: AccountId,
    },
    /// Subscribes an address to changes of power. The authority only.
    AddHook {
        /// The subscriber.
        hook: AccountId,
    },
    /// Ends a subscription. The authority, or the subscriber itself.
    RemoveHook {
        /// The subscriber.
        hook: AccountId,
    },
    /// Replaces the parameters. The authority only.
    UpdateParams {
        /// The new ones.
        params: Params,
    },
    /// Staking's own: a subscriber refused a notice.
    Failed {
        /// Which.
        tag: u64,
    },
    /// Pauses the verbs that are no exits until then; a time that is past ends a pause. The
    /// governor only.
    Pause {
        /// The first second without it.
        until: Timestamp,
    },
}

codec_enum!(Command {
    0 => Receive { from, amount, payload },
    1 => Stake { tier },
    2 => Raise { tier },
    3 => Unstake { amount },
    4 => Claim,
    5 => Delegate { to },
    6 => ClaimRewards,
    7 => Slash { who, amount, informer },
    8 => AddHook { hook },
    9 => RemoveHook { hook },
    10 => UpdateParams { params },
    11 => Failed { tag },
    12 => Pause { until },
});

events! {
    /// Stake was bonded.
    Staked "stake" {
        /// By whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
        /// The account's own power after.
        power: Power => Value::Number(power.units()),
    }
    /// A position moved to a longer notice.
    Raised "raise" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// The tier's index.
        tier: u8 => Value::Number(u128::from(*tier)),
        /// The account's own power after.
        power: Power => Value::Number(power.units()),
    }
    /// Stake began its notice.
    Unstaked "unstake" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
        /// When it may be claimed, in seconds.
        at: Timestamp => Value::Number(u128::from(at.get())),
    }
    /// Unbonded stake was paid out.
    Claimed "claim" {
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Power was lent, or taken back where `to` is `who`.
    Delegated "delegate" {
        /// Whose power.
        who: AccountId => Value::Account(*who),
        /// Who votes and validates with it now.
        to: AccountId => Value::Account(*to),
        /// How much.
        power: Power => Value::Number(power.units()),
    }
    /// Delegation rewards were paid out.
    RewardsClaimed "claim_rewards" {
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Stake was slashed.
    Slashed "slash" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
        /// Of it, to the informer.
        bounty: Amount => Value::Number(bounty.units()),
    }
    /// An address subscribed to changes of power.
    HookAdded "add_hook" {
        /// The subscriber.
        hook: AccountId => Value::Account(*hook),
    }
    /// A subscription ended.
    HookRemoved "remove_hook" {
        /// The subscriber.
        hook: AccountId => Value::Account(*hook),
    }
    /// A subscriber refused a notice; the change stands.
    HookFailed "hook_failed" {
        /// Its position in the list.
        tag: u64 => Value::Number(u128::from(*tag)),
    }
    /// The parameters changed.
    ParamsUpdated "update_params" {}
    /// Verbs that are no exits were paused, or a pause was ended.
    Paused "pause" {
        /// The first second without it.
        until: Timestamp => Value::Number(u128::from(until.get())),
    }
}
