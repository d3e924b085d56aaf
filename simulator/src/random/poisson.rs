use super::continuous::unit;
use super::{Fixed, SampleError, Stream};

/// Up to this mean the distribution function is summed term by term.
const SUMMED_UP_TO: f64 = 10.0;

impl Stream {
    /// Poisson with the given mean: P(k) = mean^k e^-mean / k!.
    ///
    /// Means up to 10 by inversion; larger ones by transformed rejection (Hormann, "The
    /// transformed rejection method for generating Poisson random variables", Insurance:
    /// Mathematics and Economics 12, 1993, algorithm PTRS).
    ///
    /// # Errors
    /// [`SampleError::Negative`] if `mean < 0`.
    pub fn poisson(&mut self, mean: Fixed) -> Result<u64, SampleError> {
        SampleError::refuse_negative("mean", mean)?;
        let mean = mean.to_f64();
        Ok(if mean <= SUMMED_UP_TO { summed(self, mean) } else { rejected(self, mean) })
    }
}

/// The least k with u <= P(X <= k).
fn summed(stream: &mut Stream, mean: f64) -> u64 {
    let u = unit(stream);
    let mut term = libm::exp(-mean);
    let mut sum = term;
    let mut count = 0;
    // The terms vanish long before the sum stops short of a u next to one.
    while u > sum && term > 0.0 {
        count += 1;
        term *= mean / count as f64;
        sum += term;
    }
    count
}

fn rejected(stream: &mut Stream, mean: f64) -> u64 {
    let ln_mean = libm::log(mean);
    let b = 0.931 + 2.53 * libm::sqrt(mean);
    let a = -0.059 + 0.024_83 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let accept_below = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = unit(stream) - 0.5;
        let v = unit(stream);
        let us = 0.5 - libm::fabs(u);
        let k = libm::floor((2.0 * a / us + b) * u + mean + 0.43);
        if us >= 0.07 && v <= accept_below {
            return k as u64;
        }
        if k < 0.0 || (us < 0.013 && v > us) {
            continue;
        }
        let left = libm::log(v * inverse_alpha / (a / (us * us) + b));
        if left <= k * ln_mean - mean - libm::lgamma(k + 1.0) {
            return k as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fixed, Stream, summed};

    #[test]
    fn mean_nought_gives_nought() {
        let mut stream = Stream::from_key([7; 32]);
        for _ in 0..1_000 {
            assert_eq!(stream.poisson(Fixed::ZERO), Ok(0));
        }
    }

    #[test]
    fn summing_ends() {
        let mut stream = Stream::from_key([8; 32]);
        let most = (0..100_000).map(|_| summed(&mut stream, 10.0)).max();
        assert!(most < Some(40), "{most:?}");
    }

    #[test]
    fn the_largest_mean_ends() {
        let mut stream = Stream::from_key([8; 32]);
        let count = stream.poisson(Fixed::MAX).unwrap();
        // Five deviations of sqrt(2^31) = 46,341.
        assert!(count.abs_diff(1 << 31) < 231_705, "{count}");
    }
}
