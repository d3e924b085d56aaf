//! What accounts hold: of the token by raw query, of the native denom from the bank.

use cosmwasm_std::QuerierWrapper;
use interface::Accounts;
use protocol::{
    AccountId, Amount, Asset, BalancePort, ModuleId, PEER_SILENT, Refusal, token::Balance,
};
use shell::{Book, Peers};

/// The token and the bank, through the querier.
pub(crate) struct Purse<'a> {
    querier: QuerierWrapper<'a>,
    book: &'a Book<'a>,
    denom: Option<&'a str>,
}

impl<'a> Purse<'a> {
    /// Through this querier; without a denom there are no coins.
    pub(crate) const fn new(
        querier: QuerierWrapper<'a>,
        book: &'a Book<'a>,
        denom: Option<&'a str>,
    ) -> Self {
        Self { querier, book, denom }
    }

    fn coins(&self, who: AccountId) -> Option<Amount> {
        let Some(denom) = self.denom else { return Some(Amount::ZERO) };
        let address = self.book.address(who).ok()?;
        let coin = self.querier.query_balance(address, denom).ok()?;
        Amount::new(coin.amount.u128()).ok()
    }
}

impl BalancePort for Purse<'_> {
    fn held(&self, who: AccountId, asset: Asset) -> Result<Amount, Refusal> {
        match asset {
            Asset::Token => {
                let peers = Peers::new(self.querier, self.book);
                Ok(peers.raw::<Balance>(ModuleId::Token, &who)?.amount)
            }
            Asset::Native => self.coins(who).ok_or(PEER_SILENT.refuse(ModuleId::Bank as u128, 0)),
        }
    }
}
