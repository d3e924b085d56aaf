//! `docs/events.md`: every event of the rulebook, with its attributes and their units.

use std::fmt::Write as _;

use protocol::{AttributeKind, EVENTS, EventKind};

/// What stands before the modules' tables.
const HEAD: &str = include_str!("events.md");

/// The chapter.
///
/// # Errors
/// An attribute of a type whose unit is not known here.
pub(crate) fn chapter() -> Result<String, Box<dyn std::error::Error>> {
    let mut text = HEAD.to_owned();
    for (module, kinds) in EVENTS {
        let name = module.name();
        write!(text, "\n## {}{}\n\n", name[..1].to_uppercase(), &name[1..])?;
        text += "| `action` | what happened | attributes |\n|---|---|---|\n";
        for EventKind { action, says, attributes } in *kinds {
            let attributes = attributes.iter().map(attribute).collect::<Result<Vec<_>, _>>()?;
            let attributes = attributes.join("<br>");
            let gap = if attributes.is_empty() { "" } else { " " };
            writeln!(text, "| `{action}` | {} | {attributes}{gap}|", says.trim())?;
        }
    }
    Ok(text)
}

fn attribute(attribute: &AttributeKind) -> Result<String, String> {
    let AttributeKind { name, says, of } = attribute;
    let unit = unit(of).ok_or(format!("what unit has {of}?"))?;
    let says = says.trim().trim_end_matches('.');
    let (first, rest) = says.split_at_checked(1).unwrap_or_default();
    Ok(format!("`{name}` ({unit}): {}{rest}", first.to_lowercase()))
}

fn unit(of: &str) -> Option<&'static str> {
    Some(match of.replace(' ', "").as_str() {
        "AccountId" | "Option<AccountId>" => "address",
        "Amount" => "base units",
        "Power" => "power",
        "Timestamp" => "seconds",
        "Fraction" => "parts per 10^9",
        "u8" | "u16" | "u32" | "u64" | "Epoch" => "number",
        "Track" | "Form" | "Status" | "Pausable" | "Asset" => "word",
        "Bytes" => "text",
        _ => return None,
    })
}
