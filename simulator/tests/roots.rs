//! Lists that are settled off chain, from an oracle's measure to a claim on the native engine.

use protocol::{Amount, Get, Height, ModuleId, Timestamp, rewards};
use simulator::{
    claims::List,
    native::{Accounts, World},
    random::Fixed,
    run::Season,
    scenario::{Behaviour, Event, Habit, Happening, Places, Population, Role, Scenario, Spread},
};

const TOKEN: u128 = 1_000_000_000;

fn tokens(count: u128) -> Amount {
    Amount::saturating(count * TOKEN)
}

fn oracle(accomplices: Option<&str>, factor: i64) -> Behaviour {
    Behaviour::Oracle {
        campaign: 0,
        every: 3,
        total: tokens(6),
        accomplices: accomplices.map(str::to_owned),
        factor: Fixed::from_billionths(factor * 1_000_000_000),
        noise: Fixed::ZERO,
    }
}

/// Four validators, and three contributors of equal quality who collect as they are used to. The
/// treasury gets 5 tokens an epoch of 100 blocks, and opens a campaign in epoch 3.
fn scenario(oracle: Behaviour) -> Scenario {
    let mut scenario = Scenario::sample(4, 0, 18);
    let worker = |name: &str, habit| Population {
        name: name.to_owned(),
        role: Role::Contributor,
        behaviour: Behaviour::Collector { habit },
        places: Places::Count(1),
        stake: Spread::Each(Amount::ZERO),
        quality: simulator::scenario::QualitySpread::Each(Fixed::ONE),
        ..scenario.populations[1].clone()
    };
    let workers = [
        worker("prompt", Habit::Prompt),
        worker("twice", Habit::Twice),
        worker("late", Habit::Late),
    ];
    let watcher = Population {
        name: "oracle".to_owned(),
        role: Role::Holder,
        behaviour: oracle,
        ..workers[0].clone()
    };
    scenario.populations.truncate(1);
    scenario.populations.extend(workers);
    scenario.populations.push(watcher);
    scenario.topics[0].params.slots = 8;
    let (publisher, most) = ("oracle".to_owned(), tokens(10));
    let terms = rewards::Terms { publisher: None, most, period: 600, delay: 300, window: 900 };
    let opened = Happening::CampaignOpened { publisher, terms, budget: tokens(12) };
    scenario.events.push(Event { epoch: 3, note: String::new(), happening: opened });
    scenario
}

fn played(scenario: &Scenario) -> Season<'_> {
    let mut season = Season::open(scenario, 0, false, &mut ()).unwrap();
    for epoch in 0..scenario.epochs {
        assert!(season.epoch(epoch, &mut ()).unwrap().is_continue());
        simulator::run::laws_hold(season.state()).unwrap();
    }
    season
}

/// What each population claimed against roots, in thousandths of a token.
fn claimed(season: &Season<'_>, name: &str) -> u128 {
    let member = &season.roster().named(season.scenario(), name)[0];
    let place = season.roster().members.iter().position(|other| other.name == member.name).unwrap();
    season.ledger().by_root[place] / (TOKEN / 1_000)
}

#[test]
fn an_oracle_pays_in_proportion_and_what_is_not_claimed_returns() {
    let scenario = scenario(oracle(None, 1));
    let season = played(&scenario);
    let campaign: rewards::Campaign = season.state().get(0);
    // 6 tokens in epoch 5 and in epoch 8; a third of each comes back, and is listed again.
    assert!(campaign.rounds >= 3, "{campaign:?}");
    let (prompt, twice) = (claimed(&season, "prompt"), claimed(&season, "twice"));
    assert!((4_000..=6_000).contains(&prompt), "{prompt}");
    assert_eq!((twice, claimed(&season, "late")), (prompt, 0));
    assert!(season.ledger().returned >= 4 * TOKEN);
    let refused = |code| season.ledger().refused.get(&code).copied().unwrap_or(0);
    assert!(refused(530) >= 2, "a leaf claimed twice");
    assert!(refused(528) >= 2, "a leaf claimed late");
    assert_eq!(refused(532) + refused(531), 0, "no honest proof is refused");
}

#[test]
fn an_inflating_oracle_favours_its_own_and_is_honest_in_the_honest_run() {
    let scenario = scenario(oracle(Some("prompt"), 4));
    let season = played(&scenario);
    // Four of six parts, where an honest one gives a third.
    assert!(claimed(&season, "prompt") > 3 * claimed(&season, "twice"));
    let mut honest = Season::open(&scenario, 0, true, &mut ()).unwrap();
    for epoch in 0..scenario.epochs {
        assert!(honest.epoch(epoch, &mut ()).unwrap().is_continue());
    }
    assert_eq!(claimed(&honest, "prompt"), claimed(&honest, "twice"));
}

#[test]
fn a_revoked_list_pays_nobody() {
    let mut scenario = scenario(oracle(None, 1));
    let revoked = Happening::RootRevoked { campaign: 0 };
    let ended = Happening::CampaignEnded { campaign: 0 };
    for happening in [revoked, ended] {
        scenario.events.push(Event { epoch: 6, note: String::new(), happening });
    }
    // Claims open five minutes after the root; an epoch has ten.
    for event in &mut scenario.events {
        if let Happening::CampaignOpened { terms, .. } = &mut event.happening {
            terms.delay = 1_200;
        }
    }
    let season = played(&scenario);
    assert_eq!(claimed(&season, "prompt"), 0);
    let (campaign, round): (rewards::Campaign, rewards::Round) =
        (season.state().get(0), season.state().get((0, 0)));
    assert_eq!((campaign.rounds, campaign.reserve, round.left), (1, Amount::ZERO, Amount::ZERO));
    // Only who comes late does not look whether anything is left.
    assert_eq!(season.ledger().refused.get(&526), Some(&1), "nobody else claims what is revoked");
}

/// The addresses that leaves commit to are those of the engine that verifies them.
#[test]
fn a_list_made_of_names_is_claimed_on_the_engine() {
    let mut genesis = None;
    struct Keep<'a>(&'a mut Option<simulator::engine::Genesis>);
    impl simulator::run::Recorder for Keep<'_> {
        fn genesis(&mut self, genesis: &simulator::engine::Genesis) {
            *self.0 = Some(genesis.clone());
        }
    }
    let scenario = Scenario::sample(2, 2, 1);
    drop(Season::open(&scenario, 0, false, &mut Keep(&mut genesis)).unwrap());
    let mut genesis = genesis.unwrap();
    let names = Accounts::of(genesis.accounts.iter().map(String::as_str));
    let users = [0, 1, 2].map(|n| protocol::AccountId::from_handle(protocol::FIRST_USER + n));
    let payments = users.map(|who| (who, tokens(2))).to_vec();
    let list = List::new(&names, 0, 0, payments).unwrap();
    let (from, until) = (genesis.time, Timestamp::new(u64::MAX));
    genesis.rewards.airdrops = vec![list.airdrop(tokens(6), from, until)];
    let mut world = World::from_genesis(&genesis).unwrap();
    world.begin_block(Height::new(1), Timestamp::new(genesis.time.get() + 6));
    let before: protocol::token::Balance = world.get(users[1]);
    let (who, leaf) = list.leaf(1).unwrap();
    let claim = protocol::Command::Rewards(rewards::Command::ClaimLeaf { who, leaf });
    let anyone = ModuleId::Treasury.account();
    world.execute(anyone, claim.clone(), Amount::ZERO).unwrap();
    let after: protocol::token::Balance = world.get(users[1]);
    assert_eq!(after.amount, before.amount.plus(tokens(2)).unwrap());
    assert_eq!(world.execute(anyone, claim, Amount::ZERO).unwrap_err().code(), 530);
}
