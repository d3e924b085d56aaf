//! Where two engines part.

use std::fmt;

use protocol::{AccountId, Amount, Command, Height, ModuleId};
use simulator::engine::{Engine, Export, Refused};
use simulator::native::World;

/// A command as it was sent, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Its number in its epoch, from 0.
    pub number: u64,
    /// Who sent it.
    pub sender: AccountId,
    /// What was asked.
    pub command: Command,
    /// What came with it, of the native denom.
    pub funds: Amount,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDifference {
    /// Whose record.
    pub module: ModuleId,
    /// The name of its table.
    pub table: &'static str,
    /// Table and key, in hexadecimal, with addresses as the digest writes them.
    pub key: String,
    /// Key and value natively; `None` where there is none.
    pub native: Option<String>,
    /// Key and value in the other engine.
    pub theirs: Option<String>,
}

/// The first place at which an engine parts from the native one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// Which engine.
    pub engine: &'static str,
    /// In which epoch, from 0.
    pub epoch: u64,
    /// In which block.
    pub height: Height,
    /// After which command; `None`: after genesis.
    pub sent: Option<Sent>,
    /// How it went natively and there, where that differs.
    pub outcome: Option<(Result<(), Refused>, Result<(), Refused>)>,
    /// The first record that differs, by module and key, and how many do.
    pub record: Option<(RecordDifference, usize)>,
}

/// The first record that differs, by module and key, and how many do.
pub fn first_difference(native: &Export, theirs: &Export) -> Option<(RecordDifference, usize)> {
    let missing = theirs.keys().filter(|key| !native.contains_key(*key));
    let changed = native
        .iter()
        .filter(|(key, record)| theirs.get(*key).is_none_or(|other| other.value != record.value));
    let mut apart: Vec<_> = changed.map(|(key, _)| key).chain(missing).collect();
    apart.sort();
    let (module, key) = apart.first()?;
    let place = (*module, key.clone());
    let [ours, other] = [native.get(&place), theirs.get(&place)];
    let difference = RecordDifference {
        module: *module,
        table: ours.or(other).map_or("unknown", |record| record.table),
        key: key.iter().map(|byte| format!("{byte:02x}")).collect(),
        native: ours.map(|record| record.shown.clone()),
        theirs: other.map(|record| record.shown.clone()),
    };
    Some((difference, apart.len()))
}

/// The first difference between states whose digests differ; `None` where they do not.
pub(crate) fn states(
    native: &mut World,
    theirs: &mut dyn Engine,
) -> Option<(RecordDifference, usize)> {
    if native.digests() == theirs.digests() {
        return None;
    }
    first_difference(&native.export(), &theirs.export())
}

/// Whether two engines judged a command alike: both accepted it, or refused it with the same code.
pub(crate) fn alike(native: &Result<(), Refused>, theirs: &Result<(), Refused>) -> bool {
    let code = |outcome: &Result<(), Refused>| outcome.as_ref().err().map(|refused| refused.code);
    code(native) == code(theirs)
}

impl fmt::Display for RecordDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { module, table, key, native, theirs } = self;
        let absent = "absent";
        writeln!(f, "  record:  {} {table}, key {key}", module.name())?;
        writeln!(f, "  native:  {}", native.as_deref().unwrap_or(absent))?;
        write!(f, "  theirs:  {}", theirs.as_deref().unwrap_or(absent))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, epoch, height, sent, outcome, record } = self;
        writeln!(f, "{engine} parts from native in epoch {epoch}, block {}", height.get())?;
        match sent {
            None => write!(f, "  command: none yet, the first state differs")?,
            Some(Sent { number, sender, command, funds }) => {
                let (handle, funds) = (sender.handle(), funds.units());
                write!(f, "  command: number {number} of the epoch, from account {handle}")?;
                write!(f, " with {funds} coins: {command:?}")?;
            }
        }
        if let Some((native, theirs)) = outcome {
            let said = |outcome: &Result<(), Refused>| match outcome {
                Ok(()) => "accepted".to_owned(),
                Err(refused) => format!("refused: {refused}"),
            };
            write!(f, "\n  native:  {}\n  theirs:  {}", said(native), said(theirs))?;
        }
        if let Some((difference, count)) = record {
            write!(f, "\n{difference}")?;
            if *count > 1 {
                write!(f, "\n  and {} more records", count - 1)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use protocol::ModuleId;
    use simulator::engine::Export;
    use simulator::native::Exported;

    use super::first_difference;

    fn export(records: &[(ModuleId, u8, u8)]) -> Export {
        let entry = |(module, key, value): &(ModuleId, u8, u8)| {
            let (bytes, shown) = (vec![1, *key], format!("[{key}] = {value}"));
            let record =
                Exported { table: "Balance", key: bytes.clone(), value: vec![*value], shown };
            ((*module, bytes), record)
        };
        records.iter().map(entry).collect()
    }

    #[test]
    fn the_first_key_that_differs_is_named() {
        use ModuleId::{Staking, Token};
        let native = export(&[(Token, 1, 10), (Token, 2, 20), (Staking, 1, 5)]);
        assert_eq!(first_difference(&native, &native.clone()), None);
        let rows = [
            (
                "changed",
                vec![(Token, 1, 10), (Token, 2, 21), (Staking, 1, 6)],
                "0102",
                Some("[2] = 20"),
                Some("[2] = 21"),
                2,
            ),
            (
                "missing there",
                vec![(Token, 1, 10), (Staking, 1, 5)],
                "0102",
                Some("[2] = 20"),
                None,
                1,
            ),
            (
                "missing here",
                vec![(Token, 0, 1), (Token, 1, 10), (Token, 2, 20), (Staking, 1, 5)],
                "0100",
                None,
                Some("[0] = 1"),
                1,
            ),
        ];
        for (row, theirs, key, ours, other, count) in rows {
            let (found, apart) = first_difference(&native, &export(&theirs)).expect(row);
            assert_eq!((found.key.as_str(), apart), (key, count), "{row}");
            assert_eq!((found.native.as_deref(), found.theirs.as_deref()), (ours, other), "{row}");
        }
    }
}
