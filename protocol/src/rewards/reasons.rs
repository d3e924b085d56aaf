//! Why rewards refuses.

use crate::refusal::reasons;

reasons! {
    501 NOT_NETWORK "rewards: only the network distributes" "close an epoch on the network";
    502 NOT_STAKING "rewards: only staking pays delegation rewards" "claim them on staking";
    503 TOO_MANY_SLOTS "rewards: too many slots in one claim" "claim fewer at a time";
    504 DUPLICATE_SLOT "rewards: a slot is listed twice" "list each slot once";
    505 NOT_HOLDER "rewards: the sender does not hold this slot" "claim the slots that you hold";
    506 NOTHING_TO_CLAIM "rewards: nothing to claim" "wait for the next epoch";
    507 TAKE_TOO_HIGH "rewards: take too high" "use at most one half";
    508 NO_GRANT "rewards: no such grant" "query the account's grants";
    509 ZERO_INTERVAL "rewards: the schedule's interval is zero" "use at least 1 block";
    510 NOT_DECAYING "rewards: a decay ratio of one" "use a ratio below 1, or the constant curve";
    511 DECAY_TOO_LONG "rewards: the decay takes too many steps" "use a longer interval with a lower ratio, or a higher tail";
    512 TAIL_ABOVE_RATE "rewards: the tail is above the first block's emission" "lower the tail";
    513 CAP_BELOW_SUPPLY "rewards: the cap is below what is issued" "raise the cap";
    514 GRANT_DATES "rewards: a grant's dates are not start <= cliff <= end with start < end" "put the dates in order";
    515 GRANT_AMOUNT "rewards: a grant of nothing, or claimed from the start" "grant at least 1 base unit, unclaimed";
    516 TOO_MANY_TOPICS "rewards: too many topics" "list at most 65535 weights";
}
