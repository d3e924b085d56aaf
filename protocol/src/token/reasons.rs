//! Why the token refuses.

use crate::refusal::reasons;

reasons! {
    101 LOW_BALANCE "token: balance too low" "send at most what the account holds";
    102 NOT_MINTER "token: only the minter mints" "use the minter's account";
    103 ABOVE_CAP "token: supply would exceed the cap" "mint less";
}
