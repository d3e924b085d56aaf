//! A season that begins in the state of a snapshot.
//!
//! Agents, market, faults and horizon are the scenario's; everything else is the snapshot's:
//! parameters, balances, stakes, slots, proposals. Members are accounts of the snapshot by name, or
//! by address in hexadecimal; whoever is no member holds what it has and does nothing.

use protocol::{
    All, Get,
    governance::{Numbers, Proposal},
    network::{self, Seat, Topic},
    staking, token,
};

use super::{
    BUYERS, KEEPER, POOL, Recorder, Roster, RunError, Season, clock::Times, season::Parts,
};
use crate::{
    native::{Accounts, Known, World, address_of},
    scenario::{Market, Scenario},
    snapshot::Snapshot,
};

/// How many names a refusal lists.
const LISTED: usize = 5;

impl<'a> Season<'a> {
    /// Draws the members, finds their accounts in the snapshot, and begins in its state. Epochs
    /// count from there: epoch k ends k + 1 tempos after the snapshot's block, and the timeline's
    /// epochs are these.
    ///
    /// # Errors
    /// What is wrong with the scenario, or does not fit the snapshot.
    pub fn resume(
        scenario: &'a Scenario,
        run: u64,
        honest: bool,
        snapshot: &Snapshot,
        recorder: &mut impl Recorder,
    ) -> Result<Self, RunError> {
        scenario.check().map_err(RunError::Invalid)?;
        let mut roster = Roster::draw(scenario, run)?;
        let first = bound(&roster, snapshot)?;
        let unread =
            |error: crate::snapshot::SnapshotError| unfit(error.to_string(), "take it again");
        let world = snapshot.world(&first).map_err(unread)?;
        fits(scenario, &world)?;
        let market = pooled(scenario, &roster, &world)?;
        for member in &mut roster.members {
            let topic = scenario.populations[member.group].topic;
            let seat: Seat = world.get((topic, member.account));
            member.slot = seat.uid_plus_one.checked_sub(1);
            let account: staking::Account = world.get(member.account);
            member.stake = account.position.bonded;
        }
        recorder.resumed(snapshot, &first);
        let (base, from) = (world.height().get(), (world.height(), world.time()));
        let times = Times::after(scenario, run, from);
        let parts = Parts { roster, world, times, base, market };
        let mut season = Season::assemble(scenario, run, honest, parts);
        season.catch_up();
        Ok(season)
    }

    /// Learns what the state holds already: what slots are owed, proposals that are not settled.
    fn catch_up(&mut self) {
        for topic in (0u16..).take(self.scenario.topics.len()) {
            let now: Topic = self.world.get(topic);
            self.ledger.before_close(&self.world, topic, now.fresh);
        }
        let Numbers { proposals, .. } = self.world.get(());
        self.politics.before = proposals;
        let mut live: Vec<u32> = Vec::new();
        self.world.each(&mut |number: u32, proposal: &Proposal| {
            if !proposal.settled {
                live.push(number);
            }
        });
        live.sort_unstable();
        self.politics.live = live;
        // The first look is at all that was ever earned; the second, at nothing since.
        self.look(0);
        self.look(0);
    }
}

/// What a preview does besides.
#[cfg(feature = "report")]
impl Season<'_> {
    /// Does something to the state in the first block after the snapshot's, before anyone acts.
    pub(crate) fn first<T>(&mut self, act: impl FnOnce(&mut World) -> T) -> T {
        let first = self.world.height().get() + 1;
        self.enter(first, &mut ());
        act(&mut self.world)
    }

    /// The keeper does nothing with this proposal.
    pub(crate) fn leave_alone(&mut self, proposal: Option<u32>) {
        self.politics.live.retain(|number| Some(*number) != proposal);
    }
}

fn unfit(what: impl Into<String>, fix: impl Into<String>) -> RunError {
    RunError::Unfit { what: what.into(), fix: fix.into() }
}

/// The accounts of the roster in its order, as the snapshot has them; the keeper, the pool and
/// the buyers are new where nobody has their names.
fn bound(roster: &Roster, snapshot: &Snapshot) -> Result<Vec<Known>, RunError> {
    let book = Accounts::known(snapshot.accounts().iter().cloned());
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let find = |name: &str| {
        let address = book.find(&address_of(name)).map(|_| address_of(name).to_vec());
        let known = snapshot.accounts().iter();
        let mut known = known.filter(|known| {
            known.name == name
                || Some(&known.address) == address.as_ref()
                || hex(&known.address) == name
        });
        known.next().cloned()
    };
    let (mut first, mut missing) = (Vec::new(), Vec::new());
    for name in roster.accounts() {
        match find(&name) {
            Some(known) => first.push(known),
            None if [KEEPER, POOL, BUYERS].contains(&name.as_str()) => {
                first.push(Known { address: address_of(&name).into(), name });
            }
            None => missing.push(name),
        }
    }
    if !missing.is_empty() {
        let more = missing.len().saturating_sub(LISTED);
        let listed = missing.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        return Err(unfit(
            format!("nobody in the snapshot is called {listed}{rest}"),
            "members are accounts by name or address: rename or shrink the population",
        ));
    }
    let mut addresses: Vec<&[u8]> = first.iter().map(|known| known.address.as_slice()).collect();
    addresses.sort_unstable();
    match addresses.windows(2).any(|pair| pair[0] == pair[1]) {
        true => Err(unfit("two members are the same account", "name each account once")),
        false => Ok(first),
    }
}

/// Refuses what agents of the scenario could not act in.
fn fits(scenario: &Scenario, world: &World) -> Result<(), RunError> {
    let network::Params { topics } = world.get(());
    if usize::from(topics) != scenario.topics.len() {
        let what =
            format!("the snapshot has {topics} topics, the scenario {}", scenario.topics.len());
        return Err(unfit(what, "give the scenario the snapshot's topics, in their order"));
    }
    for (number, ours) in (0u16..).zip(&scenario.topics) {
        let theirs: Topic = world.get(number);
        let tempo = scenario.tempo();
        if theirs.params.tempo != tempo {
            let what = format!(
                "topic {number} closes every {} blocks, the scenario's epochs have {tempo}",
                theirs.params.tempo
            );
            return Err(unfit(what, format!("set topics.{}.tempo to the snapshot's", ours.name)));
        }
        if theirs.params.scoring.row_form() != ours.params.scoring.row_form() {
            let what = format!("rows of topic {number} say something else than the scenario's");
            return Err(unfit(
                what,
                format!("set topics.{}.mechanism to the snapshot's", ours.name),
            ));
        }
    }
    let params: staking::Params = world.get(());
    if params.asset != scenario.staking.params.asset {
        return Err(unfit("another asset is staked", "set staking.asset to the snapshot's"));
    }
    match (world.is_governed(), scenario.governance.is_some()) {
        (true, false) => Err(unfit(
            "token holders govern the snapshot, the scenario has no governor",
            "add [governance] and [treasury] to the scenario",
        )),
        (false, true) => Err(unfit(
            "the scenario has a governor, the snapshot has none",
            "leave [governance] and [treasury] out",
        )),
        _ => Ok(()),
    }
}

/// The scenario's market with the tokens that its pool holds in the snapshot, at the scenario's
/// first price.
fn pooled(scenario: &Scenario, roster: &Roster, world: &World) -> Result<Option<Market>, RunError> {
    let Some(market) = scenario.market else { return Ok(None) };
    let held: token::Balance = world.get(roster.pool);
    let tokens = held.amount.units();
    let quote = protocol::mul_div_floor(market.quote, tokens, market.tokens.max(1));
    match quote.filter(|(quote, _)| tokens > 0 && *quote > 0) {
        Some((quote, _)) => Ok(Some(Market { tokens, quote, ..market })),
        None => Err(unfit(
            format!("the market has no tokens: nobody called `{POOL}` holds any in the snapshot"),
            "leave [market] out",
        )),
    }
}
