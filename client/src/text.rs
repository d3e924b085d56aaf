//! Text that others wrote, shown to people.

/// The text with everything that a terminal would obey, or that would reorder or hide what is
/// read, spelled out: control characters but line breaks and tabs, marks of direction, joiners
/// without width. It stays one line for each of its lines.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\n' | '\t' => out.push(one),
            one if one.is_control() || is_hidden(one) => out.extend(one.escape_unicode()),
            one => out.push(one),
        }
    }
    out
}

const fn is_hidden(one: char) -> bool {
    matches!(one,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        for (label, text, shown) in [
            ("plain", "Grüße, 世界\n\tend", "Grüße, 世界\n\tend"),
            ("colour", "\u{1b}[31mred", "\\u{1b}[31mred"),
            ("title", "\u{1b}]0;owned\u{7}", "\\u{1b}]0;owned\\u{7}"),
            ("C1 introducer", "\u{9b}2J", "\\u{9b}2J"),
            ("overwrites the line", "pay 1\rpay 9", "pay 1\\u{d}pay 9"),
            ("backspace", "no\u{8}\u{8}yes", "no\\u{8}\\u{8}yes"),
            ("right to left", "a\u{202e}b", "a\\u{202e}b"),
            ("no width", "a\u{200b}b", "a\\u{200b}b"),
            ("tag letters", "a\u{e0041}", "a\\u{e0041}"),
        ] {
            assert_eq!(harmless(text), shown, "{label}");
        }
    }
}
