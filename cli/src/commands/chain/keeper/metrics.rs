//! What the keeper counts, in Prometheus' text form, and a server for it on loopback.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::decide::View;
use crate::commands::chain::session::usage;
use crate::exit::Outcome;

/// Bytes of a request that are read at most.
const LONGEST_REQUEST: u64 = 8 << 10;
/// How long who asks may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Times that the chain was looked at.
    pub(super) looks: u64,
    /// Times that no node answered.
    pub(super) troubles: u64,
    /// Gas of what blocks include.
    pub(super) gas: u64,
    /// By what was to be done and what came of it.
    pub(super) ends: BTreeMap<(&'static str, &'static str), u64>,
    /// Whether a transaction's fate is open.
    pub(super) is_pending: bool,
    /// The last look.
    pub(super) view: View,
}

impl Counts {
    /// In Prometheus' text form.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut one = |name: &str, kind: &str, help: &str, samples: &[(String, u64)]| {
            let name = format!("moot_keeper_{name}");
            // Writing into a string does not fail.
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (labels, value) in samples {
                let _ = writeln!(out, "{name}{labels} {value}");
            }
        };
        let bare = |value| vec![(String::new(), value)];
        let (view, pending) = (&self.view, u64::from(self.is_pending));
        one("looks_total", "counter", "Times that the chain was looked at.", &bare(self.looks));
        let troubles = bare(self.troubles);
        one("node_errors_total", "counter", "Times that no node answered.", &troubles);
        one("gas_used_total", "counter", "Gas of what blocks include.", &bare(self.gas));
        one("pending", "gauge", "Whether a transaction's fate is open.", &bare(pending));
        one("height", "gauge", "The block that was looked at.", &bare(view.height));
        one("time_seconds", "gauge", "Its time, since 1970.", &bare(view.time));
        let label = |((act, end), count): (&(_, _), &u64)| {
            (format!("{{act=\"{act}\",end=\"{end}\"}}"), *count)
        };
        let ends: Vec<_> = self.ends.iter().map(label).collect();
        one("decisions_total", "counter", "What was done, and what came of it.", &ends);
        let topics = |value: fn(&super::decide::Topic) -> u64| -> Vec<_> {
            let label = |topic: &super::decide::Topic| format!("{{topic=\"{}\"}}", topic.number);
            view.topics.iter().map(|topic| (label(topic), value(topic))).collect()
        };
        one("epoch", "gauge", "Epochs closed.", &topics(|topic| topic.epoch));
        one("due_height", "gauge", "The block from which one is due.", &topics(|topic| topic.due));
        let mut by_status = BTreeMap::<&str, u64>::new();
        for proposal in &view.proposals {
            *by_status.entry(proposal.status.name()).or_default() += 1;
        }
        let label = |(status, count)| (format!("{{status=\"{status}\"}}"), count);
        let proposals: Vec<_> = by_status.into_iter().map(label).collect();
        one("proposals", "gauge", "Proposals that are not over, and some that are.", &proposals);
        out
    }
}

/// Counts that the server reads too.
#[derive(Clone, Default)]
pub(super) struct Metrics(Arc<Mutex<Counts>>);

impl Metrics {
    /// Counts.
    pub(super) fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Serves them from now on; gives the address.
    ///
    /// # Errors
    /// An address that is not on loopback, or taken.
    #[expect(clippy::disallowed_methods, reason = "a server beside the keeper; no run sees it")]
    pub(super) fn serve(&self, address: SocketAddr) -> Outcome<SocketAddr> {
        if !address.ip().is_loopback() {
            return Err(usage(format!(
                "{address} is not on loopback, and metrics are for this machine alone; write \
                 127.0.0.1:{}",
                address.port()
            )));
        }
        let taken = |error| usage(format!("metrics cannot be served on {address}: {error}"));
        let listener = TcpListener::bind(address).map_err(taken)?;
        let address = listener.local_addr()?;
        let metrics = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who asks may go at any time.
                let _gone = metrics.answer(stream);
            }
        });
        Ok(address)
    }

    fn answer(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut line = String::new();
        let mut lines = BufReader::new((&stream).take(LONGEST_REQUEST));
        lines.read_line(&mut line)?;
        let asks = line.starts_with("GET /metrics ");
        let mut rest = String::new();
        while lines.read_line(&mut rest)? > 0 && !rest.trim().is_empty() {
            rest.clear();
        }
        let (status, body) = match asks {
            true => {
                let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
                ("200 OK", counts.text())
            }
            false => ("404 Not Found", "metrics are at /metrics\n".to_owned()),
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        (&stream).write_all(head.as_bytes())?;
        (&stream).write_all(body.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Metrics};
    use crate::commands::chain::keeper::decide::{Proposal, Topic, View};
    use protocol::governance::Status;

    #[test]
    fn counts_are_told_in_prometheus_form() {
        let topic =
            Topic { number: 2, epoch: 9, last_close: 1, due: 721, closing: None, row: None };
        let open =
            |number| Proposal { number, status: Status::Open, settled: false, follows: false };
        let view = View {
            height: 700,
            topics: vec![topic],
            proposals: vec![open(0), open(1)],
            ..View::default()
        };
        let mut counts = Counts { looks: 3, view, ..Counts::default() };
        counts.ends.insert(("close", "done"), 9);
        let text = counts.text();
        for line in [
            "# TYPE moot_keeper_looks_total counter",
            "moot_keeper_looks_total 3",
            "moot_keeper_height 700",
            "moot_keeper_decisions_total{act=\"close\",end=\"done\"} 9",
            "moot_keeper_epoch{topic=\"2\"} 9",
            "moot_keeper_due_height{topic=\"2\"} 721",
            "moot_keeper_proposals{status=\"open\"} 2",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in\n{text}");
        }
    }

    #[test]
    fn metrics_leave_the_machine_never() {
        for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:9464"] {
            assert!(Metrics::default().serve(address.parse().unwrap()).is_err(), "{address}");
        }
    }
}
