//! Which node: the first that answers and agrees.

use crate::error::{Error, Result};
use crate::network::Network;
use crate::node::{Block, Node, Timing};
use crate::text::harmless;

/// Blocks by which a node may lag behind the best.
const MAX_LAG: u64 = 20;

/// What one endpoint said.
struct Probe {
    node: Node,
    latest: Block,
}

/// Connects to the first endpoint, in the network's order, that answers, serves the network's
/// chain and is at most 20 blocks behind the highest of them. All are asked at the same time.
///
/// # Errors
/// None does; each endpoint's reason is told. Two that agree on the chain and disagree on a block
/// are refused both: one of them lies, and nothing here says which.
pub async fn connect(network: &Network, timing: Timing) -> Result<Node> {
    let probes = network.endpoints.iter().map(|endpoint| probe(network, endpoint, timing));
    let (mut usable, mut reasons) = (Vec::new(), Vec::new());
    for probed in futures_util::future::join_all(probes).await {
        match probed {
            Ok(probe) => usable.push(probe),
            Err(reason) => reasons.push(reason.to_string()),
        }
    }
    let highest = usable.iter().map(|probe| probe.latest.height).max().unwrap_or_default();
    let near = usable.iter().position(|probe| probe.latest.height + MAX_LAG >= highest);
    let Some(first) = near else {
        let (chain, reasons) = (&network.chain_id, reasons.join("\n  "));
        return Err(Error::Network(format!("no node of {chain} can be used:\n  {reasons}")));
    };
    let chosen = usable.swap_remove(first);
    for other in &usable {
        agree(&chosen, other).await?;
    }
    Ok(chosen.node)
}

async fn probe(network: &Network, endpoint: &str, timing: Timing) -> Result<Probe> {
    let node = Node::dial(endpoint, timing).await?;
    let (named, latest) = (node.chain_id().await?, node.latest().await?);
    if named != latest.chain_id {
        let (named, signed) = (harmless(&named), harmless(&latest.chain_id));
        return Err(node.contradiction(&format!(
            "it says that it serves {named}, and its last block is {signed}'s"
        )));
    }
    if named != network.chain_id {
        let (endpoint, named, chain) = (harmless(endpoint), harmless(&named), &network.chain_id);
        return Err(Error::Network(format!(
            "{endpoint} serves {named}, and the network file says {chain}"
        )));
    }
    Ok(Probe { node, latest })
}

/// Compares one block. A node that has forgotten it says nothing against the other.
async fn agree(one: &Probe, other: &Probe) -> Result<()> {
    let height = one.latest.height.min(other.latest.height);
    let blocks = (one.node.block(height).await, other.node.block(height).await);
    match blocks {
        (Ok(left), Ok(right)) if left.hash != right.hash => {
            let (left, right) = (harmless(one.node.endpoint()), harmless(other.node.endpoint()));
            Err(Error::Network(format!(
                "{left} and {right} disagree about block {height}: one of them lies or follows \
                 another chain\nnext: name the one you trust: --node"
            )))
        }
        _ => Ok(()),
    }
}
