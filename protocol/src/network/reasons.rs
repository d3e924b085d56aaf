//! Why the network refuses.

use crate::refusal::reasons;

reasons! {
    301 NO_TOPIC "network: no such topic" "query the topics";
    302 NOT_THE_TOKEN "network: notice from a contract that is not the token" "send the protocol's own token";
    303 BAD_TEMPO "network: tempo out of bounds" "use 1 to 100000 blocks";
    304 BAD_SLOTS "network: number of slots out of bounds" "use 1 to 4096 slots";
    305 BAD_IMMUNITY "network: immunity too long" "use at most 10000000 blocks";
    306 BAD_VALIDATORS "network: number of validators out of bounds" "use 1 to 512";
    307 BAD_CUTOFF "network: activity cutoff too long" "use at most 10000000 blocks";
    308 BAD_PRICE "network: price floor of zero or above the ceiling" "use 1 <= floor <= ceiling";
    309 BAD_HALF_LIFE "network: half-life out of bounds" "use 1 to 10000000 blocks";
    310 BAD_OWNER_CUT "network: owner's cut too large" "use at most one half";
    311 BAD_MECHANISM "network: a parameter of the mechanism is out of bounds" "see the mechanism's chapter";
    312 TOO_MANY_HOLDERS "network: more holders than slots" "give the topic more slots";
    313 TWO_SLOTS "network: an account is given two slots" "list each holder once";
    314 TOO_MANY_TOPICS "network: no number is left for a topic" "use at most 65535 topics";
    315 FEWER_SLOTS "network: slots cannot become fewer" "keep the number of slots or raise it";
    316 RESERVED "network: the owner may not change slots, cuts or the page fee" "pass a proposal for it";
    317 BELOW_PRICE "network: the amount is below the price of a slot" "send at least the price; the rest comes back";
    318 SEATED "network: the account holds a slot already" "leave it first, or use another account";
    319 ALL_IMMUNE "network: every slot is held and immune" "wait until an immunity ends";
    320 CLOSING "network: an epoch is being closed" "continue the close, as anyone may, then retry";
    321 NO_SEAT "network: the sender holds no slot of the topic" "register first";
    322 UID_TWICE "network: a uid or column appears twice" "give each one value";
    323 UID_ORDER "network: a uid or column is not above the one before it" "sort the row";
    324 NO_SUCH_SLOT "network: there is no such uid or column" "name slots of this topic";
    325 NOT_DUE "network: the epoch is not over" "close it from the due block on";
    326 NO_ROWS "network: a page needs at least one row" "raise the number of rows";
    327 CORRUPT "network: a stored row or page is not in its valid form" "report it; state was altered from outside";
    328 OTHER_ROWS "network: rows of the other mechanism mean something else" "open another topic for it";
}
