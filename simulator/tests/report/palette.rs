//! The style sheet's colours, read from the style sheet.

use std::collections::BTreeMap;

const SHEET: &str = include_str!("../../templates/report.css");

/// The custom properties of the first `:root` block after `start`.
fn palette(start: &str) -> BTreeMap<&'static str, [f64; 3]> {
    let block = SHEET.split_once(start).and_then(|(_, rest)| rest.split_once(":root {"));
    let (_, rest) = block.expect("a palette");
    let (block, _) = rest.split_once('}').expect("a closed block");
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .map(|(name, hex)| {
            let part = |at: usize| {
                f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")) / 255.0
            };
            (name, [part(0), part(2), part(4)])
        })
        .collect()
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear =
        colour.map(
            |part| {
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            },
        );
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_is_legible_in_both_modes() {
    assert!((contrast([1.0; 3], [0.0; 3]) - 21.0).abs() < 1e-9, "the formula is right");
    for mode in ["", "(prefers-color-scheme: dark)"] {
        let palette = palette(mode);
        let words = ["text", "muted", "link", "pass", "fail", "open"];
        let series = ["s1", "s2", "s3", "s4", "s5", "s6"];
        for ground in ["page", "raised"] {
            for name in words.into_iter().chain(series) {
                let ratio = contrast(palette[name], palette[ground]);
                assert!(ratio >= 4.5, "{mode} --{name} on --{ground}: {ratio:.2}");
            }
        }
        let ratio = contrast(palette["axis"], palette["page"]);
        assert!(ratio >= 3.0, "{mode} --axis: {ratio:.2}");
    }
}

#[test]
fn both_modes_name_the_same_colours() {
    let (light, dark) = (palette(""), palette("(prefers-color-scheme: dark)"));
    assert!(light.keys().eq(dark.keys()));
    assert_eq!(light.len(), 17);
}

#[test]
fn no_rule_has_a_colour_of_its_own() {
    let dark = SHEET.split_once("(prefers-color-scheme: dark)").expect("a dark palette").1;
    let (_, rules) = dark.split_once("}\n}\n").expect("rules after the palettes");
    for forbidden in ["#", "rgb(", "hsl(", "white", "black"] {
        let used =
            rules.match_indices(forbidden).find(|(at, _)| !rules[*at..].starts_with("white-space"));
        assert_eq!(used, None);
    }
}
