use super::{Fixed, SampleError, Stream};

/// 2^-53, the step between the uniforms of [`unit`].
const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Stream {
    /// Uniform on the 2^32 multiples of 2^-32 in [0, 1); one word.
    #[inline]
    pub fn fraction(&mut self) -> Fixed {
        Fixed::from_bits(i64::from(self.next_u32()))
    }

    /// Exponential with the given mean: -mean ln(u), u uniform on (0, 1] in steps of 2^-53.
    /// Range 0 to 36.8 means. Saturates.
    ///
    /// # Errors
    /// [`SampleError::Negative`] if `mean < 0`.
    pub fn exponential(&mut self, mean: Fixed) -> Result<Fixed, SampleError> {
        SampleError::refuse_negative("mean", mean)?;
        Ok(Fixed::round(-libm::log(unit(self)) * mean.to_f64()))
    }

    /// Pareto: scale u^(-1 / shape), so that P(X > x) = (scale / x)^shape for x >= scale.
    /// The mean is shape scale / (shape - 1) where shape > 1. Saturates.
    ///
    /// # Errors
    /// [`SampleError::NotPositive`] if `scale` or `shape` is not above nought.
    pub fn pareto(&mut self, scale: Fixed, shape: Fixed) -> Result<Fixed, SampleError> {
        SampleError::refuse_not_positive("scale", scale)?;
        SampleError::refuse_not_positive("shape", shape)?;
        let exponent = -libm::log(unit(self)) / shape.to_f64();
        Ok(Fixed::round(scale.to_f64() * libm::exp(exponent)))
    }
}

/// Uniform on k 2^-53, k = 1, ..., 2^53; two words.
pub(super) fn unit(stream: &mut Stream) -> f64 {
    ((stream.next_u64() >> 11) + 1) as f64 * STEP
}

#[cfg(test)]
mod tests {
    use super::{Fixed, SampleError, Stream, unit};

    #[test]
    fn unit_is_never_nought() {
        let mut stream = Stream::from_key([5; 32]);
        for _ in 0..100_000 {
            let u = unit(&mut stream);
            assert!(u > 0.0 && u <= 1.0);
        }
    }

    #[test]
    fn degenerate_parameters() {
        let mut stream = Stream::from_key([6; 32]);
        assert_eq!(stream.exponential(Fixed::ZERO), Ok(Fixed::ZERO));
        let value = Fixed::from_integer(-1);
        let negative = SampleError::Negative { parameter: "mean", value };
        assert_eq!(stream.exponential(value), Err(negative));
        let not_positive = SampleError::NotPositive { parameter: "shape", value: Fixed::ZERO };
        assert_eq!(stream.pareto(Fixed::ONE, Fixed::ZERO), Err(not_positive));
        // A tail this heavy leaves the range nearly always.
        let heavy = Fixed::from_bits(1);
        assert_eq!(stream.pareto(Fixed::ONE, heavy), Ok(Fixed::MAX));
    }
}
