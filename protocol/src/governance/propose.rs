//! Making a proposal.

use crate::{
    context::Context,
    effect::{Command, Effect},
    governance::{
        self, Actions, Draft, Event, Form, Numbers, Params, Proposal, Question, State, Status,
        Terms, Text, TrackParams,
        apply::told,
        deposit::lock,
        draft::{Checked, checked},
        hooks::tell,
        reasons::{JUST_CHANGED, LOW_POWER, LOW_TOTAL, NO_NUMBERS},
    },
    ports::{StakePort, TopicPort},
    refusal::{Refusal, ensure},
    treasury::Action,
    units::Power,
};

/// Makes a proposal: its rules, snapshot and power are fixed from here on. Whoever has the
/// track's part of all power, and its deposit.
///
/// The snapshot is this block, so that what is staked in it does not count, nor in any later one.
/// For the same reason nothing is proposed in a block that changed the parameters: the power of the
/// block before would meet rules that were made after it.
pub(super) fn propose(
    s: &mut impl State,
    p: &(impl StakePort + TopicPort),
    cx: &Context,
    draft: Draft,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (who, params): (_, Params) = (cx.sender, s.get(()));
    let Numbers { proposals: id, changed, subscribers } = s.get(());
    let fresh = changed < cx.height;
    ensure(fresh, &JUST_CHANGED, cx.height.get(), changed.get().saturating_add(1))?;
    let rules = params.track(draft.track);
    let found = checked(p, &draft, params.lapse)?;
    let total = p.power_at(None, cx.height)?;
    let least = params.least_power.units().max(1);
    ensure(total.units() >= least, &LOW_TOTAL, total.units(), least)?;
    let needed = rules.proposal_power.ceil_of(total.units());
    if needed > 0 {
        let power = p.power_at(Some(who), cx.height)?.units();
        ensure(power >= needed, &LOW_POWER, power, needed)?;
    }
    lock(s, who, rules.deposit, params.live)?;

    let proposals = id.checked_add(1).ok_or(NO_NUMBERS.refuse(id.into(), id.into()))?;
    let terms = terms(&params, rules, cx, &draft, &found, total);
    let deadline = terms.opens.after(rules.period);
    let tally = vec![Power::ZERO; usize::from(terms.options)];
    s.set(id, Proposal { tally, deadline, ..Proposal::default() });
    let event = Event::Proposed {
        proposal: id,
        proposer: who,
        track: terms.track,
        form: terms.form,
        opens: terms.opens,
        deadline,
    };
    s.set(id, terms);
    let options = match draft.question {
        Question::Choice { options } => options.into_iter().map(|option| option.name).collect(),
        _ => Vec::new(),
    };
    s.set(id, Text { title: draft.title, body: draft.body, options });
    if !found.lists.is_empty() {
        s.set(id, Actions { lists: found.lists });
    }
    fx.push(told(event));
    tell(&subscribers, id, (None, Status::Pending), fx);
    s.set((), Numbers { proposals, changed, subscribers });
    Ok(())
}

/// What is fixed of a proposal that is made now.
fn terms(
    params: &Params,
    rules: &TrackParams,
    cx: &Context,
    draft: &Draft,
    found: &Checked,
    total: Power,
) -> Terms {
    let needed = |part: crate::Fraction| Power::new(part.ceil_of(total.units()));
    let carries = (0u32..)
        .zip(&found.lists)
        .fold(0u32, |bits, (option, list)| bits | u32::from(!list.is_empty()).wrapping_shl(option));
    Terms {
        proposer: Some(cx.sender),
        track: draft.track,
        form: draft.question.form(),
        options: found.options,
        carries,
        dismissal: draft.question.form() == Form::Standard
            && found.lists.iter().flatten().all(replaces_guardian),
        snapshot: cx.height,
        opens: cx.time.after(rules.delay),
        total,
        quorum: needed(rules.quorum),
        threshold: rules.threshold,
        veto: rules.veto,
        objection: needed(rules.objection),
        revoting: rules.revoting,
        extension: rules.extension,
        timelock: rules.timelock,
        grace: rules.grace,
        deposit: rules.deposit,
        unheard: params.unheard,
    }
}

/// Whether an action replaces the guardian or ends its mandate.
fn replaces_guardian(action: &Action) -> bool {
    use governance::Command as C;
    matches!(
        action,
        Action::Call {
            command: Command::Governance(C::SetGuardian { .. } | C::Suspend | C::Dismiss)
        }
    )
}
