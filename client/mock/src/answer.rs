//! What each path answers, honest or not.

use cosmrs::proto::Timestamp;
use cosmrs::proto::cosmos::auth::v1beta1::{
    BaseAccount, QueryAccountInfoRequest, QueryAccountInfoResponse,
};
use cosmrs::proto::cosmos::bank::v1beta1::{QueryBalanceRequest, QueryBalanceResponse};
use cosmrs::proto::cosmos::base::abci::v1beta1::GasInfo;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::{
    Block, GetBlockByHeightRequest, GetBlockByHeightResponse, GetLatestBlockRequest,
    GetLatestBlockResponse, GetNodeInfoRequest, GetNodeInfoResponse, Header,
};
use cosmrs::proto::cosmos::base::v1beta1::Coin;
use cosmrs::proto::cosmos::tx::v1beta1::{
    BroadcastTxRequest, BroadcastTxResponse, GetTxRequest, GetTxResponse, SimulateRequest,
    SimulateResponse,
};
use cosmrs::proto::cosmwasm::wasm::v1::{
    CodeInfoResponse, ContractInfo, Model, QueryAllContractStateRequest,
    QueryAllContractStateResponse, QueryCodeRequest, QueryCodeResponse, QueryContractInfoRequest,
    QueryContractInfoResponse, QueryRawContractStateRequest, QueryRawContractStateResponse,
    QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};
use cosmrs::proto::tendermint::p2p::DefaultNodeInfo;
use cosmrs::proto::tendermint::types::{BlockId, Data};
use cosmwasm_std::{Addr, Binary, QueryRequest, WasmQuery, to_json_vec};
use sha2::{Digest, Sha256};
use tonic::Status;

use crate::chain::Chain;
use crate::mischief::Mischief;
use crate::server::Handle;

type Told<T> = Result<T, Status>;

/// Waits for ever where the node is silent.
async fn unless_silent(handle: &Handle) -> Told<()> {
    if handle.with(|chain| chain.mischief == Some(Mischief::Silent)).await? {
        std::future::pending::<()>().await;
    }
    Ok(())
}

async fn ask<T: Send + 'static>(
    handle: &Handle,
    job: impl FnOnce(&mut Chain) -> T + Send + 'static,
) -> Told<T> {
    unless_silent(handle).await?;
    handle.with(job).await
}

pub(crate) async fn account_info(
    handle: Handle,
    asked: QueryAccountInfoRequest,
) -> Told<QueryAccountInfoResponse> {
    let address = asked.address.clone();
    let account = ask(&handle, move |chain| chain.accounts.get(&asked.address).copied()).await?;
    let missing = || Status::not_found(format!("account {address} not found"));
    let account = account.ok_or_else(missing)?;
    let (account_number, sequence) = (account.number, account.sequence);
    let info = BaseAccount { address: address.clone(), pub_key: None, account_number, sequence };
    Ok(QueryAccountInfoResponse { info: Some(info) })
}

pub(crate) async fn balance(
    handle: Handle,
    asked: QueryBalanceRequest,
) -> Told<QueryBalanceResponse> {
    let denom = asked.denom.clone();
    let amount = ask(&handle, move |chain| chain.balance(&asked.address, &asked.denom)).await?;
    let amount = amount.map_err(|error| Status::invalid_argument(error.to_string()))?.to_string();
    Ok(QueryBalanceResponse { balance: Some(Coin { denom, amount }) })
}

pub(crate) async fn node_info(handle: Handle, _: GetNodeInfoRequest) -> Told<GetNodeInfoResponse> {
    let named = |chain: &mut Chain| match &chain.mischief {
        Some(Mischief::NamesChain(other)) => other.clone(),
        _ => chain.setup.chain_id.clone(),
    };
    let network = ask(&handle, named).await?;
    let default_node_info = Some(DefaultNodeInfo { network, ..DefaultNodeInfo::default() });
    Ok(GetNodeInfoResponse { default_node_info, application_version: None })
}

pub(crate) async fn latest_block(
    handle: Handle,
    _: GetLatestBlockRequest,
) -> Told<GetLatestBlockResponse> {
    ask(&handle, |chain| {
        // A node tells of a block before its state can be asked for.
        let height = chain.app.block_info().height + 1;
        let header = Header { height: i64::try_from(height).unwrap_or(i64::MAX), ..header(chain) };
        let hash = chain.block_hash(height);
        GetLatestBlockResponse {
            block_id: Some(BlockId { hash, part_set_header: None }),
            sdk_block: Some(Block { header: Some(header), ..Block::default() }),
            ..GetLatestBlockResponse::default()
        }
    })
    .await
}

fn header(chain: &Chain) -> Header {
    let block = chain.app.block_info();
    let seconds = i64::try_from(block.time.seconds()).unwrap_or(i64::MAX);
    Header {
        chain_id: chain.setup.chain_id.clone(),
        height: i64::try_from(block.height).unwrap_or(i64::MAX),
        time: Some(Timestamp { seconds, nanos: 0 }),
        ..Header::default()
    }
}

pub(crate) async fn block_by_height(
    handle: Handle,
    asked: GetBlockByHeightRequest,
) -> Told<GetBlockByHeightResponse> {
    ask(&handle, move |chain| {
        let hash = chain.block_hash(u64::try_from(asked.height).unwrap_or_default());
        let block_id = Some(BlockId { hash, part_set_header: None });
        let height = u64::try_from(asked.height).unwrap_or_default();
        let kept = chain.blocks.range(..=height).next_back();
        let time = kept.map_or(0, |(_, (time, _))| i64::try_from(*time).unwrap_or(i64::MAX));
        let time = Some(Timestamp { seconds: time, nanos: 0 });
        let header = Header { height: asked.height, time, ..header(chain) };
        let txs = chain.blocks.get(&height).map(|(_, txs)| txs.clone()).unwrap_or_default();
        let (header, data) = (Some(header), Some(Data { txs }));
        GetBlockByHeightResponse {
            block_id,
            sdk_block: Some(Block { header, data, ..Block::default() }),
            ..GetBlockByHeightResponse::default()
        }
    })
    .await
}

pub(crate) async fn simulate(handle: Handle, asked: SimulateRequest) -> Told<SimulateResponse> {
    let gas = ask(&handle, move |chain| match &chain.mischief {
        Some(Mischief::Refuses(text)) => Err(text.clone()),
        _ => chain.simulate(&asked.tx_bytes).map_err(|error| error.to_string()),
    });
    let gas_used = gas.await?.map_err(Status::unknown)?;
    Ok(SimulateResponse { gas_info: Some(GasInfo { gas_wanted: 0, gas_used }), result: None })
}

pub(crate) async fn broadcast(
    handle: Handle,
    asked: BroadcastTxRequest,
) -> Told<BroadcastTxResponse> {
    let answer = ask(&handle, move |chain| {
        if chain.takes(&Mischief::ForgetsNext) {
            let hash = Sha256::digest(&asked.tx_bytes);
            let txhash = hash.iter().map(|byte| format!("{byte:02X}")).collect();
            return Some(cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse {
                txhash,
                ..Default::default()
            });
        }
        if chain.takes(&Mischief::SwallowsNext) {
            return None;
        }
        let mut answer = chain.broadcast(&asked.tx_bytes);
        if chain.mischief == Some(Mischief::OtherHash) {
            answer.txhash = "00".repeat(32);
        }
        (!chain.takes(&Mischief::LosesNextAnswer)).then_some(answer)
    });
    match answer.await? {
        Some(answer) => Ok(BroadcastTxResponse { tx_response: Some(answer) }),
        None => std::future::pending().await,
    }
}

pub(crate) async fn transaction(handle: Handle, asked: GetTxRequest) -> Told<GetTxResponse> {
    let hash = asked.hash.clone();
    let answer = ask(&handle, move |chain| {
        let mut answer = chain.transactions.get(&asked.hash).cloned();
        if chain.mischief == Some(Mischief::OtherTransaction) {
            answer.iter_mut().for_each(|answer| answer.txhash = "00".repeat(32));
        }
        answer
    });
    let missing = || Status::not_found(format!("tx not found: {hash}"));
    let tx_response = Some(answer.await?.ok_or_else(missing)?);
    Ok(GetTxResponse { tx: None, tx_response })
}

pub(crate) async fn smart(
    handle: Handle,
    asked: QuerySmartContractStateRequest,
) -> Told<QuerySmartContractStateResponse> {
    let data = ask(&handle, move |chain| {
        let (contract_addr, msg) = (asked.address, Binary::new(asked.query_data));
        let request = QueryRequest::Wasm(WasmQuery::Smart { contract_addr, msg });
        let request = to_json_vec::<QueryRequest<cosmwasm_std::Empty>>(&request);
        let request = request.map_err(|error| error.to_string())?;
        let querier = chain.app.wrap();
        let answer = cosmwasm_std::Querier::raw_query(&*querier, &request);
        let answer = answer.into_result().map_err(|error| error.to_string())?;
        answer.into_result().map(|data| data.to_vec())
    });
    let failed = |error: String| Status::unknown(format!("{error}: query wasm contract failed"));
    Ok(QuerySmartContractStateResponse { data: data.await?.map_err(failed)? })
}

pub(crate) async fn raw(
    handle: Handle,
    asked: QueryRawContractStateRequest,
) -> Told<QueryRawContractStateResponse> {
    let data = ask(&handle, move |chain| {
        chain.app.wrap().query_wasm_raw(asked.address, asked.query_data).ok().flatten()
    });
    Ok(QueryRawContractStateResponse { data: data.await?.unwrap_or_default() })
}

pub(crate) async fn state(
    handle: Handle,
    asked: QueryAllContractStateRequest,
) -> Told<QueryAllContractStateResponse> {
    let models = ask(&handle, move |chain| {
        let storage = chain.app.dump_wasm_raw(&Addr::unchecked(asked.address));
        storage.into_iter().map(|(key, value)| Model { key, value }).collect()
    });
    Ok(QueryAllContractStateResponse { models: models.await?, pagination: None })
}

pub(crate) async fn contract(
    handle: Handle,
    asked: QueryContractInfoRequest,
) -> Told<QueryContractInfoResponse> {
    let address = asked.address.clone();
    let data =
        ask(&handle, move |chain| chain.app.contract_data(&Addr::unchecked(asked.address)).ok());
    let missing = || Status::not_found(format!("no such contract: {address}"));
    let data = data.await?.ok_or_else(missing)?;
    let info = ContractInfo {
        code_id: data.code_id,
        creator: data.creator.into(),
        admin: data.admin.map(String::from).unwrap_or_default(),
        label: data.label,
        ..ContractInfo::default()
    };
    Ok(QueryContractInfoResponse { address: address.clone(), contract_info: Some(info) })
}

pub(crate) async fn code(handle: Handle, asked: QueryCodeRequest) -> Told<QueryCodeResponse> {
    let info = ask(&handle, move |chain| {
        chain.codes.get(&asked.code_id).map(|code| CodeInfoResponse {
            code_id: asked.code_id,
            creator: code.creator.clone(),
            data_hash: code.checksum.clone(),
            instantiate_permission: None,
        })
    });
    let missing = || Status::not_found(format!("no such code: {}", asked.code_id));
    let code_info = Some(info.await?.ok_or_else(missing)?);
    Ok(QueryCodeResponse { code_info, data: Vec::new() })
}
