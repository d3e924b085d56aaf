//! Layers stacked upon each other.

use plotters::element::Polygon;

use super::super::chart::{Chart, Layer};
use super::super::ink::Ink;
use super::super::svg::TYPE_PX;
use super::super::text;
use super::super::ticks::{Ends, Ruler};
use super::frame::{self, Plan, Y_MARKS};
use super::labels::{self, Label};
use super::{Form, Refused, Sheet, px};

/// Positions along x beyond which layers are sampled.
const MOST_POSITIONS: usize = 400;

/// Draws a stacked chart.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    x: &[f64],
    layers: &[Layer],
    form: Form,
) -> Result<(), Refused> {
    let kept = sampled(x.len());
    let edges = edges(&kept, layers);
    let names: Vec<String> = layers
        .iter()
        .map(|layer| text::fit(&text::clean(&layer.name, text::MARK), form.label_px(), TYPE_PX))
        .collect();
    let room = names.iter().map(|name| text::width_px(name, TYPE_PX)).fold(0.0, f64::max);
    let plan = Plan {
        x: Ruler::new(&chart.x, x.iter().copied(), form.x_marks(), Ends::Data),
        y: Ruler::new(&chart.y, edges.iter().flatten().copied(), Y_MARKS, Ends::Marks),
        above_px: 0.0,
        right_px: room + 14.0,
    };
    let mut field = frame::draw(sheet, chart, &plan, form)?;
    let mut ends = Vec::new();
    for (style, (pair, name)) in edges.windows(2).zip(names).enumerate() {
        let [below, above] = pair else { continue };
        let along = |edge: &[f64]| -> Vec<(f64, f64)> {
            kept.iter().zip(edge).map(|(&at, &height)| (x[at], height)).collect()
        };
        let mut outline = along(below);
        outline.extend(along(above).into_iter().rev());
        field.draw_series([Polygon::new(outline, Ink::Layer(style).style())])?;
        if let (Some(&at), Some(below), Some(above)) = (kept.last(), below.last(), above.last()) {
            let middle = (x[at], (below + above) / 2.0);
            ends.push(Label { at: field.backend_coord(&middle), name, ink: Ink::Text });
        }
    }
    let right = px(f64::from(form.width_px()) - plan.right_px + 8.0);
    let (_, down) = field.plotting_area().get_pixel_range();
    labels::column(sheet, ends, right, (down.start, down.end))
}

/// The positions that are drawn: all, or evenly spaced ones with both ends.
fn sampled(length: usize) -> Vec<usize> {
    if length <= MOST_POSITIONS {
        return (0..length).collect();
    }
    (0..MOST_POSITIONS).map(|step| step * (length - 1) / (MOST_POSITIONS - 1)).collect()
}

/// The edges between layers at the kept positions, from zero upwards.
fn edges(kept: &[usize], layers: &[Layer]) -> Vec<Vec<f64>> {
    let mut edges = vec![vec![0.0; kept.len()]];
    let mut top = vec![0.0; kept.len()];
    for layer in layers {
        for (height, &at) in top.iter_mut().zip(kept) {
            *height += layer.values.get(at).copied().unwrap_or(0.0);
        }
        edges.push(top.clone());
    }
    edges
}
