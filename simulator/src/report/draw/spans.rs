//! A timeline: one row a thing, each in phases, with its end in words.

use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::element::{Circle, PathElement, Rectangle};
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::chart::{Chart, Phase, Span};
use super::super::ink::{Ink, Weight};
use super::super::number::titled;
use super::super::svg::TYPE_PX;
use super::super::text;
use super::super::ticks::{Ends, Ruler};
use super::{Form, Refused, Sheet, px, words};

/// Rows that are drawn; the others are counted below them.
const MOST_ROWS: usize = 60;
const TOP_PX: f64 = 8.0;
const ROW_PX: f64 = 21.0;
const BOTTOM_PX: f64 = 44.0;

/// Height of a chart of these spans.
pub(super) fn height_px(spans: &[Span]) -> u32 {
    let more = if spans.len() > MOST_ROWS { 20.0 } else { 0.0 };
    (TOP_PX + ROW_PX * spans.len().min(MOST_ROWS) as f64 + BOTTOM_PX + more) as u32
}

/// Where rows are drawn.
struct Field {
    ruler: Ruler,
    left_px: f64,
    right_px: f64,
}

impl Field {
    fn at(&self, value: f64) -> i32 {
        self.ruler.map(&value, (px(self.left_px), px(self.right_px)))
    }
}

/// Draws a timeline.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    spans: &[Span],
    form: Form,
) -> Result<(), Refused> {
    let width_px = f64::from(form.width_px());
    let shown = &spans[..spans.len().min(MOST_ROWS)];
    let wide = |name: fn(&Span) -> &str, most: f64| {
        let widths = shown.iter().map(|span| text::width_px(name(span), TYPE_PX));
        widths.fold(0.0, f64::max).min(most)
    };
    let name_px = wide(|span| &span.name, form.label_px());
    let end_px = wide(|span| &span.end, form.label_px() * 0.6);
    let (left_px, right_px) = (name_px + 12.0, width_px - end_px - 14.0);
    let days = shown.iter().flat_map(|span| span.phases.iter().flat_map(|one| [one.from, one.to]));
    let ruler = Ruler::new(&chart.x, days, form.x_marks(), Ends::Marks);
    let field = Field { ruler, left_px, right_px };
    let bottom_px = TOP_PX + ROW_PX * shown.len() as f64;
    grid(sheet, &field, bottom_px)?;
    for (row, span) in shown.iter().enumerate() {
        draw_row(
            sheet,
            &field,
            span,
            TOP_PX + ROW_PX * (row as f64 + 0.5),
            (name_px, end_px, width_px),
        )?;
    }
    let title = text::clean(&titled(&chart.x.title, &chart.x.unit), text::NAME);
    let corner = (px(right_px), px(bottom_px + 40.0));
    sheet.draw_text(&title, &words(Ink::Muted, HPos::Right, VPos::Bottom), corner)?;
    if spans.len() > MOST_ROWS {
        let note = format!("and {} more in report.json", spans.len() - MOST_ROWS);
        let at = (0, px(bottom_px + 44.0));
        sheet.draw_text(&note, &words(Ink::Muted, HPos::Left, VPos::Top), at)?;
    }
    Ok(())
}

fn grid(sheet: &Sheet<'_>, field: &Field, bottom_px: f64) -> Result<(), Refused> {
    for mark in field.ruler.key_points(plotters::coord::ranged1d::BoldPoints(usize::MAX)) {
        let x = field.at(mark);
        let line = vec![(x, px(TOP_PX)), (x, px(bottom_px))];
        sheet.draw(&PathElement::new(line, Ink::Grid.style()))?;
        let label = field.ruler.format_ext(&mark);
        let at = (x, px(bottom_px + 6.0));
        sheet.draw_text(&label, &words(Ink::Muted, HPos::Center, VPos::Top), at)?;
    }
    Ok(())
}

fn draw_row(
    sheet: &Sheet<'_>,
    field: &Field,
    span: &Span,
    middle_px: f64,
    (name_px, end_px, width_px): (f64, f64, f64),
) -> Result<(), Refused> {
    let weight = Weight::emphasis(span.emphasis);
    let name = text::fit(&text::clean(&span.name, text::NAME), name_px, TYPE_PX);
    let middle = px(middle_px);
    sheet.draw_text(&name, &words(Ink::Text, HPos::Left, VPos::Center), (0, middle))?;
    for Phase { half_height, from, to } in &span.phases {
        let (from, to) = (field.at(*from), field.at(*to));
        if *half_height == 0 {
            let line = vec![(from, middle), (to, middle)];
            sheet.draw(&PathElement::new(line, Ink::Axis.style()))?;
        } else {
            let half = px(f64::from(*half_height));
            let body = [(from, middle - half), (to.max(from + px(1.0)), middle + half)];
            sheet.draw(&Rectangle::new(body, Ink::Bar(weight).style()))?;
        }
    }
    if let Some(done) = span.done {
        let style = Ink::Mark(0, weight).style();
        sheet.draw(&Circle::new((field.at(done), middle), px(3.8), style))?;
    }
    let end = text::fit(&text::clean(&span.end, text::NAME), end_px, TYPE_PX);
    let ink = if span.emphasis { Ink::Text } else { Ink::Muted };
    sheet.draw_text(&end, &words(ink, HPos::Right, VPos::Center), (px(width_px), middle))?;
    Ok(())
}
