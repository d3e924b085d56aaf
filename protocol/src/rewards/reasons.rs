//! Why rewards refuses.

use crate::refusal::reasons;

reasons! {
    501 NOT_NETWORK "rewards: only the network distributes" "close an epoch on the network";
}
