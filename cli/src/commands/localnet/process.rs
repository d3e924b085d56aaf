//! The node as a process: started apart from this one, found again by its pid file.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::commands::localnet::config::GAS_PRICE;
use crate::commands::localnet::genesis::DENOM;
use crate::commands::localnet::home::Home;
use crate::exit::{Failure, Outcome};

/// How long the node may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// The node's process, if it runs. A pid that meanwhile belongs to another program is none.
pub(crate) fn running(home: &Home) -> Option<u32> {
    let pid = fs::read_to_string(home.pid_file()).ok()?.trim().parse().ok()?;
    command_line(pid)?.contains(&home.root().display().to_string()).then_some(pid)
}

/// What a process was started with; `None` where there is none, or it has ended.
fn command_line(pid: u32) -> Option<String> {
    let pid = pid.to_string();
    let said = Command::new("ps").args(["-p", &pid, "-o", "stat=,command="]).output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    (!said.is_empty() && !said.starts_with('Z')).then_some(said)
}

/// Starts the node and writes its pid file.
///
/// # Errors
/// The program or the files cannot be used.
pub(crate) fn spawn(wasmd: &Path, home: &Home) -> Outcome {
    let ports = home.ports();
    let log = File::create(home.log())?;
    let mut command = Command::new(wasmd);
    command
        .args(["start", "--home"])
        .arg(home.root())
        .args(["--minimum-gas-prices", &format!("{GAS_PRICE}{DENOM}")])
        .args(["--rpc.laddr", &format!("tcp://127.0.0.1:{}", ports.rpc)])
        .args(["--p2p.laddr", &format!("tcp://127.0.0.1:{}", ports.p2p)])
        .args(["--rpc.pprof_laddr", ""])
        .args(["--grpc.address", &format!("127.0.0.1:{}", ports.grpc)])
        .args(["--api.enable=false", "--grpc-web.enable=false"])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    // A group of its own: an interrupt meant for this command does not reach it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let child = command.spawn()?;
    Ok(fs::write(home.pid_file(), child.id().to_string())?)
}

/// Ends the node, and says which process it was; `None` where none ran.
///
/// # Errors
/// It does not end.
#[expect(clippy::disallowed_methods, reason = "a node is waited for in real time")]
pub(crate) fn stop(home: &Home) -> Outcome<Option<u32>> {
    let Some(pid) = running(home) else { return Ok(None) };
    let begun = Instant::now();
    signal("-TERM", pid);
    while running(home).is_some() {
        std::thread::sleep(Duration::from_millis(50));
        if begun.elapsed() > PATIENCE * 2 {
            return Err(Failure::Internal(anyhow::anyhow!("process {pid} does not end")));
        }
        if begun.elapsed() > PATIENCE {
            signal("-KILL", pid);
        }
    }
    fs::remove_file(home.pid_file())?;
    Ok(Some(pid))
}

/// A process that is gone takes no signal: then there is nothing to do.
fn signal(which: &str, pid: u32) {
    let _sent = Command::new("kill").args([which, &pid.to_string()]).status();
}
