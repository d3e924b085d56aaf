//! Paths of gRPC onto what the chain answers.
//!
//! cosmos-sdk-proto has clients alone: each service here matches the paths that it knows.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use cosmrs::proto::cosmos::auth::v1beta1 as auth;
use cosmrs::proto::cosmos::bank::v1beta1 as bank;
use cosmrs::proto::cosmos::base::tendermint::v1beta1 as chain;
use cosmrs::proto::cosmos::tx::v1beta1 as tx;
use cosmrs::proto::cosmwasm::wasm::v1 as wasm;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::{Request as HttpRequest, Response as HttpResponse};
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic::{Request, Response, Status};

use crate::answer;
use crate::server::Handle;

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Status>> + Send>>;

/// One path's answer as tonic wants it.
struct Unary<Asked, Told>(Handle, fn(Handle, Asked) -> Answer<Told>);

impl<Asked: Send + 'static, Told: Send + 'static> UnaryService<Asked> for Unary<Asked, Told> {
    type Response = Told;
    type Future = Answer<Response<Told>>;

    fn call(&mut self, request: Request<Asked>) -> Self::Future {
        let answer = (self.1)(self.0.clone(), request.into_inner());
        Box::pin(async move { answer.await.map(Response::new) })
    }
}

/// A service: its name, and for each path what is asked, what is told, and who answers.
macro_rules! service {
    ($(#[$doc:meta])* $service:ident $name:literal {
        $($path:literal $asked:ty => $told:ty, $answer:path;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $service(pub(crate) Handle);

        impl NamedService for $service {
            const NAME: &'static str = $name;
        }

        impl Service<HttpRequest<Body>> for $service {
            type Response = HttpResponse<Body>;
            type Error = Infallible;
            type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

            fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: HttpRequest<Body>) -> Self::Future {
                let handle = self.0.clone();
                Box::pin(async move {
                    $(if request.uri().path() == concat!("/", $name, "/", $path) {
                        let unary = Unary::<$asked, $told>(handle, |handle, asked| {
                            Box::pin($answer(handle, asked))
                        });
                        let codec = tonic::codec::ProstCodec::default();
                        let mut grpc = Grpc::new(codec).max_decoding_message_size(16 << 20);
                        return Ok(grpc.unary(unary, request).await);
                    })*
                    Ok(Status::unimplemented("not on this chain").into_http())
                })
            }
        }
    };
}

service! {
    /// Accounts.
    AuthQuery "cosmos.auth.v1beta1.Query" {
        "AccountInfo" auth::QueryAccountInfoRequest => auth::QueryAccountInfoResponse,
            answer::account_info;
    }
}

service! {
    /// Balances.
    BankQuery "cosmos.bank.v1beta1.Query" {
        "Balance" bank::QueryBalanceRequest => bank::QueryBalanceResponse, answer::balance;
    }
}

service! {
    /// The node and its blocks.
    ChainService "cosmos.base.tendermint.v1beta1.Service" {
        "GetNodeInfo" chain::GetNodeInfoRequest => chain::GetNodeInfoResponse, answer::node_info;
        "GetLatestBlock" chain::GetLatestBlockRequest => chain::GetLatestBlockResponse,
            answer::latest_block;
        "GetBlockByHeight" chain::GetBlockByHeightRequest => chain::GetBlockByHeightResponse,
            answer::block_by_height;
    }
}

service! {
    /// Transactions.
    TxService "cosmos.tx.v1beta1.Service" {
        "Simulate" tx::SimulateRequest => tx::SimulateResponse, answer::simulate;
        "BroadcastTx" tx::BroadcastTxRequest => tx::BroadcastTxResponse, answer::broadcast;
        "GetTx" tx::GetTxRequest => tx::GetTxResponse, answer::transaction;
    }
}

service! {
    /// Contracts and codes.
    WasmQuery "cosmwasm.wasm.v1.Query" {
        "SmartContractState"
            wasm::QuerySmartContractStateRequest => wasm::QuerySmartContractStateResponse,
            answer::smart;
        "RawContractState"
            wasm::QueryRawContractStateRequest => wasm::QueryRawContractStateResponse, answer::raw;
        "AllContractState"
            wasm::QueryAllContractStateRequest => wasm::QueryAllContractStateResponse, answer::state;
        "ContractInfo"
            wasm::QueryContractInfoRequest => wasm::QueryContractInfoResponse, answer::contract;
        "Code" wasm::QueryCodeRequest => wasm::QueryCodeResponse, answer::code;
    }
}
