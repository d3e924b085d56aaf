//! `moot submit-weights`.

use std::path::Path;

use interface::network::ExecuteMsg;
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;

/// Replaces the sender's row of weights.
///
/// # Errors
/// Weights that are none, or the network refuses.
pub(crate) fn submit_weights(args: &chain::SubmitWeights, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (topic, weights) = (args.topic, weights(&args.weights)?);
    let what = format!("submit weights of {} slots in topic {topic}", weights.len());
    let message = call(&receipt, ModuleId::Network, &ExecuteMsg::SubmitWeights { topic, weights })?;
    act_and_tell(&session, output, &what, &[message])
}

/// Reads `3:65535,5:20000`, or a file of it or of `[[3, 65535], [5, 20000]]`; ascending by slot.
fn weights(text: &str) -> Outcome<Vec<(u16, u16)>> {
    let row = match Path::new(text).is_file() {
        true => pairs(&std::fs::read_to_string(text)?),
        false => pairs(text),
    };
    row.map_err(|why| usage(format!("`{text}` are no weights: {why}")))
}

/// Reads a row in either form; ascending by slot.
///
/// # Errors
/// Text that is none.
pub(crate) fn pairs(text: &str) -> Result<Vec<(u16, u16)>, String> {
    let text = text.trim();
    let mut row: Vec<(u16, u16)> = if text.starts_with('[') {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        let pair = |pair: &str| {
            let (uid, weight) = pair.split_once(':')?;
            Some((uid.trim().parse().ok()?, weight.trim().parse().ok()?))
        };
        let row: Option<_> = text.split(',').map(pair).collect();
        row.ok_or("write UID:WEIGHT,UID:WEIGHT, weights up to 65535")?
    };
    row.sort_unstable();
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::weights;

    #[test]
    fn rows_are_read_and_sorted() {
        assert_eq!(weights("5:20000, 3:65535").unwrap(), [(3, 65_535), (5, 20_000)]);
        for text in ["", "3", "3:65536", "x:1", "-1:1"] {
            assert!(weights(text).is_err(), "{text}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("row.json");
        std::fs::write(&file, "[[2, 7], [1, 9]]").unwrap();
        assert_eq!(weights(file.to_str().unwrap()).unwrap(), [(1, 9), (2, 7)]);
    }
}
