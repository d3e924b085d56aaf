//! Sends transactions of one account: simulated, signed, broadcast, and seen in a block.

use tokio::sync::Mutex;

use crate::error::{Error, Result};
use crate::gas::{Fee, GasPolicy};
use crate::key::Key;
use crate::message::Message;
use crate::network::Network;
use crate::node::{Account, Broadcast, Included, Node};
use crate::settle::Fate;
use crate::sign::{SignMode, Signed, Signing, sign};

/// How often a transaction is signed anew, where others used its sequence or no block took it.
const ATTEMPTS: usize = 8;

/// One account's transactions. Clones of what it sends may run at the same time: sequences are
/// handed out one by one.
#[derive(Debug)]
pub struct Sender {
    node: Node,
    network: Network,
    key: Key,
    policy: GasPolicy,
    mode: SignMode,
    /// The next transaction's account; absent where the chain has to be asked.
    next: Mutex<Option<Account>>,
}

/// What a broadcast ended with.
enum Step {
    Wait(Signed),
    Again,
}

impl Sender {
    /// A sender on a node that serves the network.
    pub fn new(node: Node, network: Network, key: Key, policy: GasPolicy, mode: SignMode) -> Self {
        Self { node, network, key, policy, mode, next: Mutex::new(None) }
    }

    /// Goes on with another node, which is asked for the account anew.
    pub fn move_to(&mut self, node: Node) {
        (self.node, self.next) = (node, Mutex::new(None));
    }

    /// Whose transactions.
    pub fn address(&self) -> &str {
        self.key.address()
    }

    /// The node.
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// The network.
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// What the messages would use and cost now; nothing is broadcast.
    ///
    /// # Errors
    /// The chain or a contract refuses them.
    pub async fn estimate(&self, messages: &[Message], memo: &str) -> Result<(u64, Fee)> {
        let account = self.account().await?;
        let gas = self.simulate(account, messages, memo).await?;
        Ok((gas, self.policy.fee(gas)?))
    }

    /// The account as the chain has it.
    ///
    /// # Errors
    /// The chain has never seen it.
    pub async fn account(&self) -> Result<Account> {
        let (address, chain) = (self.key.address(), &self.network.chain_id);
        self.node.account(address).await?.ok_or_else(|| {
            let why = format!("{address} has no account on {chain}; send it coins first");
            Error::Refused { reason: why, hash: None }
        })
    }

    /// Sends messages in one transaction and waits for its block.
    ///
    /// # Errors
    /// As [`Self::send_noting`].
    pub async fn send(&self, messages: &[Message], memo: &str) -> Result<Included> {
        self.send_noting(messages, memo, &|_| Ok(())).await
    }

    /// Sends messages in one transaction and waits for its block. `note` gets each signed
    /// transaction before it is broadcast; where it fails nothing is broadcast.
    ///
    /// A transaction is signed anew only where it can no longer be included: the node refused its
    /// sequence before it was ever accepted, or its last block has passed without it.
    ///
    /// # Errors
    /// The chain or a contract refuses; nodes do not answer; it is not known what became of it.
    pub async fn send_noting(
        &self,
        messages: &[Message],
        memo: &str,
        note: &dyn Fn(&Signed) -> Result<()>,
    ) -> Result<Included> {
        for _ in 0..ATTEMPTS {
            let signed = match self.start(messages, memo, note).await? {
                Step::Wait(signed) => signed,
                Step::Again => continue,
            };
            match self.node.settle(&signed).await {
                Ok(Fate::Included(included)) => return Ok(included),
                Ok(Fate::Lapsed) => *self.next.lock().await = None,
                Err(error) => {
                    *self.next.lock().await = None;
                    return Err(error);
                }
            }
        }
        let why = format!("not included in {ATTEMPTS} attempts; the chain is busy, or the fee low");
        Err(Error::Refused { reason: why, hash: None })
    }

    /// Takes the next sequence, signs and broadcasts. One at a time.
    async fn start(
        &self,
        messages: &[Message],
        memo: &str,
        note: &dyn Fn(&Signed) -> Result<()>,
    ) -> Result<Step> {
        let mut next = self.next.lock().await;
        let account = match *next {
            Some(account) => account,
            None => self.account().await?,
        };
        *next = None;
        let gas = match self.policy.gas {
            Some(gas) => gas,
            None => match self.simulate(account, messages, memo).await {
                Err(Error::Refused { reason, .. }) if reason.contains(OTHER_SEQUENCE) => {
                    tokio::time::sleep(self.node.timing.poll).await;
                    return Ok(Step::Again);
                }
                simulated => simulated?,
            },
        };
        let last = self.node.latest().await?.height + self.node.timing.lifetime_blocks;
        let signed =
            sign(&self.signing(account, messages, memo, self.policy.fee(gas)?, last), &self.key)?;
        note(&signed)?;
        match self.node.broadcast(&signed).await? {
            Broadcast::Accepted | Broadcast::Known => {
                *next = Some(Account { sequence: account.sequence + 1, ..account });
                Ok(Step::Wait(signed))
            }
            // It may have arrived: only its hash tells.
            Broadcast::Unknown(_) => Ok(Step::Wait(signed)),
            Broadcast::WrongSequence => {
                tokio::time::sleep(self.node.timing.poll).await;
                Ok(Step::Again)
            }
            Broadcast::Refused(reason) => Err(Error::Refused { reason, hash: None }),
        }
    }

    async fn simulate(&self, account: Account, messages: &[Message], memo: &str) -> Result<u64> {
        let fee = Fee { gas: 0, amount: self.policy.fee(0)?.amount };
        let signed = sign(&self.signing(account, messages, memo, fee, 0), &self.key)?;
        self.node.simulate(signed.bytes).await
    }

    fn signing<'a>(
        &'a self,
        account: Account,
        messages: &'a [Message],
        memo: &'a str,
        fee: Fee,
        timeout_height: u64,
    ) -> Signing<'a> {
        Signing {
            sender: self.key.address(),
            account,
            chain_id: &self.network.chain_id,
            messages,
            memo,
            fee,
            timeout_height,
            mode: self.mode,
        }
    }
}

/// What the SDK says of a sequence that others used meanwhile.
const OTHER_SEQUENCE: &str = "account sequence mismatch";
