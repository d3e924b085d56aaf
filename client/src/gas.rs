//! How much gas, at which price.

use crate::decimal::Decimal;
use crate::error::{Error, Result};
use crate::message::Coin;

/// What a unit of gas costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GasPrice {
    /// Base units a unit of gas.
    pub price: Decimal,
    /// Of which coin.
    pub denom: String,
}

impl GasPrice {
    /// Reads `0.025ustake`.
    ///
    /// # Errors
    /// Text that is none.
    pub fn read(text: &str) -> Result<Self> {
        let at = text.find(|one: char| !one.is_ascii_digit() && one != '.');
        let (price, denom) = text.split_at(at.unwrap_or(text.len()));
        match Decimal::read(price) {
            Some(price) if !denom.is_empty() => Ok(Self { price, denom: denom.to_owned() }),
            _ => Err(Error::Usage(format!("`{text}` is no price of gas; write 0.025ustake"))),
        }
    }

    fn of(&self, gas: u64) -> Result<Coin> {
        let amount = self.price.times_ceiling(gas);
        let amount = amount.ok_or_else(|| Error::Usage(format!("{gas} gas cost too much")))?;
        Ok(Coin { denom: self.denom.clone(), amount })
    }
}

/// What a transaction may use and pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// The most gas that it may use.
    pub gas: u64,
    /// What is paid whether it uses it or not.
    pub amount: Coin,
}

/// How gas and fee are chosen.
#[derive(Clone, Debug)]
pub struct GasPolicy {
    /// The gas; simulated where absent.
    pub gas: Option<u64>,
    /// What simulated gas is multiplied by.
    pub adjustment: Decimal,
    /// The price.
    pub price: GasPrice,
    /// The fee, in place of gas times price.
    pub fee: Option<Coin>,
}

impl GasPolicy {
    /// The fee for gas that was simulated, or given.
    ///
    /// # Errors
    /// A product that is too large.
    pub fn fee(&self, simulated: u64) -> Result<Fee> {
        let adjusted = || {
            let gas = self.adjustment.times_ceiling(simulated);
            let gas = gas.and_then(|gas| u64::try_from(gas).ok());
            gas.ok_or_else(|| Error::Usage("the gas adjustment is too large".into()))
        };
        let gas = self.gas.map_or_else(adjusted, Ok)?;
        let amount = self.fee.clone().map_or_else(|| self.price.of(gas), Ok)?;
        Ok(Fee { gas, amount })
    }
}

#[cfg(test)]
mod tests {
    use super::{GasPolicy, GasPrice};
    use crate::decimal::Decimal;

    #[test]
    fn a_fee_covers_the_adjusted_gas() {
        let price = GasPrice::read("0.025ustake").unwrap();
        let adjustment = Decimal::read("1.3").unwrap();
        let mut policy = GasPolicy { gas: None, adjustment, price, fee: None };
        let fee = policy.fee(100_001).unwrap();
        assert_eq!((fee.gas, fee.amount.amount), (130_002, 3_251));
        policy.gas = Some(7);
        assert_eq!(policy.fee(100_001).unwrap().gas, 7);
    }

    #[test]
    fn prices_name_their_coin() {
        for text in ["0.025", "ustake", "", "x0.1ustake", "-1ustake"] {
            assert!(GasPrice::read(text).is_err(), "{text}");
        }
    }
}
