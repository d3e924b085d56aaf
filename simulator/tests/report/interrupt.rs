//! A disk that fills up and a process that is killed while a report is written.
//!
//! The test runs itself again in a shell that limits how large a file may grow. Where the limit's
//! signal is ignored, writing fails as on a full disk; where it is not, the process dies in the
//! middle of a file.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};

use simulator::report::{ReportData, write};

use super::sample;

/// Set in the process that is limited: where it writes.
const OUT: &str = "MOOT_TEST_REPORT_OUT";

fn finding(text: &str) -> ReportData {
    ReportData { finding: text.to_owned(), ..sample::report() }
}

/// Runs the named test again, limited to files of 32 KiB, writing to `out`.
fn limited(test: &str, signal: &str, out: &Path) -> (ExitStatus, String) {
    let this = std::env::current_exe().expect("a test has a file");
    // 64 blocks of 512 bytes: less than the page, more than the harness prints.
    let script = format!("{signal} ulimit -f 64; exec \"$0\" --exact {test} --nocapture");
    let child = Command::new("sh")
        .args(["-c", &script])
        .arg(this)
        .env(OUT, out)
        .output()
        .expect("there is a shell");
    (child.status, String::from_utf8_lossy(&child.stderr).into_owned())
}

/// The older report is as it was; only hidden leftovers may stand beside it.
fn assert_untouched(out: &Path, before: &[Vec<u8>]) {
    assert_eq!(outputs(out), before);
    let beside = fs::read_dir(out.parent().expect("it has a parent")).expect("readable");
    for entry in beside {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        assert!(name == "out" || name.starts_with(".out.partial-"), "{name}");
    }
}

fn outputs(out: &Path) -> Vec<Vec<u8>> {
    let read = |name| fs::read(out.join(name)).expect("the file is there");
    ["report.html", "summary.md", "report.json"].map(read).to_vec()
}

#[test]
fn a_disk_that_fills_up_leaves_the_older_report() {
    if let Some(out) = std::env::var_os(OUT) {
        let error = write(Path::new(&out), &finding("newer"), &[]).expect_err("too large");
        panic!("refused: {error}");
    }
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    write(&out, &finding("older"), &[]).expect("written");
    let before = outputs(&out);
    let name = "interrupt::a_disk_that_fills_up_leaves_the_older_report";
    let (status, printed) = limited(name, "trap '' XFSZ;", &out);
    assert!(!status.success() && printed.contains("refused: could not write"), "{printed}");
    assert_untouched(&out, &before);
    let left = fs::read_dir(place.path()).expect("readable").count();
    assert_eq!(left, 1, "the unfinished report is removed");
}

#[test]
fn a_process_that_is_killed_leaves_the_older_report() {
    if let Some(out) = std::env::var_os(OUT) {
        let written = write(Path::new(&out), &finding("newer"), &[]);
        panic!("survived: {written:?}");
    }
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    write(&out, &finding("older"), &[]).expect("written");
    let before = outputs(&out);
    let name = "interrupt::a_process_that_is_killed_leaves_the_older_report";
    let (status, printed) = limited(name, "", &out);
    assert!(!status.success() && !printed.contains("survived"), "{printed}");
    assert_untouched(&out, &before);
    // The next report is not in the way of what was left.
    write(&out, &finding("newest"), &[]).expect("written");
    assert_ne!(outputs(&out), before);
}
