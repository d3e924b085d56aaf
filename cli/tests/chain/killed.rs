//! A deployment that is killed goes on where it was, and pays for nothing twice.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::stage::Stage;

/// Milliseconds after which the command is killed: before, while and after it sends.
const MOMENTS: [u64; 10] = [3, 12, 19, 27, 34, 41, 55, 70, 90, 120];

#[test]
fn killed_at_ten_moments_it_completes_and_nothing_happens_twice() {
    let stage = Stage::new();
    for moment in MOMENTS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
        command.current_dir(stage.path("")).args(["deploy", "network.toml", "-y"]);
        command.args(["--network", "chain.json", "--keyring-dir", "keys", "--from", "alice"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        // On Unix this is SIGKILL: nothing is cleaned up.
        let _ended = child.kill();
        child.wait().unwrap();
    }
    stage.deploy();
    assert_eq!(stage.chain.codes(), 4, "no code is stored twice");
    let sent = stage.chain.transactions();
    assert_eq!(sent.len(), 5, "no transaction is sent twice");
    assert!(sent.iter().all(|one| one.code == 0), "{sent:?}");
}
