use super::{BILLION, Categorical, Fixed, SampleError, Seed, Stream};

/// Draws of each sampler under each parameter.
const DRAWS: usize = 4_096;

/// A digest over draws from every sampler, equal on every platform.
///
/// blake3 over, for each sampler in a fixed order, its name and `DRAWS` values as eight
/// bytes big-endian, each sampler on its own stream of seed 2^63. Tests compare it with a
/// committed value natively and in wasm32.
pub fn golden_digest() -> [u8; 32] {
    let mut ledger = Ledger { hasher: blake3::Hasher::new() };
    write(&mut ledger).expect("the parameters below are constants, and valid");
    *ledger.hasher.finalize().as_bytes()
}

struct Ledger {
    hasher: blake3::Hasher,
}

impl Ledger {
    fn record(
        &mut self,
        sampler: &str,
        mut draw: impl FnMut(&mut Stream) -> Result<u64, SampleError>,
    ) -> Result<(), SampleError> {
        let mut stream = Seed::new(1 << 63).stream(1, "golden", sampler);
        self.hasher.update(sampler.as_bytes());
        for _ in 0..DRAWS {
            self.hasher.update(&draw(&mut stream)?.to_be_bytes());
        }
        Ok(())
    }

    fn fixed(
        &mut self,
        sampler: &str,
        mut draw: impl FnMut(&mut Stream) -> Result<Fixed, SampleError>,
    ) -> Result<(), SampleError> {
        self.record(sampler, |stream| Ok(draw(stream)?.bits() as u64))
    }
}

fn write(ledger: &mut Ledger) -> Result<(), SampleError> {
    let thousandths = |parts: i64| Fixed::from_billionths(parts * 1_000_000);
    ledger.record("word", |stream| Ok(u64::from(stream.next_u32())))?;
    ledger.record("two words", |stream| Ok(stream.next_u64()))?;
    ledger.record("uniform small", |stream| stream.uniform(10, 16))?;
    // A bound of 3 * 2^62 is refused a quarter of the time.
    ledger.record("uniform large", |stream| stream.uniform(0, 3 << 62))?;
    ledger.record("bernoulli", |stream| Ok(u64::from(stream.bernoulli(BILLION / 3)?)))?;
    ledger.fixed("fraction", |stream| Ok(stream.fraction()))?;
    ledger.fixed("standard normal", |stream| Ok(stream.standard_normal()))?;
    ledger.fixed("normal", |stream| stream.normal(thousandths(-2_500), thousandths(700)))?;
    ledger.fixed("lognormal", |stream| stream.lognormal(thousandths(4_605), Fixed::ONE))?;
    ledger.fixed("exponential", |stream| stream.exponential(thousandths(12_345)))?;
    ledger.fixed("pareto", |stream| stream.pareto(Fixed::ONE, thousandths(1_160)))?;
    for (sampler, mean) in [
        ("poisson 0.3", thousandths(300)),
        ("poisson 10", Fixed::from_integer(10)),
        ("poisson 10.001", thousandths(10_001)),
        ("poisson 40,000", Fixed::from_integer(40_000)),
    ] {
        ledger.record(sampler, |stream| stream.poisson(mean))?;
    }
    let categories = Categorical::new(&[3, 0, 1 << 40, 7, 1 << 39])?;
    ledger.record("categorical", |stream| Ok(categories.draw(stream) as u64))?;
    let mut order: Vec<u64> = (0..16).collect();
    ledger.record("shuffle", |stream| {
        stream.shuffle(&mut order);
        Ok(order.iter().fold(0, |packed, item| packed << 4 | item))
    })?;
    ledger.record("choose", |stream| {
        Ok(stream.choose(1_000_000, 3)?.iter().fold(0, |packed, item| packed << 20 | item))
    })?;
    let mut block = vec![Fixed::ZERO; DRAWS];
    let mut place = 0;
    ledger.fixed("fill normal", |stream| {
        if place == 0 {
            stream.fill_normal(&mut block);
        }
        place += 1;
        Ok(block[place - 1])
    })
}
