use std::num::NonZeroU64;

use super::{SampleError, Stream};

/// A choice among categories with integer weights: P(i) = weight_i / sum, exactly.
///
/// ```
/// use simulator::random::{Categorical, Seed};
///
/// let honest_or_lazy = Categorical::new(&[9, 1])?;
/// let mut stream = Seed::new(1).stream(0, "population", "kind");
/// assert!(honest_or_lazy.draw(&mut stream) < 2);
/// # Ok::<(), simulator::random::SampleError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Categorical {
    /// Sum of the weights up to and including each category.
    cumulated: Vec<u64>,
    sum: NonZeroU64,
}

impl Categorical {
    /// Takes the weights of categories 0, 1, ...; a weight of nought is never drawn.
    ///
    /// # Errors
    /// [`SampleError::NoWeight`] if they sum to nought, [`SampleError::WeightsTooLarge`] if
    /// to 2^64 or more.
    pub fn new(weights: &[u64]) -> Result<Self, SampleError> {
        let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        let sum = u64::try_from(total).map_err(|_| SampleError::WeightsTooLarge { sum: total })?;
        let sum = NonZeroU64::new(sum).ok_or(SampleError::NoWeight)?;
        let mut running = 0;
        let cumulated = weights
            .iter()
            .map(|weight| {
                running += weight;
                running
            })
            .collect();
        Ok(Self { cumulated, sum })
    }

    /// The index of a category; a binary search.
    pub fn draw(&self, stream: &mut Stream) -> usize {
        let point = stream.below(self.sum);
        self.cumulated.partition_point(|reached| *reached <= point)
    }
}

#[cfg(test)]
mod tests {
    use super::{Categorical, SampleError, Stream};

    #[test]
    fn weightless_categories_are_never_drawn() {
        let categories = Categorical::new(&[0, 5, 0, 0, 1, 0]).unwrap();
        let mut stream = Stream::from_key([4; 32]);
        for _ in 0..10_000 {
            assert!([1, 4].contains(&categories.draw(&mut stream)));
        }
    }

    #[test]
    fn impossible_weights_are_refused() {
        assert_eq!(Categorical::new(&[]), Err(SampleError::NoWeight));
        assert_eq!(Categorical::new(&[0, 0]), Err(SampleError::NoWeight));
        let sum = u128::from(u64::MAX) + 1;
        assert_eq!(Categorical::new(&[u64::MAX, 1]), Err(SampleError::WeightsTooLarge { sum }));
    }
}
