use std::collections::BTreeMap;

/// Sums amounts by who really holds them: `entities[i]` is the entity behind address i, and
/// the result has one sum an entity, in ascending order of entity.
///
/// `None` if the slices differ in length or a sum passes 2^128 - 1.
pub fn by_entity(amounts: &[u128], entities: &[u32]) -> Option<Vec<u128>> {
    if amounts.len() != entities.len() {
        return None;
    }
    let mut sums = BTreeMap::new();
    for (amount, entity) in amounts.iter().zip(entities) {
        let sum = sums.entry(*entity).or_insert(0_u128);
        *sum = sum.checked_add(*amount)?;
    }
    Some(sums.into_values().collect())
}
