//! `moot localnet` where there is no Go, no node, or something else. What runs a node is
//! `moot localnet test`.

use assert_cmd::Command;

/// The command on a machine without Go and with an empty cache.
fn localnet(cache: &tempfile::TempDir, words: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.arg("localnet").args(words);
    command.env("XDG_CACHE_HOME", cache.path()).env("PATH", cache.path());
    command.assert()
}

fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

#[test]
fn without_go_it_says_where_go_is_from() {
    let cache = tempfile::tempdir().unwrap();
    let assert = localnet(&cache, &["start"]).code(2);
    let said = stderr(&assert);
    assert!(said.contains("no `go` here") && said.contains("next: install Go"), "{said}");
}

#[test]
fn without_go_checks_are_skipped_and_not_passed() {
    let cache = tempfile::tempdir().unwrap();
    let assert = localnet(&cache, &["test"]).success();
    let said = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(said, "0 passed, 4 skipped\n");
}

#[test]
fn what_does_not_run_is_told() {
    let cache = tempfile::tempdir().unwrap();
    for verb in ["status", "stop"] {
        let assert = localnet(&cache, &[verb]).success();
        let said = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
        assert!(said.starts_with("no node runs"), "{verb}: {said}");
    }
}

#[test]
fn a_folder_that_is_no_chain_is_left_alone() {
    let cache = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let kept = other.path().join("thesis.txt");
    std::fs::write(&kept, "years of work").unwrap();
    let home = other.path().display().to_string();
    let assert = localnet(&cache, &["reset", "--home", &home]).code(2);
    assert!(stderr(&assert).contains("no chain of `moot localnet`"));
    assert!(kept.is_file());
}

#[test]
fn a_pid_that_is_another_programs_is_not_stopped() {
    let cache = tempfile::tempdir().unwrap();
    let home = cache.path().join("home");
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join("offset"), "0").unwrap();
    std::fs::write(home.join("node.pid"), std::process::id().to_string()).unwrap();
    // `ps` is needed to look: the usual path.
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.args(["localnet", "stop", "--home"]).arg(&home);
    let assert = command.env("XDG_CACHE_HOME", cache.path()).assert().success();
    let said = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(said, "no node runs\n");
}
