//! Transactions, each taken once: written down before it is broadcast and after it is included.

use std::cell::RefCell;

use client::{Error, Fate, Included, Message, Sender, Signed};

use crate::args::Output;
use crate::commands::chain::artifacts::{Artifact, hex};
use crate::commands::chain::receipt::{Done, Journal, Step};
use crate::commands::chain::session::{Session, usage};
use crate::exit::{Failure, Outcome};

/// The steps of one deployment.
pub(super) struct Steps<'a> {
    /// The chain.
    pub(super) session: &'a Session,
    /// Whose transactions.
    pub(super) sender: &'a Sender,
    /// Where they are written down.
    pub(super) journal: &'a mut Journal,
    /// Whether people are told.
    pub(super) output: Output,
}

impl Steps<'_> {
    /// Stores a code unless it is stored, and checks that the chain has the same bytes.
    ///
    /// # Errors
    /// The chain refuses, or has other bytes.
    pub(super) fn store(&mut self, name: &str, artifact: &Artifact) -> Outcome {
        let step = format!("store {name}");
        let stored = self.take(&step, &[Message::Store { wasm: artifact.wasm.clone() }])?;
        if let Some(included) = stored {
            let code = included.attribute("store_code", "code_id").and_then(|id| id.parse().ok());
            let code: u64 = code.ok_or_else(|| {
                Failure::Network(format!("transaction {} names no code", included.hash))
            })?;
            self.journal.receipt.codes.insert(name.to_owned(), code);
            self.journal.write()?;
        }
        let code = self.journal.receipt.codes.get(name).copied().unwrap_or_default();
        let found = self.session.wait(self.session.node()?.code(code))?;
        match found {
            Some(info) if info.checksum == artifact.checksum => Ok(()),
            Some(info) => Err(Failure::Network(format!(
                "code {code} on the chain is {}, and {name}.wasm {}",
                hex(&info.checksum),
                hex(&artifact.checksum)
            ))),
            None => Err(usage(format!(
                "the chain has no code {code}, which the receipt says was stored: it is not the \
                 chain of the receipt\nnext: name another receipt: --deployment"
            ))),
        }
    }

    /// Takes a step unless it was taken; gives what a block includes if it is new to the receipt
    /// or has still to be read from it.
    ///
    /// # Errors
    /// The chain refuses, or its fate is unknown.
    pub(super) fn take(&mut self, name: &str, messages: &[Message]) -> Outcome<Option<Included>> {
        let included = match self.journal.receipt.step(name).cloned() {
            Some(Step { done: Some(_), hash, .. }) => {
                // A crash between this and what was to be read from it.
                return match name.strip_prefix("store ") {
                    Some(code) if !self.journal.receipt.codes.contains_key(code) => {
                        self.session.wait(self.session.node()?.transaction(&hash))
                    }
                    _ => Ok(None),
                };
            }
            Some(sent) => match self.resume(&sent)? {
                Some(included) => included,
                None => self.send(name, messages)?,
            },
            None => self.send(name, messages)?,
        };
        self.note_done(name, &included)?;
        if self.output == Output::Human {
            let Included { height, gas_used, .. } = &included;
            eprintln!("{name}: block {height}, {gas_used} gas");
        }
        Ok(Some(included))
    }

    /// What became of a step that was sent before a crash; `None` where it can no longer happen.
    fn resume(&self, sent: &Step) -> Outcome<Option<Included>> {
        let Step { name, hash, sequence, timeout_height, .. } = sent;
        eprintln!("{name}: looking up transaction {hash}, sent before");
        let signed = Signed::remembered(hash.clone(), *sequence, *timeout_height);
        let fate = self.session.wait(self.session.node()?.settle(&signed))?;
        Ok(match fate {
            Fate::Included(included) => Some(included),
            Fate::Lapsed => None,
        })
    }

    fn send(&mut self, name: &str, messages: &[Message]) -> Outcome<Included> {
        let journal = RefCell::new(&mut *self.journal);
        let note = |signed: &Signed| {
            let mut journal = journal.borrow_mut();
            let steps = &mut journal.receipt.steps;
            steps.retain(|step| step.name != name);
            steps.push(Step {
                name: name.to_owned(),
                hash: signed.hash.clone(),
                sequence: signed.sequence,
                timeout_height: signed.timeout_height,
                done: None,
            });
            let failed = |error| Error::Journal(format!("the receipt cannot be written: {error}"));
            journal.write().map_err(failed)
        };
        self.session.wait(self.sender.send_noting(messages, "moot deploy", &note))
    }

    fn note_done(&mut self, name: &str, included: &Included) -> Outcome {
        let steps = self.journal.receipt.steps.iter_mut();
        for step in steps.filter(|step| step.name == name) {
            step.done = Some(Done {
                height: included.height,
                gas_wanted: included.gas_wanted,
                gas_used: included.gas_used,
            });
        }
        Ok(self.journal.write()?)
    }
}
