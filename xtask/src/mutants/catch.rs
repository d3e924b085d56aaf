//! What is built once, and who then notices each mutant.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::copy::awake;
use super::list::{Judge, Mutant};
use super::located;
use crate::builds::{self, Extent};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::step;
use crate::tools::Binaryen;
use crate::wasm;
use crate::workspace::Workspace;

/// Commands of a sequence through the engines, and of one that laws are checked in.
const COMMANDS: (&str, &str) = ("20000", "40000");

/// What mutants are caught with.
pub(super) struct Trap<'a> {
    /// The clone itself.
    workspace: &'a Workspace,
    /// Where copy, builds and artifacts lie.
    folder: PathBuf,
    /// The unbroken engines: over random commands, and over seasons.
    engines: Option<Engines>,
    /// The copy's native engine over random commands, laws checked after each; the rulebook's own
    /// tests.
    laws: Option<[PathBuf; 2]>,
}

struct Engines {
    sequences: PathBuf,
    moot: PathBuf,
}

impl<'a> Trap<'a> {
    /// Builds the copy, and the engines it is compared with, as far as the chosen mutants need it;
    /// then sees that with all mutants asleep nothing is caught.
    ///
    /// # Errors
    /// Something does not compile, or differs already.
    pub(super) fn set(
        workspace: &'a Workspace,
        folder: PathBuf,
        chosen: &[&Mutant],
    ) -> Outcome<Self> {
        let copy = Workspace::read_at(&folder.join("clone"))?;
        let wanted = |judge| chosen.iter().any(|mutant| mutant.judge == judge);
        let mut trap = Self { workspace, folder, engines: None, laws: None };
        if wanted(Judge::Conformance) {
            step("mutants: build contracts with mutants", || trap.contracts(&copy))?;
            trap.engines = Some(step("mutants: build the engines", || engines(workspace))?);
            let caught = step("mutants: all asleep, engines", || trap.by_engines(&[], 0))?;
            is_sound(caught)?;
        }
        if wanted(Judge::Law) {
            trap.laws = Some(step("mutants: build the rulebook with mutants", || {
                laws(&copy, &trap.folder.join("native"))
            })?);
            is_sound(step("mutants: all asleep, laws", || trap.by_laws(0))?)?;
        }
        Ok(trap)
    }

    /// Where the mutant was caught; `None` where it survived.
    ///
    /// # Errors
    /// The compiler has left it out, or something cannot be run.
    pub(super) fn catch(&self, mutant: &Mutant) -> Outcome<Option<String>> {
        match mutant.judge {
            Judge::Conformance => self.by_engines(&mutant.contracts, mutant.number),
            Judge::Law => self.by_laws(mutant.number),
        }
    }

    /// Builds and lowers every contract of the copy.
    fn contracts(&self, copy: &Workspace) -> Outcome {
        let target = self.folder.join("target");
        let mut cargo = wasm::wasm_cargo(copy, &target, &wasm::remapped_flags(self.workspace)?);
        for contract in copy.contracts() {
            cargo.args(["--package", &contract.name]);
        }
        process::run(cargo.arg("--lib"))?;
        let binaryen = Binaryen::install(self.workspace)?;
        for contract in copy.contracts() {
            let built = files::read(&wasm::output(&target, &contract.name))?;
            let lowered = wasm::lower(&binaryen, &self.folder.join("lowered"), &built)?;
            files::replace(&self.asleep(&contract.name), &lowered)?;
        }
        Ok(())
    }

    fn asleep(&self, contract: &str) -> PathBuf {
        self.folder.join("asleep").join(format!("{contract}.wasm"))
    }

    /// The engines over the artifacts, of which `broken` ones have the mutant awake.
    fn by_engines(&self, broken: &[String], number: u32) -> Outcome<Option<String>> {
        let Some(engines) = &self.engines else { return Ok(None) };
        let artifacts = self.folder.join("artifacts");
        files::clear(&artifacts)?;
        for contract in self.workspace.contracts() {
            let built = files::read(&self.asleep(&contract.name))?;
            let wasm = match broken.contains(&contract.name) {
                true => awake(&built, number)?,
                false => built,
            };
            files::replace(&artifacts.join(format!("{}.wasm", contract.name)), &wasm)?;
        }
        match self.by_sequences(engines, &artifacts)? {
            Some(place) => Ok(Some(place)),
            None => self.by_seasons(engines, &artifacts),
        }
    }

    fn by_sequences(&self, engines: &Engines, artifacts: &Path) -> Outcome<Option<String>> {
        let mut run = Command::new(&engines.sequences);
        run.args(["engines_agree", "--test-threads", "1"])
            .env("MOOT_FUZZ_ARTIFACTS", artifacts)
            .env("MOOT_FUZZ_COMMANDS", COMMANDS.0)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.workspace.folder_of("conformance")?);
        located::run(&mut run, &["command ", "at genesis", "at the end"])
    }

    /// A season on a real network's weights, and those with proposals.
    fn by_seasons(&self, engines: &Engines, artifacts: &Path) -> Outcome<Option<String>> {
        let mut run = Command::new(&engines.moot);
        run.args(["conform", "scenarios/quickstart.toml", "scenarios/governance/*.toml"])
            .arg("--artifacts")
            .arg(artifacts)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.workspace.root());
        located::run(&mut run, &["parts from native"])
    }

    /// Random commands with the laws checked after each, then the rulebook's own tests.
    fn by_laws(&self, number: u32) -> Outcome<Option<String>> {
        let Some([sequences, tests]) = &self.laws else { return Ok(None) };
        let filters = [(sequences, "laws_hold"), (tests, "")];
        for (binary, filter) in filters {
            let woken = self.woken(binary, number)?;
            let mut run = Command::new(woken);
            run.arg(filter)
                .env("MOOT_FUZZ_COMMANDS", COMMANDS.1)
                .env("MOOT_FUZZ_SHRINK", "0")
                .env("RUST_BACKTRACE", "0")
                .current_dir(self.workspace.folder_of("protocol")?);
            let place = located::run(&mut run, &["law ", "panicked at"])?;
            if place.is_some() {
                return Ok(place);
            }
        }
        Ok(None)
    }

    /// A copy of a test's binary with the mutant awake.
    fn woken(&self, binary: &Path, number: u32) -> Outcome<PathBuf> {
        let path = self.folder.join("woken");
        let content = awake(&files::read(binary)?, number)?;
        let cannot = |error| Failure::new("cannot copy a test's binary").because(error);
        // With the permission to be run.
        std::fs::copy(binary, &path).map_err(cannot)?;
        std::fs::write(&path, content).map_err(cannot)?;
        Ok(path)
    }
}

fn is_sound(caught: Option<String>) -> Outcome {
    match caught {
        None => Ok(()),
        Some(place) => Err(Failure::new("something is caught with all mutants asleep")
            .because(place)
            .fix("cargo xtask test, which must be green first")),
    }
}

fn engines(workspace: &Workspace) -> Outcome<Engines> {
    let moot = builds::whole_binary(workspace, "moot")?;
    let sequences = builds::test_binary(workspace, Extent::Whole, "conformance", "fuzz")?;
    Ok(Engines { sequences, moot })
}

/// The sequences of the native engine and the rulebook's unit tests.
fn laws(copy: &Workspace, target: &Path) -> Outcome<[PathBuf; 2]> {
    let build = |package: &str, arguments: &[&str], name: &str| {
        let mut cargo = process::cargo();
        cargo
            .args(["test", "--release", "--quiet", "--locked", "--no-run", "--package", package])
            .args(["--message-format", "json"])
            .args(arguments)
            .arg("--target-dir")
            .arg(target)
            .current_dir(copy.root());
        let messages = process::capture(&mut cargo)?;
        builds::named(&messages, copy.folder_of(package)?, name)
    };
    Ok([
        build("simulator", &["--no-default-features", "--test", "fuzz"], "fuzz")?,
        build("protocol", &["--features", "digest", "--lib"], "protocol")?,
    ])
}
