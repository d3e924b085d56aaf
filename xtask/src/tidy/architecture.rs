//! The map is the land: docs/ARCHITECTURE.md names what is there, and all of it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::failure::Outcome;
use crate::tidy::{Clone, Finding};

/// The page that maps the clone.
const MAP: &str = "docs/ARCHITECTURE.md";
/// The pages that speak of nothing but this clone.
const STRICT: &[&str] = &[MAP, "README.md"];
/// What stands for many names at once.
const PLACEHOLDERS: &[&str] = &["NN", "NAME"];
/// Folders that commands write and git ignores: a page may name what appears in them.
const GENERATED: &[&str] = &["artifacts/", "reports/", "target/", "node_modules/"];

/// Checks the map against the land, and every other page's paths against it too.
pub(super) fn check(clone: &Clone<'_>) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for page in clone.of_type("md") {
        findings.extend(lost_paths(clone, page, &clone.text(page)?));
    }
    if clone.files.iter().any(|path| path == Path::new(MAP)) {
        findings.extend(unmapped(clone, &clone.text(Path::new(MAP))?));
    } else {
        findings.push(Finding::new(Path::new(MAP), 0, "there is no map of the clone"));
    }
    Ok(findings)
}

fn lost_paths(clone: &Clone<'_>, page: &Path, text: &str) -> Vec<Finding> {
    // Elsewhere a path may be one of another project: it is ours if its first folder is.
    let is_strict = STRICT.iter().any(|one| page == Path::new(one));
    let beside = page.parent().unwrap_or(Path::new(""));
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for path in quoted_paths(line) {
            let places = [clone.root.to_path_buf(), clone.root.join(beside)];
            let exists = |path: &str| places.iter().any(|place| place.join(path).exists());
            let top = path.split('/').next().unwrap_or(path);
            if !exists(path) && (is_strict || exists(top)) {
                findings.push(Finding::new(page, index + 1, format!("`{path}` is not there")));
            }
        }
    }
    findings
}

fn unmapped(clone: &Clone<'_>, map: &str) -> Vec<Finding> {
    let tops = clone.files.iter().filter_map(|path| {
        let top = path.parent()?.iter().next()?.to_str()?;
        (!top.starts_with('.')).then(|| top.to_owned())
    });
    let crates = clone.crates.iter().filter_map(|path| path.to_str().map(str::to_owned));
    let all: BTreeSet<String> = tops.chain(crates).collect();
    let is_named = |folder: &str| {
        map.lines().flat_map(quoted).any(|path| path.trim_end_matches('/') == folder)
    };
    all.iter()
        .filter(|folder| !is_named(folder))
        .map(|folder| Finding::new(Path::new(MAP), 0, format!("does not name `{folder}`")))
        .collect()
}

/// What stands between backticks on one line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// What stands between backticks and is meant as one path of the clone.
fn quoted_paths(line: &str) -> impl Iterator<Item = &str> {
    quoted(line).filter(|text| {
        let begins = text.starts_with(|one: char| one.is_ascii_lowercase() || one == '.')
            && !text.starts_with("..");
        let plain = text.chars().all(|one| one.is_ascii_alphanumeric() || "_-./".contains(one));
        let is_generated = GENERATED.iter().any(|folder| text.starts_with(folder));
        let is_pattern = PLACEHOLDERS.iter().any(|one| text.contains(one));
        begins && plain && text.contains('/') && !is_generated && !is_pattern
    })
}

#[cfg(test)]
mod tests {
    use super::{MAP, check};
    use crate::tidy::planted::Planted;

    fn says(files: &[(&str, &str)], crates: &[&str]) -> Vec<String> {
        let planted = Planted::new(files);
        let findings = check(&planted.clone(crates)).expect("the files are readable");
        findings.iter().map(super::Finding::spell).collect()
    }

    #[test]
    fn a_map_that_names_everything_passes() {
        let map = "`docs/` holds this page, `cli/` the binary (`cli/src/main.rs`), `artifacts/a.wasm` is built.";
        assert_eq!(says(&[(MAP, map), ("cli/src/main.rs", "")], &["cli"]), [""; 0]);
    }

    #[test]
    fn a_lost_path_is_found_with_its_line() {
        let map = "`docs`, `cli`\n`cli/src/gone.rs`";
        let found = says(&[(MAP, map), ("cli/src/main.rs", "")], &["cli"]);
        assert_eq!(found, ["docs/ARCHITECTURE.md:2: `cli/src/gone.rs` is not there"]);
    }

    #[test]
    fn an_unmapped_crate_and_an_unmapped_folder_are_found() {
        let files = [(MAP, "`docs/`"), ("contracts/token/src/lib.rs", "")];
        let found = says(&files, &["contracts/token"]);
        let expected = ["does not name `contracts`", "does not name `contracts/token`"];
        assert_eq!(found, expected.map(|text| format!("{MAP}: {text}")));
    }

    #[test]
    fn another_page_may_name_the_paths_of_another_project() {
        let page = "`pallets/src/lib.rs` there, `cli/src/gone.rs` here";
        let files = [(MAP, "`docs`, `cli`"), ("docs/a.md", page), ("cli/src/main.rs", "")];
        assert_eq!(says(&files, &["cli"]), ["docs/a.md:1: `cli/src/gone.rs` is not there"]);
    }

    #[test]
    fn a_missing_map_is_found() {
        assert_eq!(says(&[("README.md", "")], &[]).len(), 1);
    }
}
