//! What others may read of the treasury.

use crate::{
    asset::Asset,
    store::Get,
    treasury::{Outflow, Params, Stream},
    units::{Amount, Timestamp},
};

/// What a claim of a stream would pay now.
pub fn claimable(s: &impl Get<Stream>, stream: u32, now: Timestamp) -> Amount {
    let found: Stream = s.get(stream);
    found.earned(now).saturating_minus(found.claimed)
}

/// What ordinary proposals may still pay of an asset now.
pub fn room(s: &(impl Get<Params> + Get<Outflow>), asset: Asset, now: Timestamp) -> Amount {
    let (params, outflow): (Params, Outflow) = (s.get(()), s.get(asset));
    let spent = Amount::saturating(outflow.spent(now, params.window));
    params.cap(asset).saturating_minus(spent)
}
