//! A state that was exported and imported goes on as the one that it was taken of.

use crate::{
    aim::{aim, habitual},
    plan::Plan,
    step::{Act, Step},
};
use simulator::{native::World, snapshot::Snapshot};

/// Everybody whom a sequence may name has an address: without one, nobody can be written down.
const ACCOUNTS: u32 = 48;

/// Plays a sequence up to `cut`, writes the state and reads it, and plays the rest in both: the
/// same outcomes, digests and, at the end, records. What it returns is where they part.
pub(crate) fn resume(plan: &Plan, steps: &[Step], cut: usize) -> Result<(), String> {
    let mut genesis = plan.genesis();
    genesis.accounts = (0..ACCOUNTS).map(|n| format!("user {n}")).collect();
    let mut one = World::from_genesis(&genesis).map_err(|refused| refused.to_string())?;
    one.begin_block(one.height().after(1), one.time().after(5));
    let mut other = None;
    for (place, step) in steps.iter().enumerate() {
        if place == cut.min(steps.len() - 1) {
            other = Some(copied(&mut one)?);
        }
        let worlds = || format!("step {place}, cut at {cut}");
        if let Act::Wait { blocks, seconds } = step.act {
            let (height, time) = (one.height().after(blocks.into()), one.time());
            let time = time.after(seconds.into());
            one.begin_block(height, time);
            other.iter_mut().for_each(|other| other.begin_block(height, time));
        }
        let orders = [habitual(&one, plan.habit, place), aim(&one, step)];
        for order in orders.into_iter().flatten() {
            let first = one.execute(order.sender, order.command.clone(), order.funds);
            let Some(other) = &mut other else { continue };
            let second = other.execute(order.sender, order.command.clone(), order.funds);
            if first != second {
                return Err(format!("{}: {order:?}: {first:?} and {second:?}", worlds()));
            }
            if one.digests() != other.digests() {
                return Err(format!("{}: {order:?}: the states differ", worlds()));
            }
        }
    }
    let mut other = other.ok_or("the cut was never reached")?;
    match Snapshot::take(&mut one, "end") == Snapshot::take(&mut other, "end") {
        true => Ok(()),
        false => Err(String::from("the last states differ in what is not hashed")),
    }
}

/// The state, from its file.
fn copied(world: &mut World) -> Result<World, String> {
    let taken = Snapshot::take(world, "a fuzzed sequence");
    let read = Snapshot::parse(taken.to_json().as_bytes()).map_err(|error| error.to_string())?;
    if read != taken {
        return Err(String::from("what was read is not what was written"));
    }
    // Handles are in the orders, so they must be the same.
    read.world(&world.accounts().users()).map_err(|error| error.to_string())
}
