//! Chains, keys and senders for tests.

use std::time::Duration;

use client::{
    Coin, Decimal, GasPolicy, GasPrice, Key, Message, Network, Sender, SignMode, Timing, connect,
};
use mock_chain::{MockChain, Setup};

/// The key that holds coins.
pub(crate) const RICH: &str = "abandon abandon abandon abandon abandon abandon abandon abandon \
    abandon abandon abandon about";
/// A key that holds none.
pub(crate) const POOR: &str = "legal winner thank year wave sausage worth useful legal winner \
    thank yellow";
/// What the rich one holds.
pub(crate) const HELD: u128 = 1_000_000;

/// Impatient, so that tests of silence are short.
pub(crate) const TIMING: Timing = Timing {
    connect: Duration::from_millis(500),
    answer: Duration::from_millis(400),
    poll: Duration::from_millis(5),
    lifetime_blocks: 10,
};

/// The network that mock chains claim to be.
pub(crate) fn network(endpoints: &[&MockChain]) -> Network {
    let price = Decimal::read("0.025").unwrap();
    Network {
        name: "mock".into(),
        chain_id: "mock-1".into(),
        prefix: "wasm".into(),
        coin_type: 118,
        gas_price: GasPrice { price, denom: "ustake".into() },
        endpoints: endpoints.iter().map(|chain| chain.endpoint().to_owned()).collect(),
    }
}

/// A key's address.
pub(crate) fn address(words: &str) -> String {
    Key::derive(words, &network(&[])).unwrap().address().to_owned()
}

/// A chain on which the rich key holds coins.
pub(crate) fn chain() -> MockChain {
    chain_with(Setup::default())
}

/// Likewise, with other settings.
pub(crate) fn chain_with(setup: Setup) -> MockChain {
    MockChain::start(Setup { holders: vec![(address(RICH), HELD)], ..setup })
}

/// A sender on a chain.
pub(crate) async fn sender(chain: &MockChain, words: &str) -> Sender {
    let network = network(&[chain]);
    let node = connect(&network, TIMING).await.unwrap();
    let key = Key::derive(words, &network).unwrap();
    let price = network.gas_price.clone();
    let policy =
        GasPolicy { gas: None, adjustment: Decimal::read("1.3").unwrap(), price, fee: None };
    Sender::new(node, network, key, policy, SignMode::Direct)
}

/// Pays somebody.
pub(crate) fn pay(amount: u128) -> Vec<Message> {
    let coins = vec![Coin { denom: "ustake".into(), amount }];
    vec![Message::Send { to: address(POOR), coins }]
}

/// Runs a test's future on one thread.
pub(crate) fn play<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(test)
}
