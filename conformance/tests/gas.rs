//! What each message costs in the virtual machine at wasmd's prices, on fresh instances, among 10
//! and among 10,000 holders who stake. `cargo xtask gas` compares the lines it prints with gas.md.
//! With `MOOT_LEDGER=1` it also prints what each message's gas is spent for, line by line.

#[path = "stage/mod.rs"]
mod stage;

use conformance::Chain;
use conformance::vm::Instances;
use protocol::{
    AccountId, Amount, Command, Fraction, Height, ModuleId, Payload, Timestamp, network, rewards,
    staking, token,
};
use simulator::claims::List;
use simulator::engine::Engine;
use simulator::native::Accounts;

use stage::{TOKEN, amount, user};

/// Who is measured; the others only hold and stake.
const ACTIVE: u32 = 6;
const POPULATIONS: [u32; 2] = [10, 10_000];

/// A chain, its clock, and what was measured on it.
struct Meters {
    chain: Chain,
    holders: u32,
    height: u64,
    time: u64,
    totals: Vec<(&'static str, u64)>,
}

impl Meters {
    /// Everybody holds tokens, and all but the active ones stake a little: the totals keep their
    /// number of digits, which cw4's mirror pays for.
    fn open(holders: u32) -> Self {
        let mut genesis = stage::genesis(ACTIVE, staking::Asset::Token);
        for n in ACTIVE..holders {
            genesis.accounts.push(format!("holder {n}"));
            genesis.token.balances.push((user(n), amount(TOKEN)));
        }
        let supply = genesis.token.balances.iter().map(|(_, held)| held.units()).sum();
        genesis.rewards.supply = amount(supply);
        genesis.network.topics[0].holders.truncate(3);
        let mut chain = stage::wasm(Instances::Fresh);
        chain.genesis(&genesis).expect("a valid genesis");
        let (height, time) = (genesis.height.get(), genesis.time.get());
        if std::env::var_os("MOOT_LEDGER").is_some() {
            chain.keep_ledger();
        }
        let mut meters = Self { chain, holders, height, time, totals: Vec::new() };
        meters.pass(1, 6);
        meters.set_up(user(0), bond(900 * TOKEN, 0));
        (ACTIVE..holders).for_each(|n| meters.set_up(user(n), bond(TOKEN / 1_000, 0)));
        meters
    }

    fn pass(&mut self, blocks: u64, seconds: u64) {
        self.height += blocks;
        self.time += seconds;
        self.chain.begin_block(Height::new(self.height), Timestamp::new(self.time));
    }

    fn set_up(&mut self, sender: AccountId, command: Command) {
        let shown = format!("{command:?}");
        let outcome = self.chain.execute(sender, command, Amount::ZERO);
        outcome.unwrap_or_else(|refused| panic!("{shown}: {refused}"));
    }

    /// A message in a block of its own, measured.
    fn measure(&mut self, name: &'static str, sender: AccountId, command: Command) {
        self.pass(1, 6);
        self.set_up(sender, command);
        let (gas, holders) = (self.chain.gas(), self.holders);
        let (vm, storage, loads, events) = (gas.vm, gas.storage, gas.loads, gas.events);
        println!("gas {name} {holders} {}", gas.total());
        println!("    vm {vm}, storage {storage}, loads {loads}, events {events}");
        self.chain.ledger().iter().for_each(|line| println!("    {line}"));
        self.totals.push((name, gas.total()));
    }
}

fn bond(units: u128, tier: u8) -> Command {
    let to = ModuleId::Staking.account();
    let payload = Payload::Stake { tier };
    Command::Token(token::Command::Send { to, amount: amount(units), payload })
}

fn submit(topic: u16, weights: &[(u16, u16)]) -> Command {
    Command::Network(network::Command::Submit { topic, weights: weights.to_vec() })
}

fn close() -> Command {
    Command::Network(network::Command::Close { topic: 0, rows: 64 })
}

fn token_messages(meters: &mut Meters) {
    use token::Command as Verb;
    let token = Command::Token;
    let (to, five) = (user(2), amount(5 * TOKEN));
    let spender = user(3);
    meters.measure("token.transfer", user(1), token(Verb::Transfer { to, amount: five }));
    meters.measure("token.burn", user(1), token(Verb::Burn { amount: five }));
    let allow = Verb::IncreaseAllowance { spender, amount: amount(20 * TOKEN), expires: None };
    meters.measure("token.increase_allowance", user(1), token(allow));
    let owner = user(1);
    let take = Verb::TransferFrom { owner, to, amount: five };
    meters.measure("token.transfer_from", spender, token(take));
    let less = Verb::DecreaseAllowance { spender, amount: five, expires: None };
    meters.measure("token.decrease_allowance", user(1), token(less));
}

fn staking_messages(meters: &mut Meters) {
    use staking::Command as Verb;
    let staking = Command::Staking;
    meters.measure("staking.stake.first", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.stake.second", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.stake.later", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.raise", user(1), staking(Verb::Raise { tier: 1 }));
    meters.set_up(user(2), bond(100 * TOKEN, 0));
    meters.measure("staking.delegate", user(2), staking(Verb::Delegate { to: Some(user(0)) }));
    let part = amount(30 * TOKEN);
    meters.measure("staking.unstake", user(1), staking(Verb::Unstake { amount: part }));
    meters.pass(1, 100_000);
    meters.measure("staking.claim", user(1), staking(Verb::Claim));
    let slash = Verb::Slash { who: user(1), amount: part, informer: user(3) };
    meters.measure("staking.slash", ModuleId::Treasury.account(), staking(slash));
}

fn network_messages(meters: &mut Meters) {
    let network = ModuleId::Network.account();
    let payload = Payload::Register { topic: 0 };
    let register = token::Command::Send { to: network, amount: amount(2 * TOKEN), payload };
    meters.measure("network.register", user(4), Command::Token(register));
    meters.measure("network.submit_weights.first", user(0), submit(0, &[(1, 9), (2, 5), (3, 1)]));
    meters.measure("network.submit_weights.later", user(0), submit(0, &[(1, 5), (2, 9), (3, 2)]));
    meters.set_up(user(1), submit(0, &[(0, 3), (2, 4)]));
    meters.measure("network.close.first", user(5), close());
    meters.pass(3, 18);
    meters.measure("network.close.later", user(5), close());
}

fn rewards_messages(meters: &mut Meters) {
    use rewards::Command as Verb;
    let rewards = Command::Rewards;
    let take = Fraction::from_parts(Fraction::WHOLE / 10).expect("a tenth");
    meters.measure("rewards.set_take", user(0), rewards(Verb::SetTake { take }));
    meters.measure("rewards.claim", user(1), rewards(Verb::Claim { slots: vec![(0, 1)] }));
    let delegated = staking::Command::ClaimRewards;
    meters.measure("staking.claim_rewards", user(2), Command::Staking(delegated));
    meters.pass(1, 2_000);
    meters.measure("rewards.claim_vested", user(2), rewards(Verb::ClaimVested { number: 0 }));
    campaigns(meters);
    let leave = network::Command::Leave { topic: 0 };
    meters.measure("network.leave", user(4), Command::Network(leave));
}

/// A campaign with a round of one thousand leaves, and a leaf of the airdrop.
fn campaigns(meters: &mut Meters) {
    use rewards::Command as Verb;
    let rewards = Command::Rewards;
    let (treasury, oracle) = (ModuleId::Treasury.account(), user(3));
    let most = amount(TOKEN);
    let terms =
        rewards::Terms { publisher: Some(oracle), most, period: 60, delay: 0, window: 1_000 };
    let open = Verb::OpenCampaign { terms, budget: most };
    meters.measure("rewards.open_campaign", treasury, rewards(open));
    let names: Vec<String> = (0..ACTIVE).map(|n| format!("user {n}")).collect();
    let names = Accounts::of(names.iter().map(String::as_str));
    let payments = (0..1_000).map(|n| (user(n % ACTIVE), amount(TOKEN / 1_000)));
    let list = List::new(&names, 1, 0, payments.collect()).expect("a thousand leaves");
    meters.measure("rewards.publish", oracle, rewards(Verb::Publish(list.publication(most))));
    for (name, index) in [("rewards.claim_leaf.first", 500), ("rewards.claim_leaf.later", 501)] {
        let (who, leaf) = list.leaf(index).expect("a leaf");
        meters.measure(name, user(5), rewards(Verb::ClaimLeaf { who, leaf }));
    }
    meters.pass(1, 1_000);
    let back = Verb::ReturnRest { campaign: 1, round: 0 };
    meters.measure("rewards.return_rest", user(5), rewards(back));
}

fn measured(holders: u32) -> Vec<(&'static str, u64)> {
    let mut meters = Meters::open(holders);
    token_messages(&mut meters);
    staking_messages(&mut meters);
    network_messages(&mut meters);
    rewards_messages(&mut meters);
    meters.totals
}

#[test]
fn no_message_costs_more_among_more_holders() {
    let [few, many] = POPULATIONS.map(measured);
    assert_eq!(few, many);
}
