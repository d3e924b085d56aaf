//! The chain's state: accounts, codes, blocks, and what transactions left behind.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmwasm_std::Empty;
use cosmwasm_std::{Addr, BlockInfo, Coin, Timestamp};
use cw_multi_test::{
    App, AppBuilder, BankKeeper, DistributionKeeper, FailingModule, GovFailingModule,
    IbcFailingModule, MockApiBech32, StakeKeeper, StargateFailing, WasmKeeper,
};
use sha2::{Digest, Sha256};

use crate::ledger::Ledger;
use crate::mischief::Mischief;
use crate::server::Setup;

/// What addresses begin with.
pub(crate) const PREFIX: &str = "wasm";
/// When the first block is.
const GENESIS_TIME: u64 = 1_700_000_000;

/// cw-multi-test with a ledger that can be put back.
pub(crate) type Multi = App<
    BankKeeper,
    MockApiBech32,
    Ledger,
    FailingModule<Empty, Empty, Empty>,
    WasmKeeper<Empty, Empty>,
    StakeKeeper,
    DistributionKeeper,
    IbcFailingModule,
    GovFailingModule,
    StargateFailing,
>;

/// An account as signatures bind it.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    pub(crate) number: u64,
    pub(crate) sequence: u64,
}

/// A stored code.
pub(crate) struct StoredCode {
    pub(crate) checksum: Vec<u8>,
    pub(crate) creator: String,
}

/// The chain.
pub(crate) struct Chain {
    pub(crate) app: Multi,
    pub(crate) setup: Setup,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) codes: BTreeMap<u64, StoredCode>,
    pub(crate) transactions: BTreeMap<String, TxResponse>,
    pub(crate) mischief: Option<Mischief>,
    /// Time and transactions of blocks that are not empty, or are followed by a gap.
    pub(crate) blocks: BTreeMap<u64, (u64, Vec<Vec<u8>>)>,
}

impl Chain {
    /// A chain at its first block.
    pub(crate) fn new(setup: Setup) -> Self {
        let block = BlockInfo {
            height: 1,
            time: Timestamp::from_seconds(GENESIS_TIME),
            chain_id: setup.chain_id.clone(),
        };
        let app = AppBuilder::new()
            .with_api(MockApiBech32::new(PREFIX))
            .with_storage(Ledger::default())
            .with_block(block)
            .build(|_, _, _| {});
        let (accounts, codes, transactions, blocks) = Default::default();
        let mut chain = Self { app, accounts, codes, transactions, mischief: None, blocks, setup };
        for (holder, units) in chain.setup.holders.clone() {
            chain.fund(&holder, units);
        }
        chain
    }

    /// Gives coins out of nowhere, and an account to hold them.
    pub(crate) fn fund(&mut self, holder: &str, units: u128) {
        let coins = vec![Coin::new(units, self.setup.denom.clone())];
        self.app.init_modules(|router, _, storage| {
            router
                .bank
                .init_balance(storage, &Addr::unchecked(holder), coins)
                .expect("coins of one denom are a balance");
        });
        self.open(holder);
    }

    /// Opens an account that was never seen.
    pub(crate) fn open(&mut self, holder: &str) {
        let number = self.accounts.len() as u64;
        self.accounts.entry(holder.to_owned()).or_insert(Account { number, sequence: 0 });
    }

    /// Makes blocks, and lets so many seconds pass in all.
    pub(crate) fn advance(&mut self, blocks: u64, seconds: u64) {
        let mut block = self.app.block_info();
        block.height += blocks;
        block.time = block.time.plus_seconds(seconds);
        self.blocks.entry(block.height).or_default().0 = block.time.seconds();
        self.app.set_block(block);
    }

    /// The hash of a block: chains of another seed have others.
    pub(crate) fn block_hash(&self, height: u64) -> Vec<u8> {
        Sha256::digest([&[self.setup.seed][..], &height.to_be_bytes()[..]].concat()).to_vec()
    }

    /// Coins of the chain's denom that an account holds.
    pub(crate) fn balance(&self, holder: &str, denom: &str) -> Result<u128> {
        let coin = self.app.wrap().query_balance(holder, denom);
        Ok(coin.map_err(|error| anyhow!("{error}"))?.amount.u128())
    }

    /// Whether it misbehaves so; then it no longer does.
    pub(crate) fn takes(&mut self, mischief: &Mischief) -> bool {
        let takes = self.mischief.as_ref() == Some(mischief);
        if takes {
            self.mischief = None;
        }
        takes
    }
}
