//! Tables in words: what a cell says, in which column, in digits that agree down the column.

use super::data::{Earner, Earners};
use super::number::{column_decimals, decimal, scale, show_estimate, titled};
use super::section::{Cell, Column, Row, Table};
use super::text::{NAME, NOTE, TITLE, clean};
use super::verdict::{Estimate, Unit};

/// Rows that are shown at once; agents that deviate are shown whatever their place.
const SHOWN_ROWS: usize = 12;
/// Rows that can be unfolded; the others are in `report.json`.
const FOLDED_ROWS: usize = 1_000;

/// A table ready to be laid out.
pub(super) struct TableView {
    pub(super) title: String,
    pub(super) caption: String,
    /// Heading of the column of names.
    pub(super) of: String,
    pub(super) columns: Vec<ColumnView>,
    pub(super) rows: Vec<RowView>,
    /// Rows to be folded away.
    pub(super) folded: Vec<RowView>,
    /// Rows that are only in `report.json`.
    pub(super) omitted: usize,
}

/// A column's heading, and whether it holds numbers.
pub(super) struct ColumnView {
    pub(super) name: String,
    pub(super) numeric: bool,
}

/// A named row.
pub(super) struct RowView {
    pub(super) name: String,
    pub(super) emphasis: bool,
    pub(super) cells: Vec<CellView>,
}

/// A cell, with its column's heading for layouts that have no columns.
pub(super) struct CellView {
    pub(super) column: String,
    pub(super) numeric: bool,
    pub(super) value: String,
    /// The interval. May be empty.
    pub(super) detail: String,
    /// Whether nothing was measured.
    pub(super) absent: bool,
}

impl TableView {
    /// A table of a section.
    pub(super) fn new(table: &Table) -> Self {
        let columns: Vec<ColumnView> = table.columns.iter().map(heading).collect();
        let decimals: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| decimals(table, at, column))
            .collect();
        let rows = table.rows.iter().map(|row| RowView {
            name: clean(&row.name, NAME),
            emphasis: false,
            cells: cells(row, &table.columns, &columns, &decimals),
        });
        let mut view = Self {
            title: clean(&table.title, TITLE),
            caption: clean(&table.caption, NOTE),
            of: clean(&table.of, NAME),
            rows: rows.take(SHOWN_ROWS + FOLDED_ROWS).collect(),
            columns,
            folded: Vec::new(),
            omitted: table.rows.len().saturating_sub(SHOWN_ROWS + FOLDED_ROWS),
        };
        view.fold();
        view
    }

    /// The table of earners. Columns in which nobody has a value are left out.
    pub(super) fn of_earners(earners: &Earners) -> Self {
        let symbol = Unit::Tokens(clean(&earners.symbol, 16));
        let has = |value: fn(&Earner) -> bool| earners.rows.iter().any(value);
        let mut columns = vec![column("Behaviour", None)];
        let quality = has(|row| row.true_quality.is_some());
        let return_on_stake = has(|row| row.return_on_stake.is_some());
        let against_honest = has(|row| row.against_honest.is_some());
        if quality {
            columns.push(column("True quality", Some(Unit::Ratio)));
        }
        columns.push(column("Earned", Some(symbol.clone())));
        columns.push(column("Share of emission", Some(Unit::Fraction)));
        if return_on_stake {
            columns.push(column("Return on stake", Some(Unit::Fraction)));
        }
        if against_honest {
            columns.push(column("Against being honest", Some(symbol)));
        }
        let rows = earners
            .rows
            .iter()
            .map(|earner| {
                let mut cells = vec![Cell::Text(clean(&earner.group, NAME))];
                let number = |value: Option<f64>| value.map_or(Cell::Absent, Cell::Number);
                if quality {
                    cells.push(number(earner.true_quality));
                }
                cells.push(Cell::Number(earner.earned));
                cells.push(Cell::Number(earner.emission_share));
                if return_on_stake {
                    cells.push(number(earner.return_on_stake));
                }
                if against_honest {
                    let difference = earner.against_honest.clone();
                    cells.push(difference.map_or(Cell::Absent, Cell::Estimate));
                }
                Row { name: earner.name.clone(), cells }
            })
            .collect();
        let mut view = Self::new(&Table {
            title: "Who earned what".to_owned(),
            caption: format!("Each figure is the {}.", clean(&earners.over, NAME * 4)),
            of: "Agent".to_owned(),
            columns,
            rows,
        });
        view.lift(earners);
        view
    }

    /// Brings rows of agents that deviate out of the fold, in their order.
    fn lift(&mut self, earners: &Earners) {
        let mut all: Vec<RowView> = self.rows.drain(..).chain(self.folded.drain(..)).collect();
        for (row, earner) in all.iter_mut().zip(&earners.rows) {
            row.emphasis = earner.deviates;
        }
        let mut room = SHOWN_ROWS.saturating_sub(all.iter().filter(|row| row.emphasis).count());
        for row in all {
            if row.emphasis || room > 0 {
                room = room.saturating_sub(usize::from(!row.emphasis));
                self.rows.push(row);
            } else {
                self.folded.push(row);
            }
        }
    }

    fn fold(&mut self) {
        if self.rows.len() > SHOWN_ROWS {
            self.folded = self.rows.split_off(SHOWN_ROWS);
        }
    }
}

fn column(name: &str, unit: Option<Unit>) -> Column {
    Column { name: name.to_owned(), unit }
}

fn heading(column: &Column) -> ColumnView {
    let name = match &column.unit {
        Some(unit) => titled(&column.name, unit),
        None => column.name.clone(),
    };
    ColumnView { name: clean(&name, NAME), numeric: column.unit.is_some() }
}

fn decimals(table: &Table, at: usize, column: &Column) -> usize {
    let values = table.rows.iter().filter_map(|row| match row.cells.get(at) {
        Some(Cell::Number(value)) => Some(*value),
        Some(Cell::Estimate(estimate)) => Some(estimate.value),
        _ => None,
    });
    column_decimals(values, column.unit.as_ref().unwrap_or(&Unit::Ratio))
}

fn cells(row: &Row, columns: &[Column], views: &[ColumnView], decimals: &[usize]) -> Vec<CellView> {
    row.cells
        .iter()
        .zip(columns)
        .zip(views.iter().zip(decimals))
        .map(|((cell, column), (view, &decimals))| {
            let unit = column.unit.as_ref().unwrap_or(&Unit::Ratio);
            let (value, detail) = match cell {
                Cell::Number(value) => (decimal(value * scale(unit), decimals), String::new()),
                Cell::Estimate(estimate) => measured(estimate, unit, decimals),
                Cell::Text(words) => (clean(words, NOTE), String::new()),
                Cell::Absent => ("–".to_owned(), String::new()),
            };
            CellView {
                column: view.name.clone(),
                numeric: view.numeric,
                value,
                detail,
                absent: matches!(cell, Cell::Absent),
            }
        })
        .collect()
}

fn measured(estimate: &Estimate, unit: &Unit, decimals: usize) -> (String, String) {
    let bare = match unit {
        Unit::Fraction => {
            // The heading says %, so the cell does not.
            let shown = show_estimate(estimate, unit);
            return (shown.value.trim_end_matches('%').to_owned(), shown.interval);
        }
        Unit::Tokens(_) => Unit::Tokens(String::new()),
        Unit::Count(_) => Unit::Count(String::new()),
        Unit::Of(_) => Unit::Of(String::new()),
        Unit::Ratio => Unit::Ratio,
    };
    if estimate.interval.is_none() {
        return (decimal(estimate.value, decimals), String::new());
    }
    let shown = show_estimate(estimate, &bare);
    (shown.value, shown.interval)
}
