//! From a key's path to the place in the file where it stands.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Snippet};

/// A file's name and text.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// As it was asked for.
    pub(super) file: String,
    /// Its text.
    pub(super) text: String,
}

impl Document {
    pub(super) const fn new(file: String, text: String) -> Self {
        Self { file, text }
    }
}

/// Where a path stands: in the first document that has all of it, else the longest part of it.
pub(super) fn locate(documents: &[Document], path: &str) -> Option<Box<Snippet>> {
    let mut best: Option<(usize, Box<Snippet>)> = None;
    for document in documents {
        let Some((depth, span)) = find(&document.text, path) else { continue };
        if depth > best.as_ref().map_or(0, |(depth, _)| *depth) {
            let (file, text) = (document.file.clone(), document.text.clone());
            best = Some((depth, Box::new(Snippet { file, text, span })));
        }
    }
    best.map(|(_, snippet)| snippet)
}

/// How many parts of the path there are in the text, and where the last of them stands.
fn find(text: &str, path: &str) -> Option<(usize, Range<usize>)> {
    let table = DeTable::parse(text).ok()?;
    let (mut depth, mut found) = (0, None);
    let mut value = DeValue::Table(table.into_inner());
    for part in parts(path) {
        let Some((span, next)) = step(value, part) else { break };
        depth += 1;
        found = Some(span);
        value = next;
    }
    found.map(|span| (depth, span))
}

/// What stands below a key or an index, and where the key or the item stands.
fn step<'a>(value: DeValue<'a>, part: &str) -> Option<(Range<usize>, DeValue<'a>)> {
    match value {
        DeValue::Table(mut table) => {
            let key = table.keys().find(|key| key.get_ref().as_ref() == part)?.clone();
            let next = table.remove(&key)?;
            Some((key.span(), next.into_inner()))
        }
        DeValue::Array(array) => {
            let next = array.into_iter().nth(part.parse().ok()?)?;
            Some((next.span(), next.into_inner()))
        }
        _ => None,
    }
}

/// `a.b[2].c` and `a.b.2.c` alike.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|part| !part.is_empty())
}

/// A serde message as what is wrong and what to do: unknown keys get a suggestion.
pub(crate) fn explain(path: String, message: &str) -> Problem {
    let message = message.lines().next().unwrap_or(message);
    for (kind, what) in [("unknown field `", "unknown key"), ("unknown variant `", "unknown word")]
    {
        let Some(rest) = message.strip_prefix(kind) else { continue };
        let Some((name, rest)) = rest.split_once('`') else { continue };
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let fix = match suggestion(name, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "remove it".to_owned(),
            None => format!("use one of: {}", known.join(", ")),
        };
        let last = parts(&path).last().unwrap_or("");
        let path = match (path.as_str(), kind.starts_with("unknown field") && last != name) {
            ("", true) => name.to_owned(),
            (path, true) => format!("{path}.{name}"),
            (path, false) => path.to_owned(),
        };
        return Problem::at(path, format!("{what} `{name}`"), fix);
    }
    Problem::at(path, message, "")
}

/// The known name nearest to `name`, if one is near.
pub(crate) fn suggestion<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|known| (strsim::jaro_winkler(name, known), *known));
    near.filter(|(score, _)| *score > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::{Document, explain, locate};

    #[test]
    fn paths_are_found_in_tables_arrays_and_dotted_keys() {
        let text = "seed = 1\n[populations.a]\nstake = { lognormal = { sigma = 2 } }\n[[events]]\nepoch = 3\n";
        let documents = [Document::new("x.toml".into(), text.into())];
        for (path, line, column) in [
            ("seed", 1, 1),
            ("populations.a.stake.lognormal.sigma", 3, 25),
            ("events[0].epoch", 5, 1),
            ("populations.a.missing", 2, 14),
        ] {
            let snippet = locate(&documents, path).unwrap();
            assert_eq!(snippet.line_column(), (line, column), "{path}");
        }
        assert!(locate(&documents, "nothing").is_none());
    }

    #[test]
    fn unknown_keys_get_a_suggestion() {
        let message = "unknown field `nois`, expected one of `noise`, `every`";
        let problem = explain("populations.a".into(), message);
        assert_eq!(problem.path, "populations.a.nois");
        assert_eq!(problem.fix, "did you mean `noise`?");
        let problem = explain(String::new(), "unknown field `zzz`, expected `noise` or `every`");
        assert_eq!(problem.fix, "use one of: noise, every");
    }
}
