//! Horizontal bars, each under its name and value.

use plotters::element::{PathElement, Rectangle};
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::chart::{Bar, Chart};
use super::super::ink::{Ink, Weight};
use super::super::number::{show_estimate, titled};
use super::super::svg::TYPE_PX;
use super::super::text;
use super::{Form, Refused, Sheet, px, words};

/// Bars that are drawn; the others are counted below them.
const MOST_BARS: usize = 12;
const TOP_PX: f64 = 30.0;
const ROW_PX: f64 = 46.0;

/// Height of a chart of these bars.
pub(super) fn height_px(bars: &[Bar]) -> u32 {
    let more = if bars.len() > MOST_BARS { 22.0 } else { 0.0 };
    (TOP_PX + ROW_PX * bars.len().min(MOST_BARS) as f64 + more) as u32
}

/// Draws a bar chart.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    bars: &[Bar],
    form: Form,
) -> Result<(), Refused> {
    let width_px = f64::from(form.width_px());
    let title = text::clean(&titled(&chart.y.title, &chart.y.unit), text::NAME);
    let title = text::fit(&title, width_px, TYPE_PX);
    sheet.draw_text(&title, &words(Ink::Muted, HPos::Left, VPos::Top), (0, 0))?;

    let shown = &bars[..bars.len().min(MOST_BARS)];
    let reach = |end: fn(f64, f64) -> f64| {
        shown.iter().flat_map(|bar| ends(bar).into_iter()).fold(0.0, end)
    };
    let (low, high) = (reach(f64::min), reach(f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let across = |value: f64| px((value - low) / span * (width_px - 2.0) + 1.0);

    for (row, bar) in shown.iter().enumerate() {
        let top_px = TOP_PX + ROW_PX * row as f64;
        let value = show_estimate(&bar.estimate, &chart.y.unit).value;
        let room = width_px - text::width_px(&value, TYPE_PX) - 16.0;
        let name = text::fit(&text::clean(&bar.name, text::NAME), room, TYPE_PX);
        let line = px(top_px);
        sheet.draw_text(&name, &words(Ink::Text, HPos::Left, VPos::Top), (0, line))?;
        let right = (px(width_px), line);
        sheet.draw_text(&value, &words(Ink::Text, HPos::Right, VPos::Top), right)?;
        let (from, to) = (across(0.0), across(bar.estimate.value));
        let body = [(from, px(top_px + 21.0)), (to, px(top_px + 31.0))];
        let ink = Ink::Bar(Weight::emphasis(bar.emphasis));
        sheet.draw(&Rectangle::new(body, ink.style()))?;
        let zero = vec![(from, px(top_px + 17.0)), (from, px(top_px + 35.0))];
        sheet.draw(&PathElement::new(zero, Ink::Axis.style()))?;
        if let Some(interval) = bar.estimate.interval.filter(|one| one.low < one.high) {
            whisker(sheet, across(interval.low), across(interval.high), top_px + 26.0)?;
        }
    }
    if bars.len() > MOST_BARS {
        let note = format!("and {} more in report.json", bars.len() - MOST_BARS);
        let at = (0, px(TOP_PX + ROW_PX * MOST_BARS as f64 + 2.0));
        sheet.draw_text(&note, &words(Ink::Muted, HPos::Left, VPos::Top), at)?;
    }
    Ok(())
}

/// All values that a bar reaches.
fn ends(bar: &Bar) -> [f64; 3] {
    let value = bar.estimate.value;
    bar.estimate.interval.map_or([value; 3], |interval| [interval.low, value, interval.high])
}

fn whisker(sheet: &Sheet<'_>, from: i32, to: i32, height_px: f64) -> Result<(), Refused> {
    let cap = |x: i32| vec![(x, px(height_px - 4.0)), (x, px(height_px + 4.0))];
    let line = vec![(from, px(height_px)), (to, px(height_px))];
    for path in [line, cap(from), cap(to)] {
        sheet.draw(&PathElement::new(path, Ink::Whisker.style()))?;
    }
    Ok(())
}
