//! The whole state of a deployment, read at one height.

use client::{Node, address_bytes, address_text};
use protocol::{AccountId, Amount, Height, ModuleId, Timestamp, encode, key_bytes};
use simulator::bank::Holding;
use simulator::native::{Accounts, Known, World};
use simulator::snapshot::{About, Snapshot};

use crate::args::chain::Chain;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, failure};
use crate::exit::{Failure, Outcome};

/// First bytes of keys that are no record's: the framework's own, and text.
const FRAMEWORKS: std::ops::RangeInclusive<u8> = 32..=126;

/// A key and a value.
type Raw = (Vec<u8>, Vec<u8>);

/// Reads every record of every contract as of one block, and what they hold of the chain's coin.
///
/// # Errors
/// No receipt, a node that does not answer, or bytes that are no record of ours.
pub(crate) fn read(args: &Chain) -> Outcome<Snapshot> {
    let session = Session::open(args)?;
    let receipt = Receipt::of(&session)?;
    of(&session, &receipt)
}

/// Likewise, of a receipt that was read.
///
/// # Errors
/// As [`read`].
pub(crate) fn of(session: &Session, receipt: &Receipt) -> Outcome<Snapshot> {
    let node = session.node()?;
    let block = session.wait(node.settled())?;
    let mut modules: Vec<(ModuleId, Vec<Raw>)> = Vec::new();
    for module in ModuleId::ALL {
        if let Ok(address) = receipt.contract(module) {
            let state = session.wait(node.state(address, block.height))?;
            modules.push((module, state.into_iter().filter(|(key, _)| is_record(key)).collect()));
        }
    }
    modules.push((ModuleId::Bank, coins(session, node, receipt, block.height)?));
    let at = (Height::new(block.height), Timestamp::new(block.time));
    let load = |known: Vec<Known>| {
        let accounts = Accounts::known(known);
        for module in ModuleId::ALL {
            let Ok(address) = receipt.contract(module) else { continue };
            accounts.alias(&address_bytes(address).map_err(failure)?, module);
        }
        let records = modules.iter().map(|(module, records)| {
            (*module, records.iter().map(|(key, value)| (&key[..], &value[..])).collect())
        });
        let chain = &session.network.chain_id;
        World::load(accounts, at, records)
            .map_err(|why| Failure::Differs(format!("what {chain} stores is not ours: {why}")))
    };
    // Who is met in the records is known only after reading them: then all have their names.
    let mut met = load(Vec::new())?.accounts().users();
    for known in &mut met {
        known.name = address_text(&session.network.prefix, &known.address).map_err(failure)?;
    }
    let about = About {
        source: format!("{} on {}", receipt.order.title, receipt.order.chain_id),
        symbol: receipt.order.symbol.clone(),
        decimals: receipt.order.decimals,
        block_seconds: receipt.order.block_seconds,
    };
    Ok(Snapshot::take(&mut load(met)?, about))
}

/// Whether a raw key is that of a record of the rulebook.
fn is_record(key: &[u8]) -> bool {
    key.first().is_some_and(|table| *table != 0 && !FRAMEWORKS.contains(table))
}

/// What contracts hold of the chain's coin, where they deal in it.
fn coins(session: &Session, node: &Node, receipt: &Receipt, height: u64) -> Outcome<Vec<Raw>> {
    let Some(denom) = &receipt.order.denom else { return Ok(Vec::new()) };
    let names = Accounts::default();
    let mut held = Vec::new();
    for module in [ModuleId::Staking, ModuleId::Treasury] {
        let balance = node.balance(receipt.contract(module)?, denom, Some(height));
        let amount = Amount::new(session.wait(balance)?);
        let amount = amount.map_err(|refusal| Failure::Refused(refusal.to_string()))?;
        let who: AccountId = module.account();
        if !amount.is_zero() {
            let value = encode(&names, &Holding { amount });
            held.push((key_bytes::<Holding>(&names, &who), value));
        }
    }
    Ok(held)
}
