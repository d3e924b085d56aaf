//! Names beside their marks, moved apart where they would overlap.

use plotters::element::PathElement;
use plotters_backend::text_anchor::{HPos, VPos};

use super::super::ink::Ink;
use super::{Refused, Sheet, px, words};

/// Distance between two lines of type, in pixels.
const LINE_PX: f64 = 17.0;

/// A name that belongs at a height.
pub(super) struct Label {
    /// The mark's position, in backend units.
    pub(super) at: (i32, i32),
    /// The name, already short enough.
    pub(super) name: String,
    /// How it is drawn.
    pub(super) ink: Ink,
}

/// Draws names in a column that begins at `x`, each as near as possible to its mark's height and
/// joined to it by a line where it had to move, within `top` and `bottom`.
pub(super) fn column(
    sheet: &Sheet<'_>,
    mut labels: Vec<Label>,
    x: i32,
    (top, bottom): (i32, i32),
) -> Result<(), Refused> {
    labels.sort_by_key(|label| label.at.1);
    let wanted: Vec<i32> = labels.iter().map(|label| label.at.1).collect();
    let heights = apart(&wanted, px(LINE_PX), (top, bottom));
    for (label, height) in labels.iter().zip(heights) {
        if (height - label.at.1).abs() > px(4.0) {
            let leader = vec![(label.at.0 + px(3.0), label.at.1), (x - px(3.0), height)];
            sheet.draw(&PathElement::new(leader, Ink::Leader.style()))?;
        }
        sheet.draw_text(&label.name, &words(label.ink, HPos::Left, VPos::Center), (x, height))?;
    }
    Ok(())
}

/// Heights at least `gap` apart, in the order of `wanted` (ascending), inside the range if they
/// fit in it: groups that touch settle around the mean of what they wanted.
pub(super) fn apart(wanted: &[i32], gap: i32, (top, bottom): (i32, i32)) -> Vec<i32> {
    // Each block holds (sum of wanted starts, members); its start is the mean.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    let start = |&(sum, members): &(i64, i64)| {
        let length = (members - 1) * i64::from(gap);
        let latest = (i64::from(bottom) - length).max(i64::from(top));
        (sum / members).clamp(i64::from(top), latest)
    };
    for height in wanted {
        let mut block = (i64::from(*height), 1);
        while let Some(last) = blocks.last() {
            if start(last) + last.1 * i64::from(gap) <= start(&block) {
                break;
            }
            // Members of the later block want their start relative to the joined one.
            block = (last.0 + block.0 - block.1 * last.1 * i64::from(gap), last.1 + block.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    blocks
        .iter()
        .flat_map(|block| {
            let first = start(block);
            (0..block.1).map(move |member| (first + member * i64::from(gap)) as i32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn names_never_overlap_and_stay_inside() {
        let rows: [(&[i32], &[i32]); 5] = [
            (&[10, 50, 90], &[10, 50, 90]),
            (&[50, 50], &[45, 55]),
            (&[0, 0, 0], &[0, 10, 20]),
            (&[99, 100, 100], &[80, 90, 100]),
            (&[], &[]),
        ];
        for (wanted, expected) in rows {
            assert_eq!(apart(wanted, 10, (0, 100)), expected);
        }
        let many = apart(&[40; 8], 10, (0, 100));
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] >= 10), "{many:?}");
    }
}
