//! The digest that every target must give.

use scoring_kernel::golden::golden_digest;

/// To be changed only together with the rules: then by what this test prints.
const GOLDEN: [u64; 4] =
    [0x71ee_a830_dde3_0e8e, 0xada4_4ff3_9297_7a48, 0x0313_5881_5ec2_0f9c, 0x9aeb_7aaf_254e_f0a8];

#[test]
fn the_golden_digest_holds() {
    assert_eq!(
        golden_digest().map(|lane| format!("{lane:#018x}")),
        GOLDEN.map(|lane| format!("{lane:#018x}"))
    );
}
