//! Laws 6, 8 to 12 and the deposits of 1 and 3: what proposals, ballots and deposits add up to.

use crate::{
    account::{AccountId, ModuleId},
    governance::{
        Ballot, Bounds, Depositor, Guardian, Mandate, Numbers, Overridden, Params, Proposal, Stage,
        Status, Terms, counted, status,
    },
    laws::{
        Book, Breach,
        breach::{at_most, equal},
    },
    staking::{self, Account, Standing, View},
    store::Get,
    token,
    units::{Height, Power, Timestamp},
};

/// What the laws of governance read: the governor's records, stake, and token balances.
pub trait Assemblies:
    View
    + Book<Account>
    + Book<token::Balance>
    + Book<Numbers>
    + Book<Proposal>
    + Book<Terms>
    + Book<Ballot>
    + Book<Overridden>
    + Book<Depositor>
{
}
impl<T> Assemblies for T where
    T: View
        + Book<Account>
        + Book<token::Balance>
        + Book<Numbers>
        + Book<Proposal>
        + Book<Terms>
        + Book<Ballot>
        + Book<Overridden>
        + Book<Depositor>
{
}

/// Every law of a state with a governor: 1 and 3 of deposits, 6, 8, 9.
///
/// # Errors
/// The first law that is broken, and by what.
pub fn assembly_laws(b: &impl Assemblies) -> Result<(), Breach> {
    deposits_are_covered(b)?;
    let Numbers { proposals, .. } = b.get(());
    for id in 0..proposals {
        tally_is_the_sum_of_ballots(b, id)?;
        nobody_votes_twice(b, id)?;
        terms_are_in_order(b, id)?;
    }
    Ok(())
}

/// Laws 1 and 3: the governor holds every free and locked deposit, and counts each proposer's
/// live proposals.
///
/// # Errors
/// A shortfall, or the account.
pub fn deposits_are_covered(
    b: &(impl Book<Numbers> + Book<Terms> + Book<Proposal> + Book<Depositor> + Book<token::Balance>),
) -> Result<(), Breach> {
    let (mut owed, mut live) = (0u128, Vec::new());
    let Numbers { proposals, .. } = b.get(());
    for id in 0..proposals {
        let (terms, proposal): (Terms, Proposal) = (b.get(id), b.get(id));
        if !proposal.settled {
            owed += terms.deposit.units();
            live.extend(terms.proposer);
        }
    }
    let mut wrong = None;
    b.each(&mut |who: AccountId, depositor: &Depositor| {
        owed += depositor.free.units();
        let found = live.iter().filter(|proposer| **proposer == who).count();
        if usize::from(depositor.live) != found && wrong.is_none() {
            wrong = Some((who, depositor.live, found));
        }
    });
    if let Some((who, stated, found)) = wrong {
        let what = format!("live proposals of {}", who.handle());
        equal(3, &what, usize::from(stated), found).map_err(|breach| breach.of(who))?;
    }
    let held: token::Balance = b.get(ModuleId::Governor.account());
    at_most(1, "deposits against what the governor holds", owed, held.amount.units())
}

/// Law 8: a tally is the sum of the recorded ballots, each split by its shares.
///
/// # Errors
/// Both tallies.
pub fn tally_is_the_sum_of_ballots(
    b: &(impl Book<Proposal> + Book<Ballot>),
    id: u32,
) -> Result<(), Breach> {
    let proposal: Proposal = b.get(id);
    let mut sum = vec![Power::ZERO; proposal.tally.len()];
    b.each(&mut |(of, _): (u32, AccountId), ballot: &Ballot| {
        if of == id {
            sum = counted(std::mem::take(&mut sum), ballot);
        }
    });
    equal(8, &format!("tally of {id}"), proposal.tally, sum)
}

/// Law 6: a ballot has its voter's own power at the snapshot and what it then had received, less
/// the power of those who voted themselves; so that all together are at most the total.
///
/// # Errors
/// The voter with both weights, or a sum above the total.
pub fn nobody_votes_twice(b: &impl Assemblies, id: u32) -> Result<(), Breach> {
    let terms: Terms = b.get(id);
    let cast = |who| {
        let ballot: Ballot = b.get((id, who));
        !ballot.shares.is_empty()
    };
    let standing = |who| -> Standing { staking::own_at(b, who, terms.snapshot) };
    let mut lent: Vec<(AccountId, Power, bool)> = Vec::new();
    b.each(&mut |who: AccountId, _: &Account| {
        let Standing { power, delegate } = standing(who);
        if let Some(delegate) = delegate {
            lent.push((delegate, power, cast(who)));
        }
    });
    let received = |of: AccountId, overridden: bool| {
        let parts = lent.iter().filter(|(to, _, voted)| *to == of && *voted == overridden);
        parts.fold(Power::ZERO, |sum, (_, power, _)| sum.plus(*power))
    };
    let (mut all, mut wrong) = (0u128, None);
    b.each(&mut |(of, who): (u32, AccountId), ballot: &Ballot| {
        if of != id {
            return;
        }
        all = all.saturating_add(ballot.weight.units());
        let found = standing(who).power.plus(received(who, false));
        if ballot.weight != found && wrong.is_none() {
            wrong = Some((who, ballot.weight, found));
        }
    });
    if let Some((who, stated, found)) = wrong {
        let what = format!("weight of {} on {id}", who.handle());
        equal(6, &what, stated, found).map_err(|breach| breach.of(who))?;
    }
    let mut wrong = None;
    b.each(&mut |(of, who): (u32, AccountId), overridden: &Overridden| {
        let found = received(who, true);
        if of == id && overridden.power != found && wrong.is_none() {
            wrong = Some((who, overridden.power, found));
        }
    });
    if let Some((who, stated, found)) = wrong {
        let what = format!("power taken from {} on {id}", who.handle());
        equal(6, &what, stated, found).map_err(|breach| breach.of(who))?;
    }
    at_most(6, "all ballots against the total", all, terms.total.units())
}

/// Law 9: voting opens after the snapshot and closes after it opens; the total is the snapshot's.
///
/// # Errors
/// The proposal.
pub fn terms_are_in_order(
    b: &(impl View + Book<Terms> + Book<Proposal>),
    id: u32,
) -> Result<(), Breach> {
    let (terms, proposal): (Terms, Proposal) = (b.get(id), b.get(id));
    let total = staking::power_at(b, None, terms.snapshot);
    equal(9, &format!("total of {id}"), terms.total, total)?;
    let after = terms.opens.after(1);
    at_most(9, &format!("opening and deadline of {id}"), after, proposal.deadline)
}

/// What a governor may do, as it was before a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Charter {
    params: Params,
    bounds: Bounds,
    mandate: Mandate,
}

impl Charter {
    /// Reads it.
    pub fn of(b: &(impl Get<Params> + Get<Bounds> + Get<Guardian>)) -> Self {
        let Guardian { mandate } = b.get(());
        Self { params: b.get(()), bounds: b.get(()), mandate }
    }

    /// Law 23: bounds never change, parameters and the guardian only in the treasury's name, and
    /// both stay within bounds. A guardian that paused has one pause fewer.
    ///
    /// # Errors
    /// Whose change it was, or the first violation.
    pub fn is_the_authoritys(
        &self,
        b: &(impl Get<Params> + Get<Bounds> + Get<Guardian>),
        sender: AccountId,
    ) -> Result<(), Breach> {
        let after = Self::of(b);
        equal(23, "bounds", &self.bounds, &after.bounds)?;
        let used = self.mandate.pauses.saturating_sub(after.mandate.pauses).min(1);
        let paused = Mandate { pauses: self.mandate.pauses.saturating_sub(used), ..self.mandate };
        if after.params != self.params || after.mandate != paused {
            equal(23, "who changed the charter", ModuleId::Treasury.account(), sender)?;
        }
        charter_is_within_bounds(b)
    }
}

/// Law 23 of a state: the governor's parameters are within its bounds, where there is one.
///
/// # Errors
/// The first violation.
pub fn charter_is_within_bounds(b: &(impl Get<Params> + Get<Bounds>)) -> Result<(), Breach> {
    let (params, bounds): (Params, Bounds) = (b.get(()), b.get(()));
    match params.violations(&bounds).first() {
        Some(violation) if params != Params::default() => {
            Err(Breach::new(23, violation.to_string()))
        }
        _ => Ok(()),
    }
}

/// Every proposal as it was before a command.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    before: Vec<(Terms, Proposal, Status)>,
}

impl Proposals {
    /// Reads them, as they stand in a block.
    pub fn of(
        b: &(impl Book<Numbers> + Book<Terms> + Book<Proposal>),
        height: Height,
        time: Timestamp,
    ) -> Self {
        let Numbers { proposals, .. } = b.get(());
        let read = |id| {
            let (terms, proposal): (Terms, Proposal) = (b.get(id), b.get(id));
            let status = status(&terms, &proposal, height, time);
            (terms, proposal, status)
        };
        Self { before: (0..proposals).map(read).collect() }
    }

    /// Laws 9 to 12 of one command, or of time that went by: terms stay, statuses go forward, a
    /// deadline moves once, and only what was executable is executed.
    ///
    /// # Errors
    /// The proposal, with what it was and is.
    pub fn go_forward(
        &self,
        b: &(impl Book<Numbers> + Book<Terms> + Book<Proposal>),
        height: Height,
        time: Timestamp,
    ) -> Result<(), Breach> {
        let after = Self::of(b, height, time);
        at_most(9, "proposals that there were", self.before.len(), after.before.len())?;
        for (id, (old, new)) in self.before.iter().zip(&after.before).enumerate() {
            equal(9, &format!("terms of {id}"), &old.0, &new.0)?;
            let moved = usize::from(old.1.deadline != new.1.deadline);
            let once =
                usize::from(new.1.extended) - usize::from(old.1.extended.min(new.1.extended));
            equal(9, &format!("moves of the deadline of {id}"), once, moved)?;
            at_most(9, &format!("deadline of {id}"), old.1.deadline, new.1.deadline)?;
            let what = format!("proposal {id} from {} to {}", old.2.name(), new.2.name());
            equal(12, &what, true, old.2.leads_to(new.2))?;
            let ran = matches!(new.1.stage, Stage::Executed { .. }) && old.1.stage != new.1.stage;
            let could = matches!(old.2, Status::Executable | Status::Failed);
            equal(11, &what, false, ran && !could)?;
            let both = matches!(
                (old.1.stage, new.1.stage),
                (Stage::Executed { .. }, Stage::Cancelled)
                    | (Stage::Cancelled, Stage::Executed { .. })
            );
            equal(10, &what, false, both)?;
        }
        Ok(())
    }
}
