//! What parameters are valid: every violation at once, those across modules included.

use crate::{
    governance::{
        Bounds, MAX_LIVE, MAX_SECONDS, Mandate, Params, TrackParams,
        reasons::{
            BOUNDS_RANGE, DEPOSIT_ABOVE_STAKE, EASY_CONSTITUTION, EASY_EMERGENCY,
            EXTENSION_TOO_LONG, LAPSE_TOO_LONG, LAPSE_TOO_SHORT, LEAST_POWER_RANGE, LIVE_RANGE,
            MANDATE_PAUSE, MANDATE_TOO_LONG, NOTHING_PASSES, NOTICE_TOO_SHORT, OBJECTION_TOO_HIGH,
            OPTIMISTIC_TRACK, PERIOD_RANGE, POWER_UNREACHABLE, QUORUM_TOO_LOW, THRESHOLD_TOO_LOW,
            TIMELOCK_RANGE, TRACK_TOO_LONG, VETO_UNREACHABLE,
        },
    },
    refusal::{Reason, Refusal},
    staking,
    track::Track,
    units::{Fraction, Timestamp},
};

/// Adds a refusal where a condition does not hold.
struct Found(Vec<Refusal>);

impl Found {
    fn unless(
        &mut self,
        holds: bool,
        reason: &'static Reason,
        have: impl Into<u128>,
        need: impl Into<u128>,
    ) {
        if !holds {
            self.0.push(reason.refuse(have.into(), need.into()));
        }
    }
}

impl Params {
    /// The rules of a track.
    pub const fn track(&self, track: Track) -> &TrackParams {
        let [ordinary, constitutional, emergency] = &self.tracks;
        match track {
            Track::Ordinary => ordinary,
            Track::Constitutional => constitutional,
            Track::Emergency => emergency,
        }
    }

    /// Seconds that the longest track takes: no notice of staking may be shorter.
    pub fn longest(&self) -> u64 {
        self.tracks.iter().map(TrackParams::length).max().unwrap_or_default()
    }

    /// What is wrong with the parameters by themselves, all of it; nothing where they are valid.
    pub fn violations(&self, bounds: &Bounds) -> Vec<Refusal> {
        let mut found = Found(Vec::new());
        for track in Track::ALL {
            self.track(track).collect(track, bounds, &mut found);
        }
        self.collect_order(&mut found);
        let ordinary = self.track(Track::Ordinary);
        let confirmed = ordinary.length().saturating_sub(ordinary.grace);
        found.unless(self.lapse >= confirmed, &LAPSE_TOO_SHORT, self.lapse, confirmed);
        found.unless(self.lapse <= bounds.pause, &LAPSE_TOO_LONG, self.lapse, bounds.pause);
        let live = (1..=MAX_LIVE).contains(&self.live);
        found.unless(live, &LIVE_RANGE, self.live, MAX_LIVE);
        found.unless(!self.least_power.is_zero(), &LEAST_POWER_RANGE, 0u128, 1u128);
        found.0
    }

    /// The constitutional track is at least as hard as the ordinary one, the emergency's quorum
    /// and threshold are higher.
    fn collect_order(&self, found: &mut Found) {
        let [ordinary, constitutional, emergency] = &self.tracks;
        for (harder, easier) in [
            (constitutional.quorum.parts(), ordinary.quorum.parts()),
            (constitutional.threshold.part().parts(), ordinary.threshold.part().parts()),
        ] {
            found.unless(harder >= easier, &EASY_CONSTITUTION, harder, easier);
        }
        let (longer, shorter) = (constitutional.timelock, ordinary.timelock);
        found.unless(longer >= shorter, &EASY_CONSTITUTION, longer, shorter);
        for (harder, easier) in [
            (emergency.quorum.parts(), ordinary.quorum.parts()),
            (emergency.threshold.part().parts(), ordinary.threshold.part().parts()),
        ] {
            found.unless(harder > easier, &EASY_EMERGENCY, harder, easier.saturating_add(1));
        }
    }

    /// What is wrong with the parameters beside those of staking, all of it: the shortest notice
    /// is at least the longest track, so that whoever votes is still exposed when it executes;
    /// enough power and stake can exist.
    pub fn violations_beside(&self, staking: &staking::Params) -> Vec<Refusal> {
        let mut found = Found(Vec::new());
        let (notice, longest) = (staking.shortest_notice(), self.longest());
        found.unless(notice >= longest, &NOTICE_TOO_SHORT, notice, longest);
        let (least, most) = (self.least_power.units(), staking.max_power().units());
        found.unless(least <= most, &LEAST_POWER_RANGE, least, most);
        for track in &self.tracks {
            let (deposit, stake) = (track.deposit, staking.max_stake);
            let fits = deposit <= stake;
            found.unless(fits, &DEPOSIT_ABOVE_STAKE, deposit.units(), stake.units());
        }
        found.0
    }
}

impl TrackParams {
    fn collect(&self, track: Track, bounds: &Bounds, found: &mut Found) {
        let shortest = bounds.period.max(1);
        let period = (shortest..=MAX_SECONDS).contains(&self.period);
        found.unless(period, &PERIOD_RANGE, self.period, shortest);
        let grace = (1..=MAX_SECONDS).contains(&self.grace);
        found.unless(grace, &PERIOD_RANGE, self.grace, 1u128);
        let timelock = (bounds.timelock..=MAX_SECONDS).contains(&self.timelock);
        found.unless(timelock, &TIMELOCK_RANGE, self.timelock, bounds.timelock);
        let extension = self.extension <= self.period;
        found.unless(extension, &EXTENSION_TOO_LONG, self.extension, self.period);
        let length = self.length();
        found.unless(length <= bounds.length, &TRACK_TOO_LONG, length, bounds.length);
        let (quorum, least) = (self.quorum.parts(), bounds.quorum.parts().max(1));
        found.unless(quorum >= least, &QUORUM_TOO_LOW, quorum, least);
        let (threshold, half) = (self.threshold.part().parts(), Fraction::HALF.parts());
        found.unless(threshold >= half, &THRESHOLD_TOO_LOW, threshold, half);
        let veto = self.veto.parts();
        found.unless(veto > 0, &NOTHING_PASSES, veto, 1u128);
        // Where all must agree, a veto is only about the deposit.
        let room = Fraction::WHOLE.saturating_sub(threshold);
        found.unless(veto <= room || room == 0, &VETO_UNREACHABLE, veto, room);
        let objection = self.objection.parts();
        let voted = objection == 0 || track == Track::Ordinary;
        found.unless(voted, &OPTIMISTIC_TRACK, objection, 0u128);
        found.unless(objection <= half, &OBJECTION_TOO_HIGH, objection, half);
        let power = self.proposal_power.parts();
        found.unless(power <= half, &POWER_UNREACHABLE, power, half);
    }
}

impl Bounds {
    /// What is wrong with the bounds, all of it.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Found(Vec::new());
        let least = self.period.max(1).saturating_add(self.timelock).saturating_add(1);
        let most = MAX_SECONDS.saturating_mul(5);
        let length = (least..=most).contains(&self.length);
        found.unless(length, &BOUNDS_RANGE, self.length, least);
        for seconds in [self.pause, self.mandate] {
            found.unless(seconds <= MAX_SECONDS, &BOUNDS_RANGE, seconds, MAX_SECONDS);
        }
        found.0
    }
}

impl Mandate {
    /// What is wrong with a mandate that is given at `now`, all of it.
    pub fn violations(&self, bounds: &Bounds, now: Timestamp) -> Vec<Refusal> {
        let mut found = Found(Vec::new());
        if self.guardian.is_none() {
            return found.0;
        }
        let left = self.ends.since(now);
        let ends = (1..=bounds.mandate).contains(&left);
        found.unless(ends, &MANDATE_TOO_LONG, left, bounds.mandate);
        let pause = self.pause <= bounds.pause;
        found.unless(pause, &MANDATE_PAUSE, self.pause, bounds.pause);
        found.0
    }
}
