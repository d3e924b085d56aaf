//! A transaction: its bytes, signed.

use cosmrs::proto::cosmos::tx::signing::v1beta1::SignMode as ProtoSignMode;
use cosmrs::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee as ProtoFee, ModeInfo, SignDoc, SignerInfo, TxBody, TxRaw, mode_info,
};
use cosmrs::proto::prost::Message as _;
use sha2::{Digest, Sha256};

use crate::amino;
use crate::error::{Error, Result};
use crate::gas::Fee;
use crate::hex;
use crate::key::Key;
use crate::message::Message;
use crate::node::Account;

/// What is signed: the chain's own bytes, or a document that a Ledger can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignMode {
    /// Protobuf bytes.
    Direct,
    /// Sorted JSON.
    AminoJson,
}

/// All that a signature binds.
#[derive(Clone, Debug)]
pub struct Signing<'a> {
    /// Whose transaction.
    pub sender: &'a str,
    /// The sender's number and sequence.
    pub account: Account,
    /// On which chain.
    pub chain_id: &'a str,
    /// What is asked, in order.
    pub messages: &'a [Message],
    /// A note that everyone can read.
    pub memo: &'a str,
    /// What it may use and pays.
    pub fee: Fee,
    /// The last block that may include it; 0: any.
    pub timeout_height: u64,
    /// What is signed.
    pub mode: SignMode,
}

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What is broadcast.
    pub bytes: Vec<u8>,
    /// Its name on the chain: SHA-256 of the bytes, upper-case hexadecimal.
    pub hash: String,
    /// The sender's sequence that it uses up.
    pub sequence: u64,
    /// The last block that may include it.
    pub timeout_height: u64,
}

impl Signed {
    /// A transaction of which a journal remembers this much: it can be looked up, and not sent
    /// again.
    pub const fn remembered(hash: String, sequence: u64, timeout_height: u64) -> Self {
        Self { bytes: Vec::new(), hash, sequence, timeout_height }
    }
}

impl Signing<'_> {
    pub(crate) fn body(&self) -> TxBody {
        TxBody {
            messages: self.messages.iter().map(|message| message.any(self.sender)).collect(),
            memo: self.memo.to_owned(),
            timeout_height: self.timeout_height,
            extension_options: Vec::new(),
            non_critical_extension_options: Vec::new(),
        }
    }

    pub(crate) fn auth(&self, key: &Key) -> AuthInfo {
        let mode = match self.mode {
            SignMode::Direct => ProtoSignMode::Direct,
            SignMode::AminoJson => ProtoSignMode::LegacyAminoJson,
        };
        let single = mode_info::Single { mode: mode.into() };
        AuthInfo {
            signer_infos: vec![SignerInfo {
                public_key: Some(key.public().into()),
                mode_info: Some(ModeInfo { sum: Some(mode_info::Sum::Single(single)) }),
                sequence: self.account.sequence,
            }],
            fee: Some(ProtoFee {
                amount: vec![self.fee.amount.proto()],
                gas_limit: self.fee.gas,
                payer: String::new(),
                granter: String::new(),
            }),
            ..AuthInfo::default()
        }
    }

    /// The bytes that the signature is over.
    pub(crate) fn document(&self, key: &Key) -> Result<Vec<u8>> {
        match self.mode {
            SignMode::AminoJson => amino::document(self),
            SignMode::Direct => Ok(SignDoc {
                body_bytes: self.body().encode_to_vec(),
                auth_info_bytes: self.auth(key).encode_to_vec(),
                chain_id: self.chain_id.to_owned(),
                account_number: self.account.number,
            }
            .encode_to_vec()),
        }
    }
}

/// Signs.
///
/// # Errors
/// A key of another account, or a contract's message that is no JSON.
pub fn sign(signing: &Signing<'_>, key: &Key) -> Result<Signed> {
    if key.address() != signing.sender {
        let (key, sender) = (key.address(), signing.sender);
        return Err(Error::Usage(format!("the key is {key}'s, and the transaction {sender}'s")));
    }
    let signature = key.sign(&signing.document(key)?)?;
    let bytes = TxRaw {
        body_bytes: signing.body().encode_to_vec(),
        auth_info_bytes: signing.auth(key).encode_to_vec(),
        signatures: vec![signature],
    }
    .encode_to_vec();
    let hash = hex::upper(&Sha256::digest(&bytes));
    let (sequence, timeout_height) = (signing.account.sequence, signing.timeout_height);
    Ok(Signed { bytes, hash, sequence, timeout_height })
}
