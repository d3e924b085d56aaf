//! Drafts of every kind, most of them sound.

use crate::{
    bylaws, civic,
    plan::{amount, user},
    step::Tuning,
    wild,
};
use protocol::{
    Asset, Bytes, Command, Get, ModuleId, Track,
    governance::{self, Choice, Draft, MAX_BODY, MAX_LINE, Question},
    pause::Pausable,
    rewards, staking,
    treasury::Action,
};
use simulator::native::World;

/// The draft that a number means.
pub(crate) fn draft(w: &World, by: Tuning) -> Draft {
    let value = by.value;
    let call = |command| vec![Action::Call { command }];
    let govern = |command| call(Command::Governance(command));
    let pay = |units| {
        let asset = Asset::ALL[usize::from(value % 2)];
        vec![Action::Pay { asset, to: user(u32::from(value % 8)), amount: amount(units) }]
    };
    let standard = |actions| Question::Standard { actions };
    let (track, question) = match by.which % 20 {
        0 | 1 => (Track::Ordinary, Question::Signal),
        2 | 3 => (Track::Ordinary, standard(pay(u128::from(value) + 1))),
        4 => (Track::Ordinary, standard(pay(15_000 + 4_000 * u128::from(value % 3)))),
        5 => (Track::Constitutional, standard(pay(60_000 * u128::from(value % 7)))),
        6 => {
            let params: staking::Params = w.get(());
            let params = wild::staking(params, Tuning { which: value, value: by.which });
            let update = staking::Command::UpdateParams { params };
            (Track::Constitutional, standard(call(Command::Staking(update))))
        }
        7 => {
            let params: governance::Params = w.get(());
            let params = bylaws::governance(params, Tuning { which: value, value: by.which });
            (Track::Constitutional, standard(govern(governance::Command::UpdateParams { params })))
        }
        8 => {
            let which = [2, 3, 4, 6][usize::from(value % 4)];
            let command = civic::charter(w, Tuning { which, value });
            (Track::Constitutional, standard(govern(command)))
        }
        9 | 10 => {
            let module = Pausable::ALL[usize::from(value % 3)];
            let seconds = [5, 500, 700, 701][usize::from(value / 3 % 4)];
            let pause = governance::Command::Pause { module, seconds };
            (Track::Emergency, standard(govern(pause)))
        }
        11 => {
            let which = u8::from(value.is_multiple_of(2)) * 2;
            let command = civic::charter(w, Tuning { which, value });
            (Track::Emergency, standard(govern(command)))
        }
        12 => (Track::Ordinary, standard(govern(civic::charter(w, Tuning { which: 1, value })))),
        13 => (Track::Ordinary, gauge(value)),
        14 | 15 => (Track::Ordinary, choice(value)),
        16 => {
            let command = civic::promise(w, Tuning { which: value / 4, value }, amount(99_999));
            (Track::Constitutional, standard(call(Command::Treasury(command))))
        }
        17 => (Track::Constitutional, standard(strange(value))),
        18 => (Track::ALL[usize::from(value % 3)], standard(vec![pay(1)[0].clone(); 9])),
        _ => return wrong(value),
    };
    let line = |text: &[u8]| Bytes(text.to_vec());
    Draft { track, title: line(b"title"), body: line(b"body"), question }
}

fn gauge(value: u8) -> Question {
    let topics = match value % 5 {
        0 => vec![0, 0],
        1 => vec![0],
        2 => vec![1, 900],
        _ => vec![1, 0],
    };
    Question::Gauge { topics, weight: u64::from(value / 5 % 4) }
}

fn choice(value: u8) -> Question {
    let name = |text: &str| Bytes(text.as_bytes().to_vec());
    let pay = |units: u128| {
        let to = user(u32::from(value % 8));
        vec![Action::Pay { asset: Asset::Token, to, amount: amount(units) }]
    };
    let mut options = vec![
        Choice { name: name("a"), actions: pay(3) },
        Choice { name: name("b"), actions: vec![] },
        Choice { name: name("c"), actions: pay(7) },
    ];
    match value % 11 {
        0 => options.truncate(1),
        1 => options[1].name = name("a"),
        2 => options[2].name = name(""),
        3 => options = vec![options[0].clone(); 17],
        4 => options.iter_mut().for_each(|option| option.actions = vec![pay(1)[0].clone(); 6]),
        _ => {}
    }
    Question::Choice { options }
}

/// Messages that are not ours, upgrades, and what nobody may carry.
fn strange(value: u8) -> Vec<Action> {
    let call = |command| Action::Call { command };
    vec![match value % 5 {
        0 => Action::Opaque { message: Bytes(vec![b' '; usize::from(value) * 100]) },
        1 => Action::Migrate { module: ModuleId::Staking, code: value.into() },
        2 => call(Command::Governance(governance::Command::Execute { proposal: 0 })),
        3 => call(Command::Governance(governance::Command::Queue { proposal: 0 })),
        _ => call(Command::Rewards(rewards::Command::Allocate { topic: 1, weight: 2 })),
    }]
}

/// Text that is too long, and nothing to do.
fn wrong(value: u8) -> Draft {
    let text = |length| Bytes(vec![b't'; length]);
    let (title, body, question) = match value % 3 {
        0 => (MAX_LINE + 1, 1, Question::Signal),
        1 => (1, MAX_BODY + 1, Question::Signal),
        _ => (1, 1, Question::Standard { actions: vec![] }),
    };
    Draft { track: Track::Ordinary, title: text(title), body: text(body), question }
}
