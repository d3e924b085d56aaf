//! Tables for people.

use comfy_table::{ContentArrangement, LineStyle, Table, presets};

/// A table that fits the terminal, with these headings.
pub(crate) fn new(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(headings);
    table
}

/// Likewise, for many rows: without a line between them.
pub(crate) fn long(headings: &[&str]) -> Table {
    let mut table = new(headings);
    table.style_mut().row_separator = LineStyle::none();
    table
}
