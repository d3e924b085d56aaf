//! `moot deploy`: from a file and four codes to a network that its token holders govern.
//!
//! Four transactions store the codes; a fifth makes and wires every contract, or none. Addresses
//! are known beforehand (instantiate2), so that each contract is made with its admin, and the
//! token with its minter: nothing is handed over afterwards, and nothing is ever left to whoever
//! deploys.

mod check;
mod plan;
mod steps;

use simulator::deployment::Deployment;

use crate::args::{Output, chain::Deploy};
use crate::commands::chain::act::ask;
use crate::commands::chain::artifacts::{Artifacts, CODES, hex};
use crate::commands::chain::receipt::{Journal, Order, Receipt};
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;
use crate::files;
use crate::print::say;

use plan::Plan;
use steps::Steps;

/// The transaction that makes and wires.
const MAKE: &str = "make and wire";

/// Deploys, or goes on with a deployment, or says that it is complete.
///
/// # Errors
/// A file that is none, a chain that refuses, or what is read back is not what was meant.
pub(crate) fn deploy(args: &Deploy, output: Output) -> Outcome {
    let deployment = files::deployment(&args.file)?;
    let artifacts = Artifacts::read(&args.artifacts)?;
    let session = Session::open(&args.chain)?;
    fits(&deployment, &session)?;
    let sender = session.sender()?;
    let order = order(&deployment, &artifacts, args, &session, sender.address());
    let contracts = plan::addresses(&artifacts, &order)?;
    let now = session.wait(session.node()?.latest())?;
    let fresh = Receipt::new(order, contracts, now.time);
    let mut journal = Journal::open(session.receipt_path(), fresh)?;
    let plan = Plan::new(&deployment, &journal.receipt)?;
    if !args.chain.yes && journal.receipt.steps.is_empty() {
        ask(&plan.summary(&deployment, &session, sender.address()))?;
    }
    let mut steps = Steps { session: &session, sender: &sender, journal: &mut journal, output };
    for name in CODES {
        let artifact = artifacts.get(name)?;
        steps.store(name, artifact)?;
    }
    let messages = plan.messages(&steps.journal.receipt.codes)?;
    steps.take(MAKE, &messages)?;
    let height = check::check(&session, &plan, &journal.receipt)?;
    journal.receipt.checked_at.get_or_insert(height);
    journal.write()?;
    tell(&session, &journal.receipt, output)
}

fn order(
    deployment: &Deployment,
    artifacts: &Artifacts,
    args: &Deploy,
    session: &Session,
    deployer: &str,
) -> Order {
    let native = deployment.staking.asset == protocol::staking::Asset::Native;
    Order {
        chain_id: session.network.chain_id.clone(),
        title: deployment.title.clone(),
        deployment: hex(&deployment.hash()),
        deployer: deployer.to_owned(),
        salt: args.salt.clone(),
        checksums: artifacts.checksums(),
        symbol: deployment.token.symbol.clone(),
        decimals: deployment.token.decimals,
        staked_denom: deployment.denom.clone().filter(|_| native),
    }
}

/// The file must be meant for this chain.
fn fits(deployment: &Deployment, session: &Session) -> Outcome {
    let (theirs, ours) = (&deployment.prefix, &session.network.prefix);
    match theirs == ours {
        true => Ok(()),
        false => Err(usage(format!(
            "the file is for addresses that begin with `{theirs}`, and the network's begin with \
             `{ours}`"
        ))),
    }
}

fn tell(session: &Session, receipt: &Receipt, output: Output) -> Outcome {
    if output == Output::Json {
        say!("{}", serde_json::to_string_pretty(receipt)?);
        return Ok(());
    }
    let gas: u64 = receipt.steps.iter().filter_map(|step| Some(step.done.as_ref()?.gas_used)).sum();
    say!(
        "deployed on {}, {gas} gas in all; read back at block {}",
        receipt.order.chain_id,
        receipt.checked_at.unwrap_or_default()
    );
    for (module, address) in &receipt.contracts {
        say!("  {module:<9} {address}");
    }
    say!("receipt: {}", session.receipt_path().display());
    Ok(())
}
