//! How well one ordering follows another. Both take two slices whose entries belong together
//! pair by pair, and are undefined (`None`) if the slices differ in length, hold fewer than
//! two entries, a value that is not finite, or if either is constant.

use std::cmp::Ordering;

/// Spearman's rho: Pearson's correlation of the ranks, tied values sharing their mean rank.
///
/// Range -1 (reversed) to 1 (the same order). Ranks are doubled to be integers, sums are
/// exact; one root and one division. Source: Spearman 1904.
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if !comparable(a, b) {
        return None;
    }
    let (a, b) = (doubled_ranks(a), doubled_ranks(b));
    // Twice the mean rank; each deviation is twice the true one, which cancels.
    let middle = a.len() as i128 + 1;
    let (mut joint, mut own_a, mut own_b) = (0, 0, 0);
    for (a, b) in a.iter().zip(&b) {
        let (a, b) = (a - middle, b - middle);
        joint += a * b;
        own_a += a * a;
        own_b += b * b;
    }
    ratio(joint, own_a, own_b)
}

/// Kendall's tau-b: `(C - D) / sqrt((P - Ta)(P - Tb))`: C concordant and D discordant pairs
/// out of P = n (n - 1) / 2, of which Ta are tied in `a` and Tb in `b`.
///
/// Range -1 (reversed) to 1 (the same order). Counts are exact. Time n log n (Knight, "A
/// Computer Method for Calculating Kendall's Tau with Ungrouped Data", 1966).
pub fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    if !comparable(a, b) {
        return None;
    }
    let mut points: Vec<(f64, f64)> = a.iter().copied().zip(b.iter().copied()).collect();
    points.sort_unstable_by(|p, q| compare(p.0, q.0).then(compare(p.1, q.1)));
    let tied_a = tied_pairs(&points, |p, q| p.0 == q.0);
    let tied_both = tied_pairs(&points, |p, q| p == q);
    let mut seconds: Vec<f64> = points.iter().map(|point| point.1).collect();
    // Within a tie of a, b ascends, so each inversion of b is a discordant pair.
    let discordant = sort_counting_inversions(&mut seconds);
    let tied_b = tied_pairs(&seconds, |p, q| p == q);
    let pairs = pairs_of(a.len());
    let concordant = pairs - tied_a - tied_b + tied_both - discordant;
    ratio(concordant - discordant, pairs - tied_a, pairs - tied_b)
}

fn comparable(a: &[f64], b: &[f64]) -> bool {
    let finite = a.iter().chain(b).all(|value| value.is_finite());
    finite && a.len() == b.len() && a.len() >= 2
}

/// joint / sqrt(own_a own_b), of which neither is negative.
fn ratio(joint: i128, own_a: i128, own_b: i128) -> Option<f64> {
    if own_a == 0 || own_b == 0 {
        return None;
    }
    // Equal roots multiply back exactly, so perfect agreement is exactly 1.
    let scale = if own_a == own_b {
        own_a as f64
    } else {
        libm::sqrt(own_a as f64) * libm::sqrt(own_b as f64)
    };
    Some((joint as f64 / scale).clamp(-1.0, 1.0))
}

/// Finite values in order, -0 equal to 0.
fn compare(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// Twice the rank of each value, ranks counted from 1 and tied ones averaged.
fn doubled_ranks(values: &[f64]) -> Vec<i128> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|i, j| compare(values[*i], values[*j]));
    let mut ranks = vec![0; values.len()];
    let mut before = 0;
    for tie in order.chunk_by(|i, j| values[*i] == values[*j]) {
        // Ranks before + 1 to before + length: twice their mean.
        for place in tie {
            ranks[*place] = (2 * before + tie.len() + 1) as i128;
        }
        before += tie.len();
    }
    ranks
}

fn pairs_of(count: usize) -> i128 {
    let count = count as i128;
    count * (count - 1) / 2
}

fn tied_pairs<T>(sorted: &[T], same: impl Fn(&T, &T) -> bool) -> i128 {
    sorted.chunk_by(same).map(|tie| pairs_of(tie.len())).sum()
}

/// Merge sort; the number of pairs that stood in descending order.
fn sort_counting_inversions(values: &mut [f64]) -> i128 {
    let mut inversions = 0;
    let mut merged = Vec::with_capacity(values.len());
    let mut width = 1;
    while width < values.len() {
        for run in values.chunks_mut(2 * width) {
            let (left, right) = run.split_at(width.min(run.len()));
            let (mut i, mut j) = (0, 0);
            merged.clear();
            while i < left.len() && j < right.len() {
                if right[j] < left[i] {
                    inversions += (left.len() - i) as i128;
                    merged.push(right[j]);
                    j += 1;
                } else {
                    merged.push(left[i]);
                    i += 1;
                }
            }
            merged.extend_from_slice(&left[i..]);
            merged.extend_from_slice(&right[j..]);
            run.copy_from_slice(&merged);
        }
        width *= 2;
    }
    inversions
}
