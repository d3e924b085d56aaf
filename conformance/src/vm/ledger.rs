//! Where a transaction's gas goes, line by line: kept only where somebody asks for it.

use std::fmt::{self, Display, Formatter};

/// What gas was spent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A read of storage, raw queries included.
    Read,
    /// A write.
    Write,
    /// A removal.
    Remove,
    /// One position of an iterator.
    Step,
    /// A contract made ready.
    Load,
    /// Attributes and events.
    Events,
    /// The instructions of one call, and its answer's bytes.
    Call,
}

/// One thing that gas was spent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub act: Act,
    /// The storage key, where there is one: a record's begins with its table.
    pub key: Vec<u8>,
    /// Bytes of the value, or of a call's answer.
    pub bytes: usize,
    /// SDK gas.
    pub gas: u64,
}

/// A record's key as its table and the rest in hexadecimal; the framework's as text.
impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { act, key, bytes, gas } = self;
        write!(f, "{gas:>7} {act:?} {bytes} ")?;
        match key.as_slice() {
            [] => Ok(()),
            [table, rest @ ..] if !(b' '..0x7f).contains(table) => {
                write!(f, "table {table} ")?;
                rest.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            text => f.write_str(&String::from_utf8_lossy(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Line};

    #[test]
    fn a_line_names_table_and_key() {
        let line = |key: &[u8]| Line { act: Act::Write, key: key.to_vec(), bytes: 3, gas: 2_090 };
        assert_eq!(line(&[2, 1, 255]).to_string(), "   2090 Write 3 table 2 01ff");
        assert_eq!(line(b"total").to_string(), "   2090 Write 3 total");
        assert_eq!(line(b"").to_string(), "   2090 Write 3 ");
    }
}
