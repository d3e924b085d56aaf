//! `docs/events.md` against what contracts tell.

const CHAPTER: &str = include_str!("../../../../docs/events.md");

/// Whether the chapter says that some contract tells this, or the named one does, with these
/// attributes and no others, in this order.
pub(crate) fn is_documented(module: &str, action: &str, attributes: &[&str]) -> bool {
    let mut section = "";
    for line in CHAPTER.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            section = name;
        }
        let own = section.eq_ignore_ascii_case(module) || section == "Every contract";
        let row = line.strip_prefix(&format!("| `{action}` | ")).filter(|_| own);
        let Some((_, listed)) = row.and_then(|row| row.split_once(" | ")) else { continue };
        let names = listed.split("<br>").filter_map(|one| one.split('`').nth(1));
        if names.eq(attributes.iter().copied()) {
            return true;
        }
    }
    false
}

#[test]
fn what_the_chapter_does_not_name_is_found() {
    for (module, action, attributes, known) in [
        ("token", "transfer", &["from", "to", "amount"][..], true),
        ("staking", "wire", &[], true),
        ("staking", "update_params", &[], true),
        ("staking", "transfer", &["from", "to", "amount"], false),
        ("token", "transfer", &["from", "to"], false),
        ("token", "transfer", &["to", "from", "amount"], false),
        ("token", "transfers", &[], false),
    ] {
        assert_eq!(is_documented(module, action, attributes), known, "{module} {action}");
    }
}
