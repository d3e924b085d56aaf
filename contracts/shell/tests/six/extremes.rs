//! Every number of every message at its extremes, from who may send it: each is carried out or
//! refused, none ends in a panic, and whatever was carried out, every query is answered after.

use cosmwasm_std::Addr;
use interface::{
    governor::QueryMsg as GovernorQuery,
    treasury::{AssetMsg, QueryMsg as TreasuryQuery},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    authority::{Row, governor_row, governor_samples, stage, treasury_row, treasury_samples},
    deployment::{Chain, user},
};

/// Where a number lies in a message: the way to it from the top.
type Place = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

fn at<'a>(mut value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    for step in place {
        value = match step {
            Step::Key(key) => &mut value[key.as_str()],
            Step::Index(index) => &mut value[*index],
        };
    }
    value
}

/// Every number, every text that is one, and every list.
fn places(value: &Value, here: &mut Place, found: &mut Vec<Place>) {
    match value {
        Value::Number(_) => found.push(here.clone()),
        Value::String(text) if text.parse::<f64>().is_ok() => found.push(here.clone()),
        Value::Array(list) => {
            found.push(here.clone());
            for (index, inner) in list.iter().enumerate() {
                here.push(Step::Index(index));
                places(inner, here, found);
                here.pop();
            }
        }
        Value::Object(fields) => {
            for (key, inner) in fields {
                here.push(Step::Key(key.clone()));
                places(inner, here, found);
                here.pop();
            }
        }
        _ => {}
    }
}

/// What is put in its place.
fn extremes(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(_) => {
            [0, 1, 255, 65_535, 4_294_967_295, u64::MAX - 1, u64::MAX].map(|n| json!(n)).to_vec()
        }
        Value::String(_) => {
            let largest = u128::MAX.to_string();
            let most = ((1u128 << 95) - 1).to_string();
            ["0", "1", "0.000000001", "0.999999999", &most, &largest].map(|n| json!(n)).to_vec()
        }
        Value::Array(list) => {
            let twice: Vec<Value> = list.iter().chain(list).cloned().collect();
            vec![json!([]), json!(twice)]
        }
        _ => Vec::new(),
    }
}

/// Every query of what there may be is answered, or says that there is none.
fn ensure_answers(chain: &Chain, after: &Value) {
    for proposal_id in 0..8 {
        let (voter, id) = (user("voter").to_string(), u64::from(proposal_id));
        let (start_after, limit) = (None, Some(30));
        for query in [
            GovernorQuery::Details { proposal_id },
            GovernorQuery::Messages { proposal_id },
            GovernorQuery::Ballot { proposal_id, voter: voter.clone() },
            GovernorQuery::Proposal { proposal_id: id },
            GovernorQuery::Vote { proposal_id: id, voter },
            GovernorQuery::ListVotes { proposal_id: id, start_after, limit },
        ] {
            if let Err(refused) = chain.answer(&chain.governor(), &query) {
                assert!(refused.contains("E0403"), "{query:?} after {after}: {refused}");
            }
        }
    }
    let (start_after, start_before, limit) = (None, None, Some(30));
    for query in [
        GovernorQuery::Params {},
        GovernorQuery::Guardian {},
        GovernorQuery::Hooks {},
        GovernorQuery::Threshold {},
        GovernorQuery::Deposit { address: user("proposer").to_string() },
        GovernorQuery::ListProposals { start_after, limit },
        GovernorQuery::ReverseProposals { start_before, limit },
    ] {
        let answer = chain.answer(&chain.governor(), &query);
        assert!(answer.is_ok(), "{query:?} after {after}: {answer:?}");
    }
    let (start_after, limit) = (None, Some(30));
    for query in [
        TreasuryQuery::Params {},
        TreasuryQuery::Authority {},
        TreasuryQuery::Balance { asset: AssetMsg::Token },
        TreasuryQuery::Balance { asset: AssetMsg::Native },
        TreasuryQuery::Streams { start_after, limit },
        TreasuryQuery::Grants { start_after, limit },
    ] {
        let answer = chain.answer(&chain.treasury, &query);
        assert!(answer.is_ok(), "{query:?} after {after}: {answer:?}");
    }
}

/// A second, and then ten years, after what was carried out: nothing that was promised, queued or
/// given until a date stops a query.
fn ensure_answers_ever_after(mut chain: Chain, after: &Value) {
    for seconds in [1, 10 * 366 * 86_400] {
        chain.app.update_block(|block| {
            block.height += 1;
            block.time = block.time.plus_seconds(seconds);
        });
        ensure_answers(&chain, after);
    }
}

fn check<M: Serialize>(
    contract: impl Fn(&Chain) -> Addr,
    samples: impl Fn(&Chain) -> Vec<M>,
    row: impl Fn(&M) -> Row,
) -> (usize, usize) {
    let (mut carried, mut refused) = (0, 0);
    let mut chain = stage();
    for sample in samples(&chain) {
        let Some(who) = row(&sample).may.first() else { continue };
        let whole = serde_json::to_value(&sample).unwrap();
        let mut found = Vec::new();
        places(&whole, &mut Vec::new(), &mut found);
        for place in found {
            for extreme in extremes(at(&mut whole.clone(), &place)) {
                let mut message = whole.clone();
                *at(&mut message, &place) = extreme;
                let (who, contract) = (who.address(&chain), contract(&chain));
                match chain.run(&who, &contract, &message) {
                    Ok(_) => {
                        ensure_answers(&chain, &message);
                        let before = std::mem::replace(&mut chain, stage());
                        ensure_answers_ever_after(before, &message);
                        carried += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
        }
    }
    (carried, refused)
}

#[test]
fn every_number_of_the_governors_messages() {
    let (carried, refused) = check(Chain::governor, governor_samples, governor_row);
    assert!(carried > 30 && refused > 200, "{carried} carried out, {refused} refused");
}

#[test]
fn every_number_of_the_treasurys_messages() {
    let of = |chain: &Chain| chain.treasury.clone();
    let (carried, refused) = check(of, treasury_samples, treasury_row);
    assert!(carried > 20 && refused > 50, "{carried} carried out, {refused} refused");
}
