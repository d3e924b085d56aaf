//! What a mark in a chart is for, which decides how the style sheet draws it.
//!
//! plotters styles marks with colours. A page that follows the reader's light or dark mode, prints
//! well and stays legible without colour needs classes instead, so each purpose travels through
//! plotters as a colour of its own and leaves it as a class.

use plotters::style::{RGBAColor, RGBColor, ShapeStyle};
use plotters_backend::BackendColor;

/// Series styles that the style sheet knows; later series reuse the first ones.
pub(super) const SERIES_STYLES: usize = 6;

/// The purpose of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Words and numbers that carry the message.
    Text,
    /// Words over marks.
    Halo,
    /// Tick labels and axis titles.
    Muted,
    /// Grid lines.
    Grid,
    /// Axes.
    Axis,
    /// From a mark to its label.
    Leader,
    /// Whiskers of bars.
    Whisker,
    /// The line of a series.
    Line(usize),
    /// The name of a series.
    Label(usize),
    /// The band from the 5th to the 95th percentile.
    Wide(usize),
    /// The band from the 25th to the 75th percentile.
    Narrow(usize),
    /// A layer of a stack.
    Layer(usize),
    /// A bar, or a bar that stands out.
    Bar(Weight),
    /// A mark of a group, or one that stands out.
    Mark(usize, Weight),
}

/// Whether a mark is one of many or stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// One of many.
    Plain,
    /// Stands out.
    Emphasis,
}

impl Weight {
    /// Emphasis if `yes`.
    pub(super) fn emphasis(yes: bool) -> Self {
        if yes { Self::Emphasis } else { Self::Plain }
    }
}

impl Ink {
    /// The plotters style of this purpose; `filled` is read by the elements that can be either.
    pub(super) fn style(self) -> ShapeStyle {
        let filled =
            !matches!(self, Self::Grid | Self::Axis | Self::Leader | Self::Whisker | Self::Line(_));
        ShapeStyle { color: self.rgba(), filled, stroke_width: 1 }
    }

    /// The colour under which this purpose travels through plotters.
    pub(super) fn rgb(self) -> RGBColor {
        let (kind, index) = match self {
            Self::Text => (0, 0),
            Self::Muted => (1, 0),
            Self::Grid => (2, 0),
            Self::Axis => (3, 0),
            Self::Leader => (4, 0),
            Self::Whisker => (5, 0),
            Self::Halo => (14, 0),
            Self::Line(index) => (6, index),
            Self::Label(index) => (7, index),
            Self::Wide(index) => (8, index),
            Self::Narrow(index) => (9, index),
            Self::Layer(index) => (10, index),
            Self::Bar(Weight::Plain) => (11, 0),
            Self::Bar(Weight::Emphasis) => (11, 1),
            Self::Mark(index, Weight::Plain) => (12, index),
            Self::Mark(index, Weight::Emphasis) => (13, index),
        };
        RGBColor(kind, (index % SERIES_STYLES) as u8, 0)
    }

    fn rgba(self) -> RGBAColor {
        let RGBColor(kind, index, _) = self.rgb();
        RGBAColor(kind, index, 0, 1.0)
    }
}

/// The class of the mark that reached the backend in this colour.
pub(super) fn class(color: BackendColor) -> String {
    let (kind, index, _) = color.rgb;
    let number = u32::from(index) + 1;
    match kind {
        0 => "t".to_owned(),
        1 => "m".to_owned(),
        2 => "g".to_owned(),
        3 => "a".to_owned(),
        4 => "e".to_owned(),
        5 => "k".to_owned(),
        6 => format!("l s{number}"),
        7 => format!("t s{number}"),
        8 => format!("w s{number}"),
        9 => format!("n s{number}"),
        10 => format!("y s{number}"),
        11 => format!("b b{number}"),
        12 => format!("p s{number}"),
        13 => format!("x s{number}"),
        _ => "t h".to_owned(),
    }
}
