//! Entry points: message, command, rule, response.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Reply, Response, StdError, entry_point};
use cw_storage_plus::Item;
use interface::{
    Accounts, Error, MigrateMsg,
    governor::{ExecuteMsg, InstantiateMsg, command, genesis, sent},
};
use protocol::{
    Amount, Context, Event, Get, ModuleId, Refusal, StakePort, Timestamp,
    governance::{Bounds, Command, Mandate, Params},
};
use shell::{Book, Edge, Outcome, Peers, Store, View, Visit, Voice, no_funds, respond_by, stamp};

const NAME: &str = "crates.io:moot-governor";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The native denom that the treasury pays in, where there is one.
const DENOM: Item<String> = Item::new("denom");

/// Makes a governor.
///
/// # Errors
/// Every violation of the parameters' bounds.
#[entry_point]
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    if let Some(denom) = &msg.denom {
        if denom.is_empty() {
            return Err(StdError::generic_err("the denom is empty; name the coin paid").into());
        }
        DENOM.save(deps.storage, denom)?;
    }
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Governor)?;
    let genesis = genesis(&book, &msg, Timestamp::new(env.block.time.seconds()))?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::governance::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    Ok(Response::new().add_attribute("action", "instantiate"))
}

/// Carries a message out.
///
/// # Errors
/// Refusals of the rulebook.
#[entry_point]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Outcome {
    no_funds(&info)?;
    if let ExecuteMsg::Wire(contracts) = &msg {
        Book::wire(deps.api, deps.storage, &info, contracts)?;
        ensure_fits(deps)?;
        return Ok(Response::new().add_attribute("action", "wire"));
    }
    let book = Book::open(deps.api, deps.storage)?;
    let denom = match &msg {
        ExecuteMsg::Propose { question, .. } if question.has_messages() => {
            DENOM.may_load(deps.storage)?
        }
        _ => None,
    };
    let Some(command) = command(&book.lexicon(denom.as_deref()), msg)? else {
        return Ok(Response::new());
    };
    let cx = book.context(&env, info.sender.as_str(), Amount::ZERO)?;
    run(deps, &book, &cx, command)
}

/// An execution or a subscriber failed: what it did is undone, and that is recorded.
///
/// # Errors
/// Storage.
#[entry_point]
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Outcome {
    let book = Book::open(deps.api, deps.storage)?;
    let cx = book.context(&env, env.contract.address.as_str(), Amount::ZERO)?;
    run(deps, &book, &cx, Command::Failed { tag: reply.id })
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
#[entry_point]
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}

fn run(deps: DepsMut, book: &Book, cx: &Context, command: Command) -> Outcome {
    let peers = Peers::new(deps.querier, book);
    let (mut store, mut effects) = (Store::new(deps.storage, book, &[]), Vec::new());
    let asked = Asked::of(&command);
    protocol::governance::apply(&mut store, &peers, cx, command, &mut effects)
        .map_err(|refused| Error::with_all(refused, asked.violations(&store, &peers, cx)))?;
    store.finish()?;
    respond_by(Voice { command: sent, event }, book, &Edge::default(), effects)
}

/// What may be refused for several reasons at once.
enum Asked {
    Params(Box<Params>),
    Mandate(Mandate),
    Else,
}

impl Asked {
    fn of(command: &Command) -> Self {
        match command {
            Command::UpdateParams { params } => Self::Params(Box::new(params.clone())),
            Command::SetGuardian { mandate } => Self::Mandate(*mandate),
            _ => Self::Else,
        }
    }

    /// All that is wrong with it.
    fn violations(&self, store: &Store, peers: &Peers, cx: &Context) -> Vec<Refusal> {
        let bounds: Bounds = store.get(());
        match self {
            Self::Params(params) => {
                let staking = peers.staking_params().unwrap_or_default();
                params.all_violations(&bounds, &staking)
            }
            Self::Mandate(mandate) => mandate.violations(&bounds, cx.time),
            Self::Else => Vec::new(),
        }
    }
}

/// The attributes of an event; the governor's rules tell no other module's.
fn event<'a>(event: &'a Event, visit: Visit<'_, 'a>) {
    if let Event::Governance(event) = event {
        event.attributes(visit);
    }
}

/// Whether the parameters go with those of staking, which is known once the links are, and whether
/// the treasury pays in the coin that this contract takes for a payment.
fn ensure_fits(deps: DepsMut) -> Outcome<()> {
    let book = Book::open(deps.api, deps.storage)?;
    let params: Params = View::new(deps.storage, &book).get(());
    let staking = Peers::new(deps.querier, &book).staking_params()?;
    let found = params.violations_beside(&staking);
    if !found.is_empty() {
        return Err(Error::Parameters(found));
    }
    let treasury = book.address(ModuleId::Treasury.account())?;
    let theirs = deps.querier.query_wasm_raw(treasury, DENOM.as_slice())?;
    if theirs != deps.storage.get(DENOM.as_slice()) {
        return Err(StdError::generic_err("the treasury pays in another denom; name that").into());
    }
    Ok(())
}
