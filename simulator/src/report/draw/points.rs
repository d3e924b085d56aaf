//! One mark a thing: a scatter chart.

use plotters::element::{Circle, Polygon};
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::chart::{Chart, Point};
use super::super::ink::{Ink, Weight};
use super::super::svg::{TENTHS, TYPE_PX};
use super::super::text;
use super::super::ticks::{Ends, Ruler};
use super::frame::{self, Plan, Y_MARKS};
use super::labels::apart;
use super::{Form, Refused, Sheet, px, words};

/// Groups that the key names.
const MOST_GROUPS: usize = 6;
const KEY_ROW_PX: f64 = 20.0;

/// Draws a scatter chart: plain marks first, those that stand out above them with their names.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &Chart,
    points: &[Point],
    form: Form,
) -> Result<(), Refused> {
    let groups = groups(points);
    let key = key(&groups, form);
    let plan = Plan {
        x: Ruler::new(&chart.x, points.iter().map(|point| point.x), form.x_marks(), Ends::Marks),
        y: Ruler::new(&chart.y, points.iter().map(|point| point.y), Y_MARKS, Ends::Marks),
        above_px: key.last().map_or(0.0, |entry| (entry.row + 1) as f64 * KEY_ROW_PX + 4.0),
        right_px: 18.0,
    };
    let field = frame::draw(sheet, chart, &plan, form)?;
    draw_key(sheet, &key)?;
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
    let heights = apart(&wanted, px(17.0), (down.start, down.end - px(10.0)));
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

/// A group's place in the key.
struct Entry<'a> {
    group: &'a Group<'a>,
    name: String,
    x_px: f64,
    row: usize,
}

/// The key of the groups, in as many rows as it takes; no key for a single group.
fn key<'a>(groups: &'a [Group<'a>], form: Form) -> Vec<Entry<'a>> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let (mut x_px, mut row) = (6.0, 0);
    let mut entries = Vec::new();
    for group in groups.iter().take(MOST_GROUPS) {
        let name = text::fit(&text::clean(group.name, text::MARK), form.label_px(), TYPE_PX);
        let width_px = 9.0 + text::width_px(&name, TYPE_PX) + 18.0;
        if x_px + width_px > f64::from(form.width_px()) + 12.0 {
            (x_px, row) = (6.0, row + 1);
        }
        entries.push(Entry { group, name, x_px, row });
        x_px += width_px;
    }
    entries
}

fn draw_key(sheet: &Sheet<'_>, entries: &[Entry<'_>]) -> Result<(), Refused> {
    for (index, entry) in entries.iter().enumerate() {
        let height = px(33.0 + KEY_ROW_PX * entry.row as f64);
        mark(sheet, (px(entry.x_px), height), index, entry.group.weight)?;
        let at = (px(entry.x_px + 9.0), height);
        sheet.draw_text(&entry.name, &words(Ink::Muted, HPos::Left, VPos::Center), at)?;
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
