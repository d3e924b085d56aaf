//! What happens to the network, by epoch.

use protocol::{Amount, Fraction, network, rewards};

use super::{Behaviour, Plan};

/// Something that happens in the first block of an epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The epoch, from 0.
    pub epoch: u64,
    /// What a reader is told.
    pub note: String,
    /// What happens.
    pub happening: Happening,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// The authority changes a topic's parameters, from the next epoch on. Its owner stays.
    TopicChanges {
        /// Which.
        topic: u16,
        /// The new parameters.
        params: network::TopicParams,
    },
    /// The authority changes emission.
    EmissionChanges {
        /// The new parameters.
        params: rewards::Params,
    },
    /// The authority slashes each member of a population.
    Slashed {
        /// Whose stake.
        population: String,
        /// How much of what each has bonded.
        part: Fraction,
    },
    /// Each member of a population sends tokens to members of another, in turn.
    Paid {
        /// Who pays.
        from: String,
        /// Who is paid.
        to: String,
        /// How much each pays.
        amount: Amount,
    },
    /// The authority opens the next campaign, with a budget out of what the treasury is owed.
    CampaignOpened {
        /// The population whose first member publishes its roots.
        publisher: String,
        /// What it may do; `terms.publisher` is ignored in favour of `publisher`.
        terms: rewards::Terms,
        /// Its first reserve.
        budget: Amount,
    },
    /// The authority adds to a campaign's reserve.
    CampaignFunded {
        /// Which, in the order of opening.
        campaign: u32,
        /// How much.
        amount: Amount,
    },
    /// The authority ends a campaign.
    CampaignEnded {
        /// Which.
        campaign: u32,
    },
    /// The authority takes the last root of a campaign back.
    RootRevoked {
        /// Which.
        campaign: u32,
    },
    /// The members of a population behave differently from now on.
    Turned {
        /// Who.
        population: String,
        /// How they behave.
        behaviour: Behaviour,
    },
    /// The true quality of a population's work is multiplied.
    QualityFalls {
        /// Whose.
        population: String,
        /// What is left of it.
        to: Fraction,
    },
    /// Demand in the market is multiplied by `percent / 100`.
    DemandChanges {
        /// 100 is unchanged.
        percent: u32,
    },
    /// A proposal is made.
    Proposed(Box<Plan>),
}
