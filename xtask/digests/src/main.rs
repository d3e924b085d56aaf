//! Prints the digests as this platform computes them.

fn main() {
    print!("{}", digests::table());
}
