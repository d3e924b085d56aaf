//! One mark a thing: a scatter chart.

use plotters::element::{Circle, Polygon};
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::chart::{Chart, Point};
use super::super::ink::{Ink, Weight};
use super::super::svg::{TENTHS, TYPE_PX};
use super::super::text;
use super::super::ticks::{Ends, Ruler};
use super::frame::{self, Plan};
use super::labels::apart;
use super::{Form, Refused, Sheet, px, words};

/// Draws a scatter chart: plain marks first, those that stand out above them with their names.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    points: &[Point],
    form: Form,
) -> Result<(), Refused> {
    let groups = groups(points);
    let plan = Plan {
        x: Ruler::new(&chart.x, points.iter().map(|point| point.x), form.x_marks(), Ends::Marks),
        y: Ruler::new(&chart.y, points.iter().map(|point| point.y), 5, Ends::Marks),
        above_px: if groups.len() > 1 { 22.0 } else { 0.0 },
        right_px: 18.0,
    };
    let field = frame::draw(sheet, chart, &plan, form)?;
    if groups.len() > 1 {
        key(sheet, &groups, form)?;
    }
    let group_of = |point: &Point| groups.iter().position(|group| group.name == point.group);
    let place = |point: &Point| field.backend_coord(&(point.x, point.y));
    for weight in [Weight::Plain, Weight::Emphasis] {
        for point in points.iter().filter(|point| Weight::emphasis(point.emphasis) == weight) {
            mark(sheet, place(point), group_of(point).unwrap_or(0), weight)?;
        }
    }
    let (across, down) = field.plotting_area().get_pixel_range();
    let mut named: Vec<(&Point, (i32, i32))> =
        points.iter().filter(|point| point.emphasis).map(|point| (point, place(point))).collect();
    named.sort_by_key(|(_, at)| at.1);
    let wanted: Vec<i32> = named.iter().map(|(_, at)| at.1).collect();
    let heights = apart(&wanted, px(17.0), (down.start, down.end));
    let middle = (across.start + across.end) / 2;
    for ((point, at), height) in named.into_iter().zip(heights) {
        let (side, x, room) = if at.0 > middle {
            (HPos::Right, at.0 - px(10.0), at.0 - across.start)
        } else {
            (HPos::Left, at.0 + px(10.0), across.end - at.0)
        };
        let room_px = f64::from(room) / f64::from(TENTHS);
        let name = text::fit(&text::clean(&point.name, text::NAME), room_px, TYPE_PX);
        sheet.draw_text(&name, &words(Ink::Halo, side, VPos::Center), (x, height))?;
    }
    Ok(())
}

/// A group of points and whether any of it stands out.
struct Group<'a> {
    name: &'a str,
    weight: Weight,
}

/// The groups in the order in which they first appear.
fn groups(points: &[Point]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for point in points {
        match groups.iter_mut().find(|group| group.name == point.group) {
            Some(group) if point.emphasis => group.weight = Weight::Emphasis,
            Some(_) => {}
            None => {
                groups.push(Group { name: &point.group, weight: Weight::emphasis(point.emphasis) })
            }
        }
    }
    groups
}

/// The shapes of the groups, in one row below the title of the vertical axis.
fn key(sheet: &Sheet<'_>, groups: &[Group<'_>], form: Form) -> Result<(), Refused> {
    let limit_px = f64::from(form.width_px());
    let height = px(31.0);
    let mut x_px = 6.0;
    for (index, group) in groups.iter().enumerate() {
        let room = limit_px - x_px - 10.0;
        if room < 30.0 {
            break;
        }
        let name = text::clean(group.name, text::MARK);
        let name = text::fit(&name, room.min(form.label_px()), TYPE_PX);
        mark(sheet, (px(x_px), height), index, group.weight)?;
        let at = (px(x_px + 9.0), height);
        sheet.draw_text(&name, &words(Ink::Muted, HPos::Left, VPos::Center), at)?;
        x_px += 9.0 + text::width_px(&name, TYPE_PX) + 18.0;
    }
    Ok(())
}

/// Draws the mark of a group: circle, triangle, square, diamond, pointer, bow tie.
fn mark(
    sheet: &Sheet<'_>,
    (x, y): (i32, i32),
    group: usize,
    weight: Weight,
) -> Result<(), Refused> {
    let style = Ink::Mark(group, weight).style();
    let outline: &[(f64, f64)] = match group % 6 {
        0 => return sheet.draw(&Circle::new((x, y), px(3.8), style)),
        1 => &[(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
        2 => &[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
        3 => &[(0.0, -5.5), (5.5, 0.0), (0.0, 5.5), (-5.5, 0.0)],
        4 => &[(0.0, 5.0), (5.0, -4.0), (-5.0, -4.0)],
        _ => &[(-5.0, -4.0), (5.0, 4.0), (5.0, -4.0), (-5.0, 4.0)],
    };
    let corners = outline.iter().map(|(dx, dy)| (x + px(*dx), y + px(*dy))).collect::<Vec<_>>();
    sheet.draw(&Polygon::new(corners, style))
}
