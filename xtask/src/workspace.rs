//! Where things are: the clone, its packages, the target folder, the cache of tools.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::process;

/// What the chain's client builds on is behind a feature; its licences bind all the same.
const CLIENT: &str = "client/chain";

/// The clone as `cargo metadata` describes it.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    packages: BTreeMap<String, Package>,
    members: BTreeSet<String>,
    dependencies: BTreeMap<String, Vec<String>>,
}

/// One package of the dependency graph.
#[derive(Deserialize)]
pub(crate) struct Package {
    id: String,
    /// Its name.
    pub(crate) name: String,
    /// The registry it is from; none for the clone's own.
    source: Option<String>,
    /// Its licence expression.
    pub(crate) license: Option<String>,
    /// Its `Cargo.toml`.
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

impl Package {
    /// The folder it lives in.
    pub(crate) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }

    /// The unpacked registry folder it was taken from, if it is from a registry.
    pub(crate) fn registry_folder(&self) -> Option<&Path> {
        self.source.as_ref().and_then(|_| self.folder().parent())
    }

    fn has_crate_type(&self, kind: &str) -> bool {
        self.targets.iter().any(|target| target.crate_types.iter().any(|one| one == kind))
    }
}

impl Workspace {
    /// Reads the clone that this chore belongs to.
    ///
    /// # Errors
    /// `cargo metadata` fails, as with a broken manifest, or prints what cannot be read.
    pub(crate) fn read() -> Outcome<Self> {
        Self::read_at(&clone_root()?)
    }

    /// Reads the clone at `root`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_at(root: &Path) -> Outcome<Self> {
        let text = process::capture(
            process::cargo()
                .args(["metadata", "--format-version", "1", "--features", CLIENT])
                .current_dir(root),
        )?;
        let metadata: Metadata = serde_json::from_str(&text)
            .map_err(|error| Failure::new("cannot read `cargo metadata`").because(error))?;
        let resolved = metadata.resolve.nodes.into_iter();
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
            members: metadata.workspace_members.into_iter().collect(),
            dependencies: resolved.map(|node| (node.id, node.dependencies)).collect(),
            packages: metadata.packages.into_iter().map(|one| (one.id.clone(), one)).collect(),
        })
    }

    /// The clone's top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The clone's own packages.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.values().filter(|package| self.members.contains(&package.id))
    }

    /// The folder of one of the clone's own packages.
    ///
    /// # Errors
    /// There is no such package.
    pub(crate) fn folder_of(&self, name: &str) -> Outcome<&Path> {
        let found = self.members().find(|package| package.name == name).map(Package::folder);
        found.ok_or_else(|| Failure::new(format!("there is no package {name}")))
    }

    /// The packages below `contracts/` that are built for the chain, in name order.
    pub(crate) fn contracts(&self) -> Vec<&Package> {
        self.codes_below("contracts")
    }

    /// The packages that are built like contracts for tests alone, in name order.
    pub(crate) fn probes(&self) -> Vec<&Package> {
        self.codes_below("conformance/probes")
    }

    fn codes_below(&self, folder: &str) -> Vec<&Package> {
        let folder = self.root.join(folder);
        let mut found: Vec<_> = self
            .members()
            .filter(|one| one.folder().starts_with(&folder) && one.has_crate_type("cdylib"))
            .collect();
        found.sort_by(|left, right| left.name.cmp(&right.name));
        found
    }

    /// `of` and everything they depend on.
    pub(crate) fn closure<'a>(&'a self, of: &[&'a Package]) -> Vec<&'a Package> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = of.iter().map(|package| package.id.as_str()).collect();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let next = self.dependencies.get(id).into_iter().flatten();
                open.extend(next.map(String::as_str));
            }
        }
        seen.into_iter().filter_map(|id| self.packages.get(id)).collect()
    }

    /// Whether a package is the clone's own.
    pub(crate) fn owns(&self, package: &Package) -> bool {
        self.members.contains(&package.id)
    }

    /// Every package that any build of the clone may use.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Package> {
        self.packages.values()
    }

    /// Every folder that packages from registries were unpacked into.
    pub(crate) fn registry_folders(&self) -> BTreeSet<&Path> {
        self.packages.values().filter_map(Package::registry_folder).collect()
    }
}

/// The folder where tools are kept between clones: `$XDG_CACHE_HOME/moot`, else `~/.cache/moot`.
///
/// # Errors
/// Neither variable is set.
pub(crate) fn cache_folder() -> Outcome<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty());
    cache
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .map(|folder| folder.join("moot"))
        .ok_or_else(|| {
            Failure::new("there is no folder for cached tools")
                .because("neither XDG_CACHE_HOME nor HOME is set")
                .fix("set XDG_CACHE_HOME to a folder that may be written")
        })
}

fn clone_root() -> Outcome<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_default();
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            Failure::new("this is not the project's clone")
                .because(format!("no folder above {} holds xtask/Cargo.toml", here.display()))
                .fix("run `cargo xtask` from inside the clone")
        })
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    #[test]
    fn the_contracts_are_found_with_what_they_depend_on() {
        let workspace = Workspace::read().expect("the clone is readable");
        let contracts = workspace.contracts();
        let names: Vec<_> = contracts.iter().map(|one| one.name.as_str()).collect();
        for name in ["network", "suite"] {
            assert!(names.contains(&name), "{name} is not in {names:?}");
        }
        let probes = workspace.probes();
        assert!(probes.iter().any(|one| one.name == "kernel-digest"));
        assert!(!names.contains(&"kernel-digest"), "it is never deployed");
        let closure = workspace.closure(&contracts);
        for name in ["network", "rewards", "staking", "token", "protocol"] {
            assert!(closure.iter().any(|one| one.name == name && workspace.owns(one)), "{name}");
        }
        assert!(closure.iter().any(|one| one.name == "cosmwasm-std" && !workspace.owns(one)));
        assert!(!closure.iter().any(|one| one.name == "simulator"));
    }
}
