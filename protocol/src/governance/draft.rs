//! What a draft must be before it becomes a proposal.

use crate::{
    effect::Command,
    governance::{
        self, Choice, Draft, MAX_BODY, MAX_CHOICES, MAX_LINE, MIN_CHOICES, Question,
        STANDARD_OPTIONS,
        reasons::{
            BAD_NAME, BAD_OPTIONS, NO_ACTIONS, NO_TOPIC, NO_WEIGHT, PAUSE_TOO_LONG, TOO_LONG,
            TOO_MANY_ACTIONS,
        },
    },
    ports::TopicPort,
    refusal::{Refusal, ensure},
    rewards,
    track::Track,
    treasury::{Action, MAX_ACTIONS, carried},
};

/// What follows from each option, and how many options a ballot has.
pub(super) struct Checked {
    /// By option; shorter than `options` where nothing follows from the rest.
    pub(super) lists: Vec<Vec<Action>>,
    /// Options of a ballot.
    pub(super) options: u8,
}

/// Checks a draft, and takes out of it what follows from each option.
///
/// # Errors
/// `E0426` to `E0432`; the treasury's refusal of what its track may not carry; `E0425` an
/// emergency pause that outlasts `lapse`.
pub(super) fn checked(p: &impl TopicPort, draft: &Draft, lapse: u64) -> Result<Checked, Refusal> {
    ensure_line(&draft.title.0)?;
    let body = draft.body.0.len();
    ensure(body <= MAX_BODY, &TOO_LONG, body as u128, MAX_BODY as u128)?;
    let checked = match &draft.question {
        Question::Standard { actions } => {
            ensure(!actions.is_empty(), &NO_ACTIONS, 0u128, 1u128)?;
            Checked { lists: vec![actions.clone()], options: STANDARD_OPTIONS }
        }
        Question::Signal => Checked { lists: Vec::new(), options: STANDARD_OPTIONS },
        Question::Choice { options } => choice(options)?,
        Question::Gauge { topics, weight } => gauge(p, topics, *weight)?,
    };
    let count = checked.lists.iter().map(Vec::len).sum::<usize>();
    let most = MAX_ACTIONS.max(MAX_CHOICES);
    ensure(count <= most, &TOO_MANY_ACTIONS, count as u128, most as u128)?;
    for list in &checked.lists {
        ensure_carried(draft.track, list, || lapse)?;
    }
    Ok(checked)
}

/// Whether a track may carry actions: checked when a proposal is made, and again when it is
/// executed. An emergency alone has to know `lapse`.
///
/// # Errors
/// The treasury's refusal; `E0425` an emergency pause that outlasts `lapse`.
pub(super) fn ensure_carried(
    track: Track,
    list: &[Action],
    lapse: impl FnOnce() -> u64,
) -> Result<(), Refusal> {
    carried(track, list)?;
    if track != Track::Emergency {
        return Ok(());
    }
    let lapse = lapse();
    for action in list {
        if let Action::Call { command: Command::Governance(command) } = action
            && let governance::Command::Pause { seconds, .. } = command
        {
            ensure(*seconds <= lapse, &PAUSE_TOO_LONG, *seconds, lapse)?;
        }
    }
    Ok(())
}

/// One line of text.
///
/// # Errors
/// `E0426` where it is too long.
pub(super) fn ensure_line(line: &[u8]) -> Result<(), Refusal> {
    ensure(line.len() <= MAX_LINE, &TOO_LONG, line.len() as u128, MAX_LINE as u128)
}

/// The number of options with the one that is none of them.
fn options(named: usize) -> Result<u8, Refusal> {
    let fits = (MIN_CHOICES..=MAX_CHOICES).contains(&named);
    ensure(fits, &BAD_OPTIONS, named as u128, MAX_CHOICES as u128)?;
    // At most 16.
    Ok(named as u8 + 1)
}

fn choice(named: &[Choice]) -> Result<Checked, Refusal> {
    let options = options(named.len())?;
    for (place, option) in named.iter().enumerate() {
        ensure_line(&option.name.0)?;
        let before = named.get(..place).unwrap_or_default();
        let fresh = before.iter().all(|other| other.name != option.name);
        ensure(fresh && !option.name.0.is_empty(), &BAD_NAME, place as u128, 0u128)?;
    }
    Ok(Checked { lists: named.iter().map(|option| option.actions.clone()).collect(), options })
}

/// A gauge allocates weight to each topic; how much is known when it is executed.
fn gauge(p: &impl TopicPort, topics: &[u16], weight: u64) -> Result<Checked, Refusal> {
    let options = options(topics.len())?;
    ensure(weight > 0, &NO_WEIGHT, 0u128, 1u128)?;
    let there = p.topics()?;
    for (place, topic) in topics.iter().enumerate() {
        let before = topics.get(..place).unwrap_or_default();
        let fresh = !before.contains(topic) && *topic < there;
        ensure(fresh, &NO_TOPIC, *topic, there)?;
    }
    let allocate = |topic: &u16| {
        let command = rewards::Command::Allocate { topic: *topic, weight };
        vec![Action::Call { command: Command::Rewards(command) }]
    };
    Ok(Checked { lists: topics.iter().map(allocate).collect(), options })
}
