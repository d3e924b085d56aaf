//! The plotting field of a chart with two axes.

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::style::TRANSPARENT;
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::chart::{Axis, Chart};
use super::super::ink::Ink;
use super::super::number::titled;
use super::super::svg::{Canvas, TYPE_PX};
use super::super::text;
use super::super::ticks::Ruler;
use super::{Form, Refused, Sheet, px, words};

/// About how many marks fit on the vertical axis.
pub(super) const Y_MARKS: usize = 4;

/// A field in which values are placed by its rulers.
pub(super) type Field<'sheet, 'out> = ChartContext<'sheet, Canvas<'out>, Cartesian2d<Ruler, Ruler>>;

/// The rulers of both axes and the room that marks need beside the field.
pub(super) struct Plan {
    /// Horizontal ruler.
    pub(super) x: Ruler,
    /// Vertical ruler.
    pub(super) y: Ruler,
    /// Room above the field for a key, besides the title of the vertical axis, in pixels.
    pub(super) above_px: f64,
    /// Room to the right, in pixels.
    pub(super) right_px: f64,
}

/// Draws grid, axes, tick labels and axis titles.
pub(super) fn draw<'sheet, 'out>(
    sheet: &'sheet Sheet<'out>,
    chart: &Chart,
    plan: &Plan,
    form: Form,
) -> Result<Field<'sheet, 'out>, Refused> {
    let left_px = widest(&plan.y) + 10.0;
    let mut field = ChartBuilder::on(sheet)
        .margin_top(px(28.0 + plan.above_px))
        .margin_right(px(plan.right_px))
        .set_label_area_size(LabelAreaPosition::Left, px(left_px))
        .set_label_area_size(LabelAreaPosition::Bottom, px(44.0))
        .build_cartesian_2d(plan.x.clone(), plan.y.clone())?;
    // Two passes, because plotters hides an axis only together with its labels.
    field
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .bold_line_style(Ink::Grid.style())
        .axis_style(TRANSPARENT)
        .label_style(words(Ink::Muted, HPos::Left, VPos::Top))
        .set_tick_mark_size(LabelAreaPosition::Left, px(3.0))
        .draw()?;
    field
        .configure_mesh()
        .disable_mesh()
        .disable_y_axis()
        .axis_style(Ink::Axis.style())
        .label_style(words(Ink::Muted, HPos::Left, VPos::Top))
        .set_tick_mark_size(LabelAreaPosition::Bottom, px(4.0))
        .draw()?;
    let width_px = f64::from(form.width_px());
    let title = |axis: &Axis, room_px: f64| {
        let whole = text::clean(&titled(&axis.title, &axis.unit), text::NAME);
        text::fit(&whole, room_px, TYPE_PX)
    };
    sheet.draw_text(
        &title(&chart.y, width_px),
        &words(Ink::Muted, HPos::Left, VPos::Top),
        (0, 0),
    )?;
    let corner = (px(width_px - plan.right_px), px(f64::from(form.height_px(chart)) - 2.0));
    sheet.draw_text(
        &title(&chart.x, width_px - plan.right_px),
        &words(Ink::Muted, HPos::Right, VPos::Bottom),
        corner,
    )?;
    Ok(field)
}

fn widest(ruler: &Ruler) -> f64 {
    ruler.labels().map(|label| text::width_px(label, TYPE_PX)).fold(0.0, f64::max)
}
