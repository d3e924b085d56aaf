//! Charts drawn as SVG, each in two shapes: one for a column of a page, one for a phone.

mod bars;
mod fan;
mod frame;
mod labels;
mod points;
mod spans;
mod stack;

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::{IntoFont, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::chart::{Chart, Plot};
use super::describe;
use super::ink::Ink;
use super::svg::{Canvas, TENTHS, TYPE_PX};
use super::text;

/// Why a chart was not drawn. The canvas cannot fail, so this is plotters refusing a layout.
pub(super) type Refused = DrawingAreaErrorKind<Infallible>;

/// The whole picture, in tenths of a pixel.
type Sheet<'a> = DrawingArea<Canvas<'a>, Shift>;

/// The shape of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For a column of a page.
    Wide,
    /// For a phone, and for two columns on paper.
    Narrow,
}

impl Form {
    fn width_px(self) -> u32 {
        match self {
            Self::Wide => 560,
            Self::Narrow => 358,
        }
    }

    fn height_px(self, chart: &Chart) -> u32 {
        match (&chart.plot, self) {
            (Plot::Bars(bars), _) => bars::height_px(bars),
            (Plot::Spans(spans), _) => spans::height_px(spans),
            (_, Self::Wide) => 330,
            (_, Self::Narrow) => 290,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    /// Widest name beside a mark.
    fn label_px(self) -> f64 {
        match self {
            Self::Wide => 176.0,
            Self::Narrow => 116.0,
        }
    }

    /// About how many marks fit on the horizontal axis.
    fn x_marks(self) -> usize {
        match self {
            Self::Wide => 6,
            Self::Narrow => 4,
        }
    }
}

/// A chart as an `<svg>` element whose parts are named from `id`.
pub(super) fn svg(chart: &Chart, form: Form, id: &str) -> Result<String, Refused> {
    let (width, height) = (form.width_px(), form.height_px(chart));
    let mut marks = String::new();
    {
        let sheet = Canvas::new(&mut marks, width, height).into_drawing_area();
        match &chart.plot {
            Plot::Fan(series) => fan::draw(&sheet, chart, series, form)?,
            Plot::Stack { x, layers } => stack::draw(&sheet, chart, x, layers, form)?,
            Plot::Bars(bars) => bars::draw(&sheet, chart, bars, form)?,
            Plot::Points(points) => points::draw(&sheet, chart, points, form)?,
            Plot::Spans(spans) => spans::draw(&sheet, chart, spans, form)?,
        }
    }
    let id = format!("{id}-{}", form.class());
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg class=\"{}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\">\n<title id=\"{id}-t\">{}</title>\n\
         <desc id=\"{id}-d\">{}</desc>\n{marks}</svg>\n",
        form.class(),
        text::markup(&text::clean(&chart.title, text::TITLE)),
        text::markup(&describe::chart(chart)),
    );
    Ok(out)
}

/// Pixels in backend units.
fn px(pixels: f64) -> i32 {
    (pixels * f64::from(TENTHS)).round() as i32
}

/// The style of words in `ink`, placed so that the position is at the given side of them.
fn words(ink: Ink, across: HPos, down: VPos) -> TextStyle<'static> {
    let font = ("sans-serif", TYPE_PX * f64::from(TENTHS)).into_font();
    font.color(&ink.rgb()).pos(Pos::new(across, down))
}
