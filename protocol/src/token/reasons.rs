//! Why the token refuses.

use crate::refusal::reasons;

reasons! {
    101 LOW_BALANCE "token: balance too low" "use at most what the account holds";
    102 NOT_MINTER "token: only the minter mints" "use the minter's account";
    103 ABOVE_CAP "token: supply would exceed the cap" "mint less";
    104 OWN_ALLOWANCE "token: an allowance to oneself" "name another account as the spender";
    105 PAST_EXPIRY "token: the expiry is past already" "give a later height or time, or none";
    106 EXPIRED "token: the allowance has expired" "ask the owner for a new one";
    107 NO_ALLOWANCE "token: no allowance" "ask the owner for one";
    108 LOW_ALLOWANCE "token: allowance too low" "take at most what is allowed";
    109 DUPLICATE_ACCOUNT "token: an account is listed twice among the first balances" "list each account once";
}
