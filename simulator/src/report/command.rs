//! The command that reproduces a report.

/// Options that say where to write or how fast to go, never what comes out. Each takes a value.
const INCIDENTAL: [&str; 2] = ["--out", "--threads"];

/// The command line `arguments` (the program's name first), quoted for a POSIX shell, without the
/// options that change nothing in the result: `--out` and `--threads`.
#[must_use]
pub fn reproducing<A: AsRef<str>>(arguments: impl IntoIterator<Item = A>) -> String {
    let mut words = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let argument = argument.as_ref();
        if INCIDENTAL.contains(&argument) {
            // The value of the option, in the next argument.
            let _ = arguments.next();
        } else if !INCIDENTAL.iter().any(|option| is_assigned(argument, option)) {
            words.push(quoted(argument));
        }
    }
    words.join(" ")
}

fn is_assigned(argument: &str, option: &str) -> bool {
    argument.strip_prefix(option).is_some_and(|rest| rest.starts_with('='))
}

fn quoted(argument: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,@%+".contains(letter);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::reproducing;

    #[test]
    fn what_changes_nothing_is_left_out() {
        let rows: [(&[&str], &str); 5] = [
            (&["moot", "run", "a.toml"], "moot run a.toml"),
            (&["moot", "run", "a.toml", "--out", "x", "--seeds", "9"], "moot run a.toml --seeds 9"),
            (&["moot", "--threads=2", "run", "--out=x", "a.toml"], "moot run a.toml"),
            (&["moot", "run", "my file.toml"], "moot run 'my file.toml'"),
            (&["moot", "run", "it's;$x", ""], r"moot run 'it'\''s;$x' ''"),
        ];
        for (arguments, expected) in rows {
            assert_eq!(reproducing(arguments), expected);
        }
    }
}
