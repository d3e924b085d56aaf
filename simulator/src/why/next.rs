//! Why somebody will earn what it earns in the next close of a snapshot, where everybody repeats.

use protocol::{AccountId, Get, network};

use super::{Answer, WhyError, listen::Listener, terms};
use crate::native::World;
use crate::preview::{Repeat, role};
use crate::scenario::file::suggestion;
use crate::snapshot::Snapshot;

/// Answers for an account of a snapshot, by its name or its address in hexadecimal: the state is run
/// to the next close of the topic (its number; the first in which the account has a slot where
/// absent), while everybody repeats the rows that still count. Nothing was claimed before.
///
/// # Errors
/// A name or a topic that is none; a close that does not come.
pub fn why_next(snapshot: &Snapshot, who: &str, topic: Option<&str>) -> Result<Answer, WhyError> {
    let world = snapshot.world(&[])?;
    let account = account(&world, who)?;
    let topic = topic_of(&world, account, topic)?;
    let group = role(&world, account);
    let before: network::Topic = world.get(topic);
    let epoch = before.epoch.get();
    let mut repeat = Repeat::of(world, snapshot.about().block_seconds);
    let mut listener = Listener::new(account, topic, 0);
    repeat.until_closed(topic, &mut listener)?;
    let kept = listener.kept().ok_or(WhyError::NotKept { epoch })?;
    let world = repeat.state();
    let scene = terms::Scene {
        world,
        names: &|account| world.accounts().name_of(account),
        who: account,
        population: group,
        behaviour: "repeats",
        topic: (topic, topic.to_string()),
        claimed: 0,
    };
    terms::answer(scene, epoch, kept).ok_or(WhyError::NotKept { epoch })
}

fn account(world: &World, who: &str) -> Result<AccountId, WhyError> {
    let dashed = who.rsplit_once('.').map(|(group, number)| format!("{group}-{number}"));
    let users = world.accounts().users();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let named = |name: &str| {
        let known = users.iter().find(|known| known.name == name || hex(&known.address) == name)?;
        world.accounts().find(&known.address)
    };
    let found = named(who).or_else(|| named(dashed.as_deref()?));
    found.ok_or_else(|| {
        let names: Vec<&str> = users.iter().map(|known| known.name.as_str()).collect();
        let fix = match suggestion(dashed.as_deref().unwrap_or(who), &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => String::from("give a name or an address of the snapshot"),
        };
        WhyError::Nobody { who: who.to_owned(), fix }
    })
}

fn topic_of(world: &World, who: AccountId, asked: Option<&str>) -> Result<u16, WhyError> {
    let network::Params { topics } = world.get(());
    let Some(asked) = asked else {
        let seated = |topic: &u16| {
            let seat: network::Seat = world.get((*topic, who));
            seat.uid_plus_one > 0
        };
        return Ok((0..topics).find(seated).unwrap_or(0));
    };
    let found = asked.parse().ok().filter(|topic: &u16| *topic < topics);
    found.ok_or_else(|| WhyError::NoTopic {
        topic: asked.to_owned(),
        fix: format!("topics of a snapshot are called by their numbers, below {topics}"),
    })
}
