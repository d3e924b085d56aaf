//! What a node checks before it lets a transaction in.

use anyhow::{Result, anyhow, bail};
use cosmrs::crypto::PublicKey;
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, SignDoc, TxBody, TxRaw};
use cosmrs::proto::prost::Message;
use cosmwasm_std::Api;
use sha2::{Digest, Sha256};

use crate::chain::{Chain, PREFIX};

/// A transaction that may run.
pub(crate) struct Checked {
    pub(crate) body: TxBody,
    pub(crate) sender: String,
    pub(crate) gas_limit: u64,
}

/// Why it may not, as CheckTx tells it.
pub(crate) struct Rejection {
    pub(crate) code: u32,
    pub(crate) log: String,
}

fn reject(code: u32) -> impl Fn(String) -> Rejection {
    move |log| Rejection { code, log }
}

/// Checks signature, sequence, chain id and last block. A simulation needs no signature.
pub(crate) fn check(chain: &Chain, bytes: &[u8], simulated: bool) -> Result<Checked, Rejection> {
    let parsed = parse(bytes).map_err(|error| reject(2)(error.to_string()))?;
    let account = chain.accounts.get(&parsed.sender);
    let account =
        account.ok_or_else(|| reject(9)(format!("account {} not found", parsed.sender)))?;
    if account.sequence != parsed.sequence {
        let (expected, got) = (account.sequence, parsed.sequence);
        return Err(reject(32)(format!(
            "account sequence mismatch, expected {expected}, got {got}: incorrect account sequence"
        )));
    }
    if !simulated {
        verify(chain, &parsed, account.number).map_err(|error| reject(4)(error.to_string()))?;
    }
    let (last, height) = (parsed.body.timeout_height, chain.app.block_info().height);
    if last > 0 && height > last {
        return Err(reject(30)(format!("tx timeout height {last} is below block {height}")));
    }
    Ok(Checked { body: parsed.body, sender: parsed.sender, gas_limit: parsed.gas_limit })
}

struct Parsed {
    raw: TxRaw,
    body: TxBody,
    sender: String,
    sequence: u64,
    gas_limit: u64,
    key: PublicKey,
}

fn parse(bytes: &[u8]) -> Result<Parsed> {
    let raw = TxRaw::decode(bytes)?;
    let body = TxBody::decode(&*raw.body_bytes)?;
    let auth = AuthInfo::decode(&*raw.auth_info_bytes)?;
    let signer = auth.signer_infos.first().ok_or_else(|| anyhow!("no signer"))?;
    let key = signer.public_key.clone().ok_or_else(|| anyhow!("no public key"))?;
    let key = PublicKey::try_from(key).map_err(|error| anyhow!("{error}"))?;
    let sender = key.account_id(PREFIX).map_err(|error| anyhow!("{error}"))?.to_string();
    let gas_limit = auth.fee.as_ref().map_or(0, |fee| fee.gas_limit);
    Ok(Parsed { body, sender, sequence: signer.sequence, gas_limit, key, raw })
}

fn verify(chain: &Chain, parsed: &Parsed, account_number: u64) -> Result<()> {
    let document = SignDoc {
        body_bytes: parsed.raw.body_bytes.clone(),
        auth_info_bytes: parsed.raw.auth_info_bytes.clone(),
        chain_id: chain.setup.chain_id.clone(),
        account_number,
    };
    let hash = Sha256::digest(document.encode_to_vec());
    let signature = parsed.raw.signatures.first().ok_or_else(|| anyhow!("no signature"))?;
    let right = chain.app.api().secp256k1_verify(&hash, signature, &parsed.key.to_bytes());
    match right {
        Ok(true) => Ok(()),
        _ => bail!(
            "signature verification failed; please verify account number ({account_number}) and \
             chain-id ({}): unauthorized",
            chain.setup.chain_id
        ),
    }
}
