//! Why the treasury refuses.

use crate::refusal::reasons;

reasons! {
    601 OVER_CAP "treasury: the window's outflow would be above the cap" "wait until earlier payments leave the window, or use the constitutional track";
    602 LOW_FUNDS "treasury: less is held than is promised and would be paid" "pay less, or fund the treasury first";
    603 TRACK_TOO_LOW "treasury: the proposal's track may not carry this action" "propose it on the constitutional track";
    604 NEVER_CARRIED "treasury: no proposal may carry this action" "see the module's chapter for who sends it";
    605 TOO_MANY_ACTIONS "treasury: too many actions" "use at most 16, or several proposals";
    606 NOTHING "treasury: the amount is zero" "use at least 1 base unit";
    607 NO_STREAM "treasury: no such stream" "query the streams";
    608 NOT_RECIPIENT "treasury: only the recipient claims" "use the recipient's account";
    609 NOTHING_EARNED "treasury: nothing earned that is not claimed" "wait until more is earned";
    610 STREAM_ENDED "treasury: the stream was cancelled" "open another one";
    611 STREAM_RATE "treasury: the stream's rate or period is out of bounds" "use a rate of at least 1 in 1 second to 20 years";
    612 STREAM_DATES "treasury: the stream's cliff is before its start or after its end" "use start <= cliff <= end";
    613 NO_GRANT "treasury: no such grant" "query the grants";
    614 NO_MILESTONE "treasury: no such milestone, or it is released" "query the grant";
    615 PAST_DEADLINE "treasury: the grant's deadline is over" "open another grant";
    616 BEFORE_DEADLINE "treasury: the grant's deadline is not over" "wait, or pass a proposal";
    617 GRANT_RETURNED "treasury: the grant was returned" "open another one";
    618 GRANT_MILESTONES "treasury: the grant's milestones are out of bounds" "use 1 to 16, each of at least 1 base unit";
    619 NO_OFFER "treasury: the authority was not offered to the sender" "pass a proposal that offers it";
    620 WINDOW_RANGE "treasury: the cap's window is out of bounds" "use 1 second to 366 days";
    621 NOT_THE_TOKEN "treasury: notice from a contract that is not the token" "send the protocol's own token";
    622 OTHER_ASSET "treasury: the stream pays another asset" "fund it in its own asset";
    623 MESSAGE_TOO_LONG "treasury: a message is too long" "use at most 16384 bytes";
}
