//! Why a report was not made.

use std::io;
use std::path::PathBuf;

use super::check::Defect;

/// Why a report was not made. Whatever was at the place before is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The data hold something that cannot be reported.
    #[error("the report's data are defective: {}", listed(.0))]
    Defective(Vec<Defect>),
    /// A chart was refused by the drawing library.
    #[error("chart `{title}` could not be drawn: {cause}")]
    Chart {
        /// Title of the chart.
        title: String,
        /// What the library said.
        cause: String,
    },
    /// The page could not be put together.
    #[error("the page could not be rendered: {0}")]
    Page(String),
    /// The data could not be written as JSON.
    #[error("the data could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The name of an extra file is not a plain relative path, or is taken.
    #[error(
        "`{name}` cannot be the name of a file in a report: use a relative path that is not yet taken"
    )]
    FileName {
        /// The name.
        name: String,
    },
    /// The place for the report is a file.
    #[error("{} is a file: give a folder with --out", path.display())]
    IsFile {
        /// The place.
        path: PathBuf,
    },
    /// The folder holds something else than a report.
    #[error(
        "{} holds other files and no report: give a new or empty folder with --out",
        path.display()
    )]
    NotAReport {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds a report, and files that are no part of it and would be lost.
    #[error(
        "{} holds files that are no part of its report ({}): move them away, or give another folder with --out",
        path.display(), names.join(", ")
    )]
    ForeignFiles {
        /// The folder.
        path: PathBuf,
        /// The first few of those files.
        names: Vec<String>,
    },
    /// The folder is the current directory, which cannot be replaced under a shell's feet.
    #[error("{} is the current directory: give a folder inside it with --out", path.display())]
    CurrentDirectory {
        /// The folder.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("no space left while writing {}: free some, or give another disk with --out", path.display())]
    DiskFull {
        /// What was being written.
        path: PathBuf,
    },
    /// Writing is not permitted.
    #[error("not permitted to write {}: change its permissions, or give another folder with --out", path.display())]
    NotPermitted {
        /// What was being written.
        path: PathBuf,
    },
    /// Anything else that the file system refused.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ReportError {
    /// The error for a refusal of the file system.
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotPermitted { path }
            }
            io::ErrorKind::NotADirectory => Self::IsFile { path },
            _ => Self::Io { doing, path, source },
        }
    }
}

fn listed(defects: &[Defect]) -> String {
    defects.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::ReportError;

    #[test]
    fn what_the_system_refuses_has_a_name_and_a_fix() {
        let shown =
            |kind| ReportError::io("write", "out/report.html", Error::from(kind)).to_string();
        assert_eq!(
            shown(ErrorKind::StorageFull),
            "no space left while writing out/report.html: free some, or give another disk with --out"
        );
        assert_eq!(
            shown(ErrorKind::PermissionDenied),
            "not permitted to write out/report.html: change its permissions, or give another folder \
             with --out"
        );
        assert_eq!(
            shown(ErrorKind::NotADirectory),
            "out/report.html is a file: give a folder with --out"
        );
        assert!(shown(ErrorKind::Interrupted).starts_with("could not write out/report.html: "));
    }
}
