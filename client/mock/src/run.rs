//! Runs transactions: one block each.

use anyhow::{Result, anyhow, bail};
use cosmrs::proto::Any;
use cosmrs::proto::cosmos::bank::v1beta1::MsgSend;
use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmrs::proto::cosmos::base::v1beta1::Coin as ProtoCoin;
use cosmrs::proto::cosmwasm::wasm::v1::{
    MsgExecuteContract, MsgInstantiateContract2, MsgStoreCode, MsgUpdateAdmin,
};
use cosmrs::proto::prost::Message;
use cosmrs::proto::tendermint::abci::{Event as ProtoEvent, EventAttribute};
use cosmwasm_std::{Addr, BankMsg, Binary, Coin, CosmosMsg, Event, Uint128, WasmMsg};
use cw_multi_test::Executor;
use sha2::{Digest, Sha256};

use crate::chain::{Chain, StoredCode};
use crate::checks::{Checked, check};
use crate::codes;

/// What a message costs here, whatever it does.
const GAS: u64 = 120_000;

impl Chain {
    /// Runs a transaction and puts everything back: its gas, or why it fails.
    pub(crate) fn simulate(&mut self, bytes: &[u8]) -> Result<u64> {
        let checked = check(self, bytes, true).map_err(|rejection| anyhow!(rejection.log))?;
        let before = self.app.storage().clone();
        let ran = self.run(&checked, true);
        *self.app.storage_mut() = before;
        Ok(GAS * ran?.0)
    }

    /// Lets a transaction in and runs it in a block of its own.
    pub(crate) fn broadcast(&mut self, bytes: &[u8]) -> TxResponse {
        let mut answer =
            TxResponse { txhash: upper(&Sha256::digest(bytes)), ..TxResponse::default() };
        let checked = match check(self, bytes, false) {
            Ok(checked) => checked,
            Err(rejection) => {
                (answer.code, answer.raw_log) = (rejection.code, rejection.log);
                answer.codespace = "sdk".into();
                return answer;
            }
        };
        if let Some(account) = self.accounts.get_mut(&checked.sender) {
            account.sequence += 1;
        }
        self.advance(1, self.setup.block_seconds);
        let accepted = answer.clone();
        let block = self.blocks.entry(self.app.block_info().height).or_default();
        block.1.push(bytes.to_vec());
        answer.height = i64::try_from(self.app.block_info().height).unwrap_or(i64::MAX);
        answer.gas_wanted = i64::try_from(checked.gas_limit).unwrap_or(i64::MAX);
        let before = self.app.storage().clone();
        match self.run(&checked, false) {
            Ok((messages, events)) => {
                answer.gas_used = i64::try_from(GAS * messages).unwrap_or(i64::MAX);
                answer.events = events.into_iter().map(event).collect();
            }
            Err(error) => {
                *self.app.storage_mut() = before;
                answer.code = 5;
                answer.codespace = "wasm".into();
                answer.raw_log = format!(
                    "failed to execute message; message index: 0: {error:#}: execute wasm contract failed"
                );
            }
        }
        self.transactions.insert(answer.txhash.clone(), answer);
        accepted
    }

    fn run(&mut self, checked: &Checked, simulated: bool) -> Result<(u64, Vec<Event>)> {
        let mut events = Vec::new();
        for message in &checked.body.messages {
            events.extend(self.message(message, &checked.sender, simulated)?);
        }
        Ok((checked.body.messages.len() as u64, events))
    }

    fn message(&mut self, any: &Any, sender: &str, simulated: bool) -> Result<Vec<Event>> {
        let value = &*any.value;
        let message: CosmosMsg = match any.type_url.as_str() {
            "/cosmwasm.wasm.v1.MsgStoreCode" => {
                let store = MsgStoreCode::decode(value)?;
                return self.store(&store.wasm_byte_code, sender, simulated);
            }
            "/cosmwasm.wasm.v1.MsgInstantiateContract2" => {
                let make = MsgInstantiateContract2::decode(value)?;
                WasmMsg::Instantiate2 {
                    admin: Some(make.admin).filter(|admin| !admin.is_empty()),
                    code_id: make.code_id,
                    label: make.label,
                    msg: Binary::new(make.msg),
                    funds: coins(&make.funds)?,
                    salt: Binary::new(make.salt),
                }
                .into()
            }
            "/cosmwasm.wasm.v1.MsgExecuteContract" => {
                let execute = MsgExecuteContract::decode(value)?;
                let (contract_addr, msg) = (execute.contract, Binary::new(execute.msg));
                WasmMsg::Execute { contract_addr, msg, funds: coins(&execute.funds)? }.into()
            }
            "/cosmwasm.wasm.v1.MsgUpdateAdmin" => {
                let update = MsgUpdateAdmin::decode(value)?;
                WasmMsg::UpdateAdmin { contract_addr: update.contract, admin: update.new_admin }
                    .into()
            }
            "/cosmos.bank.v1beta1.MsgSend" => {
                let send = MsgSend::decode(value)?;
                if !simulated {
                    self.open(&send.to_address);
                }
                BankMsg::Send { to_address: send.to_address, amount: coins(&send.amount)? }.into()
            }
            other => bail!("no message handler for {other}"),
        };
        let done = self.app.execute(Addr::unchecked(sender), message);
        // The innermost error is the contract's own, as a chain tells it.
        Ok(done.map_err(|error| anyhow!("{}", error.root_cause()))?.events)
    }

    fn store(&mut self, wasm: &[u8], sender: &str, simulated: bool) -> Result<Vec<Event>> {
        let code = codes::contract(wasm).ok_or_else(|| anyhow!("not a code of this chain"))?;
        if simulated {
            return Ok(Vec::new());
        }
        let checksum = code.uploaded().as_slice().to_vec();
        let creator = Addr::unchecked(sender);
        let id = self.app.store_code_with_creator(creator, Box::new(code));
        let event = Event::new("store_code")
            .add_attribute("code_id", id.to_string())
            .add_attribute("code_checksum", upper(&checksum).to_lowercase());
        self.codes.insert(id, StoredCode { checksum, creator: sender.to_owned() });
        Ok(vec![event])
    }
}

fn coins(coins: &[ProtoCoin]) -> Result<Vec<Coin>> {
    let coin = |coin: &ProtoCoin| {
        let amount: u128 = coin.amount.parse()?;
        Ok(Coin { denom: coin.denom.clone(), amount: Uint128::new(amount) })
    };
    coins.iter().map(coin).collect()
}

fn event(event: Event) -> ProtoEvent {
    let attributes = event.attributes.into_iter().map(|one| EventAttribute {
        key: one.key,
        value: one.value,
        index: true,
    });
    ProtoEvent { r#type: event.ty, attributes: attributes.collect() }
}

fn upper(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
