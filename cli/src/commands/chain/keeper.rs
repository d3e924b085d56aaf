//! `moot keeper`: does what anyone may do for a network, as soon as it is due.
//!
//! Three parts: `read` asks what the chain is like as of one block, `decide` says what is to be
//! done in such a state, `carry` does it. Nothing is remembered that the chain can be asked for.

mod carry;
mod decide;
mod journal;
mod metrics;
mod read;
mod row;
mod stop;
mod tell;

use std::path::PathBuf;
use std::time::Duration;

use client::{Block, Sender};
use protocol::ModuleId;

use crate::args::Output;
use crate::args::keeper::Keeper as Args;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::{Failure, Outcome};

use decide::{Act, Decision, View, decide};
use journal::{Journal, Notes};
use metrics::Metrics;
use read::{Reader, Seat};
use row::Source;
use stop::Stop;
use tell::{End, tell};

/// Looks in a row of one pass: an epoch of 4096 slots is closed in 16 pages of 256.
const ROUNDS: usize = 64;
/// Between two looks for the block of what was sent.
const POLL: Duration = Duration::from_millis(200);
/// The longest wait for a node that does not answer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A keeper at work.
struct Keeper<'a> {
    args: &'a Args,
    output: Output,
    session: Session,
    receipt: Receipt,
    sender: Sender,
    source: Option<Source>,
    folder: PathBuf,
    journal: Journal,
    metrics: Metrics,
    stop: Stop,
    /// The highest block that includes something of ours.
    seen: u64,
}

/// Looks at the chain and does what is due, until it is asked to end; once with `--once`.
///
/// # Errors
/// No receipt or key, a journal of something else; with `--once`, nodes that do not answer.
pub(crate) fn keeper(args: &Args, output: Output) -> Outcome {
    let mut chain = args.chain.clone();
    if chain.generate_only || chain.offline {
        return Err(usage("the keeper signs and sends by itself".into()));
    }
    chain.deployment = args.receipt.clone().or(chain.deployment);
    let session = Session::open(&chain)?;
    let receipt = Receipt::of(&session)?;
    let usual = session.receipt_path().with_extension("keeper");
    let folder = args.state.clone().unwrap_or(usual);
    if chain.dry_run {
        return rehearse(args, output, &session, &receipt, folder);
    }
    let stop = Stop::listen()?;
    let metrics = Metrics::default();
    if let Some(address) = args.metrics {
        eprintln!("metrics on http://{}/metrics", metrics.serve(address)?);
    }
    let sender = session.sender()?;
    let fresh = Notes::new(whose(&receipt, sender.address())?);
    let journal = Journal::open(folder.clone(), fresh)?;
    let source = Source::of(args);
    let seen = 0;
    let mut keeper = Keeper {
        args,
        output,
        session,
        receipt,
        sender,
        source,
        folder,
        journal,
        metrics,
        stop,
        seen,
    };
    keeper.work()
}

/// Chain, governor and keeper.
fn whose(receipt: &Receipt, keeper: &str) -> Outcome<[String; 3]> {
    let governor = receipt.contract(ModuleId::Governor)?.to_owned();
    Ok([receipt.order.chain_id.clone(), governor, keeper.to_owned()])
}

/// Tells what would be done now.
fn rehearse(
    args: &Args,
    output: Output,
    session: &Session,
    receipt: &Receipt,
    folder: PathBuf,
) -> Outcome {
    let who = session.args.from.as_ref().map(|_| session.address()).transpose()?;
    let who = who.unwrap_or_default();
    let fresh = Notes::new(whose(receipt, &who)?);
    let notes = if who.is_empty() { fresh } else { Notes::read(&folder, fresh)? };
    let block = session.wait(session.node()?.settled())?;
    let seat = seat(args, &who).filter(|_| !who.is_empty());
    let view = Reader { session, receipt, notes: &notes, seat }.view(&block)?;
    if let Some(pending) = &notes.pending {
        eprintln!("{}: transaction {} would be looked up first", pending.act.name(), pending.hash);
    }
    let decisions = decide(&view);
    for decision in &decisions {
        tell(output, view.height, decision, (&End::Would, false))?;
    }
    if decisions.is_empty() {
        tell::idle(output, view.height);
    }
    Ok(())
}

fn seat<'a>(args: &Args, who: &'a str) -> Option<Seat<'a>> {
    Source::of(args).map(|_| Seat { who, topic: args.topic, within: args.row_within })
}

impl Keeper<'_> {
    fn work(&mut self) -> Outcome {
        let every = self.args.every.unwrap_or(self.receipt.order.block_seconds).max(1);
        let every = Duration::from_secs(every);
        let mut trouble = Duration::ZERO;
        while !self.stop.is_asked() {
            match self.pass() {
                Ok(()) => trouble = Duration::ZERO,
                Err(Failure::Network(why) | Failure::Refused(why)) if !self.args.once => {
                    trouble = (2 * trouble).clamp(Duration::from_secs(1), LONGEST_WAIT);
                    let is_pending = self.journal.notes.pending.is_some();
                    self.metrics.count(|counts| {
                        counts.troubles += 1;
                        counts.is_pending = is_pending;
                    });
                    eprintln!("error: {why}; looking again in {} s", trouble.as_secs());
                    self.stop.sleep(trouble);
                    self.reconnect();
                    continue;
                }
                Err(failure) => return Err(failure),
            }
            if self.args.once {
                break;
            }
            self.stop.sleep(every);
        }
        Ok(())
    }

    /// Takes the first node that answers now, if one does.
    fn reconnect(&mut self) {
        self.session.disconnect();
        if let Ok(node) = self.session.node() {
            self.sender.move_to(node.clone());
        }
    }

    /// Looks and does, until nothing is left to do.
    fn pass(&mut self) -> Outcome {
        let block = self.session.wait(self.session.node()?.settled())?;
        let mut is_idle = true;
        let resolved = carry::resolve(&self.session, &mut self.journal, block.time)?;
        if let Some((decision, end)) = resolved {
            self.told(block.height, &decision, (&end, true))?;
            is_idle = false;
        }
        for _ in 0..ROUNDS {
            let Some(view) = self.look()? else { break };
            let decisions = decide(&view);
            if decisions.is_empty() {
                if is_idle && self.args.once {
                    tell::idle(self.output, view.height);
                }
                break;
            }
            is_idle = false;
            for decision in decisions {
                if self.stop.is_asked() {
                    return Ok(());
                }
                let end = self.carry(&view, &decision)?;
                self.told(view.height, &decision, (&end, false))?;
            }
        }
        Ok(())
    }

    /// The chain once it shows what was done; `None` where it is to end meanwhile.
    fn look(&mut self) -> Outcome<Option<View>> {
        let block = loop {
            let block: Block = self.session.wait(self.session.node()?.settled())?;
            if block.height >= self.seen {
                break block;
            }
            if self.stop.is_asked() {
                return Ok(None);
            }
            self.stop.sleep(POLL);
        };
        let who = self.sender.address().to_owned();
        let seat = seat(self.args, &who);
        let (session, receipt, notes) = (&self.session, &self.receipt, &self.journal.notes);
        let view = Reader { session, receipt, notes, seat }.view(&block)?;
        let is_seated = view.topics.iter().any(|topic| topic.row.is_some());
        if seat.is_some() && !is_seated && self.seen == 0 {
            eprintln!("{who} holds no slot of topic {}; its row waits", self.args.topic);
        }
        let over = view.proposals.iter().take_while(|proposal| proposal.is_over()).count();
        if let Some(last) = over.checked_sub(1).and_then(|at| view.proposals.get(at)) {
            // Kept with the next thing that is written.
            self.journal.notes.first = last.number.saturating_add(1);
        }
        self.metrics.count(|counts| {
            counts.looks += 1;
            counts.view = view.clone();
        });
        Ok(Some(view))
    }

    fn carry(&mut self, view: &View, decision: &Decision) -> Outcome<End> {
        let mut row = Vec::new();
        if let (Act::Row { topic, epoch }, Some(source)) = (&decision.act, &self.source) {
            match source.row(&self.folder, (*topic, *epoch, view.height)) {
                Ok(read) => row = read,
                Err(why) => {
                    self.journal.notes.ended(&decision.act, false, view.time);
                    self.journal.write()?;
                    return Ok(End::NoRow(why));
                }
            }
        }
        let message = carry::message(&self.receipt, &decision.act, row, self.args.rows)?;
        self.metrics.count(|counts| counts.is_pending = true);
        let chain = (&self.session, &self.sender);
        carry::send(chain, &mut self.journal, (decision, message), view.time)
    }

    fn told(&mut self, height: u64, decision: &Decision, (end, found): (&End, bool)) -> Outcome {
        if let End::Done(included) = end {
            self.seen = self.seen.max(included.height);
        }
        self.metrics.count(|counts| {
            counts.is_pending = false;
            *counts.ends.entry((decision.act.verb(), end.name())).or_default() += 1;
            if let End::Done(included) = end {
                counts.gas += included.gas_used;
            }
        });
        tell(self.output, height, decision, (end, found))
    }
}
