//! What became of a transaction: looked up by its hash, never assumed.

use crate::error::{Error, Result};
use crate::node::{Broadcast, Included, Node};
use crate::sign::Signed;

/// Blocks after a transaction's last one, in which a node may still be indexing it.
const INDEXING: u64 = 2;
/// Failures to answer in a row until it is told that the fate is unknown.
const PATIENCE: usize = 20;

/// How a transaction ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A block includes it.
    Included(Included),
    /// Its last block has passed without it: it can never be included.
    Lapsed,
}

impl Node {
    /// Waits until a transaction is in a block, or can no longer be. Now and then the same bytes
    /// are handed to the node again: they carry the same sequence, so that at most one of any
    /// number of copies is ever included.
    ///
    /// # Errors
    /// It was included and failed; or the node does not answer for so long that its fate is
    /// unknown.
    pub async fn settle(&self, signed: &Signed) -> Result<Fate> {
        let mut failures = 0;
        for round in 0_usize.. {
            match self.look(signed).await {
                Ok(Some(fate)) => return Ok(fate),
                Ok(None) => failures = 0,
                Err(Error::Network(why)) => {
                    failures += 1;
                    if failures >= PATIENCE {
                        return Err(Error::Undecided { hash: signed.hash.clone(), why });
                    }
                }
                Err(error) => return Err(error),
            }
            if round % 8 == 7 && !signed.bytes.is_empty() {
                self.again(signed).await?;
            }
            tokio::time::sleep(self.timing.poll).await;
        }
        Ok(Fate::Lapsed)
    }

    /// The height is read first: a transaction that is not found afterwards is not below it.
    async fn look(&self, signed: &Signed) -> Result<Option<Fate>> {
        let height = self.latest().await?.height;
        Ok(match self.transaction(&signed.hash).await? {
            Some(included) => Some(Fate::Included(included)),
            None => (height > signed.timeout_height + INDEXING).then_some(Fate::Lapsed),
        })
    }

    /// A copy that comes too late is refused for its sequence or height, which says nothing of
    /// the first.
    async fn again(&self, signed: &Signed) -> Result<()> {
        match self.broadcast(signed).await? {
            Broadcast::Accepted | Broadcast::Known | Broadcast::WrongSequence => Ok(()),
            Broadcast::Refused(_) | Broadcast::Unknown(_) => Ok(()),
        }
    }
}
