//! `moot doctor`: is this machine fit?

use std::path::Path;
use std::process::Command;

use crate::args::Output;
use crate::commands::localnet::go_version;
use crate::exit::{Failure, Outcome};
use crate::print::say;
use crate::table;

/// What is needed for what.
struct Finding {
    what: &'static str,
    found: Result<String, String>,
    needed_for: &'static str,
}

/// Looks for tools and artifacts, and compares the arithmetic's digests with the known ones.
///
/// # Errors
/// Arithmetic that differs: nothing that this machine computes can then be trusted.
pub(crate) fn doctor(output: Output) -> Outcome {
    let findings = findings();
    if output == Output::Json {
        let rows: Vec<_> = findings
            .iter()
            .map(|finding| {
                serde_json::json!({
                    "what": finding.what,
                    "ok": finding.found.is_ok(),
                    "found": finding.found.as_ref().map_or_else(Clone::clone, Clone::clone),
                    "needed_for": finding.needed_for,
                })
            })
            .collect();
        say!("{}", serde_json::to_string_pretty(&rows)?);
    } else {
        let mut table = table::new(&["what", "state", "found", "needed for"]);
        for finding in &findings {
            let (state, found) = match &finding.found {
                Ok(found) => ("ok", found),
                Err(missing) => ("missing", missing),
            };
            table.add_row([finding.what, state, found.as_str(), finding.needed_for]);
        }
        say!("{table}");
    }
    match findings.iter().find(|finding| finding.what == ARITHMETIC && finding.found.is_err()) {
        Some(_) => Err(Failure::Differs("this build does not compute the known digests".into())),
        None => Ok(()),
    }
}

const ARITHMETIC: &str = "arithmetic";

fn findings() -> Vec<Finding> {
    vec![
        Finding { what: ARITHMETIC, found: arithmetic(), needed_for: "everything" },
        Finding { what: "cores", found: cores(), needed_for: "seeds in parallel" },
        Finding {
            what: "rustc",
            found: version("rustc", "install it with rustup"),
            needed_for: "building contracts",
        },
        Finding {
            what: "wasm32 target",
            found: target(),
            needed_for: "building contracts; `cargo xtask test` adds it",
        },
        Finding {
            what: "node",
            found: version("node", "install Node.js 20 or later"),
            needed_for: "lowering Wasm, and its digests",
        },
        Finding {
            what: "go",
            found: go_version().ok_or_else(|| "not found: https://go.dev/dl".to_owned()),
            needed_for: "moot localnet: 1.25.9 or later, and a C compiler",
        },
        Finding {
            what: "artifacts",
            found: artifacts(),
            needed_for: "moot conform; `cargo xtask wasm` makes them",
        },
    ]
}

/// The kernel's and the samplers' digests, against the ones that every platform must have.
fn arithmetic() -> Result<String, String> {
    let kernel = scoring_kernel::golden::golden_digest();
    let kernel: String = kernel.iter().map(|word| format!("{word:016x}")).collect();
    let samplers = simulator::random::golden_digest();
    let samplers: String = samplers.iter().map(|byte| format!("{byte:02x}")).collect();
    let known = include_str!("../../../xtask/golden/digests.txt");
    for (name, digest) in [("kernel", kernel), ("samplers", samplers)] {
        if !known.lines().any(|line| line == format!("{name} {digest}")) {
            return Err(format!("the digest of the {name} differs: {digest}"));
        }
    }
    Ok("kernel and samplers have the known digests".into())
}

fn cores() -> Result<String, String> {
    std::thread::available_parallelism()
        .map(|cores| cores.to_string())
        .map_err(|error| error.to_string())
}

fn version(program: &str, fix: &str) -> Result<String, String> {
    let output = Command::new(program).arg("--version").output();
    let output = output.map_err(|_| format!("not found: {fix}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn target() -> Result<String, String> {
    let missing = "run: rustup target add wasm32-unknown-unknown";
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let output = output.map_err(|_| missing.to_owned())?;
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let target = "wasm32-unknown-unknown";
    match Path::new(&sysroot).join("lib/rustlib").join(target).is_dir() {
        true => Ok(target.to_owned()),
        false => Err(missing.to_owned()),
    }
}

fn artifacts() -> Result<String, String> {
    let files = std::fs::read_dir("artifacts").into_iter().flatten().flatten();
    let wasm = files.filter(|file| file.path().extension().is_some_and(|end| end == "wasm"));
    match wasm.count() {
        0 => Err("none; run: cargo xtask wasm".into()),
        count => Ok(format!("{count} contracts")),
    }
}
