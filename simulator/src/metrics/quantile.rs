/// Arithmetic mean, summed in the order given. `None` for an empty slice or a value that is
/// not finite.
pub fn mean(values: &[f64]) -> Option<f64> {
    let finite = values.iter().all(|value| value.is_finite());
    (finite && !values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The p-quantile: with `h = (n - 1) p`, linear between the order statistics at floor(h) and
/// floor(h) + 1, counted from 0. 0 gives the least value, 1/2 the median, 1 the greatest.
///
/// Type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996 (what numpy
/// and R take by default). `None` for an empty slice, a value that is not finite, or p
/// outside 0 to 1.
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    quantiles(values, &[p])?.pop()
}

/// Several quantiles of one slice, sorted once: one result for each p, see [`quantile`].
pub fn quantiles(values: &[f64], ps: &[f64]) -> Option<Vec<f64>> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ps.iter().map(|p| of_sorted(&ascending, *p)).collect()
}

/// [`quantile`] of ascending finite values.
pub(super) fn of_sorted(ascending: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = ascending.len().checked_sub(1)? as f64 * p;
    let floor = place as usize;
    let low = *ascending.get(floor)?;
    let high = *ascending.get(floor + 1).unwrap_or(&low);
    Some(low + (place - floor as f64) * (high - low))
}
