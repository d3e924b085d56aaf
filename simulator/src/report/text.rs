//! Words from strangers, made harmless where they are printed.
//!
//! Names reach a report from scenario files and from chains. They may hold markup, control
//! characters, marks that turn the direction of what follows, or a million letters.

/// Longest name in a table, in characters.
pub(super) const NAME: usize = 48;
/// Longest name beside a mark in a chart, in characters.
pub(super) const MARK: usize = 28;
/// Longest title, in characters.
pub(super) const TITLE: usize = 140;
/// Longest note, in characters.
pub(super) const NOTE: usize = 320;
/// Longest paragraph, in characters.
pub(super) const SENTENCE: usize = 1_200;
/// Longest command, in characters. A cut command would not run, so this is generous.
pub(super) const COMMAND: usize = 16_000;

/// One line of at most `limit` characters: white space runs become one space, characters that
/// cannot be seen become their code point (`‹U+202E›`), and what is too long ends in `…`.
pub(super) fn clean(raw: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut gap = false;
    for letter in raw.chars() {
        if letter.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        let shown = if is_unseen(letter) {
            format!("‹U+{:04X}›", u32::from(letter))
        } else {
            letter.to_string()
        };
        let more = shown.chars().count() + usize::from(gap);
        if length + more > limit {
            while length >= limit && out.pop().is_some() {
                length -= 1;
            }
            out.push('…');
            return out;
        }
        if gap {
            out.push(' ');
        }
        out.push_str(&shown);
        length += more;
        gap = false;
    }
    out
}

/// Whether a character has no shape of its own, or changes how its neighbours are drawn: controls,
/// direction marks and overrides, zero-width characters, tags, private use.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
                | '\u{f0000}'..='\u{10ffff}'
        )
}

/// Escapes for HTML and SVG, text and quoted attributes alike.
pub(super) fn markup(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Cleans and escapes for Markdown: no markup, no table cell, no link comes out of it.
pub(super) fn markdown(raw: &str, limit: usize) -> String {
    let words = clean(raw, limit);
    let mut out = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some(letter) = rest.chars().next() {
        let links = letter == ':' && rest.starts_with("://") || letter == '.' && ends_in_www(&out);
        let marks = matches!(
            letter,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '!'
                | '&'
                | '$'
                | '@'
        );
        if links || marks {
            out.push('\\');
        }
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    out
}

fn ends_in_www(words: &str) -> bool {
    words.len() >= 3
        && words.is_char_boundary(words.len() - 3)
        && words[words.len() - 3..].eq_ignore_ascii_case("www")
}

/// About how wide words are, in pixels, in a sans-serif face of the given height.
///
/// Errs on the wide side: a label that turns out narrower leaves a gap, a wider one is cut off.
pub(super) fn width_px(words: &str, type_px: f64) -> f64 {
    words.chars().map(width_em).sum::<f64>() * type_px
}

fn width_em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.30,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | ' ' | '/' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.92,
        'A'..='Z' => 0.70,
        '0'..='9' => 0.60,
        letter if letter.is_ascii() => 0.57,
        '\u{80}'..='\u{10ff}' => 0.66,
        _ => 1.05,
    }
}

/// The longest beginning of `words`, ending in `…` when cut, that is at most `limit_px` wide.
pub(super) fn fit(words: &str, limit_px: f64, type_px: f64) -> String {
    if width_px(words, type_px) <= limit_px {
        return words.to_owned();
    }
    let mut kept = String::new();
    let mut used = width_em('…') * type_px;
    for letter in words.chars() {
        used += width_em(letter) * type_px;
        if used > limit_px {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::{clean, fit, markdown, markup, width_px};

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(clean("a\u{202e}b", 40), "a‹U+202E›b");
        assert_eq!(clean("bell\u{7}", 40), "bell‹U+0007›");
        assert_eq!(clean("zero\u{200b}width", 40), "zero‹U+200B›width");
        assert_eq!(clean(" two\n\t lines ", 40), "two lines");
    }

    #[test]
    fn what_is_long_is_cut_to_the_limit() {
        assert_eq!(clean("abcdef", 6), "abcdef");
        assert_eq!(clean("abcdefg", 6), "abcde…");
        assert_eq!(clean(&"x".repeat(1_000_000), 48).chars().count(), 48);
        assert_eq!(clean(&"\u{202e}".repeat(1_000), 48).chars().count(), 48);
    }

    #[test]
    fn markup_escapes_all_five() {
        assert_eq!(markup("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    }

    #[test]
    fn markdown_makes_no_cells_links_or_marks() {
        assert_eq!(markdown("a|b", 40), "a\\|b");
        assert_eq!(markdown("[x](y)", 40), "\\[x\\](y)");
        assert_eq!(markdown("http://x www.y", 40), "http\\://x www\\.y");
        assert_eq!(markdown("a\n# b", 40), "a \\# b");
    }

    #[test]
    fn fitting_words_are_within_the_width() {
        for words in ["", "short", "a rather long name for a line", "漢字漢字漢字漢字漢字漢字"]
        {
            assert!(width_px(&fit(words, 80.0, 13.0), 13.0) <= 80.0, "{words}");
        }
    }
}
