//! Nothing of the machine that a file was written on.

use std::path::Path;

use crate::failure::Outcome;
use crate::files;
use crate::tidy::{Clone, Finding};

/// Beginnings of folders that exist on one machine only; each is split so as not to name itself.
const MACHINE_PATHS: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];

/// Package registries, which a lockfile must leave to whoever installs.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("/arti", "factory/"),
];

/// Checks every text file of the clone; files that are not UTF-8 are passed over.
pub(super) fn check(clone: &Clone<'_>) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for path in &clone.files {
        let Ok(text) = String::from_utf8(files::read(&clone.root.join(path))?) else { continue };
        findings.extend(check_text(path, &text));
    }
    Ok(findings)
}

fn check_text(path: &Path, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(folder) = MACHINE_PATHS.iter().find(|folder| begins_a_path(line, folder)) {
            let says = format!("names a folder of one machine ({folder}); use a relative path");
            findings.push(Finding::new(path, index + 1, says));
        }
        if let Some(host) = REGISTRY_HOSTS.iter().find(|host| line.contains(*host)) {
            let says = format!("names a package registry ({host}); leave the host out");
            findings.push(Finding::new(path, index + 1, says));
        }
    }
    findings
}

/// Whether `folder` stands in `line` where a path begins, not inside a longer one or an address.
fn begins_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|one| one.is_alphanumeric() || "._-*~}$)".contains(one))
    })
}

#[cfg(test)]
mod tests {
    use super::{MACHINE_PATHS, REGISTRY_HOSTS, check_text};
    use std::path::Path;

    #[test]
    fn a_planted_machine_path_is_found_at_its_line() {
        for folder in MACHINE_PATHS {
            let text = format!("fine\nsee {folder}someone/file\n");
            let findings = check_text(Path::new("a.md"), &text);
            assert_eq!(findings.len(), 1, "{folder}");
            assert_eq!(findings[0].line, 2);
        }
    }

    #[test]
    fn a_folder_inside_a_path_or_an_address_is_no_machine_path() {
        for folder in MACHINE_PATHS {
            let text = format!("docs{folder}x and example.org{folder}y and ~{folder}z");
            assert!(check_text(Path::new("a.md"), &text).is_empty(), "{folder}");
        }
    }

    #[test]
    fn a_planted_registry_host_is_found() {
        for host in REGISTRY_HOSTS {
            let text = format!("\"resolved\": \"https://{host}/x.tgz\"");
            assert_eq!(check_text(Path::new("package-lock.json"), &text).len(), 1, "{host}");
        }
    }
}
