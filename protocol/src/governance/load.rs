//! What most verbs begin with: the proposal, how it stands, and who sends the command.

use crate::{
    account::ModuleId,
    context::Context,
    governance::{Proposal, Status, Terms, reasons::NO_PROPOSAL, status::status},
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    store::Get,
};

/// A proposal with its terms, and how it stands in the block of the command.
///
/// # Errors
/// `E0403` where there is none.
pub(super) fn load(
    s: &(impl Get<Terms> + Get<Proposal>),
    cx: &Context,
    id: u32,
) -> Result<(Terms, Proposal, Status), Refusal> {
    let terms: Terms = s.get(id);
    ensure(terms.proposer.is_some(), &NO_PROPOSAL, id, 0u128)?;
    let proposal: Proposal = s.get(id);
    let now = status(&terms, &proposal, cx.height, cx.time);
    Ok((terms, proposal, now))
}

/// What only a passed proposal may send: the treasury carries it.
///
/// # Errors
/// `E0003` for anyone else.
pub(super) fn ensure_treasury(cx: &Context) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)
}
