//! What a slot costs: raised by each registration, halved by time, inside bounds.

use crate::{network::PriceParams, units::Amount};

/// Bits of the fraction of a half-life that count.
const STEPS: usize = 32;

/// `ROOTS[i] = 2^-(2^-(i + 1))` in 64 fractional bits, each the floored square root of the one
/// before, the first that of one half.
const ROOTS: [u64; STEPS] = {
    let (mut roots, mut last, mut i) = ([0; STEPS], 1u64 << 63, 0);
    while i < STEPS {
        // sqrt(x / 2^64) * 2^64 = sqrt(x * 2^64), below 2^64.
        last = ((last as u128) << 64).isqrt() as u64;
        #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, i < STEPS")]
        {
            roots[i] = last;
        }
        i += 1;
    }
    roots
};

/// The price after `blocks` without a registration:
/// `clamp(floor(price * g / 2^(32 + n)), floor, ceiling)`, where `n` is the number of whole
/// half-lives in `blocks` and `g = 2^32 * 2^-x` for the rest `x` of one, `x` floored to 32 and
/// `g` to 32 fractional bits.
///
/// Exact after whole half-lives (`floor(price / 2^n)`), never rising in `blocks`, and off from
/// the real exponential by less than 2^-30 of the price and one base unit in between. A
/// half-life of zero counts as one.
pub fn price_now(params: &PriceParams, price: Amount, blocks: u64) -> Amount {
    let half_life = params.half_life.max(1);
    let halvings = u32::try_from(blocks / half_life).unwrap_or(u32::MAX);
    // price < 2^95 and the factor at most 2^32: the product fits.
    let faded = (price.units() * halving(blocks % half_life, half_life)) >> STEPS;
    clamp(params, Amount::saturating(faded.checked_shr(halvings).unwrap_or(0)))
}

/// The price after a registration at `price`: `price + ceil(rise * price)`, inside bounds.
pub fn raised(params: &PriceParams, price: Amount) -> Amount {
    clamp(params, Amount::saturating(price.units() + params.rise.ceil_of(price.units())))
}

fn clamp(params: &PriceParams, price: Amount) -> Amount {
    // Not `clamp`, which panics where the bounds contradict each other.
    price.min(params.ceiling).max(params.floor)
}

/// `floor(2^32 * 2^-(part / whole))` for `part < whole`; 2^32 for nothing.
///
/// The exponent's binary digits choose factors of [`ROOTS`]. Their 64 bits leave an error far
/// below the step of 2^-33.5 from one exponent to the next, so the result never rises.
fn halving(part: u64, whole: u64) -> u128 {
    let exponent = (u128::from(part) << STEPS) / u128::from(whole);
    if exponent == 0 {
        return 1 << STEPS;
    }
    let mut factor = u128::from(u64::MAX);
    for (i, &root) in ROOTS.iter().enumerate() {
        if (exponent >> (STEPS - 1 - i)) & 1 == 1 {
            factor = (factor * u128::from(root)) >> 64;
        }
    }
    factor >> (64 - STEPS)
}

#[cfg(test)]
mod tests {
    use super::{halving, price_now, raised};
    use crate::{
        network::PriceParams,
        testing::amount,
        units::{Amount, Fraction},
    };
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn params(floor: u128, ceiling: u128, half_life: u64) -> PriceParams {
        let rise = Fraction::from_parts(Fraction::WHOLE / 10).unwrap();
        PriceParams { floor: amount(floor), ceiling: amount(ceiling), rise, half_life }
    }

    #[test]
    fn known_prices() {
        let free = params(1, Amount::MAX.units(), 100);
        for (label, price, blocks, want) in [
            ("at once", 1000, 0, 1000),
            ("one half-life", 1000, 100, 500),
            ("two", 1000, 200, 250),
            ("half of one: 1000 / sqrt(2)", 1000, 50, 707),
            ("a quarter", 1_000_000, 25, 840_896),
            ("odd amounts floor", 1001, 100, 500),
            ("down to the floor", 1000, 100_000, 1),
            ("for ever", 1000, u64::MAX, 1),
            ("the largest", Amount::MAX.units(), 100, Amount::MAX.units() / 2),
        ] {
            assert_eq!(price_now(&free, amount(price), blocks).units(), want, "{label}");
        }
    }

    #[test]
    fn bounds_hold_on_both_sides() {
        let narrow = params(100, 200, 10);
        assert_eq!(price_now(&narrow, amount(1000), 0), amount(200));
        assert_eq!(price_now(&narrow, amount(150), 10), amount(100));
        assert_eq!(raised(&narrow, amount(190)), amount(200));
        assert_eq!(raised(&narrow, amount(101)), amount(112), "10.1 rounds up to 11");
    }

    proptest! {
        #[test]
        fn price_never_rises_while_nobody_registers(
            price in 1u128..=Amount::MAX.units(),
            half_life in 1u64..1 << 40,
            blocks in 0u64..1 << 42,
            more in 0u64..1 << 20,
        ) {
            let free = params(1, Amount::MAX.units(), half_life);
            let now = price_now(&free, amount(price), blocks);
            prop_assert!(price_now(&free, amount(price), blocks + more) <= now);
        }

        #[test]
        fn price_is_exact_at_whole_half_lives(
            price in 1u128..=Amount::MAX.units(), half_life in 1u64..1 << 40, n in 0u32..20,
        ) {
            let free = params(1, Amount::MAX.units(), half_life);
            let now = price_now(&free, amount(price), half_life * u64::from(n));
            prop_assert_eq!(now.units(), (price >> n).max(1));
        }

        #[test]
        fn price_stays_inside_its_bounds(
            price: u64, floor in 1u128..1 << 40, width in 0u128..1 << 40, blocks: u64,
            half_life: u64,
        ) {
            let bounds = params(floor, floor + width, half_life);
            for price in [
                price_now(&bounds, amount(price.into()), blocks),
                raised(&bounds, amount(price.into())),
            ] {
                prop_assert!(bounds.floor <= price && price <= bounds.ceiling);
            }
        }

        #[test]
        fn decay_follows_the_exponential(part in 0u64..1_000_000) {
            let exact = (-(part as f64) / 1e6).exp2();
            let ours = halving(part, 1_000_000) as f64 / (1u64 << 32) as f64;
            prop_assert!((exact - ours).abs() < 1e-9, "{exact} {ours}");
        }

        #[test]
        fn neighbouring_exponents_never_rise(part in 0u64..u64::from(u32::MAX)) {
            let whole = 1 << 32;
            prop_assert!(halving(part + 1, whole) <= halving(part, whole));
        }
    }
}
