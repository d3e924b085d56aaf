//! Governance and the treasury: intentions, and the commands that the state makes of them.

use crate::{
    aim::Order,
    bylaws, draft,
    plan::{GUARDIAN, amount, user},
    step::{Size, Tuning, size, tuning},
};
use proptest::{
    collection::vec,
    prelude::{Strategy, any, prop_oneof},
};
use protocol::{
    AccountId, Amount, Asset, Bytes, Command, Fraction, Get, ModuleId, Payload, Track,
    governance::{
        self, Draft, MAX_BODY, MAX_LINE, Mandate, NO, Proposal, Question, Status, Terms, VETO, YES,
    },
    pause::Pausable,
    staking, token,
    treasury::{self, Action},
};
use simulator::native::World;

/// What is tried. Proposals are counted back from the last one.
#[derive(Clone, Debug)]
pub(crate) enum Civic {
    Deposit(Size),
    Withdraw(Size),
    Propose(Tuning),
    Vote { back: u8, first: u8, cuts: Vec<u32> },
    Step { what: u8, back: u8 },
    Cancel { back: u8, reason: u8 },
    Pause { module: u8, seconds: u8 },
    Charter(Tuning),
    Promise { tuning: Tuning, size: Size },
    Claim(Tuning),
    Forge(Tuning),
}

/// Any of them.
pub(crate) fn civic() -> impl Strategy<Value = Civic> {
    prop_oneof![
        2 => size().prop_map(Civic::Deposit),
        2 => size().prop_map(Civic::Withdraw),
        6 => tuning().prop_map(Civic::Propose),
        14 => (0u8..4, 0u8..6, vec(1u32..Fraction::WHOLE, 0..3))
            .prop_map(|(back, first, cuts)| Civic::Vote { back, first, cuts }),
        10 => (any::<u8>(), 0u8..6).prop_map(|(what, back)| Civic::Step { what, back }),
        6 => (0u8..5, any::<u8>()).prop_map(|(back, reason)| Civic::Cancel { back, reason }),
        5 => (0u8..3, any::<u8>()).prop_map(|(module, seconds)| Civic::Pause { module, seconds }),
        6 => tuning().prop_map(Civic::Charter),
        7 => (tuning(), size()).prop_map(|(tuning, size)| Civic::Promise { tuning, size }),
        10 => tuning().prop_map(Civic::Claim),
        2 => tuning().prop_map(Civic::Forge),
    ]
}

/// Whether there is a governor.
pub(crate) fn is_governed(w: &World) -> bool {
    let params: governance::Params = w.get(());
    params.live > 0
}

/// The proposal that is so far from the last; 3 and more name one that is not there.
fn back(w: &World, back: u8) -> u32 {
    let numbers: governance::Numbers = w.get(());
    match back {
        5 => numbers.proposals,
        back => numbers.proposals.saturating_sub(u32::from(back) + 1),
    }
}

/// The command of an intention, or `None` where there is no governor.
pub(crate) fn command(w: &World, me: AccountId, civic: &Civic) -> Option<Command> {
    use governance::Command as C;
    if !is_governed(w) {
        return None;
    }
    let depositor: governance::Depositor = w.get(me);
    let mine: token::Balance = w.get(me);
    let mine = |size| crate::aim::sized(size, mine.amount);
    Some(Command::Governance(match civic {
        Civic::Deposit(size) => {
            let (to, payload) = (ModuleId::Governor.account(), Payload::Deposit);
            let send = token::Command::Send { to, amount: mine(*size), payload };
            return Some(Command::Token(send));
        }
        Civic::Withdraw(size) => C::Withdraw { amount: crate::aim::sized(*size, depositor.free) },
        Civic::Propose(by) => C::Propose { draft: draft::draft(w, *by) },
        Civic::Vote { back: n, first, cuts } => {
            C::Vote { proposal: back(w, *n), shares: shares(*first, cuts), rationale: why(cuts) }
        }
        Civic::Step { what, back: n } => {
            let proposal = back(w, *n);
            match what % 3 {
                0 => C::Queue { proposal },
                1 => C::Execute { proposal },
                _ => C::Settle { proposal },
            }
        }
        Civic::Cancel { back: n, reason } => {
            let length = [0, 5, 5, MAX_LINE + 1][usize::from(reason % 4)];
            C::Cancel { proposal: back(w, *n), reason: Bytes(vec![b'r'; length]) }
        }
        Civic::Pause { module, seconds } => {
            let seconds = [0, 1, 30, 40, 41, 900, 901][usize::from(seconds % 7)];
            C::Pause { module: Pausable::ALL[usize::from(*module)], seconds }
        }
        Civic::Charter(by) => charter(w, *by),
        Civic::Promise { tuning, size } => {
            return Some(Command::Treasury(promise(w, *tuning, mine(*size))));
        }
        Civic::Claim(by) => return Some(claim(w, *by, mine(Size::Part(by.value)))),
        Civic::Forge(by) => match by.which % 3 {
            0 => C::Failed { tag: by.value.into() },
            1 => C::Receive { from: me, amount: amount(5), payload: Payload::Deposit },
            _ => {
                let receive = treasury::Command::Receive {
                    from: me,
                    amount: amount(5),
                    payload: Payload::Fund { stream: 0 },
                };
                return Some(Command::Treasury(receive));
            }
        },
    }))
}

/// A ballot: cut so that the shares sum to one, unless the first option is 5.
pub(crate) fn shares(first: u8, cuts: &[u32]) -> Vec<(u8, Fraction)> {
    let mut cuts = cuts.to_vec();
    cuts.push(Fraction::WHOLE);
    cuts.push(u32::from(first == 5));
    cuts.sort_unstable();
    cuts.dedup();
    let share = |cut: &[u32]| Fraction::from_parts(cut[1] - cut[0]).unwrap_or_default();
    (0u8..).zip(cuts.windows(2)).map(|(n, cut)| ((first + 3 * n) % 5, share(cut))).collect()
}

fn why(cuts: &[u32]) -> Bytes {
    let length = if cuts.first().is_some_and(|cut| cut % 64 == 0) { MAX_BODY + 1 } else { 2 };
    Bytes(vec![b'y'; length])
}

/// One of the last three of so many; now and then the next, which is not there.
fn recent(count: u32, value: u8) -> u32 {
    if value.is_multiple_of(16) { count } else { count.saturating_sub(1 + u32::from(value % 3)) }
}

/// What only proposals may do, and everybody tries.
pub(crate) fn charter(w: &World, by: Tuning) -> governance::Command {
    use governance::Command as C;
    let params: governance::Params = w.get(());
    let queued = (0..5).map(|n| back(w, n)).find(|id| status_of(w, *id) == Status::Queued);
    let proposal = queued.unwrap_or_else(|| back(w, by.value % 5));
    match by.which % 8 {
        0 => C::Hold { proposal },
        1 => C::Drop { proposal },
        2 => C::Suspend,
        3 => C::Dismiss,
        4 => C::SetGuardian { mandate: mandate(w, by.value) },
        5 => C::UpdateParams { params: bylaws::governance(params, by) },
        6 => C::AddHook { hook: user(u32::from(by.value % 12)) },
        _ => C::RemoveHook { hook: user(u32::from(by.value % 12)) },
    }
}

fn mandate(w: &World, value: u8) -> Mandate {
    let length = [0, 1, 5_000, 5_001][usize::from(value % 4)];
    Mandate {
        guardian: (value < 250).then_some(GUARDIAN),
        ends: w.time().after(length),
        pause: if value.is_multiple_of(5) { 901 } else { 40 },
        pauses: value % 3,
        suspended: w.time(),
    }
}

/// What the treasury promises by proposal.
pub(crate) fn promise(w: &World, by: Tuning, much: Amount) -> treasury::Command {
    use treasury::Command as C;
    let params: treasury::Params = w.get(());
    let numbers: treasury::Numbers = w.get(());
    let asset = Asset::ALL[usize::from(by.value % 2)];
    let some = amount(much.units() / 64);
    match by.which % 7 {
        0 => C::OpenStream { terms: bylaws::stream(w.time(), by.value, some) },
        1 => C::OpenGrant { terms: bylaws::grant(w.time(), by.value, some) },
        2 => C::FundStream { stream: numbers.streams / 2, asset, amount: some },
        3 => C::CancelStream { stream: recent(numbers.streams, by.value) },
        4 => C::Offer { to: (by.value < 200).then(|| user(u32::from(by.value % 3))) },
        5 => C::UpdateParams { params: bylaws::caps(params, by.value) },
        _ => C::Settle,
    }
}

/// What recipients, reviewers and donors do.
fn claim(w: &World, by: Tuning, much: Amount) -> Command {
    use treasury::Command as C;
    let numbers: treasury::Numbers = w.get(());
    let stream = recent(numbers.streams, by.value);
    let grant = recent(numbers.grants, by.value);
    Command::Treasury(match by.which % 8 {
        0 | 1 => C::ClaimStream { stream },
        2 => C::Fund { stream },
        3 | 4 => C::Release { grant, milestone: by.value / 4 % 4 },
        5 => C::Return { grant },
        6 => C::Accept,
        _ => {
            let (to, payload) = (ModuleId::Treasury.account(), Payload::Fund { stream });
            return Command::Token(token::Command::Send { to, amount: much, payload });
        }
    })
}

/// What the treasury sends where there is a governor: as an action, on a track of its own choice.
pub(crate) fn carried(command: Command, by: u8) -> Command {
    let action = Action::Call { command };
    let actions = match by % 61 {
        0 => vec![action; 17],
        1 => vec![Action::Opaque { message: Bytes(vec![b' '; treasury::MAX_MESSAGE + 1]) }],
        2 => vec![Action::Pay { asset: Asset::Token, to: user(1), amount: Amount::ZERO }],
        _ => vec![action],
    };
    let track = if by % 13 == 3 { Track::Ordinary } else { Track::Constitutional };
    Command::Treasury(treasury::Command::Execute { proposal: 0, track, actions })
}

/// How a proposal stands.
pub(crate) fn status_of(w: &World, id: u32) -> Status {
    let (terms, proposal): (Terms, Proposal) = (w.get(id), w.get(id));
    governance::status(&terms, &proposal, w.height(), w.time())
}

/// Who may do what is tried, if it is anybody in particular.
pub(crate) fn rightful(w: &World, civic: &Civic) -> Option<AccountId> {
    match civic {
        Civic::Cancel { back, .. } => canceller(w, *back),
        Civic::Pause { .. } => Some(GUARDIAN),
        Civic::Charter(_) | Civic::Promise { .. } => Some(ModuleId::Treasury.account()),
        Civic::Claim(by) if by.which % 8 < 2 => {
            let numbers: treasury::Numbers = w.get(());
            let number = recent(numbers.streams, by.value);
            let stream: treasury::Stream = w.get(number);
            stream.terms.to
        }
        Civic::Claim(by) if matches!(by.which % 8, 3 | 4) => {
            let numbers: treasury::Numbers = w.get(());
            let grant: treasury::Grant = w.get(recent(numbers.grants, by.value));
            grant.terms.reviewer
        }
        _ => None,
    }
}

/// Who may cancel a proposal as it stands, if anybody.
fn canceller(w: &World, n: u8) -> Option<AccountId> {
    let id = back(w, n);
    let terms: Terms = w.get(id);
    match status_of(w, id) {
        Status::Pending => terms.proposer,
        Status::Queued | Status::Executable | Status::Failed => Some(GUARDIAN),
        _ => None,
    }
}

fn is_held(w: &World, id: u32) -> bool {
    let proposal: Proposal = w.get(id);
    proposal.held
}

/// What stops a queued proposal: a hold first, then a drop while it is held.
fn stop(w: &World, id: u32, round: u32) -> Option<Draft> {
    let proposal: Proposal = w.get(id);
    let (track, command) = match (proposal.held, round % 2) {
        (true, _) => (Track::Ordinary, governance::Command::Drop { proposal: id }),
        (false, 0) => (Track::Emergency, governance::Command::Hold { proposal: id }),
        (false, _) => return None,
    };
    let actions = vec![Action::Call { command: Command::Governance(command) }];
    let (title, body) = (Bytes(vec![b't']), Bytes(vec![b'b']));
    Some(Draft { track, title, body, question: Question::Standard { actions } })
}

/// An assembly at work: stake and deposits first, then proposals that are voted on, queued,
/// executed and settled.
pub(crate) fn assembly(w: &World, number: u32) -> Option<Order> {
    use governance::Command as C;
    if !is_governed(w) {
        return None;
    }
    let order = |n: u32, command| Order { sender: user(n), command, funds: Amount::ZERO };
    let round = number / 10;
    if number < 16 {
        let n = number / 2;
        let params: staking::Params = w.get(());
        return Some(match (number % 2, params.asset) {
            (0, Asset::Native) => {
                let stake = Command::Staking(staking::Command::Stake { tier: 0 });
                Order { funds: amount(300_000), ..order(n, stake) }
            }
            (0, Asset::Token) => order(n, send(ModuleId::Staking, Payload::Stake { tier: 0 })),
            _ => order(n, send(ModuleId::Governor, Payload::Deposit)),
        });
    }
    let numbers: governance::Numbers = w.get(());
    let latest = |wanted: &[Status]| {
        let recent = numbers.proposals.saturating_sub(6)..numbers.proposals;
        let settled = |id: &u32| {
            let proposal: Proposal = w.get(*id);
            proposal.settled
        };
        let ends = wanted.contains(&Status::Expired);
        recent.rev().find(|id| wanted.contains(&status_of(w, *id)) && !(ends && settled(id)))
    };
    let govern = |n, command| Some(order(n, Command::Governance(command)));
    match number % 10 {
        0 => {
            // Each kind in its turn, with other numbers each time.
            let by = Tuning { which: (round * 3) as u8, value: (number * 7) as u8 };
            let stopped = latest(&[Status::Queued]).and_then(|id| stop(w, id, round));
            let draft = stopped.unwrap_or_else(|| draft::draft(w, by));
            govern(round % 6, C::Propose { draft })
        }
        n @ 1..=5 => {
            let option = [YES, YES, NO, YES, VETO][round as usize % 5];
            let shares = vec![(option, Fraction::ONE)];
            let proposal = latest(&[Status::Open])?;
            govern((n + round) % 8, C::Vote { proposal, shares, rationale: Bytes::default() })
        }
        7 if latest(&[Status::Queued]).is_some_and(|id| is_held(w, id)) => {
            let proposal = latest(&[Status::Queued])?;
            let command = carried(Command::Governance(C::Hold { proposal }), 9);
            Some(Order { sender: ModuleId::Governor.account(), command, funds: Amount::ZERO })
        }
        // What nobody queues in time expires.
        6 | 7 if round % 5 == 4 => None,
        6 | 7 => govern(9, C::Queue { proposal: latest(&[Status::Passed])? }),
        8 => govern(9, C::Execute { proposal: latest(&[Status::Failed, Status::Executable])? }),
        _ if round.is_multiple_of(2) => {
            // The guardian does not like to be replaced.
            let proposal = latest(&[Status::Queued, Status::Executable])?;
            let terms: Terms = w.get(proposal);
            let cancel = C::Cancel { proposal, reason: Bytes(vec![b'!']) };
            let cancel = Command::Governance(cancel);
            terms.dismissal.then(|| order(GUARDIAN.handle() - user(0).handle(), cancel))
        }
        _ => {
            let proposal = latest(&[Status::Vetoed, Status::Defeated, Status::Expired])?;
            govern(9, C::Settle { proposal })
        }
    }
}

fn send(to: ModuleId, payload: Payload) -> Command {
    let amount = amount(if payload == Payload::Deposit { 20_000 } else { 300_000 });
    Command::Token(token::Command::Send { to: to.account(), amount, payload })
}
