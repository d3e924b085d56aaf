//! Rust text with comments and literals blanked out, so that checks see code and nothing else.

/// One file as its code: same lines, same columns, comments and literals replaced by spaces.
pub(crate) struct RustSource {
    code: Vec<String>,
}

/// One function found in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// The line of its `fn`, counted from 1.
    pub(crate) line: usize,
    /// From its `fn` to its closing brace.
    pub(crate) lines: usize,
    /// Whether an attribute above it says `#[test]`.
    pub(crate) is_test: bool,
    /// Whether an attribute above it says `#[ignore]`.
    pub(crate) is_ignored: bool,
}

impl RustSource {
    /// Blanks comments, strings and characters.
    pub(crate) fn new(text: &str) -> Self {
        Self { code: blank(text).lines().map(str::to_owned).collect() }
    }

    /// The code line by line.
    pub(crate) fn lines(&self) -> &[String] {
        &self.code
    }

    /// The line from which on everything is the file's own tests; the file's end if there are none.
    pub(crate) fn tests_begin(&self) -> usize {
        let is_gate = |line: &String| line.trim_start().starts_with("#[cfg(test)]");
        self.code.iter().position(is_gate).unwrap_or(self.code.len())
    }

    /// Every function that has a body.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let named = self.code.iter().enumerate();
        named
            .filter_map(|(index, line)| {
                let name = function_name(line)?;
                let lines = self.body_length(index)?;
                let attributes = self.attributes_above(index);
                let is_test = attributes.iter().any(|one| one.contains("#[test]"));
                let is_ignored = attributes.iter().any(|one| one.contains("#[ignore"));
                Some(Function {
                    name: name.to_owned(),
                    line: index + 1,
                    lines,
                    is_test,
                    is_ignored,
                })
            })
            .collect()
    }

    /// Lines from `begin` to the brace that closes the first one opened; none for a bare signature.
    fn body_length(&self, begin: usize) -> Option<usize> {
        let mut depth = 0_i64;
        let mut parentheses = 0_i64;
        for (offset, line) in self.code.get(begin..)?.iter().enumerate() {
            for symbol in line.chars() {
                match symbol {
                    '(' | '[' => parentheses += 1,
                    ')' | ']' => parentheses -= 1,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ';' if depth == 0 && parentheses == 0 => return None,
                    _ => continue,
                }
                if symbol == '}' && depth == 0 {
                    return Some(offset + 1);
                }
            }
        }
        None
    }

    /// The lines between a function and whatever ends before it.
    fn attributes_above(&self, index: usize) -> Vec<&str> {
        let above = self.code.get(..index).unwrap_or_default().iter().rev();
        let belongs = |line: &&String| {
            let line = line.trim();
            let ends_an_item = line.ends_with(';') || line.ends_with('}') || line.ends_with('{');
            line.is_empty() || !ends_an_item
        };
        above.take_while(belongs).map(String::as_str).collect()
    }
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(at) = rest.find("fn ") {
        let before = rest.get(..at)?.chars().next_back();
        let after = rest.get(at + 3..)?.trim_start();
        let end = after.find(|one: char| !one.is_alphanumeric() && one != '_')?;
        let opens = after.get(end..)?.trim_start().starts_with(['(', '<']);
        let is_word = before.is_none_or(|one| !one.is_alphanumeric() && one != '_');
        if is_word && end > 0 && opens {
            return after.get(..end);
        }
        rest = after;
    }
    None
}

fn blank(text: &str) -> String {
    let symbols: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&symbol) = symbols.get(at) {
        let length = literal_length(&symbols, at);
        if length == 0 {
            out.push(symbol);
            at += 1;
        } else {
            let hidden = symbols.iter().skip(at).take(length);
            out.extend(hidden.map(|&one| if one == '\n' { '\n' } else { ' ' }));
            at += length;
        }
    }
    out
}

/// How many symbols the comment or literal at `at` has; 0 if there is none.
fn literal_length(symbols: &[char], at: usize) -> usize {
    let symbol = |offset: usize| symbols.get(at + offset).copied().unwrap_or('\0');
    let follows_a_word =
        at > 0 && symbols.get(at - 1).is_some_and(|one| one.is_alphanumeric() || *one == '_');
    match (symbol(0), symbol(1)) {
        ('/', '/') => symbols.iter().skip(at).take_while(|one| **one != '\n').count(),
        ('/', '*') => block_comment_length(symbols, at),
        ('"', _) => quoted_length(symbols, at),
        ('b' | 'c', '"') if !follows_a_word => 1 + quoted_length(symbols, at + 1),
        ('r', '"' | '#') if !follows_a_word => raw_length(symbols, at, 1),
        ('b' | 'c', 'r') if !follows_a_word => raw_length(symbols, at, 2),
        ('\'', '\\') => {
            let rest = symbols.iter().skip(at + 3);
            3 + rest.take_while(|one| **one != '\'').count() + 1
        }
        ('\'', _) if symbol(2) == '\'' => 3,
        _ => 0,
    }
}

fn block_comment_length(symbols: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut end = at;
    while end < symbols.len() {
        match (symbols.get(end), symbols.get(end + 1)) {
            (Some('/'), Some('*')) => (depth, end) = (depth + 1, end + 2),
            (Some('*'), Some('/')) => (depth, end) = (depth.saturating_sub(1), end + 2),
            _ => end += 1,
        }
        if depth == 0 {
            break;
        }
    }
    end - at
}

fn quoted_length(symbols: &[char], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(symbol) = symbols.get(end) {
        match symbol {
            '"' => return end + 1 - at,
            '\\' => end += 2,
            _ => end += 1,
        }
    }
    symbols.len() - at
}

fn raw_length(symbols: &[char], at: usize, prefix: usize) -> usize {
    let hashes = symbols.iter().skip(at + prefix).take_while(|one| **one == '#').count();
    let begin = at + prefix + hashes;
    if symbols.get(begin) != Some(&'"') {
        return 0;
    }
    let mut end = begin + 1;
    while let Some(symbol) = symbols.get(end) {
        end += 1;
        let closing = symbols.iter().skip(end).take(hashes).filter(|one| **one == '#').count();
        if *symbol == '"' && closing == hashes {
            return end + hashes - at;
        }
    }
    symbols.len() - at
}

#[cfg(test)]
mod tests {
    use super::RustSource;

    #[test]
    fn comments_and_literals_are_blanked_and_lines_kept() {
        let text =
            "a(\"todo!\"); // todo!\nb('\"', r#\"x\"y\"#, '\\'');\n/* f64\n/* f64 */ */ c::<'a>();";
        let source = RustSource::new(text);
        let code: Vec<_> = source.lines().iter().map(|line| line.trim()).collect();
        assert_eq!(code, ["a(       );", "b(   ,         ,     );", "", "c::<'a>();"]);
    }

    #[test]
    fn functions_are_found_with_length_and_attributes() {
        let text = "trait T {\n    fn bare(&self) -> u8;\n}\n\n#[test]\n#[ignore = \"slow\"]\nfn slow() {\n    go();\n}\n\n\
                    #[test]\n// why\n#[should_panic]\nfn quick() {}\n\nfn plain(\n    of: [u8; 2],\n) {\n}\n";
        let functions = RustSource::new(text).functions();
        let rows: Vec<_> = functions
            .iter()
            .map(|one| (one.name.as_str(), one.line, one.lines, one.is_test, one.is_ignored))
            .collect();
        assert_eq!(
            rows,
            [
                ("slow", 7, 3, true, true),
                ("quick", 14, 1, true, false),
                ("plain", 16, 4, false, false)
            ]
        );
    }

    #[test]
    fn a_test_inside_a_macro_is_found() {
        let text =
            "proptest! {\n    #[test]\n    fn sums(x in 0..9_u8) {\n        check(x);\n    }\n}\n";
        let functions = RustSource::new(text).functions();
        assert!(functions.iter().any(|one| one.name == "sums" && one.is_test));
    }
}
