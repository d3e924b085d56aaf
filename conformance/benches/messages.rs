//! Messages a second: a transfer, and a stake (a token message that calls staking), in each engine.

#[path = "../tests/stage/mod.rs"]
mod stage;

use conformance::vm::Instances;
use conformance::{Chain, Codes};
use divan::counter::ItemsCount;
use protocol::{Amount, Command, Height, ModuleId, Payload, Timestamp, staking, token};
use simulator::engine::Engine;
use simulator::native::World;

use stage::{amount, user};

const USERS: u32 = 100;
const MESSAGES: u32 = 200;
const ENGINES: [&str; 4] = ["native", "contracts", "wasm", "wasm fresh"];

fn main() {
    divan::main();
}

fn engine(name: &str) -> Box<dyn Engine> {
    let mut engine: Box<dyn Engine> = match name {
        "native" => Box::new(World::default()),
        "contracts" => Box::new(Chain::new("contracts", Codes::rust())),
        "wasm" => Box::new(stage::wasm(Instances::Reused)),
        _ => Box::new(stage::wasm(Instances::Fresh)),
    };
    engine.genesis(&stage::genesis(USERS, staking::Asset::Token)).expect("a valid genesis");
    engine.begin_block(Height::new(6), Timestamp::new(1_006));
    engine
}

fn bench(bencher: divan::Bencher<'_, '_>, name: &str, message: fn(u32) -> token::Command) {
    let mut engine = engine(name);
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        for n in 0..MESSAGES {
            let command = Command::Token(message(n));
            engine.execute(user(n % USERS), command, Amount::ZERO).expect("a valid message");
        }
    });
}

#[divan::bench(args = ENGINES)]
fn transfer(bencher: divan::Bencher<'_, '_>, engine: &str) {
    let message =
        |n: u32| token::Command::Transfer { to: user((n * 7 + 3) % USERS), amount: amount(1) };
    bench(bencher, engine, message);
}

#[divan::bench(args = ENGINES)]
fn stake(bencher: divan::Bencher<'_, '_>, engine: &str) {
    let message = |_| token::Command::Send {
        to: ModuleId::Staking.account(),
        amount: amount(1),
        payload: Payload::Stake { tier: 0 },
    };
    bench(bencher, engine, message);
}
