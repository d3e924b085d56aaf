//! Consensus weights in fixed point: the same bits on chain and off.
