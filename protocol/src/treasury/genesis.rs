//! The treasury's parameters: at first, and as a proposal changes them.

use crate::{
    asset::Asset,
    context::Context,
    effect::Effect,
    refusal::Refusal,
    treasury::{
        Event, MAX_WINDOW, Params, State, authority::ensure_self, pay::told, reasons::WINDOW_RANGE,
    },
    units::Amount,
};

/// What the treasury begins with.
pub type Genesis = Params;

impl Params {
    /// The most that ordinary proposals may pay of an asset in a window.
    pub const fn cap(&self, asset: Asset) -> Amount {
        match asset {
            Asset::Token => self.token_cap,
            Asset::Native => self.native_cap,
        }
    }

    /// What is wrong with the parameters, all of it; nothing where they are valid.
    pub fn violations(&self) -> Vec<Refusal> {
        let window = (1..=MAX_WINDOW).contains(&self.window);
        match window {
            true => Vec::new(),
            false => vec![WINDOW_RANGE.refuse(self.window.into(), MAX_WINDOW.into())],
        }
    }
}

/// Writes the parameters into an empty store.
///
/// # Errors
/// Every violation of [`Params::violations`] at once.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    s.set((), g.clone());
    Ok(())
}

/// Replaces caps and window. The treasury itself, by a proposal; the first violation is the
/// refusal, [`Params::violations`] lists all.
pub(super) fn update_params(
    s: &mut impl State,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    params.violations().into_iter().next().map_or(Ok(()), Err)?;
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}
