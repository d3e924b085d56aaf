//! A market in which tokens are sold and bought: a constant-product pool, in integers.
//!
//! With reserves of x tokens and y quote, whoever pays dx tokens gets
//! `floor(y dx' / (x + dx'))` quote, where `dx' = dx - ceil(fee dx)`; and the same with the
//! roles exchanged. All roundings favour the pool, the fee stays in it, so x y never falls
//! and no round trip gains. Source: Adams, Zinsmeister and Robinson, "Uniswap v2 Core", 2020.
//!
//! ```
//! use protocol::Fraction;
//! use simulator::market::Pool;
//!
//! let fee = Fraction::from_parts(3_000_000).expect("0.3%");
//! let mut pool = Pool::new(1_000_000, 500_000, fee)?;
//! assert_eq!(pool.price(), 1 << 31); // half a quote unit for a token unit
//! assert_eq!(pool.sell(10_000)?, 4_935);
//! assert_eq!((pool.tokens(), pool.quote()), (1_010_000, 495_065));
//! # Ok::<(), simulator::market::PoolError>(())
//! ```

use protocol::{Fraction, mul_div_floor};

/// The most units of either kind a pool holds: 2^95 - 1, the most there are of any token.
pub const RESERVE_MAX: u128 = (1 << 95) - 1;

/// Why a pool refuses; a refused trade changes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PoolError {
    /// Opened without tokens or without quote.
    #[error("a pool opens with both tokens and quote; got {tokens} and {quote}")]
    Empty {
        /// Tokens given.
        tokens: u128,
        /// Quote given.
        quote: u128,
    },
    /// A reserve would pass [`RESERVE_MAX`].
    #[error("{added} units on top of {reserve} pass the {RESERVE_MAX} a pool can hold")]
    TooLarge {
        /// What is held.
        reserve: u128,
        /// What would be added.
        added: u128,
    },
    /// Liquidity too small for one share.
    #[error("{tokens} tokens buy no share of the pool")]
    NoShare {
        /// Tokens offered.
        tokens: u128,
    },
    /// More shares than may leave: some liquidity always stays.
    #[error("{shares} of {all} shares cannot be withdrawn: neither reserve may become nought")]
    TooManyShares {
        /// Shares to withdraw.
        shares: u128,
        /// Shares there are.
        all: u128,
    },
}

/// What adding liquidity takes, and gives in return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Added {
    /// Tokens taken: those offered.
    pub tokens: u128,
    /// Quote taken.
    pub quote: u128,
    /// Shares given.
    pub shares: u128,
}

/// What withdrawing liquidity gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// Tokens given.
    pub tokens: u128,
    /// Quote given.
    pub quote: u128,
}

/// Reserves of tokens and of quote, never nought, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pool {
    tokens: u128,
    quote: u128,
    shares: u128,
    fee: Fraction,
}

impl Pool {
    /// Opens a pool; its first shares are as many as its tokens. `fee` is the part of what is
    /// paid in that is not traded.
    ///
    /// # Errors
    /// [`PoolError::Empty`], [`PoolError::TooLarge`].
    pub fn new(tokens: u128, quote: u128, fee: Fraction) -> Result<Self, PoolError> {
        if tokens == 0 || quote == 0 {
            return Err(PoolError::Empty { tokens, quote });
        }
        grow(0, tokens)?;
        grow(0, quote)?;
        Ok(Self { tokens, quote, shares: tokens, fee })
    }

    /// Tokens held.
    pub const fn tokens(&self) -> u128 {
        self.tokens
    }

    /// Quote held.
    pub const fn quote(&self) -> u128 {
        self.quote
    }

    /// Shares of liquidity there are.
    pub const fn shares(&self) -> u128 {
        self.shares
    }

    /// Marginal price without fee, quote units for a token unit with 32 fractional bits:
    /// `floor(2^32 quote / tokens)`. At most 2^127.
    pub const fn price(&self) -> u128 {
        (self.quote << 32) / self.tokens
    }

    /// The quote that selling `tokens` gives.
    ///
    /// # Errors
    /// [`PoolError::TooLarge`].
    pub fn sale(&self, tokens: u128) -> Result<u128, PoolError> {
        traded(self.tokens, self.quote, self.fee, tokens)
    }

    /// The tokens that spending `quote` gives.
    ///
    /// # Errors
    /// [`PoolError::TooLarge`].
    pub fn purchase(&self, quote: u128) -> Result<u128, PoolError> {
        traded(self.quote, self.tokens, self.fee, quote)
    }

    /// Sells tokens to the pool; the quote they give, as [`Pool::sale`] says.
    ///
    /// # Errors
    /// [`PoolError::TooLarge`].
    pub fn sell(&mut self, tokens: u128) -> Result<u128, PoolError> {
        let given = self.sale(tokens)?;
        self.tokens += tokens;
        self.quote -= given;
        Ok(given)
    }

    /// Spends quote in the pool; the tokens it gives, as [`Pool::purchase`] says.
    ///
    /// # Errors
    /// [`PoolError::TooLarge`].
    pub fn buy(&mut self, quote: u128) -> Result<u128, PoolError> {
        let given = self.purchase(quote)?;
        self.quote += quote;
        self.tokens -= given;
        Ok(given)
    }

    /// Adds tokens and, in proportion, `ceil(quote held * tokens / tokens held)` quote, for
    /// `floor(shares * tokens / tokens held)` shares.
    ///
    /// # Errors
    /// [`PoolError::NoShare`], [`PoolError::TooLarge`].
    pub fn add(&mut self, tokens: u128) -> Result<Added, PoolError> {
        let held = grow(self.tokens, tokens)?;
        let too_large = PoolError::TooLarge { reserve: self.quote, added: u128::MAX };
        let (floor, rest) = mul_div_floor(self.quote, tokens, self.tokens).ok_or(too_large)?;
        let quote = floor + u128::from(rest > 0);
        let quote_held = grow(self.quote, quote)?;
        let given = mul_div_floor(self.shares, tokens, self.tokens);
        let shares = given.map_or(0, |(shares, _)| shares);
        if shares == 0 {
            return Err(PoolError::NoShare { tokens });
        }
        let all = grow(self.shares, shares)?;
        (self.tokens, self.quote, self.shares) = (held, quote_held, all);
        Ok(Added { tokens, quote, shares })
    }

    /// Withdraws the shares' part of both reserves, each floored.
    ///
    /// # Errors
    /// [`PoolError::TooManyShares`].
    pub fn withdraw(&mut self, shares: u128) -> Result<Withdrawn, PoolError> {
        let refused = PoolError::TooManyShares { shares, all: self.shares };
        let left = self.shares.checked_sub(shares).filter(|left| *left > 0).ok_or(refused)?;
        let part = |reserve| mul_div_floor(reserve, shares, self.shares).map(|(part, _)| part);
        let (Some(tokens), Some(quote)) = (part(self.tokens), part(self.quote)) else {
            return Err(refused);
        };
        // A part below the whole, floored, leaves at least one unit.
        self.tokens -= tokens;
        self.quote -= quote;
        self.shares = left;
        Ok(Withdrawn { tokens, quote })
    }
}

fn grow(reserve: u128, added: u128) -> Result<u128, PoolError> {
    let sum = reserve.checked_add(added).filter(|sum| *sum <= RESERVE_MAX);
    sum.ok_or(PoolError::TooLarge { reserve, added })
}

/// floor(other p / (reserve + p)), p = paid - ceil(fee paid): always below `other`.
fn traded(reserve: u128, other: u128, fee: Fraction, paid: u128) -> Result<u128, PoolError> {
    grow(reserve, paid)?;
    let too_large = PoolError::TooLarge { reserve, added: paid };
    let net = paid - fee.ceil_of(paid);
    let (given, _) = mul_div_floor(other, net, reserve + net).ok_or(too_large)?;
    Ok(given)
}

#[cfg(test)]
mod tests;
