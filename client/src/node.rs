//! One node: what can be asked of it.

use std::time::Duration;

use cosmrs::proto::cosmos::auth::v1beta1::QueryAccountInfoRequest;
use cosmrs::proto::cosmos::auth::v1beta1::query_client::QueryClient as AuthClient;
use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::service_client::ServiceClient as ChainClient;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::{
    GetBlockByHeightRequest, GetLatestBlockRequest, GetNodeInfoRequest, Header,
};
use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::{
    BroadcastMode, BroadcastTxRequest, GetTxRequest, SimulateRequest,
};
use cosmrs::proto::tendermint::types::BlockId;
use sha2::{Digest, Sha256};
use tonic::Code;
use tonic::transport::{Channel, ClientTlsConfig, Endpoint};

use crate::error::{Error, Result};
use crate::hex;
use crate::reason::reason;
use crate::sign::Signed;
use crate::text::harmless;

/// A transaction may carry a contract's code.
pub(crate) const MAX_MESSAGE: usize = 16 << 20;

/// How patient the client is.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until a node answers.
    pub answer: Duration,
    /// Between two looks for a transaction.
    pub poll: Duration,
    /// Blocks in which a transaction may be included; after them it never can be.
    pub lifetime_blocks: u64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(20),
            poll: Duration::from_millis(200),
            lifetime_blocks: 60,
        }
    }
}

/// An account as signatures bind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number on this chain.
    pub number: u64,
    /// Transactions that it has sent.
    pub sequence: u64,
}

/// A block as a node tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The chain that its header names.
    pub chain_id: String,
    /// Its height.
    pub height: u64,
    /// Its time, seconds since 1970.
    pub time: u64,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// A transaction that a block includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// Its name.
    pub hash: String,
    /// The block.
    pub height: u64,
    /// Gas it might have used.
    pub gas_wanted: u64,
    /// Gas it used.
    pub gas_used: u64,
    /// (event, key, value), in order.
    pub attributes: Vec<(String, String, String)>,
}

impl Included {
    /// The first value of an event's key.
    pub fn attribute(&self, event: &str, key: &str) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|one| one.0 == event && one.1 == key);
        found.next().map(|(_, _, value)| value.as_str())
    }
}

/// What became of a broadcast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broadcast {
    /// It waits for a block.
    Accepted,
    /// It has come before: it waits, or is included.
    Known,
    /// Its sequence is not the account's next one.
    WrongSequence,
    /// The node will not have it, for this reason.
    Refused(String),
    /// It is not known whether it arrived.
    Unknown(String),
}

/// A connection to one node.
#[derive(Clone, Debug)]
pub struct Node {
    pub(crate) channel: Channel,
    pub(crate) endpoint: String,
    pub(crate) timing: Timing,
}

impl Node {
    /// Connects.
    ///
    /// # Errors
    /// An address that is none, or nobody there.
    pub async fn dial(endpoint: &str, timing: Timing) -> Result<Self> {
        let wrong = |error: tonic::transport::Error| {
            let why = std::error::Error::source(&error).map(ToString::to_string);
            let why = why.unwrap_or_else(|| error.to_string());
            Error::Network(format!("{} cannot be reached: {why}", harmless(endpoint)))
        };
        let mut dialled = Endpoint::from_shared(endpoint.to_owned())
            .map_err(wrong)?
            .connect_timeout(timing.connect)
            .timeout(timing.answer);
        if endpoint.starts_with("https://") {
            let tls = ClientTlsConfig::new().with_native_roots();
            dialled = dialled.tls_config(tls).map_err(wrong)?;
        }
        let channel = dialled.connect().await.map_err(wrong)?;
        Ok(Self { channel, endpoint: endpoint.to_owned(), timing })
    }

    /// Its address.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The chain that the node says it serves.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn chain_id(&self) -> Result<String> {
        let answer = self.chain().get_node_info(GetNodeInfoRequest {}).await;
        let answer = answer.map_err(|status| self.silent(&status))?.into_inner();
        answer.default_node_info.map(|info| info.network).ok_or_else(|| self.empty("its chain"))
    }

    /// The last block.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn latest(&self) -> Result<Block> {
        let answer = self.chain().get_latest_block(GetLatestBlockRequest {}).await;
        let answer = answer.map_err(|status| self.silent(&status))?.into_inner();
        let header = answer.sdk_block.and_then(|block| block.header);
        self.told(header, answer.block_id)
    }

    /// The block at a height.
    ///
    /// # Errors
    /// It does not answer, or no longer has that block.
    pub async fn block(&self, height: u64) -> Result<Block> {
        let request = GetBlockByHeightRequest { height: i64::try_from(height).unwrap_or(i64::MAX) };
        let answer = self.chain().get_block_by_height(request).await;
        let answer = answer.map_err(|status| self.silent(&status))?.into_inner();
        let header = answer.sdk_block.and_then(|block| block.header);
        self.told(header, answer.block_id)
    }

    /// The block at a height, and the transactions in it: hash and bytes.
    ///
    /// # Errors
    /// It does not answer, or no longer has that block.
    pub async fn transactions_of(&self, height: u64) -> Result<(Block, Vec<(String, Vec<u8>)>)> {
        let request = GetBlockByHeightRequest { height: i64::try_from(height).unwrap_or(i64::MAX) };
        let answer = self.chain().get_block_by_height(request).await;
        let answer = answer.map_err(|status| self.silent(&status))?.into_inner();
        let block = answer.sdk_block.ok_or_else(|| self.empty("a block"))?;
        let all = block.data.map(|data| data.txs).unwrap_or_default().into_iter();
        let named = all.map(|bytes| (hex::upper(&Sha256::digest(&bytes)), bytes)).collect();
        Ok((self.told(block.header, answer.block_id)?, named))
    }

    /// The last block whose state can be asked for: a node tells of a block before that.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn settled(&self) -> Result<Block> {
        let latest = self.latest().await?.height;
        self.block(latest.saturating_sub(1).max(1)).await
    }

    fn told(&self, header: Option<Header>, id: Option<BlockId>) -> Result<Block> {
        let header = header.ok_or_else(|| self.empty("a block"))?;
        Ok(Block {
            chain_id: header.chain_id,
            height: u64::try_from(header.height).unwrap_or_default(),
            time: header.time.map_or(0, |time| u64::try_from(time.seconds).unwrap_or_default()),
            hash: id.map(|id| id.hash).unwrap_or_default(),
        })
    }

    /// An account's number and sequence; `None` where the chain has never seen it.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn account(&self, address: &str) -> Result<Option<Account>> {
        let request = QueryAccountInfoRequest { address: address.to_owned() };
        match AuthClient::new(self.channel.clone()).account_info(request).await {
            Ok(answer) => {
                let info = answer.into_inner().info.ok_or_else(|| self.empty("the account"))?;
                Ok(Some(Account { number: info.account_number, sequence: info.sequence }))
            }
            Err(status) if status.code() == Code::NotFound => Ok(None),
            Err(status) => Err(self.silent(&status)),
        }
    }

    /// The gas that a transaction uses at the last block.
    ///
    /// # Errors
    /// The chain or a contract refuses it; the node does not answer.
    pub(crate) async fn simulate(&self, bytes: Vec<u8>) -> Result<u64> {
        let request = SimulateRequest { tx_bytes: bytes, ..SimulateRequest::default() };
        let answer = self.transactions().simulate(request).await;
        let answer = answer.map_err(|status| match is_silence(status.code()) {
            true => self.silent(&status),
            false => Error::Refused { reason: reason(status.message()), hash: None },
        })?;
        let gas = answer.into_inner().gas_info.map(|info| info.gas_used);
        gas.filter(|gas| *gas > 0).ok_or_else(|| self.empty("the gas"))
    }

    /// Hands a transaction to the node.
    ///
    /// # Errors
    /// The node names another transaction than the one it was given.
    pub(crate) async fn broadcast(&self, signed: &Signed) -> Result<Broadcast> {
        let (tx_bytes, mode) = (signed.bytes.clone(), BroadcastMode::Sync.into());
        let answer = self.transactions().broadcast_tx(BroadcastTxRequest { tx_bytes, mode }).await;
        let answer = match answer {
            Ok(answer) => answer.into_inner().tx_response,
            // Whatever was said of it, it may have arrived.
            Err(status) => return Ok(Broadcast::Unknown(harmless(status.message()))),
        };
        let Some(answer) = answer else {
            return Ok(Broadcast::Unknown("the node answers with nothing".into()));
        };
        if !answer.txhash.eq_ignore_ascii_case(&signed.hash) {
            let named = harmless(&answer.txhash);
            return Err(self.contradiction(&format!(
                "it was given transaction {} and answers of {named}",
                signed.hash
            )));
        }
        Ok(match (answer.codespace.as_str(), answer.code) {
            (_, 0) => Broadcast::Accepted,
            ("sdk", 19) => Broadcast::Known,
            ("sdk", 32) => Broadcast::WrongSequence,
            // Older nodes put the sequence into the log of a signature that fails.
            ("sdk", 4) if answer.raw_log.contains("account sequence mismatch") => {
                Broadcast::WrongSequence
            }
            _ => Broadcast::Refused(reason(&answer.raw_log)),
        })
    }

    /// The transaction with a hash, if a block includes it. One that did nothing is an error.
    ///
    /// # Errors
    /// It was included and failed; the node does not answer, or tells of another one.
    pub async fn transaction(&self, hash: &str) -> Result<Option<Included>> {
        let answer = self.transactions().get_tx(GetTxRequest { hash: hash.to_owned() }).await;
        let answer = match answer {
            Ok(answer) => answer.into_inner().tx_response,
            Err(status) if status.code() == Code::NotFound => return Ok(None),
            Err(status) => return Err(self.silent(&status)),
        };
        let answer = answer.ok_or_else(|| self.empty("the transaction"))?;
        if !answer.txhash.eq_ignore_ascii_case(hash) || answer.height <= 0 {
            let named = harmless(&answer.txhash);
            let why = format!("it was asked for transaction {hash} and answers of {named}");
            return Err(self.contradiction(&why));
        }
        if answer.code != 0 {
            let reason = reason(&answer.raw_log);
            return Err(Error::Refused { reason, hash: Some(hash.to_owned()) });
        }
        Ok(Some(included(answer)))
    }

    fn chain(&self) -> ChainClient<Channel> {
        ChainClient::new(self.channel.clone())
    }

    fn transactions(&self) -> TxClient<Channel> {
        TxClient::new(self.channel.clone())
            .max_encoding_message_size(MAX_MESSAGE)
            .max_decoding_message_size(MAX_MESSAGE)
    }

    pub(crate) fn silent(&self, status: &tonic::Status) -> Error {
        Error::silent(&self.endpoint, status)
    }

    pub(crate) fn empty(&self, what: &str) -> Error {
        Error::Network(format!("{} does not say {what}", harmless(&self.endpoint)))
    }

    pub(crate) fn contradiction(&self, why: &str) -> Error {
        let endpoint = harmless(&self.endpoint);
        Error::Network(format!("{endpoint} contradicts itself: {why}\nnext: use another node"))
    }
}

/// Whether a status says that nobody answered, rather than what was answered.
pub(crate) const fn is_silence(code: Code) -> bool {
    matches!(code, Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled)
}

fn included(answer: TxResponse) -> Included {
    let attributes = answer.events.into_iter().flat_map(|event| {
        let name = event.r#type;
        event.attributes.into_iter().map(move |one| (name.clone(), one.key, one.value))
    });
    let text = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => hex::lower(error.as_bytes()),
    };
    let attributes =
        attributes.map(|(event, key, value)| (event, text(key.into()), text(value.into())));
    Included {
        hash: answer.txhash.to_ascii_uppercase(),
        height: u64::try_from(answer.height).unwrap_or_default(),
        gas_wanted: u64::try_from(answer.gas_wanted).unwrap_or_default(),
        gas_used: u64::try_from(answer.gas_used).unwrap_or_default(),
        attributes: attributes.collect(),
    }
}
