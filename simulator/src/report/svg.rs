//! A plotters backend that writes SVG without colours, sizes of type or fonts of its own.
//!
//! plotters' coordinates are whole numbers. Here one of them is a tenth of a pixel, so lines stay
//! smooth, and every coordinate is printed exactly with at most one decimal.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::ink;
use super::text;

/// Backend units in a pixel.
pub(super) const TENTHS: i32 = 10;

/// Height of type in pixels; the style sheet sets the same.
pub(super) const TYPE_PX: f64 = 13.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Collects the inside of an `<svg>` element.
pub(super) struct Canvas<'a> {
    marks: &'a mut String,
    width_px: u32,
    height_px: u32,
}

impl<'a> Canvas<'a> {
    /// A canvas of the given size that appends to `marks`.
    pub(super) fn new(marks: &'a mut String, width_px: u32, height_px: u32) -> Self {
        Self { marks, width_px, height_px }
    }

    fn points(
        &mut self,
        tag: &str,
        color: BackendColor,
        points: impl IntoIterator<Item = BackendCoord>,
    ) {
        if color.alpha == 0.0 {
            return;
        }
        let _ = write!(self.marks, "<{tag} class=\"{}\" points=\"", ink::class(color));
        let mut last = None;
        for point in points {
            if last == Some(point) {
                continue;
            }
            if last.is_some() {
                self.marks.push(' ');
            }
            push_px(self.marks, point.0);
            self.marks.push(',');
            push_px(self.marks, point.1);
            last = Some(point);
        }
        self.marks.push_str("\"/>\n");
    }

    fn attribute(&mut self, name: &str, tenths: i32) {
        let _ = write!(self.marks, " {name}=\"");
        push_px(self.marks, tenths);
        self.marks.push('"');
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let tenths = TENTHS.unsigned_abs();
        (self.width_px * tenths, self.height_px * tenths)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let _ = write!(self.marks, "<rect class=\"{}\"", ink::class(style.color()));
        self.attribute("x", upper_left.0.min(bottom_right.0));
        self.attribute("y", upper_left.1.min(bottom_right.1));
        self.attribute("width", (bottom_right.0 - upper_left.0).abs());
        self.attribute("height", (bottom_right.1 - upper_left.1).abs());
        self.marks.push_str("/>\n");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.points("polyline", style.color(), path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let _ = write!(self.marks, "<circle class=\"{}\"", ink::class(style.color()));
        self.attribute("cx", center.0);
        self.attribute("cy", center.1);
        self.attribute("r", i32::try_from(radius).unwrap_or(i32::MAX));
        self.marks.push_str("/>\n");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.points("polygon", style.color(), vert);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        words: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = style.anchor();
        let drop = match anchor.v_pos {
            VPos::Top => 0.95,
            VPos::Center => 0.35,
            VPos::Bottom => -0.20,
        };
        let baseline = y + (drop * TYPE_PX * f64::from(TENTHS)).round() as i32;
        let _ = write!(self.marks, "<text class=\"{}\"", ink::class(style.color()));
        self.attribute("x", x);
        self.attribute("y", baseline);
        match anchor.h_pos {
            HPos::Left => {}
            HPos::Center => self.marks.push_str(" text-anchor=\"middle\""),
            HPos::Right => self.marks.push_str(" text-anchor=\"end\""),
        }
        let _ = writeln!(self.marks, ">{}</text>", text::markup(words));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        words: &str,
        _style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let tenths = f64::from(TENTHS);
        Ok((
            (text::width_px(words, TYPE_PX) * tenths).ceil() as u32,
            (TYPE_PX * 1.25 * tenths).ceil() as u32,
        ))
    }
}

/// Appends tenths of a pixel as pixels: `125` is `12.5`, `120` is `12`.
fn push_px(out: &mut String, tenths: i32) {
    let (whole, part) = (tenths / TENTHS, (tenths % TENTHS).abs());
    let sign = if tenths < 0 && whole == 0 { "-" } else { "" };
    let _ = match part {
        0 => write!(out, "{whole}"),
        _ => write!(out, "{sign}{whole}.{part}"),
    };
}

#[cfg(test)]
mod tests {
    use super::push_px;

    #[test]
    fn tenths_print_as_pixels() {
        let shown = |tenths| {
            let mut out = String::new();
            push_px(&mut out, tenths);
            out
        };
        assert_eq!(shown(0), "0");
        assert_eq!(shown(120), "12");
        assert_eq!(shown(125), "12.5");
        assert_eq!(shown(-5), "-0.5");
        assert_eq!(shown(-125), "-12.5");
    }
}
