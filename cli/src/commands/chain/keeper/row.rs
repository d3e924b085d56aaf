//! Where a row of weights comes from: a file, or what a command prints.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::args::keeper::Keeper;
use crate::commands::chain::submit_weights::pairs;

/// Looks at a command that runs, a tenth of a second apart, until it has had a minute.
const LOOKS: u32 = 600;
/// Bytes that a row has at most.
const LONGEST: u64 = 1 << 20;

/// Where rows come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A file, read each time.
    File(PathBuf),
    /// A command, run each time.
    Command(String),
}

impl Source {
    /// What was asked for, if anything.
    pub(super) fn of(args: &Keeper) -> Option<Self> {
        let file = args.row.clone().map(Self::File);
        file.or_else(|| args.row_command.clone().map(Self::Command))
    }

    /// The row for an epoch of a topic, ascending by slot. Commands write into `folder`.
    ///
    /// # Errors
    /// No file, a command that fails or takes longer than a minute, or what is no row.
    pub(super) fn row(
        &self,
        folder: &Path,
        (topic, epoch, height): (u16, u64, u64),
    ) -> Result<Vec<(u16, u16)>, String> {
        let path = match self {
            Self::File(path) => path.clone(),
            Self::Command(line) => {
                let out = folder.join("row.out");
                run(line, &out, (topic, epoch, height))?;
                out
            }
        };
        let wrong = |why: String| format!("{}: {why}", path.display());
        let length = fs::metadata(&path).map_err(|error| wrong(error.to_string()))?.len();
        if length > LONGEST {
            return Err(wrong(format!("{length} bytes are no row")));
        }
        let text = fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        pairs(&text).map_err(wrong)
    }
}

fn run(line: &str, out: &Path, about: (u16, u64, u64)) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("`{line}`: {error}");
    let (topic, epoch, height) = about;
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).stdin(Stdio::null());
    command.stdout(File::create(out).map_err(failed)?);
    command.env("MOOT_TOPIC", topic.to_string()).env("MOOT_EPOCH", epoch.to_string());
    command.env("MOOT_HEIGHT", height.to_string());
    let mut child = command.spawn().map_err(failed)?;
    for _ in 0..LOOKS {
        match child.try_wait().map_err(failed)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("`{line}` ends with {status}")),
            None => std::thread::sleep(Duration::from_millis(100)),
        }
    }
    child.kill().and_then(|()| child.wait()).map_err(failed)?;
    Err(format!("`{line}` takes longer than a minute"))
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn rows_come_from_files_and_commands() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("row");
        std::fs::write(&file, "[[2, 7], [1, 9]]\n").unwrap();
        let read = |source: &Source| source.row(folder.path(), (3, 8, 100));
        assert_eq!(read(&Source::File(file)).unwrap(), [(1, 9), (2, 7)]);
        let told = "echo $MOOT_TOPIC:$MOOT_EPOCH,$MOOT_HEIGHT:1";
        assert_eq!(read(&Source::Command(told.into())).unwrap(), [(3, 8), (100, 1)]);
        for (line, says) in [
            ("exit 3", "ends with"),
            ("echo no row", "UID:WEIGHT"),
            ("true", "UID:WEIGHT"),
            ("head -c 2000000 /dev/zero", "bytes are no row"),
        ] {
            let error = read(&Source::Command(line.into())).unwrap_err();
            assert!(error.contains(says), "{line}: {error}");
        }
        assert!(read(&Source::File("missing".into())).is_err());
    }
}
