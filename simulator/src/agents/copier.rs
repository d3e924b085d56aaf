use super::{Agent, Me, Observation, Outbox, report, weigh};

/// Evaluates nothing: submits the power-weighted mean of the others' public rows.
pub(super) struct Copier {
    /// How many closes ago the rows were public; at least 1.
    pub(super) lag: u32,
}

impl Agent for Copier {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let topic = seen.topic(me.topic);
        let Some(rows) = topic.rows.get(self.lag.saturating_sub(1) as usize) else { return };
        if topic.losses.is_some() {
            weigh::submit(me, report::copied(rows, topic, seen, me), out);
            return;
        }
        let mut sums = vec![0u128; topic.slots.len()];
        for (row, holder) in rows.iter().zip(&topic.slots) {
            let Some(holder) = holder.filter(|holder| *holder != me.account) else { continue };
            let power = seen.power_of(holder).units();
            let total: u128 = row.iter().map(|(_, weight)| u128::from(*weight)).sum();
            // Part of the power per unit of weight, in 2^-16: rows of equal power count alike.
            let Some(unit) = (power << 16).checked_div(total) else { continue };
            for (uid, weight) in row {
                if let Some(sum) = sums.get_mut(usize::from(*uid)) {
                    *sum += unit * u128::from(*weight);
                }
            }
        }
        let most = sums.iter().copied().max().unwrap_or(0);
        let shift = (u128::BITS - most.leading_zeros()).saturating_sub(u64::BITS);
        let values = (0..).zip(&sums).map(|(uid, sum)| (uid, (sum >> shift) as u64));
        weigh::submit(me, weigh::row(values), out);
    }
}
