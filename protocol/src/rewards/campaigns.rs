//! Tests of campaigns, rounds and leaves together, through the engine of tests.

use crate::{
    AccountId, Amount, Command, FIRST_USER, Get, ModuleId, Names, Timestamp,
    rewards::{
        self, Airdrop, CLAIM_PAGE, Campaign, Leaf, Owed, Params, Place, Publication, Round,
        Schedule, Terms, Tree, Unclaimed, claimable_leaf, is_claimed, leaf_hash,
    },
    testing::{Answers, PlainNames, Stage, amount, percent, user},
    token::Balance,
};
use proptest::prelude::{Strategy, prop, prop_assert_eq, prop_oneof, proptest};
use rewards::Command as Verb;

const TREASURY: AccountId = ModuleId::Treasury.account();
const ORACLE: AccountId = user(5);

fn terms() -> Terms {
    Terms { publisher: Some(ORACLE), most: amount(500), period: 100, delay: 10, window: 50 }
}

/// Ten blocks in which half of the emission was the treasury's: 5,000 units at second 1,060.
fn stage() -> Stage {
    let mut stage = Stage::small();
    let schedule =
        Schedule { per_block: amount(1000), cap: amount(1 << 90), ..Schedule::default() };
    let params = Params { schedule, treasury_cut: percent(50) };
    let update = Verb::UpdateParams { params };
    stage.run(TREASURY, Command::Rewards(update)).unwrap();
    stage.block(11, 1060);
    stage
}

fn run(stage: &mut Stage, who: AccountId, verb: Verb) -> Result<(), u16> {
    let before = stage.store.clone();
    let outcome = stage.run(who, Command::Rewards(verb));
    assert!(outcome.is_ok() || stage.store == before, "a refusal changed something");
    stage.lawful();
    outcome
}

/// A stage with campaign 0 of 1,000 units.
fn opened() -> Stage {
    let mut stage = stage();
    let open = Verb::OpenCampaign { terms: terms(), budget: amount(1000) };
    run(&mut stage, TREASURY, open).unwrap();
    stage
}

fn address(who: AccountId) -> Vec<u8> {
    let mut address = Vec::new();
    PlainNames.write(who, &mut address);
    address
}

/// The tree of a round that pays these accounts.
fn tree(campaign: u32, round: u32, list: &[(AccountId, u128)]) -> Tree {
    let leaves = (0..).zip(list).map(|(index, (who, units))| {
        leaf_hash(Place { campaign, round, index }, &address(*who), amount(*units))
    });
    Tree::new(leaves.collect()).unwrap()
}

fn publication(round: u32, list: &[(AccountId, u128)], total: u128) -> Publication {
    let tree = tree(0, round, list);
    let (root, leaves) = (tree.root(), tree.leaves());
    Publication { campaign: 0, round, root, leaves, total: amount(total) }
}

fn leaf(round: u32, list: &[(AccountId, u128)], index: u32) -> Leaf {
    let proof = tree(0, round, list).proof(index).unwrap_or_default();
    let units = list.get(index as usize).map_or(0, |leaf| leaf.1);
    Leaf { campaign: 0, round, index, amount: amount(units), proof }
}

fn balance(stage: &Stage, who: AccountId) -> u128 {
    let balance: Balance = stage.store.get(who);
    balance.amount.units()
}

fn owed(stage: &Stage) -> u128 {
    let owed: Owed = stage.store.get(TREASURY);
    owed.amount.units()
}

const LIST: [(AccountId, u128); 3] = [(user(0), 100), (user(1), 150), (user(0), 50)];

/// Campaign 0 with round 0 of [`LIST`], open for claims from second 1,070 until 1,120.
fn published() -> Stage {
    let mut stage = opened();
    run(&mut stage, ORACLE, Verb::Publish(publication(0, &LIST, 300))).unwrap();
    stage
}

#[test]
fn a_budget_comes_out_of_what_the_treasury_is_owed() {
    let mut stage = opened();
    let left: Unclaimed = stage.store.get(());
    assert_eq!((owed(&stage), left.amount), (4000, amount(10_000)));
    let fund = |units| Verb::FundCampaign { campaign: 0, amount: amount(units) };
    assert_eq!(run(&mut stage, TREASURY, fund(4001)), Err(521));
    run(&mut stage, TREASURY, fund(500)).unwrap();
    let campaign: Campaign = stage.store.get(0);
    assert_eq!((owed(&stage), campaign.reserve), (3500, amount(1500)));
    // What accrued since is counted first.
    stage.block(12, 1066);
    run(&mut stage, TREASURY, fund(4000)).unwrap();
    run(&mut stage, TREASURY, Verb::EndCampaign { campaign: 0 }).unwrap();
    assert_eq!(owed(&stage), 5500);
    assert_eq!(run(&mut stage, TREASURY, fund(1)), Err(518));
    assert_eq!(run(&mut stage, TREASURY, Verb::EndCampaign { campaign: 0 }), Err(518));
    let publish = Verb::Publish(publication(0, &LIST, 300));
    assert_eq!(run(&mut stage, ORACLE, publish), Err(518));
}

#[test]
fn terms_have_bounds_and_tell_every_violation() {
    let most = rewards::MAX_SECONDS;
    for (label, terms, codes) in [
        ("valid", Terms { period: 0, delay: 0, window: 1, ..terms() }, vec![]),
        ("the longest", Terms { period: most, delay: most, window: most, ..terms() }, vec![]),
        (
            "all wrong",
            Terms { most: amount(0), period: most + 1, delay: u64::MAX, window: 0, ..terms() },
            vec![519, 520, 520, 520],
        ),
    ] {
        let found: Vec<u16> = terms.violations().iter().map(crate::Refusal::code).collect();
        assert_eq!(found, codes, "{label}");
        let open = Verb::OpenCampaign { terms, budget: amount(1) };
        let first = codes.first().map_or(Ok(()), |code| Err(*code));
        assert_eq!(run(&mut stage(), TREASURY, open), first, "{label}");
    }
}

#[test]
fn only_the_authority_keeps_campaigns_and_only_the_publisher_publishes() {
    for who in [user(0), ORACLE, ModuleId::Network.account(), ModuleId::Governor.account()] {
        let mut stage = published();
        for verb in [
            Verb::OpenCampaign { terms: terms(), budget: amount(0) },
            Verb::FundCampaign { campaign: 0, amount: amount(1) },
            Verb::EndCampaign { campaign: 0 },
            Verb::Revoke { campaign: 0, round: 0 },
        ] {
            assert_eq!(run(&mut stage, who, verb), Err(3));
        }
        stage.block(12, 1160);
        let publish = Verb::Publish(publication(1, &LIST, 300));
        let outcome = if who == ORACLE { Ok(()) } else { Err(3) };
        assert_eq!(run(&mut stage, who, publish), outcome);
    }
    let publish = Verb::Publish(publication(0, &LIST, 300));
    run(&mut opened(), TREASURY, publish).unwrap();
}

#[test]
fn a_round_keeps_to_the_terms() {
    let list: Vec<_> = LIST.to_vec();
    let valid = publication(1, &list, 300);
    for (label, publication, time, code) in [
        ("no campaign", Publication { campaign: 1, ..valid }, 1160, 517),
        ("again", Publication { round: 0, ..valid }, 1160, 525),
        ("ahead", Publication { round: 2, ..valid }, 1160, 525),
        ("no leaves", Publication { leaves: 0, ..valid }, 1160, 524),
        ("too many", Publication { leaves: (1 << 20) + 1, ..valid }, 1160, 524),
        ("nothing", Publication { total: amount(0), ..valid }, 1160, 522),
        ("above the terms", Publication { total: amount(501), ..valid }, 1160, 522),
        ("too soon", valid, 1159, 523),
    ] {
        let mut stage = published();
        stage.block(12, time);
        assert_eq!(run(&mut stage, ORACLE, Verb::Publish(publication)), Err(code), "{label}");
    }
    let mut stage = published();
    for (round, time, code) in [(1, 1160, Ok(())), (2, 1260, Err(521))] {
        stage.block(11 + u64::from(round), time);
        let publish = Verb::Publish(publication(round, &list, 500));
        assert_eq!(run(&mut stage, ORACLE, publish), code, "{round}");
    }
}

#[test]
fn a_leaf_is_paid_once_inside_the_window_to_whom_it_names() {
    let mut stage = published();
    let claim =
        |index: u32| Verb::ClaimLeaf { who: LIST[index as usize].0, leaf: leaf(0, &LIST, index) };
    stage.block(12, 1069);
    assert_eq!(run(&mut stage, user(0), claim(0)), Err(527));
    stage.block(13, 1070);
    // Anyone may send it: the account that it names is paid.
    run(&mut stage, user(7), claim(1)).unwrap();
    assert_eq!((balance(&stage, user(1)), balance(&stage, user(7))), (1_000_150, 1_000_000));
    assert_eq!(run(&mut stage, user(1), claim(1)), Err(530));
    assert!(is_claimed(&stage.store, 0, 0, 1) && !is_claimed(&stage.store, 0, 0, 0));
    stage.block(14, 1119);
    run(&mut stage, user(0), claim(0)).unwrap();
    stage.block(15, 1120);
    assert_eq!(run(&mut stage, user(0), claim(2)), Err(528));
    let round: Round = stage.store.get((0, 0));
    assert_eq!(round.left, amount(50));
}

#[test]
fn refusals_of_claims() {
    let valid = leaf(0, &LIST, 0);
    let long = Leaf { proof: [valid.proof.clone(), vec![[0; 32]]].concat(), ..valid.clone() };
    let short = Leaf { proof: vec![], ..valid.clone() };
    let mut wrong = valid.clone();
    wrong.proof[0][31] ^= 1;
    for (label, who, leaf, code) in [
        ("valid", user(0), valid.clone(), None),
        ("no round", user(0), Leaf { round: 1, ..valid.clone() }, Some(526)),
        ("no campaign", user(0), Leaf { campaign: 9, ..valid.clone() }, Some(526)),
        ("no leaf", user(0), Leaf { index: 3, ..valid.clone() }, Some(529)),
        ("another's", user(1), valid.clone(), Some(532)),
        ("a module", ModuleId::Treasury.account(), valid.clone(), Some(536)),
        ("more", user(0), Leaf { amount: amount(101), ..valid.clone() }, Some(532)),
        ("another place", user(0), Leaf { index: 1, ..valid.clone() }, Some(532)),
        ("too long", user(0), long, Some(531)),
        ("too short", user(0), short, Some(531)),
        ("altered", user(0), wrong, Some(532)),
    ] {
        let mut stage = published();
        stage.block(12, 1070);
        let told =
            claimable_leaf(&stage.store, &Answers::default(), Timestamp::new(1070), who, &leaf);
        assert_eq!(told.err().map(|refusal| refusal.code()), code, "{label}, asked before");
        let outcome = run(&mut stage, user(6), Verb::ClaimLeaf { who, leaf });
        assert_eq!(outcome.err(), code, "{label}");
    }
}

/// A proof of one campaign or round counts in no other, even under the same root.
#[test]
fn a_proof_counts_in_its_own_round_only() {
    let mut stage = published();
    stage.block(12, 1160);
    let copied = Publication { round: 1, ..publication(0, &LIST, 300) };
    run(&mut stage, ORACLE, Verb::Publish(copied)).unwrap();
    stage.block(13, 1170);
    let leaf = Leaf { round: 1, ..leaf(0, &LIST, 0) };
    assert_eq!(run(&mut stage, user(0), Verb::ClaimLeaf { who: user(0), leaf }), Err(532));
}

#[test]
fn a_round_that_promises_too_much_pays_no_more_than_its_total() {
    let mut stage = opened();
    run(&mut stage, ORACLE, Verb::Publish(publication(0, &LIST, 200))).unwrap();
    stage.block(12, 1070);
    let claim =
        |index: u32| Verb::ClaimLeaf { who: LIST[index as usize].0, leaf: leaf(0, &LIST, index) };
    run(&mut stage, user(0), claim(0)).unwrap();
    assert_eq!(run(&mut stage, user(1), claim(1)), Err(533));
    run(&mut stage, user(0), claim(2)).unwrap();
}

#[test]
fn what_nobody_claimed_returns_once() {
    let back = Verb::ReturnRest { campaign: 0, round: 0 };
    for ended in [false, true] {
        let mut stage = published();
        stage.block(12, 1070);
        let claim = Verb::ClaimLeaf { who: user(1), leaf: leaf(0, &LIST, 1) };
        run(&mut stage, user(1), claim).unwrap();
        if ended {
            run(&mut stage, TREASURY, Verb::EndCampaign { campaign: 0 }).unwrap();
        }
        stage.block(13, 1119);
        assert_eq!(run(&mut stage, user(6), back.clone()), Err(534));
        stage.block(14, 1120);
        let before = owed(&stage);
        run(&mut stage, user(6), back.clone()).unwrap();
        assert_eq!(run(&mut stage, user(6), back.clone()), Err(535));
        let campaign: Campaign = stage.store.get(0);
        let (reserve, treasury) = if ended { (0, 150) } else { (850, 0) };
        assert_eq!((campaign.reserve, owed(&stage) - before), (amount(reserve), treasury));
    }
    let mut stage = opened();
    assert_eq!(run(&mut stage, user(6), back), Err(526));
}

#[test]
fn a_revoked_root_pays_nobody_and_may_be_replaced() {
    let mut stage = published();
    run(&mut stage, TREASURY, Verb::Revoke { campaign: 0, round: 0 }).unwrap();
    let campaign: Campaign = stage.store.get(0);
    assert_eq!(campaign.reserve, amount(1000));
    stage.block(12, 1070);
    let claim = Verb::ClaimLeaf { who: user(0), leaf: leaf(0, &LIST, 0) };
    assert_eq!(run(&mut stage, user(0), claim), Err(526));
    assert_eq!(run(&mut stage, TREASURY, Verb::Revoke { campaign: 0, round: 0 }), Err(526));
    assert_eq!(run(&mut stage, user(0), Verb::ReturnRest { campaign: 0, round: 0 }), Err(526));
    stage.block(13, 1160);
    run(&mut stage, ORACLE, Verb::Publish(publication(1, &LIST, 300))).unwrap();
    stage.block(14, 1170);
    let claim = Verb::ClaimLeaf { who: user(0), leaf: leaf(1, &LIST, 0) };
    run(&mut stage, user(0), claim).unwrap();
}

#[test]
fn an_airdrop_is_issued_from_the_beginning_and_ends() {
    let mut stage = Stage::default();
    let schedule = Schedule { cap: amount(1000), ..Schedule::default() };
    let root = tree(0, 0, &LIST).root();
    let airdrop = |leaves, total, until| Airdrop {
        root,
        leaves,
        total: amount(total),
        from: Timestamp::new(1000),
        until: Timestamp::new(until),
    };
    let valid = rewards::Genesis {
        params: Params { schedule, ..Params::default() },
        supply: Amount::ZERO,
        start: crate::Height::new(1),
        weights: vec![],
        grants: vec![],
        airdrops: vec![airdrop(3, 300, 2000)],
    };
    let bad = vec![airdrop(0, 0, 1000), airdrop(3, 1001, 2000)];
    let wrong = rewards::Genesis { airdrops: bad, ..valid.clone() };
    let codes: Vec<u16> = wrong.violations().iter().map(crate::Refusal::code).collect();
    assert_eq!(codes, [513, 524, 522, 537]);
    let (minter, cap) = (Some(ModuleId::Rewards.account()), Amount::MAX);
    crate::token::genesis(
        &mut stage.store,
        &crate::token::Genesis { balances: vec![], minter, cap },
    )
    .unwrap();
    rewards::genesis(&mut stage.store, &valid).unwrap();
    let emission: rewards::Emission = stage.store.get(());
    assert_eq!(emission.issued, amount(300));
    stage.block(2, 1000);
    let claim = Verb::ClaimLeaf { who: user(0), leaf: leaf(0, &LIST, 2) };
    run(&mut stage, user(0), claim).unwrap();
    assert_eq!(balance(&stage, user(0)), 50);
    stage.block(3, 2000);
    run(&mut stage, user(3), Verb::ReturnRest { campaign: 0, round: 0 }).unwrap();
    assert_eq!(owed(&stage), 250);
}

/// Bits are packed: leaves beyond one page lie in the next, and only their own bit is set.
#[test]
fn every_leaf_has_a_bit_of_its_own() {
    let n = 2 * CLAIM_PAGE + 3;
    let list: Vec<_> = (0..n).map(|at| (user(at % 7), 1)).collect();
    let mut stage = opened();
    let most = Verb::Publish(Publication { total: amount(500), ..publication(0, &list, 1) });
    run(&mut stage, ORACLE, most).unwrap();
    stage.block(12, 1070);
    let chosen = [0, 1, 63, 64, 127, 128, 255, 256, 511, 512, n - 1];
    for (done, index) in chosen.iter().enumerate() {
        let who = list[*index as usize].0;
        let claim = Verb::ClaimLeaf { who, leaf: leaf(0, &list, *index) };
        stage.run(who, Command::Rewards(claim)).unwrap();
        let claimed = (0..n).filter(|leaf| is_claimed(&stage.store, 0, 0, *leaf));
        assert_eq!(claimed.collect::<Vec<_>>(), chosen[..=done], "{index}");
    }
    stage.lawful();
}

/// What may be tried with campaign 0 in a random order.
#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    Publish(u128),
    Claim(u32, u32),
    Return(u32),
    Revoke(u32),
}

/// A round as the model has it: total left, from, until, claimed.
type Modelled = (u128, u64, u64, Vec<u32>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (1u64..60).prop_map(Step::Wait),
        2 => (1u128..600).prop_map(Step::Publish),
        6 => (0u32..4, 0u32..4).prop_map(|(round, index)| Step::Claim(round, index)),
        2 => (0u32..4).prop_map(Step::Return),
        1 => (0u32..4).prop_map(Step::Revoke),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    /// An independent model on plain lists: who was paid, and what is left.
    #[test]
    fn rounds_equal_the_model(steps in steps()) {
        let mut stage = opened();
        let mut reserve = 1000u128;
        // By number; revoked ones are gone.
        let mut rounds: Vec<Option<Modelled>> = Vec::new();
        let mut published: Option<u64> = None;
        let mut paid = [0u128; 2];
        let who = |index: u32| LIST[index as usize % 3].0;
        for step in steps {
            let now = stage.time.get();
            match step {
                Step::Wait(seconds) => {
                    let height = stage.height.get();
                    stage.block(height + 1, now + seconds);
                }
                Step::Publish(total) => {
                    let round = rounds.len() as u32;
                    let fits = total <= 500
                        && total <= reserve
                        && published.is_none_or(|last| now >= last + 100);
                    let publish = Verb::Publish(publication(round, &LIST, total));
                    prop_assert_eq!(run(&mut stage, ORACLE, publish).is_ok(), fits);
                    if fits {
                        reserve -= total;
                        published = Some(now);
                        rounds.push(Some((total, now + 10, now + 60, vec![])));
                    }
                }
                Step::Claim(round, index) => {
                    let units = LIST.get(index as usize).map_or(0, |leaf| leaf.1);
                    let found = rounds.get_mut(round as usize).and_then(Option::as_mut);
                    let fits = found.as_ref().is_some_and(|(left, from, until, claimed)| {
                        (*from..*until).contains(&now)
                            && index < 3
                            && !claimed.contains(&index)
                            && units <= *left
                    });
                    let claim = Verb::ClaimLeaf { who: who(index), leaf: leaf(round, &LIST, index) };
                    prop_assert_eq!(run(&mut stage, user(6), claim).is_ok(), fits);
                    if let Some((left, _, _, claimed)) = found.filter(|_| fits) {
                        *left -= units;
                        claimed.push(index);
                        paid[(who(index).handle() - FIRST_USER) as usize] += units;
                    }
                }
                Step::Return(round) => {
                    let found = rounds.get_mut(round as usize).and_then(Option::as_mut);
                    let fits = found.as_ref().is_some_and(|found| now >= found.2 && found.0 > 0);
                    let back = Verb::ReturnRest { campaign: 0, round };
                    prop_assert_eq!(run(&mut stage, user(6), back).is_ok(), fits);
                    if let Some(found) = found.filter(|_| fits) {
                        reserve += std::mem::take(&mut found.0);
                    }
                }
                Step::Revoke(round) => {
                    let found = rounds.get_mut(round as usize).and_then(Option::take);
                    let revoke = Verb::Revoke { campaign: 0, round };
                    prop_assert_eq!(run(&mut stage, TREASURY, revoke).is_ok(), found.is_some());
                    reserve += found.map_or(0, |found| found.0);
                }
            }
            let campaign: Campaign = stage.store.get(0);
            prop_assert_eq!(campaign.reserve.units(), reserve);
            for n in 0..2 {
                prop_assert_eq!(balance(&stage, user(n)), 1_000_000 + paid[n as usize]);
            }
        }
    }
}
