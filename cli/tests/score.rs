//! `moot score`: the slow reference's numbers, every form of file, and files that mean harm.

#[path = "score/equal.rs"]
mod equal;
#[path = "score/files.rs"]
mod files;
#[path = "score/hostile.rs"]
mod hostile;
#[path = "score/shown.rs"]
mod shown;

/// The kernel's independent reference, as its own tests use it.
#[path = "../../scoring-kernel/tests/reference/mod.rs"]
#[expect(dead_code, reason = "not every mechanism's epoch is compared here")]
mod reference;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The real network's snapshot.
const REAL: &str = "scenarios/data/subnet15.json";

/// A small network: two validators, two contributors, and one who has nothing.
const SMALL: &str = "\
uid,stake,weights
0,600,2:0.5 3:0.5
1,400,2:0.9 3:0.1
2,0,
3,1.5,
4,0,
";

fn moot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command.timeout(Duration::from_secs(60)).env("NO_COLOR", "1");
    command
}

/// A folder that holds `name`, and its path.
fn written(name: &str, content: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    (folder, file)
}

/// What `moot score FILE ... --output json` says.
fn scored(file: &Path, more: &[&str]) -> Value {
    let ran = moot().arg("score").arg(file).args(more).args(["--output", "json"]).assert();
    serde_json::from_slice(&ran.success().get_output().stdout).unwrap()
}

/// A raw column of the standings.
fn column(value: &Value, name: &str) -> Vec<u64> {
    let rows = value["standings"].as_array().unwrap();
    let mut rows: Vec<&Value> = rows.iter().collect();
    rows.sort_by_key(|row| row["uid"].as_u64());
    rows.iter().map(|row| row[name].as_u64().unwrap()).collect()
}
