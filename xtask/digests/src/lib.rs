//! Digests that must be equal on every platform: of the kernel, the samplers, and ten epochs.
//!
//! The native binary of this package prints them. As a wasm32 module it exports them byte by byte,
//! so that `digests.mjs` can read them in node without a pointer crossing the border.

mod season;

use std::sync::OnceLock;

/// One line a digest, `name hex`, in a fixed order; what cannot be computed says why instead.
pub fn table() -> String {
    let kernel = scoring_kernel::golden::golden_digest();
    let kernel = kernel.iter().map(|word| format!("{word:016x}")).collect();
    let samplers = hex(&simulator::random::golden_digest());
    let quickstart =
        season::state_hash().map_or_else(|why| format!("failed: {why}"), |hash| hex(&hash));
    let epochs = season::EPOCHS;
    [
        ("kernel".to_owned(), kernel),
        ("samplers".to_owned(), samplers),
        (format!("quickstart-{epochs}-epochs"), quickstart),
    ]
    .map(|(name, digest): (String, String)| format!("{name} {digest}\n"))
    .concat()
}

/// How many bytes [`table_byte`] has.
#[expect(unsafe_code, reason = "an export needs its name kept; the module has one of this name")]
#[unsafe(no_mangle)]
pub extern "C" fn table_length() -> u32 {
    u32::try_from(kept().len()).unwrap_or(u32::MAX)
}

/// The byte of [`table`] at `index`; 0 behind its end.
#[expect(unsafe_code, reason = "an export needs its name kept; the module has one of this name")]
#[unsafe(no_mangle)]
pub extern "C" fn table_byte(index: u32) -> u32 {
    let byte = usize::try_from(index).ok().and_then(|index| kept().as_bytes().get(index));
    byte.copied().map_or(0, u32::from)
}

fn kept() -> &'static str {
    static TABLE: OnceLock<String> = OnceLock::new();
    TABLE.get_or_init(table)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{table, table_byte, table_length};

    #[test]
    fn every_digest_is_computed_and_no_two_are_equal() {
        let table = table();
        let mut digests: Vec<_> = table.lines().filter_map(|line| line.split_once(' ')).collect();
        assert!(digests.iter().all(|(_, digest)| digest.len() == 64), "{table}");
        digests.sort_by_key(|(_, digest)| *digest);
        digests.dedup_by_key(|(_, digest)| *digest);
        assert_eq!(digests.len(), 3, "{table}");
    }

    #[test]
    fn the_exports_spell_the_table() {
        let bytes = (0..table_length()).map(|index| table_byte(index) as u8).collect();
        assert_eq!(String::from_utf8(bytes), Ok(table()));
        assert_eq!(table_byte(u32::MAX), 0);
    }
}
