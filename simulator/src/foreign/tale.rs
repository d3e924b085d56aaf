//! What happened, in steps and numbers.

/// What the rule of a system made of an attack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tale {
    /// The outcome in a sentence.
    pub outcome: String,
    /// In order.
    pub steps: Vec<Step>,
    /// The numbers, which gates may be about.
    pub figures: Vec<Figure>,
    /// Rules that were missing.
    pub missing: Vec<Missing>,
    /// Title and unit of the bars.
    pub bars_of: (&'static str, &'static str),
    /// Numbers to compare at a glance: name, value, and whether it stands out.
    pub bars: Vec<(&'static str, u64, bool)>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, in words.
    pub when: String,
    /// What.
    pub what: String,
}

/// A number that a tale ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name, as gates give it.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What it counts.
    pub counted: Counted,
    /// Exact: above and below the line; below is 0 where there is no such number.
    pub value: (u128, u128),
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A part of a whole.
    Part,
    /// So many times.
    Times,
    /// Whole things, in the plural.
    Things(&'static str),
    /// Tokens, by their symbol, or a currency.
    Tokens(&'static str),
    /// 1 is yes, 0 is no.
    Truth,
}

/// A rule that was missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The rule.
    pub rule: &'static str,
    /// What it would have done.
    pub would: &'static str,
}

impl Figure {
    /// The number; `None` where there is none.
    pub fn number(&self) -> Option<f64> {
        let (above, below) = self.value;
        (below > 0).then(|| above as f64 / below as f64)
    }
}

impl Tale {
    /// Something happens.
    pub(super) fn step(&mut self, when: impl Into<String>, what: impl Into<String>) {
        self.steps.push(Step { when: when.into(), what: what.into() });
    }

    /// A part of a whole.
    pub(super) fn part(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        some: impl Into<u128>,
        all: impl Into<u128>,
    ) {
        self.figure(name, meaning, Counted::Part, (some.into(), all.into()));
    }

    /// So many times something else.
    pub(super) fn times(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        some: impl Into<u128>,
        other: impl Into<u128>,
    ) {
        self.figure(name, meaning, Counted::Times, (some.into(), other.into()));
    }

    /// Whole things, named in the plural.
    pub(super) fn count(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        things: &'static str,
        number: impl Into<u128>,
    ) {
        self.figure(name, meaning, Counted::Things(things), (number.into(), 1));
    }

    /// Tokens or money.
    pub(super) fn tokens(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        symbol: &'static str,
        number: impl Into<u128>,
    ) {
        self.figure(name, meaning, Counted::Tokens(symbol), (number.into(), 1));
    }

    /// Whether something is so.
    pub(super) fn truth(&mut self, name: &'static str, meaning: &'static str, is: bool) {
        self.figure(name, meaning, Counted::Truth, (is.into(), 1));
    }

    /// A rule that the system did not have.
    pub(super) fn lacked(&mut self, rule: &'static str, would: &'static str) {
        self.missing.push(Missing { rule, would });
    }

    fn figure(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        counted: Counted,
        value: (u128, u128),
    ) {
        self.figures.push(Figure { name, meaning, counted, value });
    }
}

/// A number in words, with commas: `1,043,700,000`.
pub(super) fn grouped(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped_by_three() {
        let words = [0u64, 7, 999, 1_000, 1_043_700_000].map(grouped);
        assert_eq!(words, ["0", "7", "999", "1,000", "1,043,700,000"]);
    }
}
