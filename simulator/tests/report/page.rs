//! The page and the summary as a reader meets them.

use std::collections::BTreeSet;

use simulator::report::{Identity, Outputs, Plot, ReportData, Series, render};

use super::sample;

pub(crate) fn rendered(data: &ReportData) -> Outputs {
    render(data).expect("the data are sound")
}

/// The tags of a page with their attributes, as written.
pub(crate) fn tags(html: &str) -> Vec<&str> {
    let body = html.split_once("</style>").expect("a page has a style sheet").1;
    body.split('<')
        .skip(1)
        .map(|rest| rest.split_once('>').expect("every tag is closed").0)
        .collect()
}

/// The values of an attribute in document order.
fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .map(|rest| rest.split_once('"').expect("every value is closed").0)
        .collect()
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = rendered(&sample::report()).html;
    for forbidden in [
        "http:",
        "https:",
        "//",
        "<script",
        "<link",
        "<img",
        "<iframe",
        "src=",
        "url(",
        "@import",
        "javascript:",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for tag in tags(&page) {
        let handler = tag
            .split_whitespace()
            .skip(1)
            .find(|part| part.starts_with("on") && part.contains('='));
        assert_eq!(handler, None, "{tag}");
    }
    assert!(page.contains("default-src 'none'"), "the page forbids itself to load anything");
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let data = sample::report();
    let first = rendered(&data);
    #[expect(clippy::disallowed_methods, reason = "bytes must not depend on the thread")]
    let again = std::thread::spawn(move || rendered(&data.clone())).join().expect("no panic");
    assert_eq!(first, again);
}

#[test]
fn an_outcome_is_told_by_word_and_symbol() {
    let Outputs { html, markdown, .. } = rendered(&sample::report());
    for words in ["✓</span> Holds", "✗</span> Broken", "?</span> Not measured"] {
        assert_eq!(html.matches(words).count(), 1, "{words}");
    }
    assert!(html.contains("1 of 3 gates broken, 1 not measured"));
    for words in ["| ✓ holds |", "| ✗ **broken** |", "| ? not measured |"] {
        assert_eq!(markdown.matches(words).count(), 1, "{words}");
    }
}

#[test]
fn numbers_have_units_and_no_spurious_digits() {
    let Outputs { html, markdown, .. } = rendered(&sample::report());
    for words in ["36,000\u{a0}MOOT", "−0.60%", "95%: −0.80 to −0.40", "−33.0%", "10,519,200"]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(markdown.contains("**36,000 MOOT**, over 50 epochs"));
}

#[test]
fn the_reproducing_command_is_printed_without_incidental_options() {
    let Outputs { html, markdown, .. } = rendered(&sample::report());
    for output in [html, markdown] {
        assert!(output.contains("moot run sample.toml"));
        assert!(!output.contains("--out") && !output.contains("--threads"));
    }
}

#[test]
fn assistive_technology_finds_its_way() {
    let page = rendered(&sample::report()).html;
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    for part in ["<main id=\"main\">", "href=\"#main\"", "<nav aria-label=", "<header", "<h1>"] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }
    let ids = attribute(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "ids are unique");
    for named in attribute(&page, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
        assert!(unique.contains(named), "{named}");
    }
    for link in attribute(&page, "href") {
        let target = link.strip_prefix('#').expect("links stay on the page");
        assert!(unique.contains(target), "{link}");
    }
    let heads = tags(&page).into_iter().filter(|tag| tag.starts_with("th "));
    for head in heads {
        assert!(head.contains("scope=\"col\"") || head.contains("scope=\"row\""), "{head}");
    }
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
}

#[test]
fn every_chart_is_drawn_twice_in_words_and_without_colours() {
    let data = sample::report();
    let page = rendered(&data).html;
    let drawings: Vec<&str> = page
        .split("<svg ")
        .skip(1)
        .map(|rest| rest.split_once("</svg>").expect("every drawing ends").0)
        .collect();
    let charts = data.sections.iter().map(|section| section.charts.len()).sum::<usize>() + 1;
    assert_eq!(drawings.len(), charts * 2);
    for drawing in drawings {
        assert!(drawing.contains("viewBox=\"0 0 ") && drawing.contains("role=\"img\""));
        assert!(drawing.contains("<title ") && drawing.contains("<desc "));
        for forbidden in ["fill=", "stroke=", "style=", "font-", "width=\"100%\"", "#"] {
            assert!(!drawing.contains(forbidden), "{forbidden} in {drawing}");
        }
        for name in ["x", "y", "width", "height", "cx", "cy", "r", "points"] {
            for value in attribute(drawing, name).iter().flat_map(|list| list.split([' ', ','])) {
                let decimals = value.split_once('.').map_or("", |(_, decimals)| decimals);
                assert!(value.parse::<f64>().is_ok_and(f64::is_finite), "{name}={value}");
                assert!(decimals.len() <= 1, "{name}={value}");
            }
        }
    }
}

#[test]
fn agents_that_deviate_are_never_folded_away() {
    let page = rendered(&sample::report()).html;
    let shown = page.split_once("<details>").expect("thirty rows are folded").0;
    assert!(shown.contains("class=\"stands-out\""));
    assert!(shown.contains("<bdi>uid 3</bdi>") && !shown.contains("<bdi>uid 4</bdi>"));
}

#[test]
fn one_seed_has_no_bands() {
    let x: Vec<f64> = vec![1.0, 2.0, 3.0];
    let single = Series::over_seeds("one", x.clone(), &[vec![0.1, 0.2, 0.3]]);
    assert_eq!(single, Series::line("one", x, vec![0.1, 0.2, 0.3]));
    let mut data = sample::report();
    data.sections[0].charts.truncate(1);
    data.sections[0].charts[0].plot = Plot::Fan(vec![single]);
    assert!(!rendered(&data).html.contains("Line: median"));
}

#[test]
fn quantiles_interpolate_between_order_statistics() {
    let runs: Vec<Vec<f64>> = (0..=10).rev().map(|seed| vec![f64::from(seed)]).collect();
    let series = Series::over_seeds("", vec![1.0], &runs);
    let shown = [&series.p05, &series.p25, &series.median, &series.p75, &series.p95].map(|v| v[0]);
    assert_eq!(shown, [0.5, 2.5, 5.0, 7.5, 9.5]);
}

#[test]
fn a_long_run_does_not_make_a_long_page() {
    let mut data = sample::report();
    let x: Vec<f64> = (0..100_000).map(f64::from).collect();
    let runs: Vec<Vec<f64>> =
        (0..3).map(|run| x.iter().map(|at| at * f64::from(run)).collect()).collect();
    data.sections[0].charts[0].plot = Plot::Fan(vec![Series::over_seeds("long", x, &runs)]);
    assert!(rendered(&data).html.len() < 250_000);
}

#[test]
fn an_empty_report_has_no_empty_parts() {
    let identity =
        Identity { engines: Vec::new(), contracts: Vec::new(), ..sample::report().identity };
    let data = ReportData::new(identity);
    let Outputs { html, markdown, .. } = rendered(&data);
    assert!(html.contains("No gates: nothing was judged"));
    for part in ["<figure", "<table", "Rules that mattered", "What this does not show"] {
        assert!(!html.contains(part), "{part}");
    }
    assert!(!markdown.contains("## Verdict") && !markdown.contains("|"));
}
