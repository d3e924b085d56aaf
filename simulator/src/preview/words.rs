//! What a proposal does, in words: of parameters only those that change, as scenario files call
//! them.

use protocol::{
    AccountId, Asset, Command, Get, governance, network, rewards,
    treasury::{self, Action},
};

use crate::{
    native::World,
    scenario::file::{emission_keys, governance_keys, topic_keys, treasury_keys},
};

/// How many letters of a command are shown.
const MOST: usize = 300;

/// What an action does to a state, a line a change. `tokens` tells an amount of base units.
pub(super) fn told(world: &World, action: &Action, tokens: &dyn Fn(u128) -> String) -> Vec<String> {
    let name = |who: AccountId| world.accounts().name_of(who);
    match action {
        Action::Pay { asset: Asset::Token, to, amount } => {
            vec![format!("pays {} to {}", tokens(amount.units()), name(*to))]
        }
        Action::Pay { asset: Asset::Native, to, amount } => {
            vec![format!("pays {} native coins to {}", amount.units(), name(*to))]
        }
        Action::Migrate { module, code } => {
            vec![format!("moves {} to the code {code}", module.name())]
        }
        Action::Opaque { message } => {
            vec![format!("sends a message that is none of ours, {} bytes", message.0.len())]
        }
        Action::Call { command } => match parameters(world, command) {
            Some((of, lines)) if lines.is_empty() => vec![format!("{of}: nothing changes")],
            Some((of, lines)) => lines.iter().map(|line| format!("{of}: {line}")).collect(),
            None => vec![named(world, command)],
        },
    }
}

/// The parameters that a command changes, if that is what it does: whose, and each with what it
/// was and will be.
fn parameters(world: &World, command: &Command) -> Option<(String, Vec<String>)> {
    let (of, before, after) = match command {
        Command::Rewards(rewards::Command::UpdateParams { params }) => {
            let now: rewards::Params = world.get(());
            (String::from("emission"), emission_keys(&now), emission_keys(params))
        }
        Command::Treasury(treasury::Command::UpdateParams { params }) => {
            let now: treasury::Params = world.get(());
            (String::from("treasury"), treasury_keys(&now), treasury_keys(params))
        }
        Command::Governance(governance::Command::UpdateParams { params }) => {
            let now: governance::Params = world.get(());
            (String::from("governance"), governance_keys(&now), governance_keys(params))
        }
        Command::Network(network::Command::UpdateTopic { topic, params }) => {
            let now: network::Topic = world.get(*topic);
            (format!("topic {topic}"), topic_keys(&now.params), topic_keys(params))
        }
        _ => return None,
    };
    let mut lines = Vec::new();
    changes("", &before, &after, &mut lines);
    Some((of, lines))
}

/// Keys whose values differ, in the order of their names.
fn changes(place: &str, before: &toml::Table, after: &toml::Table, out: &mut Vec<String>) {
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let at = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
        match (before.get(key), after.get(key)) {
            (old, new) if old == new => {}
            (Some(toml::Value::Table(old)), Some(toml::Value::Table(new))) => {
                changes(&at, old, new, out);
            }
            (old, new) => {
                let shown = |value: Option<&toml::Value>| match value {
                    None => String::from("none"),
                    Some(toml::Value::String(text)) => shortened(text),
                    Some(value) => value.to_string(),
                };
                out.push(format!("{at} from {} to {}", shown(old), shown(new)));
            }
        }
    }
}

/// A percentage without the noughts at its end.
fn shortened(text: &str) -> String {
    match text.strip_suffix(" %").filter(|number| number.contains('.')) {
        Some(number) => format!("{} %", number.trim_end_matches('0').trim_end_matches('.')),
        None => text.to_owned(),
    }
}

/// Any other command: its fields, with the names of accounts in place of handles.
fn named(world: &World, command: &Command) -> String {
    const MARK: &str = "AccountId(";
    let text = format!("{command:?}");
    let mut parts = text.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(')').unwrap_or((part, ""));
        match number.parse() {
            Ok(handle) => out.push_str(&world.accounts().name_of(AccountId::from_handle(handle))),
            Err(_) => out.push_str(number),
        }
        out.push_str(rest);
    }
    let more = if out.chars().count() > MOST { "..." } else { "" };
    format!("{}{more}", out.chars().take(MOST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn only_what_changes_is_told() {
        let table = |text: &str| text.parse::<toml::Table>().unwrap();
        let before = table("cut = \"10.0000000 %\"\ncap = \"5 s\"\nin = { a = 1, b = 2 }");
        let after = table("cut = \"12.5000000 %\"\ncap = \"5 s\"\nin = { a = 1, b = 3 }");
        let mut lines = Vec::new();
        changes("", &before, &after, &mut lines);
        assert_eq!(lines, ["cut from 10 % to 12.5 %", "in.b from 2 to 3"]);
    }
}
