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
    517 NO_CAMPAIGN "rewards: no such campaign" "query the campaigns";
    518 ENDED "rewards: the campaign has ended" "open another one";
    519 BAD_MOST "rewards: a campaign whose rounds may promise nothing" "let a round promise at least 1 base unit";
    520 BAD_SECONDS "rewards: a campaign's period, delay or window out of bounds" "use at most 315360000 seconds, and a window of at least 1";
    521 OVER_RESERVE "rewards: that much is not there" "fund the campaign out of what the treasury is owed";
    522 BAD_TOTAL "rewards: a round promises nothing, or more than the campaign allows" "keep to the campaign's terms";
    523 TOO_SOON "rewards: the last round is too recent" "wait until the period is over";
    524 BAD_LEAVES "rewards: number of leaves out of bounds" "use 1 to 1048576 leaves";
    525 WRONG_ROUND "rewards: not the campaign's next round" "query the campaign, and hash its next round into the leaves";
    526 NO_ROUND "rewards: no such round, or it was revoked" "query the campaign's rounds";
    527 NOT_YET "rewards: claims are not open yet" "wait until the delay is over";
    528 TOO_LATE "rewards: the window for claims is over" "claim earlier next time";
    529 NO_LEAF "rewards: no such leaf in this round" "use the index that was published";
    530 LEAF_CLAIMED "rewards: this leaf was claimed before" "nothing more is owed for it";
    531 PROOF_LENGTH "rewards: a proof of another length" "use the proof that belongs to the index";
    532 BAD_PROOF "rewards: the proof does not lead to the root" "use the published account, amount and proof";
    533 OVER_BUDGET "rewards: the round has less left" "tell the campaign's publisher: it promised more than it had";
    534 WINDOW_OPEN "rewards: the window for claims is not over" "wait until it is";
    535 NOTHING_LEFT "rewards: nothing is left to return" "every unit was claimed or returned";
    536 MODULE_LEAF "rewards: a leaf that pays a contract of the protocol" "pay accounts; the treasury gets what is left anyway";
    537 AIRDROP_WINDOW "rewards: an airdrop's window is empty" "end it after it begins";
}
