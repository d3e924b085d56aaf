//! From losses to a row that reports them, in a topic where validators are reputers.

use protocol::Fraction;
use scoring_kernel::synthesis::{Column, Section, Signed, loss_of, word_of};

use super::{Me, Observation, TopicView};
use crate::random::Fixed;

/// Every loss, off by `noise` N(0, 1) decades.
pub(super) fn measured(losses: &[(u16, Signed)], noise: Fixed, me: &mut Me) -> Vec<(u16, u16)> {
    me.draws.resize(losses.len(), Fixed::ZERO);
    me.noise.fill_normal(&mut me.draws);
    let draws = losses.iter().zip(&me.draws);
    draws
        .map(|(&(place, loss), draw)| {
            let error = i128::from(noise.mul_floor(*draw).bits()) << 32;
            (place, word_of(loss.plus(Signed::from_raw(error))))
        })
        .collect()
}

/// Makes slots look better by `share` of a decade: their own losses lower, the network's without them
/// higher, the naive network's with them lower. Slots ascend.
pub(super) fn favour(row: &mut [(u16, u16)], slots: &[u16], share: Fraction) {
    let shift = Signed::from_ratio_trunc(share.parts().into(), Fraction::WHOLE.into());
    for (place, word) in row {
        let Column::Of(uid, section) = Column::at(*place) else { continue };
        let Some(loss) = loss_of(*word).filter(|_| slots.binary_search(&uid).is_ok()) else {
            continue;
        };
        *word = word_of(match section {
            Section::Own | Section::With => loss.minus(shift),
            Section::Without => loss.plus(shift),
        });
    }
}

/// The power-weighted mean of what others' rows report, loss by loss.
pub(super) fn copied(
    rows: &[Vec<(u16, u16)>],
    topic: &TopicView,
    seen: &Observation,
    me: &Me,
) -> Vec<(u16, u16)> {
    let width = scoring_kernel::RowForm::Losses.columns(topic.slots.len());
    let mut sums = vec![(0u128, 0u128); width];
    for (row, holder) in rows.iter().zip(&topic.slots) {
        let Some(holder) = holder.filter(|holder| *holder != me.account) else { continue };
        let power = seen.power_of(holder).units();
        for (place, word) in row {
            if let Some((sum, powers)) = sums.get_mut(usize::from(*place)) {
                *sum += power * u128::from(*word);
                *powers += power;
            }
        }
    }
    let means = (0..).zip(sums).filter_map(|(place, (sum, powers))| {
        let mean = (sum + powers / 2).checked_div(powers)?;
        Some((place, u16::try_from(mean).unwrap_or(u16::MAX)))
    });
    means.collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, Fraction, Section, favour, word_of};
    use scoring_kernel::synthesis::Signed;

    #[test]
    fn favours_are_a_part_of_a_decade() {
        let half = Fraction::from_parts(Fraction::WHOLE / 2).unwrap();
        let loss = |halves| word_of(Signed::from_ratio_trunc(halves, 2));
        let place = |uid, section| Column::Of(uid, section).place();
        let mut row = vec![
            (Column::Combined.place(), loss(-4)),
            (place(2, Section::Own), loss(-4)),
            (place(3, Section::Own), loss(-4)),
            (place(3, Section::Without), loss(-4)),
        ];
        favour(&mut row, &[3], half);
        let words: Vec<u16> = row.iter().map(|(_, word)| *word).collect();
        assert_eq!(words, [loss(-4), loss(-4), loss(-5), loss(-3)]);
    }
}
