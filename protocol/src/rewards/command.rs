//! What may be asked of rewards, and what it tells.

use crate::{
    account::AccountId,
    codec::{codec_enum, codec_struct},
    effect::{Value, events},
    rewards::{Leaf, Params, Publication, Terms},
    units::{Amount, Epoch, Fraction, Power, Timestamp},
};

/// Rewards' verbs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Splits what a topic has accrued by an epoch's scores. The network only.
    Distribute(Distribution),
    /// Moves what a slot has earned to its holder's own account, before the slot changes
    /// hands. The network only.
    Vacate {
        /// The topic.
        topic: u16,
        /// The slot.
        uid: u16,
        /// Who held it.
        who: AccountId,
    },
    /// Pays out what the sender's slots and account have earned.
    Claim {
        /// (topic, uid) of slots that the sender holds; at most [`MAX_CLAIMED_SLOTS`], none
        /// twice.
        ///
        /// [`MAX_CLAIMED_SLOTS`]: crate::rewards::MAX_CLAIMED_SLOTS
        slots: Vec<(u16, u16)>,
    },
    /// Pays settled delegation rewards. Staking only.
    Pay {
        /// To whom.
        to: AccountId,
        /// How much.
        amount: Amount,
    },
    /// Sets the part of dividends that the sender keeps as a validator.
    SetTake {
        /// At most one half.
        take: Fraction,
    },
    /// Sets a topic's allocation weight. The network (at creation) or the authority only.
    Allocate {
        /// The topic.
        topic: u16,
        /// Its weight against the others'.
        weight: u64,
    },
    /// Pays out the earned part of a grant.
    ClaimVested {
        /// Which of the sender's.
        number: u32,
    },
    /// Opens a campaign with a budget out of what the treasury is owed. The authority only.
    OpenCampaign {
        /// What it may do.
        terms: Terms,
        /// Its first reserve.
        budget: Amount,
    },
    /// Adds to a campaign's reserve out of what the treasury is owed. The authority only.
    FundCampaign {
        /// Which.
        campaign: u32,
        /// How much.
        amount: Amount,
    },
    /// Ends a campaign; its reserve returns to the treasury. The authority only.
    EndCampaign {
        /// Which.
        campaign: u32,
    },
    /// Publishes the root of a campaign's next round. Its publisher, or the authority.
    Publish(Publication),
    /// Takes a root back. The authority only.
    Revoke {
        /// The campaign.
        campaign: u32,
        /// Its round.
        round: u32,
    },
    /// Returns what nobody claimed of a round whose window is over. Anyone.
    ReturnRest {
        /// The campaign.
        campaign: u32,
        /// Its round.
        round: u32,
    },
    /// Pays a leaf to the account that it names. Anyone, for anyone.
    ClaimLeaf {
        /// The account.
        who: AccountId,
        /// The leaf and its proof.
        leaf: Leaf,
    },
    /// Replaces the parameters; what the old ones emitted is accrued first. The authority
    /// only.
    UpdateParams {
        /// The new ones.
        params: Params,
    },
    /// Pauses the verbs that are no exits until then; a time that is past ends a pause. The
    /// governor only.
    Pause {
        /// The first second without it.
        until: Timestamp,
    },
}

/// What one closed epoch hands over.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Distribution {
    /// The topic.
    pub topic: u16,
    /// Its epoch.
    pub epoch: Epoch,
    /// Who closed its pages, one entry a page, and is paid `page_fee` for each.
    pub callers: Vec<AccountId>,
    /// Paid to the caller of each page before anything else.
    pub page_fee: Amount,
    /// Who gets the owner's cut.
    pub owner: Option<AccountId>,
    /// The owner's cut of what is left.
    pub owner_cut: Fraction,
    /// The contributors' part of what is then left; the validators get the rest.
    pub contributors: Fraction,
    /// (uid, score) with the score in 32 fractional bits; ascending, none zero.
    pub incentives: Vec<(u16, u64)>,
    /// Validators with a dividend; ascending by uid, none zero.
    pub dividends: Vec<Dividend>,
}

/// One validator's part in an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dividend {
    /// Its slot.
    pub uid: u16,
    /// Its account.
    pub who: AccountId,
    /// Its score, in 32 fractional bits.
    pub score: u64,
    /// The power behind it now, as settlement reads it; the network has read it anyway.
    pub power: Power,
}

codec_struct!(Dividend { uid, who, score, power });
codec_struct!(Distribution {
    topic,
    epoch,
    callers,
    page_fee,
    owner,
    owner_cut,
    contributors,
    incentives,
    dividends,
});

codec_enum!(Command {
    0 => Distribute(distribution),
    1 => Vacate { topic, uid, who },
    2 => Claim { slots },
    3 => Pay { to, amount },
    4 => SetTake { take },
    5 => Allocate { topic, weight },
    6 => ClaimVested { number },
    7 => UpdateParams { params },
    8 => Pause { until },
    9 => OpenCampaign { terms, budget },
    10 => FundCampaign { campaign, amount },
    11 => EndCampaign { campaign },
    12 => Publish(publication),
    13 => Revoke { campaign, round },
    14 => ReturnRest { campaign, round },
    15 => ClaimLeaf { who, leaf },
});

events! {
    /// An epoch's emission was split.
    Distributed "distribute" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// Its epoch.
        epoch: Epoch => Value::Number(u128::from(epoch.get())),
        /// To contributors.
        contributors: Amount => Value::Number(contributors.units()),
        /// To validators and their delegators.
        validators: Amount => Value::Number(validators.units()),
    }
    /// Rewards were paid out.
    Claimed "claim" {
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A slot's earnings moved to its holder's own account.
    Vacated "vacate" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The slot.
        uid: u16 => Value::Number(u128::from(*uid)),
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// Delegation rewards were paid.
    Paid "pay" {
        /// To whom.
        to: AccountId => Value::Account(*to),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A validator's take changed.
    TakeSet "set_take" {
        /// Whose.
        who: AccountId => Value::Account(*who),
        /// In parts per 10^9.
        take: Fraction => Value::Number(u128::from(take.parts())),
    }
    /// A topic's allocation weight changed.
    Allocated "allocate" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The weight.
        weight: u64 => Value::Number(u128::from(*weight)),
    }
    /// A campaign was opened.
    CampaignOpened "open_campaign" {
        /// Its number.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// Its first reserve.
        budget: Amount => Value::Number(budget.units()),
    }
    /// A campaign's reserve grew.
    CampaignFunded "fund_campaign" {
        /// Its number.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// By how much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A campaign ended.
    CampaignEnded "end_campaign" {
        /// Its number.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// What returned to the treasury.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A round was published.
    RootPublished "publish_root" {
        /// The campaign.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// The round.
        round: u32 => Value::Number(u128::from(*round)),
        /// How many leaves it has.
        leaves: u32 => Value::Number(u128::from(*leaves)),
        /// What they pay together.
        total: Amount => Value::Number(total.units()),
    }
    /// A round was revoked.
    RootRevoked "revoke_root" {
        /// The campaign.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// The round.
        round: u32 => Value::Number(u128::from(*round)),
        /// What was left of it.
        amount: Amount => Value::Number(amount.units()),
    }
    /// What nobody claimed of a round returned.
    RestReturned "return_rest" {
        /// The campaign.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// The round.
        round: u32 => Value::Number(u128::from(*round)),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// A leaf was paid.
    LeafClaimed "claim_leaf" {
        /// The campaign.
        campaign: u32 => Value::Number(u128::from(*campaign)),
        /// The round.
        round: u32 => Value::Number(u128::from(*round)),
        /// The leaf.
        index: u32 => Value::Number(u128::from(*index)),
        /// To whom.
        who: AccountId => Value::Account(*who),
        /// How much.
        amount: Amount => Value::Number(amount.units()),
    }
    /// The parameters changed.
    ParamsUpdated "update_params" {}
    /// Verbs that are no exits were paused, or a pause was ended.
    Paused "pause" {
        /// The first second without it.
        until: Timestamp => Value::Number(u128::from(until.get())),
    }
}
