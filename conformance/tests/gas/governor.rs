//! What token holders pay to govern.

use protocol::governance::{Command as Verb, Draft, NO, Question, Unheard, YES};
use protocol::treasury::Action;
use protocol::{Asset, Bytes, Command, Fraction, ModuleId, Payload, Power, Track, staking};
use simulator::engine::Genesis;

use crate::meters::{ACTIVE, Meters, bond, send};
use crate::stage::{self, TOKEN, amount, user};

/// Seconds of voting: all that is measured fits in.
const PERIOD: u64 = 200;
/// The most live proposals of a proposer.
const LIVE: u16 = 50;
/// When measuring begins, however long it took to put proposals on record: numbers cost by their
/// digits.
const START: (u64, u64) = (2_000, 50_000);

/// SDK gas of each of governance's messages, on a chain with so many holders, where so many
/// proposals are on record already.
pub(crate) fn measured(holders: u32, proposals: u32) -> Vec<(&'static str, u64)> {
    let mut meters = Meters::open(genesis(), holders);
    meters.set_up(user(1), bond(200 * TOKEN, 0));
    meters.set_up(user(2), bond(100 * TOKEN, 0));
    let delegate = staking::Command::Delegate { to: Some(user(0)) };
    meters.set_up(user(2), Command::Staking(delegate));
    meters.set_up(user(0), deposit(90));
    record(&mut meters, proposals);
    meters.go_to(START.0, START.1);
    making(&mut meters);
    voting(&mut meters, proposals + 1);
    carrying_out(&mut meters, proposals + 5);
    meters.totals()
}

/// SDK gas of the first vote on a chain's first proposal, whose description has so many bytes.
pub(crate) fn vote_on(bytes: usize) -> u64 {
    let mut meters = Meters::open(genesis(), ACTIVE);
    meters.set_up(user(0), deposit(1));
    meters.go_to(START.0, START.1);
    meters.set_up(user(0), propose(bytes, Question::Signal));
    meters.measure("a vote", user(0), vote(0, &[(YES, 100)]));
    meters.totals().iter().map(|(_, gas)| gas).sum()
}

/// The governed network with a voting period in which all of it can be measured.
fn genesis() -> Genesis {
    let mut genesis = stage::governed(ACTIVE, staking::Asset::Token);
    genesis.staking.tiers[0].notice = 1_000;
    if let Some((governor, _)) = &mut genesis.governance {
        governor.params.tracks[0].period = PERIOD;
        governor.params.live = LIVE;
        governor.params.unheard = Unheard::Returned;
        governor.params.least_power = Power::new(TOKEN);
        governor.params.lapse = 300;
        governor.bounds.pause = 400;
    }
    genesis
}

/// Proposals that nobody voted on.
fn record(meters: &mut Meters, proposals: u32) {
    let numbers: Vec<u32> = (0..proposals).collect();
    for numbers in numbers.chunks(usize::from(LIVE)) {
        meters.pass(1, 6);
        numbers.iter().for_each(|_| meters.set_up(user(0), propose(20, Question::Signal)));
        meters.pass(1, 2 * PERIOD);
        numbers
            .iter()
            .for_each(|&proposal| meters.set_up(user(5), govern(Verb::Settle { proposal })));
    }
}

/// Six proposals after those on record; the last carries a payment.
fn making(meters: &mut Meters) {
    let signal = || Question::Signal;
    // The least number is shorter to read than any other.
    meters.set_up(user(0), propose(20, signal()));
    meters.measure("governor.deposit.first", user(1), deposit(5));
    meters.measure("governor.deposit.later", user(1), deposit(5));
    meters.measure("governor.propose.text_20", user(0), propose(20, signal()));
    meters.measure("governor.propose.text_200", user(0), propose(200, signal()));
    meters.measure("governor.propose.text_5000", user(0), propose(5_000, signal()));
    let both = vec![deposit(1), propose(200, signal())];
    meters.measure_all("governor.propose.with_deposit", user(1), both);
    let pay = Action::Pay { asset: Asset::Token, to: user(3), amount: amount(5 * TOKEN) };
    let pay = Question::Standard { actions: vec![pay] };
    meters.measure("governor.propose.payment", user(0), propose(200, pay));
}

/// The voters are the delegate, a staker and who has delegated.
fn voting(meters: &mut Meters, first: u32) {
    let (short, long, payment) = (first, first + 2, first + 4);
    meters.measure("governor.vote.text_20", user(0), vote(short, &[(NO, 100)]));
    meters.measure("governor.vote.text_5000", user(0), vote(long, &[(NO, 100)]));
    meters.measure("governor.vote.again", user(0), vote(short, &[(YES, 100)]));
    meters.measure("governor.vote.split", user(0), vote(first + 1, &[(YES, 60), (NO, 40)]));
    meters.measure("governor.vote.later", user(1), vote(short, &[(YES, 100)]));
    meters.measure("governor.vote.overriding", user(2), vote(short, &[(YES, 100)]));
    meters.set_up(user(0), vote(payment, &[(YES, 100)]));
    for _ in 0..5 {
        meters.pass(1, 1);
        meters.set_up(user(1), bond(TOKEN, 0));
    }
    meters.measure("governor.vote.five_changes_later", user(1), vote(payment, &[(YES, 100)]));
}

fn carrying_out(meters: &mut Meters, payment: u32) {
    meters.pass(1, PERIOD - 30);
    meters.measure("governor.queue", user(5), govern(Verb::Queue { proposal: payment }));
    meters.pass(1, 20);
    let execute = govern(Verb::Execute { proposal: payment });
    meters.measure("governor.execute.payment", user(5), execute);
    let first = payment - 4;
    meters.measure("governor.settle", user(5), govern(Verb::Settle { proposal: first }));
    let withdraw = govern(Verb::Withdraw { amount: amount(10 * TOKEN) });
    meters.measure("governor.withdraw", user(0), withdraw);
}

fn govern(verb: Verb) -> Command {
    Command::Governance(verb)
}

fn deposit(tokens: u128) -> Command {
    send(ModuleId::Governor, tokens * TOKEN, Payload::Deposit)
}

/// A proposal whose description has so many bytes.
fn propose(bytes: usize, question: Question) -> Command {
    let (title, body) = (Bytes(b"A title of usual length".to_vec()), Bytes(vec![b'x'; bytes]));
    govern(Verb::Propose { draft: Draft { track: Track::Ordinary, title, body, question } })
}

/// A ballot by hundredths.
fn vote(proposal: u32, shares: &[(u8, u32)]) -> Command {
    let share = |parts| Fraction::from_parts(parts * (Fraction::WHOLE / 100)).expect("hundredths");
    let shares = shares.iter().map(|(option, parts)| (*option, share(*parts))).collect();
    govern(Verb::Vote { proposal, shares, rationale: Bytes::default() })
}
