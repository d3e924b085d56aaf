//! What people are called, and what each does in a state.

use protocol::{
    AccountId, Get,
    network::{self, Row, Slot, Topic},
    staking, token,
};

use crate::native::World;

/// Name and group of each account. A member of a rehearsal's population is grouped with it:
/// `honest-3` is one of `honest`. Anybody else by what it does: it weighs, it is weighed, it lends
/// its power, it stakes, it holds.
pub(super) fn of(world: &World, accounts: &[AccountId]) -> Vec<(String, String)> {
    let seats = seats(world, accounts);
    let one = |(who, seat): (&AccountId, &Seat)| {
        let name = world.accounts().name_of(*who);
        let group =
            population(&name).map_or_else(|| does(world, *who, *seat).to_owned(), str::to_owned);
        (name, group)
    };
    accounts.iter().zip(&seats).map(one).collect()
}

/// The population that a member's name says: all before a dash and its number.
fn population(name: &str) -> Option<&str> {
    let (group, number) = name.rsplit_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !group.is_empty()).then_some(group)
}

/// What an account does in any topic.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Seat {
    #[default]
    None,
    Held,
    Weighs,
}

fn seats(world: &World, accounts: &[AccountId]) -> Vec<Seat> {
    let most = accounts.iter().map(|who| who.handle() as usize + 1).max().unwrap_or(0);
    let mut by_handle = vec![Seat::None; most];
    let network::Params { topics } = world.get(());
    for number in 0..topics {
        let topic: Topic = world.get(number);
        for uid in 0..topic.fresh {
            let Slot { holder: Some(holder), .. } = world.get((number, uid)) else { continue };
            let row: Row = world.get((number, uid));
            let account: staking::Account = world.get(holder);
            let weighs = row.holder == Some(holder) && !account.voting_power().is_zero();
            let found = if weighs { Seat::Weighs } else { Seat::Held };
            if let Some(seat) = by_handle.get_mut(holder.handle() as usize) {
                *seat = found.max(*seat);
            }
        }
    }
    let of = |who: &AccountId| by_handle.get(who.handle() as usize).copied().unwrap_or_default();
    accounts.iter().map(of).collect()
}

fn does(world: &World, who: AccountId, seat: Seat) -> &'static str {
    let account: staking::Account = world.get(who);
    let balance: token::Balance = world.get(who);
    match seat {
        Seat::Weighs => "validators",
        Seat::Held => "contributors",
        Seat::None if account.own.current.delegate.is_some() => "delegators",
        Seat::None if !account.position.bonded.is_zero() => "stakers",
        Seat::None if !balance.amount.is_zero() => "holders",
        Seat::None => "others",
    }
}
