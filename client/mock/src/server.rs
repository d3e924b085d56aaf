//! The chain as a server on loopback.

use std::sync::mpsc as blocking;

use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio_stream::wrappers::TcpListenerStream;

use crate::chain::Chain;
use crate::mischief::Mischief;
use crate::serve::{AuthQuery, BankQuery, ChainService, TxService, WasmQuery};

/// What a chain begins with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What it calls itself.
    pub chain_id: String,
    /// What is paid in.
    pub denom: String,
    /// Who holds how many base units.
    pub holders: Vec<(String, u128)>,
    /// Seconds from block to block.
    pub block_seconds: u64,
    /// Tells chains of one name apart: their blocks have other hashes.
    pub seed: u8,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            chain_id: "mock-1".into(),
            denom: "ustake".into(),
            holders: Vec::new(),
            block_seconds: 5,
            seed: 0,
        }
    }
}

type Job = Box<dyn FnOnce(&mut Chain) + Send>;

/// The way to the thread that owns the chain.
#[derive(Clone)]
pub(crate) struct Handle(mpsc::UnboundedSender<Job>);

impl Handle {
    /// Does something with the chain.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Chain) -> T + Send + 'static,
    ) -> Result<T, tonic::Status> {
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move |chain| {
            // Who asked may have given up.
            let _gone = done.send(job(chain));
        });
        let ended = || tonic::Status::unavailable("the chain has ended");
        self.0.send(job).map_err(|_| ended())?;
        result.await.map_err(|_| ended())
    }
}

/// A running chain. It ends with the program.
pub struct MockChain {
    handle: Handle,
    endpoint: String,
}

impl MockChain {
    /// Starts a chain on a port of its own.
    ///
    /// # Panics
    /// No port on loopback is free.
    #[expect(clippy::disallowed_methods, reason = "a server beside the test, not a part of a run")]
    pub fn start(setup: Setup) -> Self {
        let (jobs, mut waiting) = mpsc::unbounded_channel::<Job>();
        std::thread::spawn(move || {
            let mut chain = Chain::new(setup);
            while let Some(job) = waiting.blocking_recv() {
                job(&mut chain);
            }
        });
        let handle = Handle(jobs);
        let (listening, address) = blocking::channel();
        let served = handle.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(serve(served, listening));
        });
        Self { handle, endpoint: address.recv().expect("a port is free") }
    }

    /// Its address, with a scheme.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Makes it misbehave, or stop to.
    pub fn misbehave(&self, mischief: Option<Mischief>) {
        self.with(|chain| chain.mischief = mischief);
    }

    /// Gives coins out of nowhere, and an account to hold them.
    pub fn fund(&self, holder: &str, units: u128) {
        let holder = holder.to_owned();
        self.with(move |chain| chain.fund(&holder, units));
    }

    /// Makes blocks, and lets so many seconds pass in all.
    pub fn advance(&self, blocks: u64, seconds: u64) {
        self.with(move |chain| chain.advance(blocks, seconds));
    }

    /// Coins of the chain's denom that an account holds.
    pub fn balance(&self, holder: &str) -> u128 {
        let holder = holder.to_owned();
        self.with(move |chain| {
            let denom = chain.setup.denom.clone();
            chain.balance(&holder, &denom).expect("addresses in tests are addresses")
        })
    }

    /// The last block's height.
    pub fn height(&self) -> u64 {
        self.with(|chain| chain.app.block_info().height)
    }

    /// Transactions that blocks include, failed ones too.
    pub fn transactions(&self) -> Vec<TxResponse> {
        self.with(|chain| chain.transactions.values().cloned().collect())
    }

    /// Codes that were stored.
    pub fn codes(&self) -> usize {
        self.with(|chain| chain.codes.len())
    }

    fn with<T: Send + 'static>(&self, job: impl FnOnce(&mut Chain) -> T + Send + 'static) -> T {
        let (done, result) = blocking::channel();
        let job: Job = Box::new(move |chain| done.send(job(chain)).expect("the test waits"));
        let sent = self.handle.0.send(job);
        assert!(sent.is_ok(), "the chain lives as long as the program");
        result.recv().expect("the chain lives as long as the program")
    }
}

async fn serve(handle: Handle, listening: blocking::Sender<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("a listener has an address");
    listening.send(format!("http://{address}")).expect("who started it waits");
    tonic::transport::Server::builder()
        .add_service(AuthQuery(handle.clone()))
        .add_service(BankQuery(handle.clone()))
        .add_service(ChainService(handle.clone()))
        .add_service(TxService(handle.clone()))
        .add_service(WasmQuery(handle))
        .serve_with_incoming(TcpListenerStream::new(listener))
        .await
        .expect("loopback serves");
}
