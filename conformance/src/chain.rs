//! The engine over contracts on a chain in memory.

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, BlockInfo, Coin, CosmosMsg, Empty, Timestamp as Time, WasmMsg};
use cw_multi_test::error::AnyError;
use cw_multi_test::{App, Contract};
use cw2::{ContractVersion, query_contract_info};
use interface::{Accounts, message, migrate_message};
use protocol::{
    AccountId, Amount, Command, Digest, Height, MODULES, ModuleId, Timestamp, encode, key_bytes,
};
use simulator::bank::Holding;
use simulator::engine::{Engine, Export, Genesis, Refused};

use crate::book::AddressBook;
use crate::codes::Codes;
use crate::deploy::{DENOM, deploy};
use crate::mirror::{Mirror, export};
use crate::vm::{Gas, Line, Meter};

/// The modules whose storage is a contract's; the last two only where token holders govern.
pub(crate) const CONTRACTS: [ModuleId; 6] = [
    ModuleId::Token,
    ModuleId::Staking,
    ModuleId::Network,
    ModuleId::Rewards,
    ModuleId::Governor,
    ModuleId::Treasury,
];

/// Contracts on cw-multi-test, spoken to in JSON, as an engine.
pub struct Chain {
    name: &'static str,
    /// Taken at genesis.
    pub(crate) codes: Option<Codes>,
    pub(crate) app: App,
    pub(crate) book: AddressBook,
    mirrors: [Mirror; MODULES],
    /// Without coins at genesis there never are any.
    pub(crate) coins: bool,
    pub(crate) governed: bool,
    meter: Meter,
}

impl Chain {
    /// An engine called `name` that will run `codes`.
    pub fn new(name: &'static str, codes: Codes) -> Self {
        Self::metered(name, codes, Meter::default())
    }

    /// The same, where the codes pay `meter`: each command is a transaction of its own.
    pub fn metered(name: &'static str, codes: Codes, meter: Meter) -> Self {
        Self {
            name,
            codes: Some(codes),
            app: App::default(),
            book: AddressBook::new(MockApi::default(), &[]),
            mirrors: Default::default(),
            coins: false,
            governed: false,
            meter,
        }
    }

    /// What the last command cost, refused or not; nothing where the code is not Wasm.
    pub fn gas(&self) -> Gas {
        self.meter.spent()
    }

    /// What that was spent for; nothing unless [`Chain::keep_ledger`] was called before.
    pub fn ledger(&self) -> Vec<Line> {
        self.meter.ledger()
    }

    /// From now on each command's gas is also kept line by line.
    pub fn keep_ledger(&self) {
        self.meter.keep_ledger();
    }

    /// Whether a message can say the command: not where it names who has no address, or is one that
    /// a contract gives itself.
    pub fn says(&self, command: &Command) -> bool {
        message(&self.book.lexicon(), command).is_ok()
    }

    /// A fault: the command with so little gas that the virtual machine stops it.
    ///
    /// # Errors
    /// Always, unless the code is not Wasm.
    pub fn starved(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
        gas: u64,
    ) -> Result<(), Refused> {
        self.meter.starve(Some(gas));
        let outcome = self.execute(sender, command, funds);
        self.meter.starve(None);
        outcome
    }

    /// A fault: a module's contract is migrated to the code that it has, by its admin. It must keep
    /// every record.
    ///
    /// # Errors
    /// The module is no contract, or its contract refuses.
    pub fn migrate(&mut self, module: ModuleId) -> Result<(), Refused> {
        let address = self.deployed(module)?;
        let data = self.app.contract_data(&address).map_err(|error| refused(&error))?;
        let admin = data.admin.ok_or_else(|| outside("the contract has no admin"))?;
        self.swap(admin, &address, data.code_id)
    }

    /// Several commands of one sender in one transaction: all or none.
    ///
    /// # Errors
    /// The first refusal.
    pub fn transact(
        &mut self,
        sender: AccountId,
        commands: Vec<(Command, Amount)>,
    ) -> Result<(), Refused> {
        let calls = commands.into_iter().map(|(command, funds)| self.call(&command, funds));
        let calls = calls.collect::<Result<_, _>>()?;
        let sender = self.sender(sender)?;
        self.meter.begin();
        self.app.execute_multi(sender, calls).map(drop).map_err(|error| refused(&error))
    }

    /// Uploads more code; its number.
    pub fn store(&mut self, code: Box<dyn Contract<Empty>>) -> u64 {
        self.app.store_code(code)
    }

    /// Gives a module's contract other code, without a proposal: the chain lets its admin alone.
    ///
    /// # Errors
    /// The chain's refusal, or the code's.
    pub fn give_code(
        &mut self,
        sender: AccountId,
        module: ModuleId,
        code: u64,
    ) -> Result<(), Refused> {
        let (sender, address) = (self.sender(sender)?, self.deployed(module)?);
        self.swap(sender, &address, code)
    }

    fn swap(&mut self, sender: Addr, contract: &Addr, code: u64) -> Result<(), Refused> {
        let call = migrate_message(contract.to_string(), code);
        let call = call.map_err(|error| worded(error.to_string()))?;
        self.meter.begin();
        self.app.execute_multi(sender, vec![call]).map(drop).map_err(|error| refused(&error))
    }

    fn deployed(&self, module: ModuleId) -> Result<Addr, Refused> {
        self.book.module(module).cloned().ok_or_else(|| outside("nothing is deployed"))
    }

    /// What a module's contract says that it is, by cw2; `None` where it says nothing.
    pub fn version(&self, module: ModuleId) -> Option<ContractVersion> {
        query_contract_info(&self.app.wrap(), self.book.module(module)?.as_str()).ok()
    }

    fn sender(&self, who: AccountId) -> Result<Addr, Refused> {
        self.book.find(who).cloned().ok_or_else(|| outside("the sender has no address"))
    }

    /// A command as a message of the chain.
    fn call(&self, command: &Command, funds: Amount) -> Result<CosmosMsg, Refused> {
        let book = &self.book;
        let contract = book.address(command.module().account());
        let call = WasmMsg::Execute {
            contract_addr: contract.map_err(|error| worded(error.to_string()))?,
            msg: message(&book.lexicon(), command).map_err(|error| worded(error.to_string()))?,
            funds: match funds.is_zero() {
                true => Vec::new(),
                false => vec![Coin::new(funds.units(), DENOM)],
            },
        };
        Ok(call.into())
    }

    fn storage(&self, module: ModuleId) -> Vec<cosmwasm_std::Record> {
        self.book.module(module).map(|at| self.app.dump_wasm_raw(at)).unwrap_or_default()
    }

    /// Balances of the native denom, as if the bank were a contract with records.
    fn holdings(&self) -> Vec<cosmwasm_std::Record> {
        if !self.coins {
            return Vec::new();
        }
        let names = self.book.digest_names();
        let querier = self.app.wrap();
        let holdings = self.book.everybody().filter_map(|(who, address)| {
            let coin = querier.query_balance(address, DENOM).ok()?;
            let holding = Holding { amount: Amount::new(coin.amount.u128()).ok()? };
            let live = holding != Holding::default();
            live.then(|| (key_bytes::<Holding>(names, &who), encode(names, &holding)))
        });
        holdings.collect()
    }

    /// The current block.
    pub(crate) fn block(&self) -> (Height, Timestamp) {
        let BlockInfo { height, time, .. } = self.app.block_info();
        (Height::new(height), Timestamp::new(time.seconds()))
    }

    /// Whether a module's records are a contract's, and no plain account stands for it.
    pub(crate) const fn is_contract(&self, module: ModuleId) -> bool {
        self.governed || !matches!(module, ModuleId::Governor | ModuleId::Treasury)
    }

    /// Each module's raw records.
    pub(crate) fn raw(&self) -> impl Iterator<Item = (ModuleId, Vec<cosmwasm_std::Record>)> {
        let contracts = CONTRACTS.into_iter().filter(|module| self.is_contract(*module));
        let contracts = contracts.map(|module| (module, self.storage(module)));
        contracts.chain(std::iter::once((ModuleId::Bank, self.holdings())))
    }
}

impl Engine for Chain {
    fn name(&self) -> &'static str {
        self.name
    }

    fn genesis(&mut self, genesis: &Genesis) -> Result<(), Refused> {
        let Some(codes) = self.codes.take() else {
            return Err(outside("the chain has started already"));
        };
        self.coins = !genesis.native.is_empty();
        self.governed = genesis.governance.is_some();
        self.book = AddressBook::new(*self.app.api(), &genesis.accounts);
        self.begin_block(genesis.height, genesis.time);
        deploy(&mut self.app, &mut self.book, codes, genesis).map_err(|error| refused(&error))
    }

    fn begin_block(&mut self, height: Height, time: Timestamp) {
        let BlockInfo { chain_id, .. } = self.app.block_info();
        let time = Time::from_seconds(time.get());
        self.app.set_block(BlockInfo { height: height.get(), time, chain_id });
    }

    fn execute(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
    ) -> Result<(), Refused> {
        self.transact(sender, vec![(command, funds)])
    }

    fn digests(&mut self) -> [Digest; MODULES] {
        let mut digests = [Digest::default(); MODULES];
        let raw: Vec<_> = self.raw().collect();
        for (module, storage) in raw {
            let names = self.book.digest_names();
            let mirror = &mut self.mirrors[module as usize];
            digests[module as usize] = mirror.digest(names, module, storage);
        }
        digests
    }

    fn export(&mut self) -> Export {
        let mut all = Export::new();
        for (module, storage) in self.raw() {
            let records = export(self.book.digest_names(), module, &storage);
            all.extend(records.map(|record| ((module, record.key.clone()), record)));
        }
        all
    }
}

/// A chain's error as a refusal: the first cause that starts with a code says why.
pub(crate) fn refused(error: &AnyError) -> Refused {
    let causes = error.chain().map(ToString::to_string);
    let coded = causes.map(worded).find(|refused| refused.code > 0);
    coded.unwrap_or_else(|| outside(error.root_cause()))
}

/// A refusal with this text, whose code it starts with: `E0412 ...`.
fn worded(text: String) -> Refused {
    let digits = text.strip_prefix('E').and_then(|rest| rest.get(..4));
    let code = digits.and_then(|digits| digits.parse().ok()).unwrap_or(0);
    Refused { code, text }
}

/// A refusal that is not the rulebook's.
pub(crate) fn outside(text: impl ToString) -> Refused {
    Refused { code: 0, text: text.to_string() }
}

#[cfg(test)]
mod tests {
    use cw_multi_test::error::{AnyError, anyhow};

    use super::refused;

    #[test]
    fn the_first_coded_cause_is_the_reason() {
        let wrapped = |text: &'static str| AnyError::msg(text).context("Error executing WasmMsg:");
        let rows = [
            ("coded", wrapped("E0412 governance: voting closed"), 412),
            ("from outside", wrapped("Unknown address"), 0),
            ("no digits", anyhow!("Exxxx is no code"), 0),
            ("short", anyhow!("E04"), 0),
            ("bare", anyhow!("E0003 not allowed"), 3),
        ];
        for (row, error, code) in rows {
            let found = refused(&error);
            assert_eq!(found.code, code, "{row}");
            assert_eq!(found.text, error.root_cause().to_string(), "{row}");
        }
    }
}
