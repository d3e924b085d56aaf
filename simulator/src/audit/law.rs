//! The laws by number, and what shows each.

/// What shows whether a law holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// One state.
    ByState,
    /// A command's before and after: fuzzing and every rehearsal compare them.
    BySteps,
    /// Properties of rules, or the environment: tests.
    ByTests,
}

impl Shown {
    /// In words, for tables.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ByState => "this state",
            Self::BySteps => "a command's before and after",
            Self::ByTests => "tests of the rules",
        }
    }
}

/// A law of `docs/laws.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Law {
    /// Its number there.
    pub number: u8,
    /// What it says.
    pub says: &'static str,
    /// What shows it.
    pub shown: Shown,
}

/// Every law, in order.
pub static LAWS: [Law; 28] = [
    Law {
        number: 1,
        says: "Each contract holds at least stake, unbonding, unclaimed and undistributed; exactly that when nobody donated.",
        shown: Shown::ByState,
    },
    Law {
        number: 2,
        says: "At every height, own undelegated and received power of all accounts sum to the total power.",
        shown: Shown::ByState,
    },
    Law {
        number: 3,
        says: "Every counter equals what full enumeration finds.",
        shown: Shown::ByState,
    },
    Law { number: 4, says: "Power at a past height never changes.", shown: Shown::BySteps },
    Law {
        number: 5,
        says: "A change in block h is invisible at h and visible at h + 1; the last write of a block wins.",
        shown: Shown::ByState,
    },
    Law {
        number: 6,
        says: "Transfer, unstake or delegation never lets the same stake vote twice.",
        shown: Shown::ByState,
    },
    Law {
        number: 7,
        says: "Delegation conserves power: no cycle, no gain for oneself.",
        shown: Shown::ByState,
    },
    Law { number: 8, says: "A tally is the sum of the recorded ballots.", shown: Shown::ByState },
    Law {
        number: 9,
        says: "Snapshot < start < end; proposer, snapshot, deadline and thresholds are fixed at creation.",
        shown: Shown::ByState,
    },
    Law {
        number: 10,
        says: "A proposal is never both executed and cancelled.",
        shown: Shown::BySteps,
    },
    Law {
        number: 11,
        says: "A proposal executes at most once, only when passed, only after the timelock.",
        shown: Shown::BySteps,
    },
    Law {
        number: 12,
        says: "Status transitions form a directed graph without cycles.",
        shown: Shown::BySteps,
    },
    Law { number: 13, says: "More yes power never defeats a proposal.", shown: Shown::ByTests },
    Law { number: 14, says: "Claimed <= accrued <= funded.", shown: Shown::ByState },
    Law { number: 15, says: "A second claim pays 0.", shown: Shown::BySteps },
    Law { number: 16, says: "A reward index never falls.", shown: Shown::BySteps },
    Law {
        number: 17,
        says: "A reward's numerator and denominator use the same height.",
        shown: Shown::BySteps,
    },
    Law {
        number: 18,
        says: "Dust is at most the number of holders per distribution, and is carried forward.",
        shown: Shown::ByState,
    },
    Law {
        number: 19,
        says: "Order and frequency of claims change a payout by at most 1 unit.",
        shown: Shown::ByTests,
    },
    Law {
        number: 20,
        says: "Split or merged delegations earn the same within dust.",
        shown: Shown::ByTests,
    },
    Law {
        number: 21,
        says: "Scores do not depend on the order of contributors; shares sum to exactly 1.",
        shown: Shown::ByTests,
    },
    Law {
        number: 22,
        says: "One reveal per commit, bound to sender, epoch, chain and contract.",
        shown: Shown::ByTests,
    },
    Law {
        number: 23,
        says: "Only the owner changes parameters, and only within hard bounds.",
        shown: Shown::ByState,
    },
    Law {
        number: 24,
        says: "A pause never blocks a withdrawal; a hook never vetoes an exit.",
        shown: Shown::BySteps,
    },
    Law {
        number: 25,
        says: "Gas stays within budget at the largest population; pages compose to the whole, bit for bit.",
        shown: Shown::ByTests,
    },
    Law {
        number: 26,
        says: "Migration and export-import preserve the state hash.",
        shown: Shown::ByState,
    },
    Law { number: 27, says: "A failed message changes nothing.", shown: Shown::BySteps },
    Law {
        number: 28,
        says: "Threads, platform and rerun give the same state hash.",
        shown: Shown::ByTests,
    },
];

#[cfg(test)]
mod tests {
    use super::LAWS;

    #[test]
    fn laws_are_those_of_the_list() {
        let list = include_str!("../../../docs/laws.toml");
        let list: toml::Table = list.parse().unwrap();
        let rows = list["law"].as_table().unwrap();
        assert_eq!(rows.len(), LAWS.len());
        for law in &LAWS {
            let row = &rows[&format!("{:02}", law.number)];
            assert_eq!(row["says"].as_str(), Some(law.says), "law {}", law.number);
        }
    }
}
