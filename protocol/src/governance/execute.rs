//! Executing: all of a proposal's actions or none, again until its grace is over.

use crate::{
    account::ModuleId,
    context::Context,
    effect::{Command, Effect, OnFail},
    governance::{
        Actions, Event, Form, HOOK_TAG, Params, Proposal, Stage, State, Status, Terms,
        apply::told,
        draft::ensure_carried,
        gauge::allocated,
        hooks::herald,
        load::load,
        queue::winner,
        reasons::{EXPIRED, NOT_PASSED, NOT_QUEUED, TIMELOCKED},
    },
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    store::Get,
    treasury::{self, Action},
};

/// Runs a queued proposal, or one that failed before. Anyone, from the end of the timelock to
/// the end of the grace.
///
/// It is marked executed first, so that nothing that it does can run it again. The treasury
/// carries its actions out under a savepoint: a failure undoes them all and is recorded.
pub(super) fn execute(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (terms, proposal, now) = load(s, cx, id)?;
    let (Stage::Queued { eta } | Stage::Failed { eta }) = proposal.stage else {
        return Err(NOT_QUEUED.bare());
    };
    ensure(now != Status::Expired, &EXPIRED, cx.time.get(), eta.after(terms.grace).get())?;
    ensure(now != Status::Queued, &TIMELOCKED, cx.time.get(), eta.get())?;
    let actions = decided(s, id, &terms, &proposal)?;
    ensure_carried(terms.track, &actions, || {
        let Params { lapse, .. } = s.get(());
        lapse
    })?;
    s.set(id, Proposal { stage: Stage::Executed { eta }, ..proposal });
    fx.push(told(Event::Executed { proposal: id }));
    herald(s, id, (Some(now), Status::Executed), fx);
    let execute = treasury::Command::Execute { proposal: id, track: terms.track, actions };
    let command = Command::Treasury(execute);
    fx.push(Effect::Call { command, on_fail: OnFail::Report(id.into()) });
    Ok(())
}

/// What the votes decided: the winner's actions, or a gauge's allocation.
fn decided(
    s: &impl Get<Actions>,
    id: u32,
    terms: &Terms,
    proposal: &Proposal,
) -> Result<Vec<Action>, Refusal> {
    let option = winner(terms, proposal).ok_or(NOT_PASSED.bare())?;
    let Actions { lists } = s.get(id);
    if terms.form == Form::Gauge {
        return Ok(allocated(lists.into_iter().flatten().collect(), &proposal.tally));
    }
    Ok(lists.into_iter().nth(usize::from(option)).unwrap_or_default())
}

/// Records that an execution did nothing, or reports a subscriber that refused a notice. The
/// governor itself only.
pub(super) fn failed(
    s: &mut impl State,
    cx: &Context,
    tag: u64,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Governor.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let Ok(id) = u32::try_from(tag) else {
        fx.push(told(Event::HookFailed { tag: tag.saturating_sub(HOOK_TAG) }));
        return Ok(());
    };
    let (_, proposal, now) = load(s, cx, id)?;
    let Stage::Executed { eta } = proposal.stage else { return Err(NOT_QUEUED.bare()) };
    s.set(id, Proposal { stage: Stage::Failed { eta }, ..proposal });
    fx.push(told(Event::ExecutionFailed { proposal: id }));
    herald(s, id, (Some(now), Status::Failed), fx);
    Ok(())
}
