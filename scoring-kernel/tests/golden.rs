//! The digest that every target must give.

use scoring_kernel::golden::golden_digest;

/// To be changed only together with the rules: then by what this test prints.
const GOLDEN: [u64; 4] =
    [0xa965_f90c_e4ec_54be, 0x1db6_4456_081d_f9e7, 0x05ea_c36f_c370_6644, 0xbc3e_042c_db1a_9b1c];

#[test]
fn the_golden_digest_holds() {
    assert_eq!(
        golden_digest().map(|lane| format!("{lane:#018x}")),
        GOLDEN.map(|lane| format!("{lane:#018x}"))
    );
}
