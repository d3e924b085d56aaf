//! The rulebook: pure state transitions, no I/O, no clock, no floats.
