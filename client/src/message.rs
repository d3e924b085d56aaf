//! What a transaction asks of the chain.

use cosmrs::proto::cosmos::bank::v1beta1::MsgSend;
use cosmrs::proto::cosmos::base::v1beta1::Coin as ProtoCoin;
use cosmrs::proto::cosmwasm::wasm::v1::{
    MsgExecuteContract, MsgInstantiateContract2, MsgStoreCode, MsgUpdateAdmin,
};
use cosmrs::proto::traits::Name;
use cosmrs::proto::{Any, prost};

/// Coins of one denom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coin {
    /// Which.
    pub denom: String,
    /// Base units.
    pub amount: u128,
}

impl Coin {
    pub(crate) fn proto(&self) -> ProtoCoin {
        ProtoCoin { denom: self.denom.clone(), amount: self.amount.to_string() }
    }
}

/// One message. Contracts' messages are JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Pays coins.
    Send {
        /// To whom.
        to: String,
        /// What.
        coins: Vec<Coin>,
    },
    /// Stores a contract's code.
    Store {
        /// WebAssembly, plain or gzipped.
        wasm: Vec<u8>,
    },
    /// Makes a contract at a predictable address.
    Instantiate {
        /// Whose code.
        code: u64,
        /// Who may migrate it.
        admin: String,
        /// What people call it.
        label: String,
        /// To its `instantiate`.
        msg: Vec<u8>,
        /// Tells contracts of one sender and code apart, 1 to 64 bytes.
        salt: Vec<u8>,
    },
    /// Asks a contract to do something.
    Execute {
        /// Which.
        contract: String,
        /// To its `execute`.
        msg: Vec<u8>,
        /// Coins that come with it.
        funds: Vec<Coin>,
    },
    /// Says who may migrate a contract.
    UpdateAdmin {
        /// Which.
        contract: String,
        /// Who.
        admin: String,
    },
}

impl Message {
    /// The message as the chain's own type.
    pub(crate) fn any(&self, sender: &str) -> Any {
        let coins = |coins: &[Coin]| coins.iter().map(Coin::proto).collect();
        let sender = sender.to_owned();
        match self.clone() {
            Self::Send { to, coins: sent } => {
                pack(&MsgSend { from_address: sender, to_address: to, amount: coins(&sent) })
            }
            Self::Store { wasm } => {
                pack(&MsgStoreCode { sender, wasm_byte_code: wasm, instantiate_permission: None })
            }
            Self::Instantiate { code, admin, label, msg, salt } => pack(&MsgInstantiateContract2 {
                sender,
                admin,
                code_id: code,
                label,
                msg,
                funds: Vec::new(),
                salt,
                fix_msg: false,
            }),
            Self::Execute { contract, msg, funds } => {
                pack(&MsgExecuteContract { sender, contract, msg, funds: coins(&funds) })
            }
            Self::UpdateAdmin { contract, admin } => {
                pack(&MsgUpdateAdmin { sender, new_admin: admin, contract })
            }
        }
    }
}

fn pack<M: prost::Message + Name>(message: &M) -> Any {
    Any { type_url: M::type_url(), value: message.encode_to_vec() }
}
