//! The whole of a report as one value.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chart::Scale;
use super::identity::Identity;
use super::section::Section;
use super::verdict::{Estimate, Outcome, Unit, Verdict};

/// Everything a report says: the content of `report.json`, from which the page and the summary
/// are made.
///
/// Text may come from strangers (names of agents, titles of scenarios): it is kept as it is here,
/// and made harmless where it is printed. Every number must be finite; a number that does not
/// exist is `None`, never NaN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportData {
    /// The version of this shape.
    pub schema: SchemaVersion,
    /// Which run this is, and how to repeat it.
    pub identity: Identity,
    /// What came out, in one or two sentences, under the title. Empty: the verdicts speak alone.
    pub finding: String,
    /// The scenario's gates, in its order.
    pub verdicts: Vec<Verdict>,
    /// Four to eight numbers worth reading first.
    pub headlines: Vec<Headline>,
    /// Who earned what, against true quality. `None` where nobody is paid.
    pub earners: Option<Earners>,
    /// Charts and tables by topic, in reading order: concentration, emission and supply, stake by
    /// holder, and whatever else the scenario has to show.
    pub sections: Vec<Section>,
    /// Which rule made the difference, and how one can see it.
    pub rules: Vec<RuleNote>,
    /// What this run does not show.
    pub limits: Vec<String>,
    /// The files written beside `report.json`. [`write`](super::write()) fills this in.
    #[serde(default)]
    pub files: Vec<WrittenFile>,
}

impl ReportData {
    /// A report with its identity and nothing else yet.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        Self {
            schema: SchemaVersion::V1,
            identity,
            finding: String::new(),
            verdicts: Vec::new(),
            headlines: Vec::new(),
            earners: None,
            sections: Vec::new(),
            rules: Vec::new(),
            limits: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The outcome of all gates together: the worst of them. `None` without gates.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.verdicts.iter().map(|verdict| verdict.outcome).max()
    }
}

/// The version of [`ReportData`]'s shape; any other is refused when read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SchemaVersion {
    /// The first.
    #[serde(rename = "moot-report/1")]
    V1,
}

/// One number worth reading first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// What is measured, in a few words: `Nakamoto coefficient at the end`.
    pub label: String,
    /// Its value.
    pub estimate: Estimate,
    /// The value's unit.
    pub unit: Unit,
    /// What it is compared with, or over what it was taken. May be empty.
    pub note: String,
}

/// Who earned what, against the quality of what they did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earners {
    /// The token in which `earned` is counted, for instance `MOOT`.
    pub symbol: String,
    /// What each figure is taken over: `median of 20 seeds, epochs 1 to 100`.
    pub over: String,
    /// What true quality means here, with its range.
    pub quality: String,
    /// Rank correlation (Spearman) of reward with true quality, -1 to 1.
    pub rank_correlation: Option<Estimate>,
    /// How both axes of the scatter chart are drawn.
    pub scale: Scale,
    /// One row an agent, in the order in which they are to be listed.
    pub rows: Vec<Earner>,
}

/// One agent's season.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earner {
    /// The agent's name.
    pub name: String,
    /// Its population or behaviour: `honest`, `weight copier`.
    pub group: String,
    /// Whether the agent departs from honest behaviour: it is then named in the chart and never
    /// folded away in the table.
    pub deviates: bool,
    /// True quality of its work.
    pub true_quality: Option<f64>,
    /// Tokens earned.
    pub earned: f64,
    /// Share of all that was emitted, 0 to 1.
    pub emission_share: f64,
    /// Earned over stake held, 0.05 = 5 % over the horizon. `None` without stake.
    pub return_on_stake: Option<f64>,
    /// Earned less what the same agent earns with the same seeds when it is honest, in tokens.
    pub against_honest: Option<Estimate>,
}

/// A rule that made a difference in this run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleNote {
    /// The rule, as its parameter or chapter calls it: `stake-weighted median clips weights`.
    pub rule: String,
    /// What it did here: `held the self-dealer's own weight to the consensus`.
    pub effect: String,
    /// The figure that shows it, if one does.
    pub evidence: Option<Headline>,
}

/// A file that was written beside `report.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenFile {
    /// Its path inside the report's folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// BLAKE3 of its content, 64 hexadecimal digits.
    pub blake3: String,
}
