//! Decisions that no further vote can change.

use crate::{
    governance::{Form, Terms},
    units::Power,
};

/// Whether a standard proposal has passed before its deadline, whoever may still vote.
///
/// Only where ballots cannot be replaced. `firm` is the own power of those who voted yes: a
/// delegate's ballot does not count, since who lent the power may still take it out by voting.
/// With all the rest of the total against it,
///
/// - quorum: firm >= quorum
/// - threshold: firm against the total
/// - veto: total - firm < ceil(v * total)
///
/// so that the result at the deadline could only be the same.
pub fn is_early_pass(terms: &Terms, firm: Power) -> bool {
    let (firm, total) = (firm.units(), terms.total.units());
    let gathers = matches!(terms.form, Form::Standard | Form::Signal) && terms.objection.is_zero();
    gathers
        && !terms.revoting
        && firm >= terms.quorum.units()
        && terms.threshold.is_met(firm, total)
        && total.saturating_sub(firm) < terms.veto.ceil_of(total)
}
