//! Why staking refuses.

use crate::refusal::reasons;

reasons! {
    201 NOT_THE_TOKEN "staking: notice from a contract that is not the staked token" "send the staked token itself";
    202 NOTHING "staking: the amount is zero" "use at least 1 base unit";
    203 NO_SUCH_TIER "staking: no such notice tier" "query the parameters";
    204 OTHER_TIER "staking: the position is in another notice tier" "stake in its tier, or raise it first";
    205 LOW_STAKE "staking: stake too low" "use at most what is bonded";
    206 TOO_MANY_UNBONDINGS "staking: too many open unbondings" "claim the matured ones first";
    207 NOTHING_MATURED "staking: no unbonding has matured" "wait until the notice is over";
    208 SELF_DELEGATION "staking: delegation to oneself" "take the delegation back instead";
    209 SAME_DELEGATE "staking: this is the delegate already" "name another account";
    210 NO_REWARDS "staking: no whole unit of rewards to claim" "wait for the next epoch";
    211 NOT_LONGER "staking: the notice would not be longer" "unstake to get to a shorter notice";
    212 OTHER_ASSET "staking: this asset is not the staked one" "query the parameters for the asset";
    213 ABOVE_MAX_STAKE "staking: more than may be bonded in all" "stake less";
    214 TOO_MANY_HOOKS "staking: too many subscribers" "remove one first";
    215 HOOK_KNOWN "staking: subscribed already" "nothing is to be done";
    216 HOOK_UNKNOWN "staking: not a subscriber" "query the subscribers";
    217 NO_TIERS "staking: no notice tier" "give at least one tier";
    218 TOO_MANY_TIERS "staking: too many notice tiers" "give fewer tiers";
    219 NOTICE_RANGE "staking: notice out of range" "use 1 second to 4 years";
    220 MULTIPLIER_RANGE "staking: multiplier out of range" "use 1 to 16 in parts per 10^9";
    221 TIER_ORDER "staking: a tier of longer notice has less power, or tiers are not in order of notice" "order tiers by notice and multiplier";
    222 ZERO_UNIT "staking: the unit of weight is zero" "use at least 1";
    223 WEIGHT_OVERFLOW "staking: the largest weight does not fit 64 bits" "use a larger unit or a lower max_stake";
    224 BOUNTY_TOO_HIGH "staking: bounty too high" "use at most one half";
    225 MAX_STAKE_TOO_LOW "staking: max_stake is below what is bonded, or zero" "use a higher max_stake";
    226 FIXED_PARAMETER "staking: the asset, the unit, and the multipliers of existing tiers cannot change" "append a tier instead";
    227 NOTICE_TOO_SHORT "staking: a notice is shorter than the governor's longest track" "lengthen it, or shorten the tracks first";
}
