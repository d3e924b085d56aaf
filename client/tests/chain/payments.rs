//! A payment is made once, whatever nodes and networks do.

use client::{Error, Key, Message, SignMode, Signing, sign};
use mock_chain::Mischief;

use crate::stage::{HELD, POOR, RICH, address, chain, network, pay, play, sender};

#[test]
fn a_payment_arrives_with_its_gas_and_height() {
    let chain = chain();
    let included =
        play(async { sender(&chain, RICH).await.send(&pay(7), "thanks").await }).unwrap();
    assert_eq!(chain.balance(&address(POOR)), 7);
    assert_eq!((included.height, included.gas_used, included.gas_wanted), (2, 120_000, 156_000));
}

#[test]
fn a_timeout_after_inclusion_pays_once() {
    let chain = chain();
    let included = play(async {
        let sender = sender(&chain, RICH).await;
        chain.misbehave(Some(Mischief::LosesNextAnswer));
        sender.send(&pay(7), "").await
    });
    assert_eq!(included.unwrap().height, 2);
    assert_eq!(chain.balance(&address(POOR)), 7, "paid once");
    assert_eq!(chain.transactions().len(), 1, "broadcast once");
}

#[test]
fn a_sender_goes_on_after_an_answer_was_lost() {
    let chain = chain();
    play(async {
        let sender = sender(&chain, RICH).await;
        chain.misbehave(Some(Mischief::LosesNextAnswer));
        sender.send(&pay(7), "").await.unwrap();
        sender.send(&pay(8), "").await.unwrap();
    });
    assert_eq!((chain.balance(&address(POOR)), chain.transactions().len()), (15, 2));
}

#[test]
fn what_a_node_forgets_is_handed_to_it_again() {
    let chain = chain();
    play(async {
        let sender = sender(&chain, RICH).await;
        chain.misbehave(Some(Mischief::ForgetsNext));
        sender.send(&pay(7), "").await
    })
    .unwrap();
    assert_eq!((chain.balance(&address(POOR)), chain.transactions().len()), (7, 1));
}

#[test]
fn what_can_no_longer_be_included_is_signed_anew_and_paid_once() {
    let chain = chain();
    let signed = std::sync::Mutex::new(Vec::new());
    let included = play(async {
        let sender = sender(&chain, RICH).await;
        chain.misbehave(Some(Mischief::ForgetsNext));
        // Blocks pass between signing and broadcast: the first one's last block is gone.
        let late = |one: &client::Signed| {
            let mut signed = signed.lock().unwrap();
            if signed.is_empty() {
                chain.advance(crate::stage::TIMING.lifetime_blocks + 5, 60);
            }
            signed.push((one.hash.clone(), one.sequence));
            Ok(())
        };
        sender.send_noting(&pay(7), "", &late).await.unwrap()
    });
    let signed = signed.into_inner().unwrap();
    let [(first, one), (second, other)] = signed.as_slice() else { panic!("{signed:?}") };
    assert_eq!((one, &included.hash), (other, second), "the same sequence: never both");
    assert_ne!(first, second);
    assert_eq!((chain.balance(&address(POOR)), chain.transactions().len()), (7, 1));
}

#[test]
fn a_node_that_goes_silent_leaves_the_fate_open_and_named() {
    let chain = chain();
    let (error, hash) = play(async {
        let sender = sender(&chain, RICH).await;
        let hash = std::sync::Mutex::new(String::new());
        let silence = |signed: &client::Signed| {
            *hash.lock().unwrap() = signed.hash.clone();
            chain.misbehave(Some(Mischief::Silent));
            Ok(())
        };
        let error = sender.send_noting(&pay(7), "", &silence).await.unwrap_err();
        (error, hash.into_inner().unwrap())
    });
    assert!(matches!(error, Error::Undecided { .. }), "{error}");
    assert!(error.to_string().contains(&hash), "{error}");
    assert_eq!(chain.transactions().len(), 0);
}

#[test]
fn senders_of_one_account_race_and_all_are_paid() {
    let chain = chain();
    play(async {
        // Two programs with the same key, each sending from several places at once.
        let (one, two) = (sender(&chain, RICH).await, sender(&chain, RICH).await);
        let sends = (1..=5).flat_map(|n| [(&one, n), (&two, 10 * n)]);
        let messages: Vec<_> = sends.map(|(sender, n)| (sender, pay(n))).collect();
        let sent = messages.iter().map(|(sender, messages)| sender.send(messages, ""));
        for sent in futures_util::future::join_all(sent).await {
            sent.unwrap();
        }
    });
    assert_eq!(chain.balance(&address(POOR)), 15 + 150);
    assert_eq!(chain.transactions().len(), 10);
}

#[test]
fn nothing_is_broadcast_that_could_not_be_noted() {
    let chain = chain();
    let full = |_: &client::Signed| Err(Error::Journal("no space left on the device".into()));
    let error = play(async { sender(&chain, RICH).await.send_noting(&pay(7), "", &full).await });
    assert!(matches!(error, Err(Error::Journal(_))));
    assert_eq!(chain.transactions().len(), 0);
}

#[test]
fn a_node_that_answers_of_another_transaction_is_not_believed() {
    for mischief in [Mischief::OtherHash, Mischief::OtherTransaction] {
        let chain = chain();
        let error = play(async {
            let sender = sender(&chain, RICH).await;
            chain.misbehave(Some(mischief.clone()));
            sender.send(&pay(7), "").await.unwrap_err()
        });
        assert!(error.to_string().contains("contradicts itself"), "{mischief:?}: {error}");
        assert_eq!(chain.balance(&address(POOR)), 7, "one was sent, and told of");
    }
}

#[test]
fn a_signature_for_another_chain_pays_nobody() {
    let chain = chain();
    let error = play(async {
        let mut network = network(&[&chain]);
        let node = client::connect(&network, crate::stage::TIMING).await.unwrap();
        let policy = client::GasPolicy {
            gas: Some(200_000),
            adjustment: client::Decimal::read("1").unwrap(),
            price: network.gas_price.clone(),
            fee: None,
        };
        let key = Key::derive(RICH, &network).unwrap();
        network.chain_id = "other-1".into();
        let sender = client::Sender::new(node, network, key, policy, SignMode::Direct);
        sender.send(&pay(7), "").await.unwrap_err()
    });
    assert!(error.to_string().contains("signature verification failed"), "{error}");
    assert_eq!(chain.balance(&address(POOR)), 0);
}

#[test]
fn an_account_that_the_chain_has_never_seen_is_told_so() {
    let chain = chain();
    let error = play(async { sender(&chain, POOR).await.send(&pay(1), "").await.unwrap_err() });
    assert!(error.to_string().contains("send it coins first"), "{error}");
}

#[test]
fn simulation_refuses_before_anything_is_paid() {
    let chain = chain();
    let error =
        play(async { sender(&chain, RICH).await.send(&pay(HELD + 1), "").await.unwrap_err() });
    assert!(matches!(&error, Error::Refused { hash: None, .. }), "{error}");
    assert_eq!(chain.transactions().len(), 0);
}

#[test]
fn a_key_signs_for_its_own_account_alone() {
    let network = network(&[]);
    let key = Key::derive(RICH, &network).unwrap();
    let poor = address(POOR);
    let messages: Vec<Message> = pay(1);
    let signing = Signing {
        sender: &poor,
        account: client::Account { number: 0, sequence: 0 },
        chain_id: "mock-1",
        messages: &messages,
        memo: "",
        fee: client::Fee { gas: 1, amount: client::Coin { denom: "ustake".into(), amount: 1 } },
        timeout_height: 0,
        mode: SignMode::Direct,
    };
    assert!(matches!(sign(&signing, &key), Err(Error::Usage(_))));
}
