//! Why staking refuses.

use crate::refusal::reasons;

reasons! {
    201 NOT_THE_TOKEN "staking: notice from a contract that is not the staked token" "send the staked token itself";
    202 NOTHING "staking: the amount is zero" "use at least 1 base unit";
}
