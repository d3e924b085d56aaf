//! Tables for people.

use comfy_table::{ContentArrangement, Table, presets};

/// A table that fits the terminal, with these headings.
pub(crate) fn new(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(headings);
    table
}
