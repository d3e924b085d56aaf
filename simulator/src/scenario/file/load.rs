//! From bytes to one table: the file, and beneath it the files it extends.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::locate::{Document, locate};
use super::problem::{FileError, Problem, Snippet};
use super::shape::ScenarioShape;

/// Where files come from: a folder on disk, or texts compiled in.
pub trait Source {
    /// The bytes of a file, by its path from the root with `/` between folders.
    ///
    /// # Errors
    /// Why there are none, in words.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// Files below a folder.
#[derive(Clone, Debug)]
pub struct Disk {
    /// Nothing above it is read.
    pub root: PathBuf,
}

impl Source for Disk {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        let words = |error: std::io::Error| error.to_string();
        let real = root.join(path).canonicalize().map_err(words)?;
        if !real.starts_with(root.canonicalize().map_err(words)?) {
            return Err(String::from("it is a link that leaves the scenarios' folder"));
        }
        std::fs::read(real).map_err(words)
    }
}

/// No scenario needs more; a longer file is a mistake.
const MAX_BYTES: usize = 4 << 20;
/// How many files may extend each other.
const MAX_DEPTH: usize = 8;

/// A scenario file with all it extends, merged.
pub(super) struct Loaded {
    /// The merged table, without `extends`.
    pub(super) table: toml::Table,
    /// The files, the asked one first.
    documents: Vec<Document>,
}

/// Reads a file and what it extends.
pub(super) fn load(source: &dyn Source, path: &str) -> Result<Loaded, FileError> {
    let (mut documents, mut tables) = (Vec::new(), Vec::<toml::Table>::new());
    let mut next = Some((path.to_owned(), None));
    while let Some((path, from)) = next.take() {
        check_depth(&documents, &path, from.as_deref())?;
        let (document, mut table) = parse(source, &path, from)?;
        let extends = table.remove("extends");
        let place = |what: String, fix: &str| {
            let mut problem = Problem::at("extends", what, fix);
            problem.snippet = locate(std::slice::from_ref(&document), "extends");
            problem
        };
        if let Some(extends) = extends {
            let Some(name) = extends.as_str() else {
                return Err(place("is not a text".into(), "name one file").into());
            };
            let Some(base) = beside(&path, name) else {
                let what = format!("`{name}` leaves the scenarios' folder");
                return Err(place(what, "name a file in it or below it").into());
            };
            next = Some((base, locate(std::slice::from_ref(&document), "extends")));
        }
        documents.push(document);
        tables.push(table);
    }
    let mut merged = toml::Table::new();
    tables.into_iter().rev().for_each(|table| merge(&mut merged, table));
    Ok(Loaded { table: merged, documents })
}

fn check_depth(
    documents: &[Document],
    path: &str,
    from: Option<&Snippet>,
) -> Result<(), FileError> {
    let again = documents.iter().any(|document| document.file == path);
    let what = match (again, documents.len() < MAX_DEPTH) {
        (false, true) => return Ok(()),
        (true, _) => format!("`{path}` extends itself in a circle"),
        (false, false) => format!("more than {MAX_DEPTH} files extend each other"),
    };
    let mut problem = Problem::at("extends", what, "extend a file that stands by itself");
    problem.snippet = from.cloned().map(Box::new);
    Err(problem.into())
}

/// One file's text and table.
fn parse(
    source: &dyn Source,
    path: &str,
    from: Option<Box<Snippet>>,
) -> Result<(Document, toml::Table), FileError> {
    let failed = |what: String, fix: &str, snippet: Option<Box<Snippet>>| {
        let mut problem = Problem::whole(format!("{path}: {what}"), fix);
        problem.snippet = snippet;
        FileError::from(problem)
    };
    let bytes = source.bytes(path).map_err(|why| {
        let fix = "check the name; `moot new` writes a first scenario";
        failed(format!("cannot be read: {why}"), fix, from.clone())
    })?;
    if bytes.len() > MAX_BYTES {
        let what = format!("has {} bytes, more than {MAX_BYTES}", bytes.len());
        return Err(failed(what, "use a snapshot file for large data", from));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        failed(format!("byte {at} is not UTF-8"), "save the file as UTF-8", from)
    })?;
    // A byte order mark is no content; carriage returns are white space to TOML.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    let document = Document::new(path.to_owned(), text);
    let table = document.text.parse::<toml::Table>().map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let snippet = Snippet { file: path.to_owned(), text: document.text.clone(), span };
        failed(error.message().to_owned(), "", Some(Box::new(snippet)))
    })?;
    Ok((document, table))
}

/// `name` as a path from the root, given relative to the file `from`; `None` where it leaves
/// the root or is absolute.
pub(super) fn beside(from: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// Lays `over` on `base`: tables by key, all else replaced whole.
pub(super) fn merge(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => merge(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

impl Loaded {
    /// The table as typed shapes.
    pub(super) fn shape(&self) -> Result<ScenarioShape, FileError> {
        shape(&self.table, "").map_err(|problem| self.error(vec![problem]))
    }

    /// The problems with the places they stand at.
    pub(super) fn error(&self, mut problems: Vec<Problem>) -> FileError {
        for problem in problems.iter_mut().filter(|problem| problem.snippet.is_none()) {
            problem.snippet = locate(&self.documents, &problem.path);
        }
        FileError { problems }
    }

    /// The asked file's name without folders and ending.
    pub(super) fn stem(&self) -> &str {
        let path = self.documents.first().map_or("", |document| document.file.as_str());
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// The file in which a key stands: names in it are relative to that file.
    pub(super) fn file_of(&self, path: &str) -> String {
        locate(&self.documents, path).map_or(String::new(), |snippet| snippet.file)
    }
}

/// A table as a typed shape. `place` is the path of the table itself.
pub(super) fn shape<T: for<'de> Deserialize<'de>>(
    table: &toml::Table,
    place: &str,
) -> Result<T, Problem> {
    serde_path_to_error::deserialize(table.clone()).map_err(|error| {
        let path = match error.path().to_string().as_str() {
            "." => place.to_owned(),
            inner if place.is_empty() => inner.to_owned(),
            inner => format!("{place}.{inner}"),
        };
        super::locate::explain(path, error.into_inner().message())
    })
}
