use std::collections::BTreeMap;

use protocol::{AccountId, Amount, Command, FIRST_USER, rewards};
use scoring_kernel::largest_remainder;

use super::{Agent, Me, Observation, Outbox, inflater::inflated, weigh};
use crate::{claims::List, native::Accounts, random::Fixed};

/// Measures everybody's work off chain, each epoch, and publishes what a period of it is paid:
/// parts of a total in proportion to the work. Returns what nobody claimed in time.
pub(super) struct Oracle {
    pub(super) campaign: u32,
    /// Epochs of a period.
    pub(super) every: u64,
    pub(super) total: Amount,
    /// Places among the accounts of those whose work it multiplies.
    pub(super) accomplices: Vec<usize>,
    pub(super) factor: Fixed,
    pub(super) noise: Fixed,
    /// Addresses, which the leaves commit to.
    pub(super) names: Accounts,
    /// Work measured in this period, by place among the accounts.
    pub(super) measured: BTreeMap<usize, u128>,
}

impl Oracle {
    /// Adds what it measures now.
    fn measure(&mut self, seen: &Observation, me: &mut Me) {
        let topic = seen.topic(me.topic);
        for (uid, work) in weigh::estimates(topic, self.noise, me) {
            let holder = topic.slots.get(usize::from(uid)).copied().flatten();
            let place = holder.and_then(|who| who.handle().checked_sub(FIRST_USER));
            let Some(place) = place.map(|place| place as usize) else { continue };
            let favoured = self.accomplices.contains(&place);
            let reported = if favoured { inflated(work, self.factor) } else { work };
            *self.measured.entry(place).or_default() += u128::from(reported);
        }
    }

    /// What the period's work is paid, exactly the total; nobody is listed with nothing.
    fn settle(&mut self, total: Amount) -> Vec<(AccountId, Amount)> {
        let measured = std::mem::take(&mut self.measured);
        let most = measured.values().copied().max().unwrap_or(0);
        // Proportions in 32 bits, so that they sum below 2^64.
        let shift = (u128::BITS - most.leading_zeros()).saturating_sub(32);
        let scores: Vec<u64> = measured.values().map(|work| (work >> shift) as u64).collect();
        let parts = largest_remainder(total.units(), &scores);
        let paid = measured.keys().zip(parts).filter(|(_, part)| *part > 0);
        paid.map(|(place, part)| {
            // Places come from handles.
            (AccountId::from_handle(FIRST_USER + *place as u32), Amount::saturating(part))
        })
        .collect()
    }

    fn publish(&mut self, seen: &Observation, out: &mut Outbox) {
        let Some(campaign) = seen.campaigns.get(self.campaign as usize) else { return };
        let total = self.total.min(campaign.reserve);
        if campaign.ended || total.is_zero() {
            return;
        }
        let payments = self.settle(total);
        let list = List::new(&self.names, self.campaign, campaign.rounds, payments);
        if let Some(list) = list {
            let publish = rewards::Command::Publish(list.publication(total));
            out.send(Command::Rewards(publish));
            out.post(list);
        }
    }

    /// Returns what is left of its rounds whose window is over.
    fn sweep(&self, seen: &Observation, out: &mut Outbox) {
        for posted in &seen.lists {
            let (campaign, round) = posted.list.place();
            let over = posted.closes <= seen.time && !posted.left.is_zero();
            if campaign == self.campaign && over {
                out.send(Command::Rewards(rewards::Command::ReturnRest { campaign, round }));
            }
        }
    }
}

impl Agent for Oracle {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        self.sweep(seen, out);
        self.measure(seen, me);
        if (seen.epoch + 1).is_multiple_of(self.every) {
            self.publish(seen, out);
        }
    }
}
