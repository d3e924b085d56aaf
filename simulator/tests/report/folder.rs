//! A report's folder: whole or not at all, and nothing lost.

use std::fs;
use std::path::{Path, PathBuf};

use simulator::report::{Draft, ExtraFile, ReportData, ReportError, write};

use super::sample;

/// A folder for one test.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("reports").join("out")
    }

    /// Everything below the place, hidden folders included.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.0.path().to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let below = path.strip_prefix(self.0.path()).expect("below");
                    found.push(below.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        found
    }
}

const TRACE: ExtraFile<'static> = ExtraFile { name: "trace/epochs.parquet", bytes: b"PAR1" };

fn finding(text: &str) -> ReportData {
    ReportData { finding: text.to_owned(), ..sample::report() }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file is there")
}

#[test]
fn a_report_is_four_kinds_of_files_and_no_trace_of_making_it() {
    let place = Place::new();
    write(&place.out(), &sample::report(), &[TRACE]).expect("written");
    let names = ["report.html", "report.json", "summary.md", "trace/epochs.parquet"];
    assert_eq!(place.files(), names.map(|name| format!("reports/out/{name}")));
    let read: ReportData =
        serde_json::from_str(&read(&place.out(), "report.json")).expect("it is the data");
    assert_eq!(read.files.len(), 1);
    assert_eq!((read.files[0].name.as_str(), read.files[0].bytes), (TRACE.name, 4));
    assert_eq!(read.files[0].blake3, blake3::hash(TRACE.bytes).to_hex().as_str());
}

#[test]
fn the_same_report_gives_the_same_folder() {
    let (one, two) = (Place::new(), Place::new());
    for place in [&one, &two] {
        write(&place.out(), &sample::report(), &[TRACE]).expect("written");
    }
    assert_eq!(one.files(), two.files());
    for name in one.files() {
        let bytes = |place: &Place| fs::read(place.0.path().join(&name)).expect("readable");
        assert_eq!(bytes(&one), bytes(&two), "{name}");
    }
}

#[test]
fn a_newer_report_replaces_an_older_one() {
    let place = Place::new();
    write(&place.out(), &finding("older"), &[TRACE]).expect("written");
    write(&place.out(), &finding("newer"), &[]).expect("replaced");
    assert!(read(&place.out(), "summary.md").contains("newer"));
    assert_eq!(place.files().len(), 3, "the older trace is gone: {:?}", place.files());
}

#[test]
fn a_report_that_cannot_be_made_leaves_the_older_one() {
    let place = Place::new();
    write(&place.out(), &finding("older"), &[TRACE]).expect("written");
    let before = place.files();
    let mut defective = finding("newer");
    defective.headlines[0].estimate.value = f64::INFINITY;
    let error = write(&place.out(), &defective, &[TRACE]).expect_err("refused");
    assert!(error.to_string().contains("headlines[0].estimate: not a finite number"), "{error}");
    let draft = Draft::beside(&place.out()).expect("begun");
    fs::write(draft.path("trace/epochs.parquet").expect("a path"), b"half").expect("written");
    drop(draft);
    assert_eq!(place.files(), before);
    assert!(read(&place.out(), "summary.md").contains("older"));
}

#[test]
fn what_is_no_report_is_not_replaced() {
    let place = Place::new();
    fs::create_dir_all(place.out()).expect("made");
    fs::write(place.out().join("thesis.txt"), "years of work").expect("written");
    let error = write(&place.out(), &sample::report(), &[]).expect_err("refused");
    assert!(matches!(error, ReportError::NotAReport { .. }), "{error:?}");
    assert!(error.to_string().ends_with("give a new or empty folder with --out"));
    assert_eq!(place.files(), ["reports/out/thesis.txt"]);
    // Another program's report.json does not make it ours.
    fs::write(place.out().join("report.json"), r#"{"schema": "other"}"#).expect("written");
    let error = write(&place.out(), &sample::report(), &[]).expect_err("refused");
    assert!(matches!(error, ReportError::NotAReport { .. }), "{error:?}");
}

#[test]
fn files_added_to_a_report_are_not_lost() {
    let place = Place::new();
    write(&place.out(), &sample::report(), &[TRACE]).expect("written");
    fs::write(place.out().join("trace/notes.txt"), "mine").expect("written");
    let error = write(&place.out(), &sample::report(), &[TRACE]).expect_err("refused");
    let ReportError::ForeignFiles { names, .. } = &error else { panic!("{error:?}") };
    assert_eq!(names, &["trace/notes.txt"]);
    assert_eq!(read(&place.out(), "trace/notes.txt"), "mine");
}

#[test]
fn a_file_in_the_way_is_named() {
    let place = Place::new();
    let file = place.0.path().join("file");
    fs::write(&file, "here first").expect("written");
    for target in [file.clone(), file.join("below")] {
        let error = write(&target, &sample::report(), &[]).expect_err("refused");
        assert!(matches!(error, ReportError::IsFile { .. }), "{error:?}");
        assert!(error.to_string().ends_with("is a file: give a folder with --out"));
    }
    assert_eq!(place.files(), ["file"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let place = Place::new();
    fs::create_dir_all(place.out()).expect("made");
    write(&place.out(), &sample::report(), &[]).expect("written");
    assert_eq!(place.files().len(), 3);
}

#[test]
fn the_current_directory_is_not_replaced() {
    let here = std::env::current_dir().expect("there is one");
    for target in [here.as_path(), Path::new("."), here.parent().expect("it is below another")] {
        let error = Draft::beside(target).expect_err("refused");
        assert!(matches!(error, ReportError::CurrentDirectory { .. }), "{error:?}");
    }
}

#[test]
fn extra_files_stay_inside_and_apart() {
    let place = Place::new();
    for name in
        ["", "../up", "/etc/passwd", "a/../b", "./a", "report.json", "report.html", "summary.md"]
    {
        let extra = ExtraFile { name, bytes: b"x" };
        let error = write(&place.out(), &sample::report(), &[extra]).expect_err("refused");
        assert!(matches!(&error, ReportError::FileName { .. }), "{name}: {error:?}");
    }
    let error = write(&place.out(), &sample::report(), &[TRACE, TRACE]).expect_err("refused");
    assert!(matches!(error, ReportError::FileName { .. }), "{error:?}");
    assert!(place.files().is_empty());
}
