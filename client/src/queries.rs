//! What contracts, codes and balances are, now or at one height.

use cosmrs::proto::cosmos::bank::v1beta1::QueryBalanceRequest;
use cosmrs::proto::cosmos::bank::v1beta1::query_client::QueryClient as BankClient;
use cosmrs::proto::cosmos::base::query::v1beta1::PageRequest;
use cosmrs::proto::cosmwasm::wasm::v1::query_client::QueryClient as WasmClient;
use cosmrs::proto::cosmwasm::wasm::v1::{
    QueryAllContractStateRequest, QueryCodeRequest, QueryContractInfoRequest,
    QueryRawContractStateRequest, QuerySmartContractStateRequest,
};
use serde_json::Value;
use tonic::metadata::MetadataValue;
use tonic::transport::Channel;
use tonic::{Code, Request};

use crate::error::{Error, Result};
use crate::node::{MAX_MESSAGE, Node, is_silence};
use crate::reason::reason;

/// Records that are asked for at once.
const PAGE: u64 = 1_000;

/// A stored code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// SHA-256 of its bytes.
    pub checksum: Vec<u8>,
    /// Who stored it.
    pub creator: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractInfo {
    /// Its code.
    pub code: u64,
    /// Who made it.
    pub creator: String,
    /// Who may migrate it; empty where nobody may.
    pub admin: String,
    /// What people call it.
    pub label: String,
}

impl Node {
    /// Asks a contract, at a height or at the last block.
    ///
    /// # Errors
    /// The contract refuses, answers with what is no JSON, or the node does not answer.
    pub async fn smart(&self, contract: &str, msg: &Value, height: Option<u64>) -> Result<Value> {
        let request = QuerySmartContractStateRequest {
            address: contract.to_owned(),
            query_data: msg.to_string().into_bytes(),
        };
        let answer = self.wasm().smart_contract_state(pinned(request, height)).await;
        let data = answer.map_err(|status| self.refused(&status))?.into_inner().data;
        serde_json::from_slice(&data).map_err(|_| self.empty("JSON, as contracts do"))
    }

    /// A contract's record; empty where there is none.
    ///
    /// # Errors
    /// There is no such contract, or the node does not answer.
    pub async fn raw(&self, contract: &str, key: &[u8], height: Option<u64>) -> Result<Vec<u8>> {
        let request =
            QueryRawContractStateRequest { address: contract.to_owned(), query_data: key.to_vec() };
        let answer = self.wasm().raw_contract_state(pinned(request, height)).await;
        Ok(answer.map_err(|status| self.refused(&status))?.into_inner().data)
    }

    /// A contract; `None` where there is none at that address.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn contract(&self, address: &str) -> Result<Option<ContractInfo>> {
        let request = QueryContractInfoRequest { address: address.to_owned() };
        let answer = match self.wasm().contract_info(request).await {
            Ok(answer) => answer.into_inner(),
            Err(status) if is_absence(&status) => return Ok(None),
            Err(status) => return Err(self.refused(&status)),
        };
        let info = answer.contract_info.ok_or_else(|| self.empty("what the contract is"))?;
        if answer.address != address {
            return Err(self.contradiction(&format!("asked of {address}, it answers of another")));
        }
        let (code, creator, admin, label) = (info.code_id, info.creator, info.admin, info.label);
        Ok(Some(ContractInfo { code, creator, admin, label }))
    }

    /// A code; `None` where there is none with that number.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn code(&self, code: u64) -> Result<Option<CodeInfo>> {
        let answer = match self.wasm().code(QueryCodeRequest { code_id: code }).await {
            Ok(answer) => answer.into_inner(),
            Err(status) if is_absence(&status) => return Ok(None),
            Err(status) => return Err(self.refused(&status)),
        };
        let info = answer.code_info.ok_or_else(|| self.empty("what the code is"))?;
        if info.code_id != code {
            return Err(self.contradiction(&format!("asked of code {code}, it answers of another")));
        }
        Ok(Some(CodeInfo { checksum: info.data_hash, creator: info.creator }))
    }

    /// Everything that a contract stores, as of a height, ascending by key.
    ///
    /// # Errors
    /// There is no such contract, or the node does not answer.
    pub async fn state(&self, contract: &str, height: u64) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let (mut records, mut key) = (Vec::new(), Vec::new());
        loop {
            let page = PageRequest { key, limit: PAGE, ..PageRequest::default() };
            let address = contract.to_owned();
            let request = QueryAllContractStateRequest { address, pagination: Some(page) };
            let answer = self.wasm().all_contract_state(pinned(request, Some(height))).await;
            let answer = answer.map_err(|status| self.refused(&status))?.into_inner();
            records.extend(answer.models.into_iter().map(|model| (model.key, model.value)));
            key = answer.pagination.map(|page| page.next_key).unwrap_or_default();
            if key.is_empty() {
                records.sort_unstable();
                return Ok(records);
            }
        }
    }

    /// Coins of one denom that an account holds, at a height or at the last block.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn balance(&self, address: &str, denom: &str, height: Option<u64>) -> Result<u128> {
        let (address, denom) = (address.to_owned(), denom.to_owned());
        let request = QueryBalanceRequest { address, denom };
        let answer = BankClient::new(self.channel.clone()).balance(pinned(request, height)).await;
        let coin = answer.map_err(|status| self.refused(&status))?.into_inner().balance;
        let amount = coin.and_then(|coin| coin.amount.parse().ok());
        amount.ok_or_else(|| self.empty("the balance"))
    }

    fn wasm(&self) -> WasmClient<Channel> {
        WasmClient::new(self.channel.clone()).max_decoding_message_size(MAX_MESSAGE)
    }

    fn refused(&self, status: &tonic::Status) -> Error {
        match is_silence(status.code()) {
            true => self.silent(status),
            false => Error::Refused { reason: reason(status.message()), hash: None },
        }
    }
}

/// Older nodes answer of what is not there as of something unknown.
fn is_absence(status: &tonic::Status) -> bool {
    let says = status.message();
    status.code() == Code::NotFound || says.contains("not found") || says.contains("no such")
}

fn pinned<T>(request: T, height: Option<u64>) -> Request<T> {
    let mut request = Request::new(request);
    if let Some(height) = height {
        request.metadata_mut().insert("x-cosmos-block-height", MetadataValue::from(height));
    }
    request
}
