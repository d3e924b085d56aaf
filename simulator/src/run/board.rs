//! Lists of payments that are shown off chain, as far as their roots are on chain.

use protocol::{Get, rewards};

use crate::{
    agents::{CampaignView, Observation, Posted},
    claims::List,
    native::World,
};

/// Brings campaigns and lists up to the state of a close; `shown` are the new ones.
///
/// A list whose root was refused is not shown. One whose root was revoked has nothing left; it
/// keeps its place, so that whoever reads them in order misses none.
pub(super) fn look(world: &World, shown: &mut Vec<List>, seen: &mut Observation) {
    let rewards::Campaigns { next } = world.get(());
    seen.campaigns.clear();
    seen.campaigns.extend((0..next).map(|number| {
        let rewards::Campaign { rounds, reserve, ended, .. } = world.get(number);
        CampaignView { rounds, reserve, ended }
    }));
    for list in shown.drain(..) {
        let round: rewards::Round = world.get(list.place());
        let published = list.publication(round.left).root == round.root;
        if published && !seen.lists.iter().any(|posted| posted.list.place() == list.place()) {
            let (opens, closes, left) = (round.from, round.until, round.left);
            seen.lists.push(Posted { list, opens, closes, left });
        }
    }
    for posted in &mut seen.lists {
        let round: rewards::Round = world.get(posted.list.place());
        posted.left = round.left;
    }
}
