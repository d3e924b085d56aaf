//! A CSV text as records under named columns.

use csv::{ByteRecord, Reader, ReaderBuilder, Trim};

use super::number::{Wrong, shown};
use crate::scenario::file::{FileError, Problem, Snippet, suggestion};

/// How many findings are collected before reading ends.
const MOST_PROBLEMS: usize = 10;
/// The longest file whose text is shown with a problem.
const SHOWN_BYTES: usize = 1 << 20;
/// The longest line that is shown.
const SHOWN_LINE: usize = 200;

/// Names of columns that mean something.
const KNOWN: [&str; 12] = [
    "uid",
    "stake",
    "stake_base",
    "weights",
    "bonds",
    "permit",
    "last_update",
    "registered",
    "from",
    "to",
    "weight",
    "bond",
];

/// A text and its header.
pub(super) struct Lines<'a> {
    pub(super) name: &'a str,
    text: &'a str,
    delimiter: u8,
    header: Vec<String>,
    /// Columns that mean nothing here.
    pub(super) unread: Vec<String>,
}

/// One line's fields.
pub(super) struct Record<'a> {
    /// From 1.
    pub(super) line: u64,
    fields: &'a ByteRecord,
    lines: &'a Lines<'a>,
}

/// Problems, as many as are told at once.
pub(super) struct Findings(Vec<Problem>);

impl Findings {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value, or the problem kept.
    pub(super) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.0.push(problem)).ok()
    }

    /// Whether there are as many as are told.
    pub(super) fn full(&self) -> bool {
        self.0.len() >= MOST_PROBLEMS
    }

    /// All of them, if there are any.
    pub(super) fn check(self) -> Result<(), FileError> {
        if self.0.is_empty() { Ok(()) } else { Err(FileError { problems: self.0 }) }
    }
}

impl<'a> Lines<'a> {
    /// Reads the header.
    pub(super) fn new(name: &'a str, text: &'a str) -> Result<Self, FileError> {
        let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let first = first.unwrap_or("");
        let count = |mark: char| first.matches(mark).count();
        let marks = [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))];
        let mut best = marks[0];
        for mark in marks {
            best = if mark.1 > best.1 { mark } else { best };
        }
        let mut lines =
            Self { name, text, delimiter: best.0, header: Vec::new(), unread: Vec::new() };
        let mut record = ByteRecord::new();
        let mut reader = lines.reader();
        let read = reader.read_byte_record(&mut record);
        read.map_err(|error| Problem::at(name, error.to_string(), ""))?;
        drop(reader);
        let words = record.iter().map(|word| String::from_utf8_lossy(word).to_ascii_lowercase());
        lines.header = words.collect();
        lines.check_header()?;
        Ok(lines)
    }

    fn reader(&self) -> Reader<&'a [u8]> {
        ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .comment(Some(b'#'))
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes())
    }

    fn check_header(&mut self) -> Result<(), FileError> {
        let failed = |what: String, fix: String| {
            FileError::from(Problem::at(format!("{}: header", self.name), what, fix))
        };
        for (at, name) in self.header.iter().enumerate() {
            if self.header.iter().take(at).any(|before| before == name) {
                let what = format!("column {} appears twice", shown(name));
                return Err(failed(what, "keep one of the two".into()));
            }
        }
        let unknown = self.header.iter().filter(|name| !KNOWN.contains(&name.as_str()));
        let unknown: Vec<String> = unknown.cloned().collect();
        if unknown.len() == self.header.len() {
            let what = format!("{} names no column", shown(&self.header.join(",")));
            let fix = "the first line names the columns: uid,stake,weights or from,to,weight";
            return Err(failed(what, fix.into()));
        }
        for name in &unknown {
            if let Some(near) = suggestion(name, &KNOWN) {
                let what = format!("unknown column {}", shown(name));
                return Err(failed(what, format!("did you mean `{near}`?")));
            }
        }
        self.unread = unknown;
        Ok(())
    }

    /// Whether there is a column of this name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// That there is a column of this name.
    pub(super) fn need(&self, column: &str, fix: &str) -> Result<(), FileError> {
        match self.has(column) {
            true => Ok(()),
            false => {
                let place = format!("{}: header", self.name);
                Err(Problem::at(place, format!("there is no column `{column}`"), fix).into())
            }
        }
    }

    /// Visits each line with its fields, in order, until the findings are full.
    pub(super) fn each(
        &self,
        findings: &mut Findings,
        mut visit: impl FnMut(&Record<'_>, &mut Findings),
    ) {
        let mut reader = self.reader();
        let mut fields = ByteRecord::new();
        let mut header = true;
        while let Ok(true) = reader.read_byte_record(&mut fields) {
            if std::mem::take(&mut header) {
                continue;
            }
            let line = fields.position().map_or(0, csv::Position::line);
            let record = Record { line, fields: &fields, lines: self };
            if fields.len() == self.header.len() {
                visit(&record, findings);
            } else {
                let what = format!("{} fields under {} names", fields.len(), self.header.len());
                let fix = "give each column a field; quote fields that hold the separator";
                findings.0.push(record.problem(None, Wrong { what, fix }));
            }
            if findings.full() {
                return;
            }
        }
    }
}

impl Record<'_> {
    /// The field under a column; empty where there is no such column.
    pub(super) fn field(&self, column: &str) -> &str {
        let at = self.place(column);
        let bytes = at.and_then(|at| self.fields.get(at)).unwrap_or_default();
        // The whole text is UTF-8, and separators are ASCII.
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.lines.header.iter().position(|name| name == column)
    }

    /// A field read as its kind.
    pub(super) fn read<T>(
        &self,
        column: &str,
        kind: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<T, Problem> {
        kind(self.field(column)).map_err(|wrong| self.problem(Some(column), wrong))
    }

    /// A problem of this line, or of one field of it.
    pub(super) fn problem(&self, column: Option<&str>, wrong: Wrong) -> Problem {
        let path = match column {
            Some(column) => format!("column `{column}`"),
            None => String::new(),
        };
        let mut problem = Problem::at(path, wrong.what, wrong.fix);
        problem.snippet = self.snippet(column).map(Box::new);
        if problem.snippet.is_none() {
            let place = format!("{}: line {}", self.lines.name, self.line);
            let more = if problem.path.is_empty() { "" } else { ", " };
            problem.path = format!("{place}{more}{}", problem.path);
        }
        problem
    }

    /// The line, with the field marked where it can be found; nothing for what is too long.
    fn snippet(&self, column: Option<&str>) -> Option<Snippet> {
        let text = self.lines.text;
        let start = usize::try_from(self.fields.position()?.byte()).ok()?;
        let line = text.get(start..)?.lines().next()?;
        if text.len() > SHOWN_BYTES || line.len() > SHOWN_LINE {
            return None;
        }
        let mut span = start..start + line.trim_end().len();
        let pieces: Vec<&str> = line.split(char::from(self.lines.delimiter)).collect();
        let at = column.and_then(|column| self.place(column));
        if let Some(at) = at.filter(|_| pieces.len() == self.fields.len()) {
            let before: usize = pieces.iter().take(at).map(|piece| piece.len() + 1).sum();
            let piece = pieces.get(at)?.trim_end();
            span = start + before..start + before + piece.len().max(1);
        }
        let span = span.start..span.end.min(text.len());
        Some(Snippet { file: self.lines.name.to_owned(), text: text.to_owned(), span })
    }
}
