//! Why the network refuses.

use crate::refusal::reasons;

reasons! {
    301 NO_TOPIC "network: no such topic" "query the topics";
}
