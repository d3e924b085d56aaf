//! Laws 1, 3 and 14 for the treasury.

use crate::{
    account::ModuleId,
    asset::Asset,
    laws::{
        Book, Breach,
        breach::{at_most, equal},
    },
    token,
    treasury::{Grant, Promised, Stream},
    units::{Amount, Timestamp},
};

/// What is promised is what streams and grants may still take, and is held; of each stream,
/// claimed <= earned at `now` <= funded.
///
/// `native` is what the treasury holds of the native denom.
///
/// # Errors
/// A counter that is off, a shortfall, or a claim above what was earned.
pub fn promises_are_kept(
    b: &(impl Book<Stream> + Book<Grant> + Book<Promised> + Book<token::Balance>),
    now: Timestamp,
    native: Amount,
) -> Result<(), Breach> {
    let (mut tokens, mut coins, mut above) = (0u128, 0u128, None);
    let mut count = |asset, units: u128| match asset {
        Asset::Token => tokens += units,
        Asset::Native => coins += units,
    };
    b.each(&mut |number: u32, stream: &Stream| {
        let (earned, funded) = (stream.earned(now), stream.terms.funded);
        if stream.claimed > earned || earned > funded {
            above = Some((number, stream.claimed, earned, funded));
        }
        count(stream.terms.asset, funded.saturating_minus(stream.claimed).units());
    });
    b.each(&mut |_: u32, grant: &Grant| count(grant.terms.asset, grant.left().units()));
    if let Some((number, claimed, earned, funded)) = above {
        at_most(14, &format!("claimed of stream {number} against earned"), claimed, earned)?;
        at_most(14, &format!("earned of stream {number} against funded"), earned, funded)?;
    }
    let balance: token::Balance = b.get(ModuleId::Treasury.account());
    for (asset, open, held) in
        [(Asset::Token, tokens, balance.amount), (Asset::Native, coins, native)]
    {
        let stated: Promised = b.get(asset);
        equal(3, &format!("promised of {}", asset.name()), stated.amount.units(), open)?;
        at_most(1, &format!("promised of {} against held", asset.name()), open, held.units())?;
    }
    Ok(())
}
