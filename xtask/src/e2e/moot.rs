//! The command, called as a user calls it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// The command on one chain.
pub(crate) struct Moot {
    /// The program.
    pub(crate) program: PathBuf,
    /// Where it is called.
    pub(crate) folder: PathBuf,
    /// The chain's file.
    pub(crate) network: PathBuf,
    /// The keys' folder.
    pub(crate) keys: PathBuf,
}

impl Moot {
    /// What it prints as JSON.
    ///
    /// # Errors
    /// It fails: its own words tell.
    pub(crate) fn json(&self, words: &[&str]) -> Outcome<Value> {
        let asked = words.join(" ");
        let output = self.command(words).output();
        let output =
            output.map_err(|error| Failure::new(format!("moot {asked}")).because(error))?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Failure::new(format!("moot {asked}")).because(why));
        }
        let wrong = |error| Failure::new(format!("moot {asked} prints no JSON")).because(error);
        serde_json::from_slice(&output.stdout).map_err(wrong)
    }

    /// A transaction of somebody, who is not asked.
    ///
    /// # Errors
    /// It is refused.
    pub(crate) fn by(&self, who: &str, words: &[&str]) -> Outcome<Value> {
        self.json(&[words, &["--from", who, "-y"]].concat())
    }

    /// What it says where it must fail.
    ///
    /// # Errors
    /// It does not.
    pub(crate) fn fails(&self, words: &[&str]) -> Outcome<String> {
        let asked = words.join(" ");
        let output = self.command(words).output();
        let output =
            output.map_err(|error| Failure::new(format!("moot {asked}")).because(error))?;
        match output.status.success() {
            true => Err(Failure::new(format!("moot {asked} was to fail"))),
            false => Ok(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// A transaction of somebody that is killed after so many milliseconds, as by a power cut.
    ///
    /// # Errors
    /// It cannot be started.
    pub(crate) fn killed(&self, who: &str, words: &[&str], after: u64) -> Outcome {
        let asked = words.join(" ");
        let wrong = |error| Failure::new(format!("moot {asked}")).because(error);
        let mut command = self.command(&[words, &["--from", who, "-y"]].concat());
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(wrong)?;
        std::thread::sleep(Duration::from_millis(after));
        // It may have ended by itself.
        let _ended = child.kill();
        child.wait().map(|_| ()).map_err(wrong)
    }

    /// The code of the refusal that a transaction must meet.
    ///
    /// # Errors
    /// It is not refused, or not by a code.
    pub(crate) fn refused(&self, who: &str, words: &[&str]) -> Outcome<String> {
        let asked = words.join(" ");
        let output = self.command(&[words, &["--from", who, "-y"]].concat()).output();
        let output =
            output.map_err(|error| Failure::new(format!("moot {asked}")).because(error))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = said.split("refused: ").nth(1).and_then(|rest| rest.get(..5));
        match (output.status.code(), code) {
            (Some(3), Some(code)) => Ok(code.to_owned()),
            _ => Err(Failure::new(format!("moot {asked} was to be refused")).because(said)),
        }
    }

    /// What a contract answers.
    ///
    /// # Errors
    /// It refuses.
    pub(crate) fn query(&self, contract: &str, question: &str) -> Outcome<Value> {
        self.json(&["query", contract, question])
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).args(["--output", "json", "--network"]).arg(&self.network);
        command.arg("--keyring-dir").arg(&self.keys).current_dir(&self.folder);
        command.args(["--deployment", "receipt.json"]);
        command
    }

    /// The command about the node itself.
    ///
    /// # Errors
    /// It fails.
    pub(crate) fn localnet(&self, home: &Path, words: &[&str]) -> Outcome<Value> {
        let mut command = Command::new(&self.program);
        command.args(["localnet", "--output", "json"]).args(words).arg("--home").arg(home);
        let output =
            command.output().map_err(|error| Failure::new("moot localnet").because(error))?;
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(Failure::new(format!("moot localnet {}", words.join(" "))).because(why));
        }
        Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
    }
}
