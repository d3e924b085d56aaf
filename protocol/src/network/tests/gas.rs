//! What a close reads and writes, in the SDK's storage gas.
//!
//! Schedule: a read costs 1000 and 3 a byte, a write 2000 and 30 a byte, a removal 1000; key
//! bytes count, with 33 for the contract's prefix.

use super::{START, TEMPO, distribution, metered, params, synthesis};
use crate::{
    account::{AccountId, FIRST_USER, ModuleId},
    codec::{Names, decode, encode},
    network::{
        Command, Electorate, Genesis, Scoring, Scratch, TopicGenesis, TopicParams, apply_with,
        genesis,
    },
    ports::StakePort,
    refusal::Refusal,
    store::{Get, Has, Record, key_bytes},
    testing::{at, user},
    units::{Height, Power},
};
use scoring_kernel::{
    RowForm,
    synthesis::{Column, Section},
};
use std::{cell::Cell, collections::BTreeMap};

/// Users of a chain have 20 address bytes, a module is its id.
struct ChainNames;

impl Names for ChainNames {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        match who.module() {
            Some(_) => out.push(who.handle() as u8),
            None => {
                out.extend_from_slice(&[0; 16]);
                out.extend_from_slice(&who.handle().to_be_bytes());
            }
        }
    }
    fn intern(&self, bytes: &[u8]) -> AccountId {
        AccountId::from_handle(bytes.iter().fold(0, |n, byte| (n << 8) | u32::from(*byte)))
    }
}

/// A contract's storage, with a meter.
#[derive(Default)]
struct Chain {
    bytes: BTreeMap<Vec<u8>, Vec<u8>>,
    read: Cell<u64>,
    written: Cell<u64>,
}

const PREFIX: usize = 33;

impl<R: Record> Get<R> for Chain {
    fn get(&self, key: R::Key) -> R {
        let key = key_bytes::<R>(&ChainNames, &key);
        let value = self.bytes.get(&key);
        let bytes = PREFIX + key.len() + value.map_or(0, Vec::len);
        self.read.set(self.read.get() + 1000 + 3 * bytes as u64);
        value.map_or_else(R::default, |value| decode(&ChainNames, value).unwrap())
    }
}

impl<R: Record> Has<R> for Chain {
    fn set(&mut self, key: R::Key, value: R) {
        let key = key_bytes::<R>(&ChainNames, &key);
        let gas = if value == R::default() {
            self.bytes.remove(&key);
            1000
        } else {
            let value = encode(&ChainNames, &value);
            let gas = 2000 + 30 * (PREFIX + key.len() + value.len()) as u64;
            self.bytes.insert(key, value);
            gas
        };
        self.written.set(self.written.get() + gas);
    }
}

/// Staking behind one raw query an account, as a contract reads it.
struct Staking {
    powers: BTreeMap<u32, u128>,
    read: Cell<u64>,
}

impl StakePort for Staking {
    fn power_at(&self, who: Option<AccountId>, _: Height) -> Result<Power, Refusal> {
        // A record of about 55 bytes under a key of 22.
        self.read.set(self.read.get() + 1000 + 3 * (PREFIX as u64 + 22 + 55));
        let power = who.and_then(|who| self.powers.get(&who.handle()));
        Ok(Power::new(power.copied().unwrap_or_default()))
    }
    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        self.power_at(Some(who), Height::ZERO)
    }
    fn powers(&self, who: AccountId, height: Height) -> Result<(Power, Power), Refusal> {
        self.power_at(Some(who), height).map(|power| (power, power))
    }
    fn standing_at(
        &self,
        _: AccountId,
        _: Height,
    ) -> Result<(crate::staking::Standing, Power), Refusal> {
        Err(crate::PEER_SILENT.bare())
    }
    fn staking_params(&self) -> Result<crate::staking::Params, Refusal> {
        Err(crate::PEER_SILENT.bare())
    }
}

/// Gas by what it is spent on.
#[derive(Debug)]
struct Gas {
    read: u64,
    written: u64,
    power: u64,
}

impl Gas {
    fn total(&self) -> u64 {
        self.read + self.written + self.power
    }
}

/// A row's uids: `count` of them, evenly from `first` to `last`.
fn spread(count: u16, first: u16, last: u16) -> impl Iterator<Item = u16> {
    let (width, steps) = (u32::from(last - first), u32::from(count).max(2) - 1);
    (0..u32::from(count)).map(move |k| first + (k * width / steps) as u16)
}

/// Runs three epochs of `rows` (uid, power, uids of the row), with weights that `drift` or do
/// not, and measures the fourth close in pages of `page` rows.
fn measure(slots: u16, rows: &[(u16, u128, Vec<u16>)], page: u16, drift: bool) -> Vec<Gas> {
    measure_by(params(slots).scoring, slots, rows, page, drift)
}

/// The same under another mechanism.
fn measure_by(
    scoring: Scoring,
    slots: u16,
    rows: &[(u16, u128, Vec<u16>)],
    page: u16,
    drift: bool,
) -> Vec<Gas> {
    let mut chain = Chain::default();
    let max_validators = if scoring.row_form() == RowForm::Losses { 32 } else { 64 };
    let electorate = Electorate { max_validators, activity_cutoff: 50, ..Default::default() };
    let topic = TopicParams { electorate, scoring, ..params(slots) };
    let holders = (0..u32::from(slots)).map(user).collect();
    let topics = vec![TopicGenesis { params: topic, holders }];
    genesis(&mut chain, &Genesis { topics, start: Height::new(START) }).unwrap();
    let powers = rows.iter().map(|row| (FIRST_USER + u32::from(row.0), row.1)).collect();
    let staking = Staking { powers, read: Cell::new(0) };
    let (mut scratch, drift) = (Scratch::default(), u64::from(drift) * 31);
    let mut pages = Vec::new();
    for epoch in 1..=4 {
        let height = START + TEMPO * epoch;
        for (uid, _, uids) in rows {
            let weight = |&to: &u16| {
                let noise =
                    (u64::from(to) * 7919 + u64::from(*uid) * 104_729 + drift * epoch) % 9973;
                (to, 1 + u16::try_from(noise).unwrap())
            };
            let submit = Command::Submit { topic: 0, weights: uids.iter().map(weight).collect() };
            let cx = at(height - 1, 0, user((*uid).into()));
            apply_with(&mut scratch, &mut chain, &staking, &cx, submit, &mut vec![]).unwrap();
        }
        let rows = if epoch == 4 { page } else { u16::MAX };
        loop {
            let (mut fx, cx) = (Vec::new(), at(height, 0, ModuleId::Treasury.account()));
            for meter in [&chain.read, &chain.written, &staking.read] {
                meter.set(0);
            }
            let close = Command::Close { topic: 0, rows };
            apply_with(&mut scratch, &mut chain, &staking, &cx, close, &mut fx).unwrap();
            pages.push(Gas {
                read: chain.read.get(),
                written: chain.written.get(),
                power: staking.read.get(),
            });
            if fx.len() == 2 {
                assert!(epoch == 1 || !distribution(&fx).incentives.is_empty());
                break;
            }
        }
    }
    pages.split_off(3)
}

/// The active rows of a live network (subnet 15, block 4769998, archived with
/// bactensor/yuma-simulation at 2b976fd): uid, stake in whole tokens, weights, first and last
/// uid weighed. 1,687 weights for 256 slots.
const LIVE: [(u16, u128, u16, u16, u16); 20] = [
    (0, 423_150, 37, 9, 244),
    (1, 1, 241, 4, 255),
    (2, 1_894_367, 34, 1, 244),
    (3, 1, 89, 9, 248),
    (10, 1, 22, 4, 244),
    (18, 0, 241, 1, 255),
    (21, 123_585, 12, 4, 244),
    (51, 0, 34, 8, 252),
    (52, 684_510, 30, 4, 244),
    (53, 0, 237, 1, 255),
    (54, 0, 16, 13, 252),
    (56, 580_608, 35, 33, 244),
    (57, 524_373, 29, 9, 244),
    (94, 116_691, 27, 4, 244),
    (112, 359_732, 41, 4, 244),
    (192, 1, 237, 1, 255),
    (206, 301_949, 15, 8, 252),
    (217, 0, 256, 0, 255),
    (245, 87_025, 27, 4, 244),
    (253, 347_401, 27, 4, 244),
];

#[test]
fn a_close_at_a_live_networks_sparsity() {
    let rows = LIVE.map(|(uid, stake, count, first, last)| {
        (uid, stake * 1_000_000_000, spread(count, first, last).collect())
    });
    assert_eq!(rows.iter().map(|row: &(u16, u128, Vec<u16>)| row.2.len()).sum::<usize>(), 1687);
    let [gas] = measure(256, &rows, u16::MAX, true).try_into().unwrap();
    println!("live sparsity {gas:?} total {}", gas.total());
    assert!(gas.total() <= 175_000, "{gas:?}");
}

#[test]
fn a_dense_close_of_64_by_256_whole_and_in_pages() {
    let rows: Vec<_> = (0..64).map(|uid| (uid, 1 << 60, (64..320).collect())).collect();
    for (page, most) in [(64, 1_490_000), (16, 2_260_000)] {
        let pages = measure(320, &rows, page, true);
        let total: u64 = pages.iter().map(Gas::total).sum();
        for gas in &pages {
            println!("dense, {page} rows a page: {gas:?} total {}", gas.total());
        }
        println!("dense, {page} rows a page: total {total}");
        assert!(total <= most, "{total}");
    }
}

#[test]
fn a_metered_close_of_256_slots() {
    let rows: Vec<_> = (0..20).map(|uid| (uid, 1 << 60, (20..256).collect())).collect();
    for (page, most) in [(u16::MAX, 425_000), (128, 620_000)] {
        let pages = measure_by(metered(), 256, &rows, page, true);
        let total: u64 = pages.iter().map(Gas::total).sum();
        println!("metered, {page} rows a page: {pages:?} total {total}");
        assert!(total <= most, "{total}");
    }
}

/// As many as the published network allows: 6 reputers, 32 inferers, 6 forecasters.
#[test]
fn a_synthesis_close_of_44_slots() {
    let place = |uid, section| Column::Of(uid, section).place();
    let mut places = vec![0, 1];
    places.extend((6..44).flat_map(|uid| [Section::Own, Section::Without].map(|s| place(uid, s))));
    places.extend((38..44).map(|uid| place(uid, Section::With)));
    places.sort_unstable();
    let rows: Vec<_> = (0..6).map(|uid| (uid, 1 << 60, places.clone())).collect();
    for (page, most) in [(u16::MAX, 145_000), (16, 250_000)] {
        let pages = measure_by(synthesis(), 44, &rows, page, true);
        let total: u64 = pages.iter().map(Gas::total).sum();
        println!("synthesis, {page} rows a page: {pages:?} total {total}");
        assert!(total <= most, "{total}");
    }
}

#[test]
fn a_close_under_the_mean_reads_and_writes_no_bonds() {
    let rows: Vec<_> = (0..64).map(|uid| (uid, 1 << 60, (64..320).collect())).collect();
    let [gas] = measure_by(Scoring::Mean, 320, &rows, 64, true).try_into().unwrap();
    println!("mean: {gas:?} total {}", gas.total());
    assert!(gas.written < 65_000, "{gas:?}");
}

#[test]
fn bonds_that_did_not_change_are_not_written() {
    let rows: Vec<_> = (0..64).map(|uid| (uid, 1 << 60, (64..320).collect())).collect();
    let [gas] = measure(320, &rows, 64, false).try_into().unwrap();
    println!("dense, weights unchanged: {gas:?} total {}", gas.total());
    assert!(gas.written < 200_000, "{gas:?}");
}
