//! Names from strangers, in every field that can hold one.

use serde_json::Value;
use simulator::report::{Outputs, ReportData};

use super::page::{rendered, tags};
use super::sample;

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}gnp\u{0}\u{1b}[31m\r\n# x\n| a | b |\n```\n\
                       [c](javascript:d) http://e.example \"'&<svg onload=f> ";

/// Replaces every string of the data, except the few that must be of a kind.
fn spoil(value: &mut Value, hostile: &str) {
    match value {
        Value::String(text) => *text = hostile.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, hostile)),
        Value::Object(fields) => {
            for (name, field) in fields {
                let kind = ["schema", "op", "outcome", "scale"].contains(&name.as_str());
                let unit = field.as_str().is_some_and(|text| text == "ratio" || text == "fraction");
                if !kind && !unit {
                    spoil(field, hostile);
                }
            }
        }
        _ => {}
    }
}

fn spoiled() -> ReportData {
    let mut value = serde_json::to_value(sample::report()).expect("data are JSON");
    spoil(&mut value, &format!("{HOSTILE}{}", "W".repeat(50_000)));
    serde_json::from_value(value).expect("names may be anything")
}

#[test]
fn names_never_become_markup() {
    let Outputs { html, .. } = rendered(&spoiled());
    let known = [
        "a",
        "bdi",
        "body",
        "caption",
        "code",
        "dd",
        "desc",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "p",
        "polygon",
        "polyline",
        "pre",
        "rect",
        "circle",
        "section",
        "span",
        "strong",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    for tag in tags(&html) {
        let name = tag.trim_start_matches('/').split(['/', ' ', '\n']).next().unwrap_or("");
        assert!(known.contains(&name), "<{tag}>");
        assert!(!tag.contains("javascript") || tag.starts_with("td"), "<{tag}>");
    }
    assert!(
        html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"),
        "escaped, not lost"
    );
}

#[test]
fn what_cannot_be_seen_is_spelled_out_everywhere() {
    let Outputs { html, markdown, json } = rendered(&spoiled());
    for output in [&html, &markdown] {
        assert!(output.contains("‹U+202E›") && output.contains("‹U+0000›"));
        for letter in output.chars().filter(|letter| *letter != '\n') {
            assert!(!letter.is_control() && letter != '\u{202e}', "{letter:?}");
        }
    }
    // The data keep what they were given: JSON escapes controls itself.
    assert!(json.contains("\\u0000") && !json.contains('\0'));
}

#[test]
fn long_names_are_cut() {
    let Outputs { html, markdown, .. } = rendered(&spoiled());
    let longest = "W".repeat(1_201);
    let command = html.split_once("<pre").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (command, rest) = command.expect("the command is printed");
    assert!(command.len() < 20_000 && !rest.contains(&longest));
    assert!(!html.split_once("<pre").expect("as above").0.contains(&longest));
    assert!(markdown.len() < 60_000, "{}", markdown.len());
}

#[test]
fn names_never_become_markdown() {
    let Outputs { markdown, .. } = rendered(&spoiled());
    let clean = rendered(&sample::report()).markdown;
    let headings = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings(&markdown), headings(&clean));
    let columns = |line: &str| {
        let bars = line.replace("\\\\", "").replace("\\|", "");
        bars.chars().filter(|letter| *letter == '|').count()
    };
    let tables = |text: &str| -> Vec<usize> {
        text.lines().filter(|line| line.starts_with('|')).map(columns).collect()
    };
    assert_eq!(tables(&markdown), tables(&clean));
    let fenced = markdown.lines().filter(|line| line.starts_with("```")).count();
    assert_eq!(fenced, 2);
    let (words, _) = markdown.split_once("## Reproduce").expect("it ends with the command");
    // What is left when every escaped character is taken away marks nothing up.
    let mut bare = String::new();
    let mut letters = words.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            other => bare.push(other),
        }
    }
    for forbidden in ["[", "]", "<", "http://", "`x"] {
        assert!(!bare.contains(forbidden), "{forbidden}");
    }
}
