//! Each law that a state shows finds the one record that was altered.

use protocol::{
    Accrued, Amount, Height, ModuleId, Power, Record, Timestamp, decode, encode, governance,
    network, rewards, staking, token,
};
use simulator::{
    audit::{LAWS, Shown, audit},
    native::{Accounts, Stored, World},
    snapshot::Snapshot,
};

use crate::stage::{played, scenario};

/// A state that is altered record by record.
struct Bench {
    accounts: Accounts,
    modules: Vec<(ModuleId, Vec<Stored>)>,
    block: (Height, Timestamp),
}

impl Bench {
    fn of(snapshot: &Snapshot) -> Self {
        let accounts = Accounts::known(snapshot.accounts().iter().cloned());
        let modules = snapshot.modules().to_vec();
        Self { accounts, modules, block: (snapshot.height(), snapshot.time()) }
    }

    fn snapshot(self) -> Snapshot {
        let modules = self.modules.iter().map(|(module, records)| {
            let bytes = records.iter().map(|record| (&record.key[..], &record.value[..]));
            (*module, bytes.collect())
        });
        let mut world = World::load(self.accounts, self.block, modules).unwrap();
        Snapshot::take(&mut world, "altered")
    }

    /// Changes the first record of a table for which `change` says that it did.
    fn alter<R: Record>(&mut self, module: ModuleId, change: impl Fn(&R::Key, &mut R) -> bool) {
        let records = self.modules.iter_mut().find(|(found, _)| *found == module);
        for stored in &mut records.expect("the module has records").1 {
            if stored.key[0] != R::TABLE {
                continue;
            }
            let key: R::Key = decode(&self.accounts, &stored.key[1..]).unwrap();
            let mut row: R = decode(&self.accounts, &stored.value).unwrap();
            if change(&key, &mut row) {
                stored.value = encode(&self.accounts, &row);
                return;
            }
        }
        panic!("no record of {} was changed", R::NAME);
    }
}

fn more(amount: &mut Amount) -> bool {
    let before = *amount;
    *amount = Amount::saturating(before.units() + 1);
    !before.is_zero()
}

/// A governed season in the middle, with an open vote.
fn busy() -> Snapshot {
    played(&scenario("governance/season.toml"), 12, 0).0
}

#[test]
fn each_law_of_a_state_names_the_record_that_was_altered() {
    type Break = fn(&mut Bench);
    let busy = busy();
    let lawful = audit(&busy).unwrap();
    assert!(lawful.iter().all(|finding| finding.holds()), "{lawful:?}");
    let cases: [(&str, u8, Break); 16] = [
        ("tokens out of nothing", 1, |bench| {
            bench.alter::<token::Balance>(ModuleId::Token, |_, row| more(&mut row.amount));
            bench.alter::<token::Supply>(ModuleId::Token, |_, row| more(&mut row.amount));
        }),
        ("deposits that are not held", 1, |bench| {
            bench.alter::<token::Balance>(ModuleId::Token, |who, row| {
                row.amount = Amount::saturating(1);
                *who == ModuleId::Governor.account()
            });
        }),
        ("a total of the past", 2, |bench| {
            bench.alter::<staking::Total>(ModuleId::Staking, |_, row| {
                row.power.since = row.power.since.after(100);
                true
            });
        }),
        ("supply", 3, |bench| {
            bench.alter::<token::Supply>(ModuleId::Token, |_, row| more(&mut row.amount));
        }),
        ("bonded", 3, |bench| {
            bench.alter::<staking::Total>(ModuleId::Staking, |_, row| more(&mut row.bonded));
        }),
        ("held slots", 3, |bench| {
            bench.alter::<network::Topic>(ModuleId::Network, |_, row| {
                row.held += 1;
                true
            });
        }),
        ("a proposal that nobody made", 3, |bench| {
            bench.alter::<governance::Numbers>(ModuleId::Governor, |_, row| {
                row.proposals = u32::MAX;
                true
            });
        }),
        ("a change that the next block does not see", 5, |bench| {
            bench.alter::<staking::Account>(ModuleId::Staking, |_, row| {
                row.own.since = Height::new(1 << 40);
                true
            });
        }),
        ("a heavier ballot", 6, |bench| {
            bench.alter::<governance::Ballot>(ModuleId::Governor, |_, row| {
                row.weight = Power::new(row.weight.units() + 1);
                true
            });
        }),
        ("received out of nothing", 7, |bench| {
            bench.alter::<staking::Account>(ModuleId::Staking, |_, row| {
                row.received.current = Power::new(row.received.current.units() + 1);
                true
            });
        }),
        ("a vote out of nothing", 8, |bench| {
            bench.alter::<governance::Proposal>(ModuleId::Governor, |_, row| {
                row.tally[0] = Power::new(row.tally[0].units() + 1);
                true
            });
        }),
        ("closed before it opens", 9, |bench| {
            bench.alter::<governance::Proposal>(ModuleId::Governor, |_, row| {
                row.deadline = Timestamp::new(1);
                true
            });
        }),
        ("a topic ahead of the emission", 14, |bench| {
            bench.alter::<rewards::Pot>(ModuleId::Rewards, |_, row| {
                row.paid = Accrued::new(1 << 60, 0);
                true
            });
        }),
        ("earnings out of nothing", 18, |bench| {
            bench.alter::<rewards::SlotOwed>(ModuleId::Rewards, |_, row| {
                row.amounts.first_mut().is_some_and(more)
            });
        }),
        ("a lost remainder", 18, |bench| {
            bench.alter::<rewards::Emission>(ModuleId::Rewards, |_, row| {
                row.remainder ^= 1;
                true
            });
        }),
        ("parameters out of bounds", 23, |bench| {
            bench.alter::<staking::Params>(ModuleId::Staking, |_, row| {
                row.unit = 0;
                true
            });
        }),
    ];
    for (label, law, breaks) in cases {
        let mut bench = Bench::of(&busy);
        breaks(&mut bench);
        let altered = bench.snapshot();
        // Its hashes are its own, so it reads: only the laws can tell.
        let altered = Snapshot::parse(altered.to_json().as_bytes()).unwrap();
        let findings = audit(&altered).unwrap();
        let named = findings.iter().find(|finding| finding.law.number == law).unwrap();
        let broken = findings.iter().filter(|finding| !finding.holds());
        let broken: Vec<u8> = broken.map(|finding| finding.law.number).collect();
        assert!(!named.holds(), "{label}: law {law} holds; broken are {broken:?}");
    }
}

#[test]
fn a_breach_names_the_account() {
    let mut bench = Bench::of(&busy());
    bench.alter::<staking::Account>(ModuleId::Staking, |_, row| {
        row.received.current = Power::new(row.received.current.units() + 1);
        true
    });
    let altered = bench.snapshot();
    let findings = audit(&altered).unwrap();
    let broken = &findings.iter().find(|finding| finding.law.number == 7).unwrap().broken[0];
    let who = broken.who.as_deref().unwrap();
    assert!(altered.accounts().iter().any(|known| known.name == who), "{who}");
}

#[test]
fn laws_that_no_state_shows_are_told_as_such() {
    let findings = audit(&busy()).unwrap();
    assert_eq!(findings.len(), LAWS.len());
    let shown = findings.iter().filter(|finding| finding.law.shown == Shown::ByState);
    let shown: Vec<u8> = shown.map(|finding| finding.law.number).collect();
    assert_eq!(shown, [1, 2, 3, 5, 6, 7, 8, 9, 14, 18, 23, 26]);
}
