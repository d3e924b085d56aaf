//! The governor: proposals, votes, deposits, the guardian. Answers cw3's queries.

mod execute;
mod params;
mod query;
mod question;
mod sent;

pub use execute::{ExecuteMsg, PausableMsg, ballot_message, command, message};
pub use params::{
    BoundsMsg, InstantiateMsg, MandateMsg, ParamsMsg, ThresholdMsg, TrackMsg, TrackParamsMsg,
    bounds, bounds_message, genesis, mandate, mandate_message, params, params_message,
};
pub use query::{BallotResponse, DepositResponse, DetailsResponse, QueryMsg};
pub use question::{ChoiceMsg, QuestionMsg, text};
pub use sent::sent;
