//! Lines with bands over seeds.

use plotters::element::{PathElement, Polygon};

use super::super::chart::{Chart, Series};
use super::super::ink::Ink;
use super::super::number::show;
use super::super::svg::TYPE_PX;
use super::super::text;
use super::super::ticks::{Ends, Ruler};
use super::frame::{self, Field, Plan, Y_MARKS};
use super::labels::{self, Label};
use super::{Form, Refused, Sheet, px};

/// Positions along x beyond which a line is thinned: about one a pixel.
const MOST_POSITIONS: usize = 400;

/// Draws a fan chart.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    series: &[Series],
    form: Form,
) -> Result<(), Refused> {
    let names: Vec<String> =
        series.iter().map(|one| end_name(one, series.len(), chart, form)).collect();
    let room = names.iter().map(|name| text::width_px(name, TYPE_PX)).fold(0.0, f64::max);
    let xs = series.iter().flat_map(|one| one.x.iter().copied());
    let ys = series.iter().flat_map(|one| {
        [&one.median, &one.p05, &one.p25, &one.p75, &one.p95].into_iter().flatten().copied()
    });
    let plan = Plan {
        x: Ruler::new(&chart.x, xs, form.x_marks(), Ends::Data),
        y: Ruler::new(&chart.y, ys, Y_MARKS, Ends::Marks),
        above_px: 0.0,
        right_px: room + 14.0,
    };
    let mut field = frame::draw(sheet, chart, &plan, form)?;
    for (style, one) in series.iter().enumerate() {
        band(&mut field, one, (&one.p05, &one.p95), Ink::Wide(style))?;
        band(&mut field, one, (&one.p25, &one.p75), Ink::Narrow(style))?;
    }
    let mut ends = Vec::new();
    for (style, (one, name)) in series.iter().zip(names).enumerate() {
        let line = thinned(&one.x, &one.median, Keep::Both);
        if let Some(end) = line.last() {
            ends.push(Label { at: field.backend_coord(end), name, ink: Ink::Label(style) });
        }
        field.draw_series([PathElement::new(line, Ink::Line(style).style())])?;
    }
    let right = px(f64::from(form.width_px()) - plan.right_px + 8.0);
    let (_, down) = field.plotting_area().get_pixel_range();
    labels::column(sheet, ends, right, (down.start, down.end))
}

/// What stands at the end of a line: its name, or its last value if it is alone.
fn end_name(one: &Series, of: usize, chart: &Chart, form: Form) -> String {
    let last = one.median.last().map(|value| show(*value, &chart.y.unit)).unwrap_or_default();
    let name = if of == 1 { last } else { text::clean(&one.name, text::MARK) };
    text::fit(&name, form.label_px(), TYPE_PX)
}

fn band(
    field: &mut Field<'_, '_>,
    one: &Series,
    (low, high): (&[f64], &[f64]),
    ink: Ink,
) -> Result<(), Refused> {
    let mut edge = thinned(&one.x, low, Keep::Lowest);
    let mut back = thinned(&one.x, high, Keep::Highest);
    if edge.len() < 2 || back.len() < 2 {
        return Ok(());
    }
    back.reverse();
    edge.append(&mut back);
    field.draw_series([Polygon::new(edge, ink.style())])?;
    Ok(())
}

/// Which values survive where several share a pixel.
#[derive(Clone, Copy)]
enum Keep {
    Lowest,
    Highest,
    Both,
}

/// The points of a line, with no more than about [`MOST_POSITIONS`] positions and no extreme lost.
fn thinned(xs: &[f64], ys: &[f64], keep: Keep) -> Vec<(f64, f64)> {
    let points: Vec<(f64, f64)> = xs.iter().copied().zip(ys.iter().copied()).collect();
    if points.len() <= MOST_POSITIONS {
        return points;
    }
    let share = points.len().div_ceil(MOST_POSITIONS);
    let mut out = Vec::new();
    for group in points.chunks(share) {
        let by_value = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let low = group.iter().min_by(by_value).copied();
        let high = group.iter().max_by(by_value).copied();
        match (keep, low, high) {
            (Keep::Lowest, Some(low), _) => out.push(low),
            (Keep::Highest, _, Some(high)) => out.push(high),
            (Keep::Both, Some(low), Some(high)) if low.0 <= high.0 => out.extend([low, high]),
            (Keep::Both, Some(low), Some(high)) => out.extend([high, low]),
            _ => {}
        }
    }
    // The ends stay where they are, so that a line reaches both edges of its field.
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        if out.first() != Some(first) {
            out.insert(0, *first);
        }
        if out.last() != Some(last) {
            out.push(*last);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Keep, MOST_POSITIONS, thinned};

    #[test]
    fn thinning_loses_no_extreme_and_no_end() {
        let xs: Vec<f64> = (0..10_000).map(f64::from).collect();
        let mut ys = vec![0.0; xs.len()];
        ys[1_234] = 9.0;
        ys[7_777] = -9.0;
        ys[9_999] = 4.0;
        let line = thinned(&xs, &ys, Keep::Both);
        assert!(line.len() <= 2 * MOST_POSITIONS + 2);
        for kept in [(0.0, 0.0), (1_234.0, 9.0), (7_777.0, -9.0), (9_999.0, 4.0)] {
            assert!(line.contains(&kept), "{kept:?}");
        }
        assert!(thinned(&xs, &ys, Keep::Lowest).contains(&(7_777.0, -9.0)));
        assert!(thinned(&xs, &ys, Keep::Highest).contains(&(1_234.0, 9.0)));
        assert!(line.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }
}
