//! What people are shown of what a chain says.

use mock_chain::Mischief;

use crate::stage::{RICH, chain, pay, play, sender};

#[test]
fn a_refusal_never_reaches_the_terminal_as_it_was_sent() {
    let chain = chain();
    let error = play(async {
        let sender = sender(&chain, RICH).await;
        let text = "failed to execute message; message index: 0: E0404 governor: \u{1b}[2J\u{1b}]0;\
            owned\u{7} no such proposal; list them: execute wasm contract failed \
            [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:465]\ngoroutine 7 [running]:";
        chain.misbehave(Some(Mischief::Refuses(text.into())));
        sender.send(&pay(1), "").await.unwrap_err().to_string()
    });
    assert!(error.starts_with("E0404 governor: "), "{error}");
    assert!(error.ends_with("no such proposal; list them"), "{error}");
    assert!(!error.chars().any(char::is_control), "{error:?}");
}
