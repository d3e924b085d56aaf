//! What the node says of itself, over plain HTTP on loopback.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use serde::Deserialize;

/// How long the node may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How the chain stands.
pub(crate) struct Status {
    /// Its name for itself.
    pub(crate) chain_id: String,
    /// The last block.
    pub(crate) height: u64,
}

#[derive(Deserialize)]
struct Answer {
    result: Body,
}

#[derive(Deserialize)]
struct Body {
    node_info: NodeInfo,
    sync_info: SyncInfo,
}

#[derive(Deserialize)]
struct NodeInfo {
    network: String,
}

#[derive(Deserialize)]
struct SyncInfo {
    latest_block_height: String,
}

/// Asks for the last block.
///
/// # Errors
/// Nobody answers, or not what a node answers.
pub(crate) fn status(port: u16) -> anyhow::Result<Status> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /status HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut text = String::new();
    stream.take(1 << 20).read_to_string(&mut text)?;
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    let Answer { result } = serde_json::from_str(body)?;
    Ok(Status {
        chain_id: result.node_info.network,
        height: result.sync_info.latest_block_height.parse()?,
    })
}
