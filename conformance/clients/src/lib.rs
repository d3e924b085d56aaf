//! What other projects' published clients read of the contracts: all of it is in the tests.
