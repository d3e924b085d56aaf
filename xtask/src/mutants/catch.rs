//! Building a mutant and seeing who notices.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::list::{Judge, Mutant};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::tools::Binaryen;
use crate::wasm;
use crate::workspace::Workspace;

/// Commands of a sequence through the engines, and of one that laws are checked in.
const COMMANDS: (&str, &str) = ("6000", "60000");

/// What mutants are caught with.
pub(super) struct Trap<'a> {
    /// The clone itself.
    pub(super) workspace: &'a Workspace,
    /// A copy of it, in which rules are broken.
    pub(super) copy: Workspace,
    /// Where copy, builds and artifacts lie.
    pub(super) folder: PathBuf,
    /// The unbroken engines, compared over random commands.
    pub(super) sequences: Option<PathBuf>,
    pub(super) binaryen: Binaryen,
}

impl Trap<'_> {
    /// Where the mutant was caught; `None` where it survived.
    ///
    /// # Errors
    /// It does not apply or does not compile, or the copy cannot be mended.
    pub(super) fn catch(&self, mutant: &Mutant) -> Outcome<Option<String>> {
        let broken = mutant.apply(self.copy.root())?;
        let caught = match mutant.judge {
            Judge::Conformance => self.by_conformance(mutant),
            Judge::Law => self.by_law(),
        };
        broken.mend()?;
        caught
    }

    fn by_conformance(&self, mutant: &Mutant) -> Outcome<Option<String>> {
        let artifacts = self.folder.join("artifacts");
        files::clear(&artifacts)?;
        for contract in self.workspace.contracts() {
            let file = format!("{}.wasm", contract.name);
            let sound = files::read(&wasm::artifacts_folder(self.workspace).join(&file))?;
            files::replace(&artifacts.join(&file), &sound)?;
        }
        let target = self.folder.join("target");
        let mut cargo = wasm::wasm_cargo(&self.copy, &target, &wasm::remapped_flags(&self.copy)?);
        // What a mutant's Wasm costs does not matter, how soon it is there does.
        cargo.env("CARGO_PROFILE_WASM_LTO", "off").env("CARGO_PROFILE_WASM_OPT_LEVEL", "s");
        cargo.env("CARGO_PROFILE_WASM_CODEGEN_UNITS", "16").arg("--lib");
        for name in &mutant.contracts {
            cargo.args(["--package", name]);
        }
        process::run(&mut cargo)?;
        for name in &mutant.contracts {
            let built = files::read(&wasm::output(&target, name))?;
            let lowered = wasm::lower(&self.binaryen, &self.folder.join("lowered"), &built)?;
            files::replace(&artifacts.join(format!("{name}.wasm")), &lowered)?;
        }
        match self.by_sequences(&artifacts)? {
            Some(place) => Ok(Some(place)),
            None => self.by_scenarios(&artifacts),
        }
    }

    fn by_sequences(&self, artifacts: &Path) -> Outcome<Option<String>> {
        let Some(sequences) = &self.sequences else { return Ok(None) };
        let mut run = Command::new(sequences);
        run.args(["engines_agree", "--test-threads", "1"])
            .env("MOOT_FUZZ_ARTIFACTS", artifacts)
            .env("MOOT_FUZZ_COMMANDS", COMMANDS.0)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.workspace.folder_of("conformance")?);
        located(&output(&mut run)?, &["command ", "at genesis", "at the end"])
    }

    /// Seasons with proposals, which the sequences do not make.
    fn by_scenarios(&self, artifacts: &Path) -> Outcome<Option<String>> {
        let name = format!("moot{}", std::env::consts::EXE_SUFFIX);
        let mut run = Command::new(self.workspace.target().join("release").join(name));
        run.args(["conform", "scenarios/governance/*.toml", "scenarios/incidents/*.toml"])
            .arg("--full")
            .arg("--artifacts")
            .arg(artifacts)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.workspace.root());
        located(&output(&mut run)?, &["parts from native"])
    }

    fn by_law(&self) -> Outcome<Option<String>> {
        located(&output(&mut laws(self.copy.root(), &self.folder))?, &["law ", "Law", "law_"])
    }
}

/// The native engine of the clone at `root` over random commands, laws checked after each, and the
/// rulebook's own laws.
pub(super) fn laws(root: &Path, folder: &Path) -> Command {
    let mut cargo = process::cargo();
    cargo
        .args(["test", "--release", "--quiet", "--locked", "--package", "protocol"])
        .args(["--package", "simulator", "--lib", "--test", "fuzz", "--", "law"])
        .env("CARGO_TARGET_DIR", folder.join("native"))
        .env("MOOT_FUZZ_COMMANDS", COMMANDS.1)
        .env("RUST_BACKTRACE", "0")
        .current_dir(root);
    cargo
}

fn output(command: &mut Command) -> Outcome<Output> {
    command.output().map_err(|error| Failure::new("a sequence cannot be started").because(error))
}

/// The line that says where, and those below it that belong to it.
fn located(output: &Output, marks: &[&str]) -> Outcome<Option<String>> {
    if output.status.success() {
        return Ok(None);
    }
    let bytes = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&bytes);
    if text.contains("could not compile") {
        return Err(Failure::new("the mutant does not compile").because(text));
    }
    let lines: Vec<&str> = text.lines().collect();
    let is_mark = |line: &&str| marks.iter().any(|mark| line.contains(mark));
    let panicked = lines.iter().position(|line| line.contains("panicked at")).unwrap_or(0);
    let at = lines.iter().skip(panicked).position(is_mark).map(|at| at + panicked);
    let Some(at) = at else {
        return Err(Failure::new("caught, but nothing says where").because(text));
    };
    let end = lines.len().min(at + 5);
    let short = |line: &str| line.chars().take(240).collect::<String>();
    Ok(Some(lines[at..end].iter().map(|line| short(line)).collect::<Vec<_>>().join("\n")))
}
