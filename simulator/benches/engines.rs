//! The native engine: nanoseconds a command, and a year of a topic with 64 validators and 256
//! contributors.
//!
//! `cargo bench -p simulator --bench engines` for commands; `-- year` prints the year's
//! breakdown.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use divan::{Bencher, counter::ItemsCount};
use protocol::{
    AccountId, Amount, Command, FIRST_USER, Height, ModuleId, Payload, Refusal, network, token,
};
use simulator::{
    native::World,
    run::{Recorder, Season, laws_hold},
    scenario::{Scenario, Spread},
};

fn main() {
    if std::env::args().any(|argument| argument == "year") {
        year();
    } else {
        divan::main();
    }
}

/// A world in which every one of 320 accounts holds tokens and stake.
fn world() -> World {
    let mut scenario = Scenario::sample(64, 256, 1);
    for population in &mut scenario.populations {
        population.liquid = Spread::Each(Amount::saturating(1 << 60));
    }
    scenario.emission.params.schedule.cap = Amount::saturating(1 << 80);
    let season = Season::open(&scenario, 0, false, &mut ()).expect("a valid scenario");
    let mut world = season.into_world();
    world.listen(false);
    world
}

fn user(number: u32) -> AccountId {
    AccountId::from_handle(FIRST_USER + number % 320)
}

const COMMANDS: u32 = 10_000;

/// Applies many commands in blocks of 1,000, bringing digests up to date where asked.
fn commands(bencher: Bencher, digests: bool, make: impl Fn(u32) -> Command + Sync) {
    let mut world = world();
    let (mut seed, mut height) = (1u32, world.height().get());
    bencher.counter(ItemsCount::new(COMMANDS)).bench_local(|| {
        for number in 0..COMMANDS {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if number % 1_000 == 0 {
                height += 1;
                world.begin_block(Height::new(height), world.time());
                if digests {
                    black_box(world.digests());
                }
            }
            let command = make(seed >> 7);
            world.execute(user(seed >> 16), command, Amount::ZERO).expect("it is applied");
        }
    });
}

fn transfer(number: u32) -> Command {
    Command::Token(token::Command::Transfer { to: user(number), amount: Amount::saturating(1) })
}

fn bond(_: u32) -> Command {
    Command::Token(token::Command::Send {
        to: ModuleId::Staking.account(),
        amount: Amount::saturating(1),
        payload: Payload::Stake { tier: 0 },
    })
}

#[divan::bench(args = [false, true])]
fn transfers(bencher: Bencher, digests: bool) {
    commands(bencher, digests, transfer);
}

#[divan::bench(args = [false, true])]
fn bonds(bencher: Bencher, digests: bool) {
    commands(bencher, digests, bond);
}

/// Times commands as they are applied.
#[derive(Default)]
struct Stopwatch {
    begun: Option<(Instant, bool)>,
    submitted: Duration,
    closed: Duration,
}

impl Recorder for Stopwatch {
    fn command(&mut self, _: AccountId, command: &Command, _: Amount) {
        let closes = matches!(command, Command::Network(network::Command::Close { .. }));
        self.begun = Some((Instant::now(), closes));
    }

    fn outcome(&mut self, _: &Result<(), Refusal>) {
        let Some((begun, closes)) = self.begun.take() else { return };
        let sum = if closes { &mut self.closed } else { &mut self.submitted };
        *sum += begun.elapsed();
    }
}

/// Where the time of a year goes: epochs as they are run, then the parts that checking adds.
fn year() {
    const EPOCHS: u64 = 7_300;
    let mut scenario = Scenario::sample(64, 256, EPOCHS);
    scenario.emission.params.schedule.cap = Amount::saturating(1 << 80);
    let mut season = Season::open(&scenario, 0, false, &mut ()).expect("a valid scenario");
    let mut stopwatch = Stopwatch::default();
    let (mut digests, mut laws) = (Duration::ZERO, Duration::ZERO);
    let begun = Instant::now();
    for epoch in 0..EPOCHS {
        let _flow = season.epoch(epoch, &mut stopwatch).expect("it closes");
        let at = Instant::now();
        if epoch % 10 == 9 {
            black_box(season.world().digests());
        }
        digests += at.elapsed();
        let at = Instant::now();
        if epoch % 10 == 9 {
            laws_hold(season.state()).expect("laws hold");
        }
        laws += at.elapsed();
    }
    let all = begun.elapsed();
    let per_epoch = |time: Duration| time.as_secs_f64() * 1e6 / EPOCHS as f64;
    println!("year of 64 x 256: {:.2} s, {:.0} us an epoch", all.as_secs_f64(), per_epoch(all));
    println!("  weights  {:6.1} us", per_epoch(stopwatch.submitted));
    println!("  close    {:6.1} us", per_epoch(stopwatch.closed));
    println!("  digest   {:6.1} us (every 10th epoch)", per_epoch(digests));
    println!("  laws     {:6.1} us (every 10th epoch)", per_epoch(laws));
    let rest = all - stopwatch.submitted - stopwatch.closed - digests - laws;
    println!("  agents and observation {:6.1} us", per_epoch(rest));
}
