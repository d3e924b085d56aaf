//! Deployments' files: what the example means, and what is refused.

use simulator::deployment::{Admin, Deployment, read};
use simulator::lint::Severity;
use simulator::native::World;
use simulator::scenario::file::{self, FileError, Source};

use protocol::{AccountId, FIRST_USER, Height, ModuleId, Timestamp};

const EXAMPLE: &str = include_str!("../../deploy/example.toml");
const FOUNDERS: &str = "wasm1zkz6pauyftwlvlp9gkcvkllh4qfwyka6sdcenv";
const SALE: &str = "wasm1r8f4ac8plv4d7zwp7mvsjdwwwed74e8exl3ndz";
const SALE_TOKENS: &str = "tokens = \"1_000_000 MOOT\"";
const GUARDIAN: &str = "wasm1x74uu9ktspvp6ujtkrp6vp8ejw8tlfcfm9e4s9";

struct Text(String);

impl Source for Text {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "example.toml" => Ok(EXAMPLE.into()),
            _ => Ok(self.0.clone().into()),
        }
    }
}

/// The example with parts of it replaced, each of which is there once.
fn but(changes: &[(&str, &str)]) -> String {
    let mut text = EXAMPLE.to_owned();
    for (part, by) in changes {
        assert_eq!(text.matches(part).count(), 1, "`{part}` is not in the example once");
        text = text.replace(part, by);
    }
    text
}

fn read_text(text: String) -> Result<Deployment, FileError> {
    read(&Text(text), "x.toml")
}

fn example() -> Deployment {
    read_text(EXAMPLE.to_owned()).unwrap()
}

#[test]
fn the_example_is_read_and_the_native_engine_starts_from_it() {
    let deployment = example();
    assert_eq!(deployment.label_of(ModuleId::Staking), "moot-staking");
    assert_eq!((deployment.interval, deployment.admin), (5, Admin::Treasury));
    let accounts = deployment.accounts();
    assert_eq!((accounts.len(), accounts[0].as_str()), (6, FOUNDERS));
    assert_eq!(accounts.last().unwrap(), GUARDIAN);
    let genesis = deployment.genesis(Height::new(7), Timestamp::new(1_000));
    let held: u128 = genesis.token.balances.iter().map(|(_, amount)| amount.units()).sum();
    assert_eq!((held, deployment.supply()), (4_000_000_000_000, held));
    assert_eq!(genesis.rewards.supply.units(), held);
    let treasury = genesis.token.balances.last().unwrap();
    assert_eq!(
        (treasury.0.module(), treasury.1.units()),
        (Some(ModuleId::Treasury), 500_000_000_000)
    );
    let user = |number| AccountId::from_handle(FIRST_USER + number);
    assert_eq!(genesis.network.topics[0].holders, [user(3), user(4)]);
    assert_eq!(genesis.network.topics[0].params.owner, Some(user(0)));
    let (governor, _) = genesis.governance.as_ref().unwrap();
    assert_eq!(governor.mandate.guardian, Some(user(5)));
    assert_eq!(governor.mandate.ends.get(), 1_000 + 365 * 86_400);
    World::from_genesis(&genesis).unwrap();
}

#[test]
fn the_example_is_neither_wrong_nor_doubtful() {
    let found = file::lint(&Text(EXAMPLE.into()), "x.toml").unwrap();
    assert_eq!(found, []);
}

#[test]
fn one_file_may_be_laid_on_another() {
    let over = "extends = \"example.toml\"\n[deployment]\nlabel = \"second\"\n";
    let second = read_text(over.to_owned()).unwrap();
    assert_eq!(second.label, "second");
    assert_ne!(second.hash(), example().hash());
    assert_eq!(Deployment { name: "x".into(), label: "moot".into(), ..second }, example());
}

/// What is replaced, by what, where it is refused, and in which words.
const HOSTILE: &[(&str, &str, &str, &str)] = &[
    ("prefix = \"wasm\"", "prefix = \"osmo\"", "genesis[0].address", "of another chain"),
    ("prefix = \"wasm\"", "prefix = \"Wasm\"", "deployment.prefix", "cannot be used"),
    ("label = \"moot\"", "label = \"m o\"", "deployment.label", "cannot be used"),
    ("denom = \"ustake\"", "denom = \"u\"", "deployment.denom", "cannot be used"),
    ("name = \"Moot\"", "name = \"M\"", "token.name", "cannot be used"),
    ("symbol = \"MOOT\"", "symbol = \"M1\"", "token.symbol", "cannot be used"),
    ("decimals = 6", "decimals = 19", "token.decimals", "above 18"),
    (SALE, "wasm1r8f4ac8plv4d7zwp7mvsjdwwwed74e8exl3nd", "genesis[2].address", "checksum"),
    (SALE, "WASM1R8F4AC8", "genesis[2].address", "capital letters"),
    (SALE, FOUNDERS, "genesis[2].address", "in genesis[0] already"),
    (GUARDIAN, "guardian", "governance.guardian.address", "is no address"),
    (SALE_TOKENS, "tokens = \"0 MOOT\"", "genesis[2].tokens", "are none"),
    (SALE_TOKENS, "tokens = \"-1 MOOT\"", "genesis[2].tokens", "unit"),
    (SALE_TOKENS, "tokens = \"1_000_000\"", "genesis[2].tokens", "unit"),
    (SALE_TOKENS, "tokens = \"7 days\"", "genesis[2].tokens", "unit `days`"),
    (SALE_TOKENS, "tokens = 1", "genesis[2].tokens", "expected a string"),
    (
        SALE_TOKENS,
        "tokens = \"40_000_000_000_000_000_000_000 MOOT\"",
        "genesis[2].tokens",
        "too large",
    ),
    (SALE_TOKENS, "tokens = \"19_000_000 MOOT\"", "genesis", "E0103"),
    ("interval = \"5 s\"", "interval = \"0 s\"", "clock.interval", "positive"),
    ("interval = \"5 s\"", "interval = \"5 MOOT\"", "clock.interval", "not a duration"),
    ("interval = \"5 s\"", "interval = \"5 s\"\njitter = \"1 s\"", "clock.jitter", "unknown key"),
    ("bounty = \"10 %\"", "bounty = nan", "staking.bounty", "NaN cannot be used"),
    ("bounty = \"10 %\"", "bounty = -0.5", "staking.bounty", "-0.5 cannot be used"),
    ("bounty = \"10 %\"", "bounty = \"60 %\"", "staking.bounty", "E0224"),
    ("window = \"30 days\"", "window = \"0 s\"", "treasury.window", "E0620"),
    ("window = \"30 days\"", "window = \"30 MOOT\"", "treasury.window", "not a duration"),
    ("[slots] ", "[slots]\nwrok = []", "slots.wrok", "is of no topic"),
    (
        "wasm17pgezm05fdqpmjamy80l7csmtjm0mrwsmvlv7c\",\n]",
        "wasm16xexut6vt9gxt4ulp9f3gl9gzlt7c6gsm744kn\",\n]",
        "slots",
        "E0313",
    ),
    ("denom = \"ustake\"", "admin = \"treasury\"", "", "duplicate key"),
    ("admin = \"treasury\"", "admin = \"tresury\"", "deployment.admin", "did you mean `treasury`?"),
    ("[token]", "[populations.a]\n[token]", "populations", "unknown key"),
    ("[deployment]", "[deploymnt]", "deploymnt", "did you mean `deployment`?"),
    (
        "unheard = \"forfeited\"",
        "unheard = \"forfeited\"\nquorums = 1",
        "governance.quorums",
        "unknown key",
    ),
    ("pauses = 2", "pauses = 300", "governance.guardian.pauses", "300"),
    ("lasts = \"365 days\"", "lasts = \"367 days\"", "governance", "E046"),
    ("admin = \"treasury\"", "admin = [", "", ""),
];

#[test]
fn hostile_files_are_refused_with_place_and_reason() {
    for &(part, by, place, words) in HOSTILE {
        let error = match read_text(but(&[(part, by)])) {
            Ok(_) => panic!("`{by}` was taken"),
            Err(error) => error,
        };
        let hit =
            error.problems.iter().find(|one| one.path == place && one.to_string().contains(words));
        assert!(hit.is_some(), "{by}: {error}");
        let shown = hit.and_then(|one| one.snippet.as_ref());
        assert!(shown.is_some(), "{by}: no place in the file: {error}");
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = but(&[
        ("label = \"moot\"", "label = \"\""),
        (GUARDIAN, "guardian"),
        (SALE, FOUNDERS),
        ("window = \"30 days\"", "window = \"30\""),
        ("bounty = \"10 %\"", "bounty = \"110 %\""),
    ]);
    let error = read_text(text).unwrap_err();
    let places: Vec<&str> = error.problems.iter().map(|one| one.path.as_str()).collect();
    let all = [
        "deployment.label",
        "governance.guardian.address",
        "genesis[2].address",
        "staking.bounty",
        "treasury.window",
    ];
    assert_eq!(places, all, "{error}");
    let refused = but(&[
        ("bounty = \"10 %\"", "bounty = \"60 %\""),
        ("unit = \"1 MOOT\"", "unit = \"0 MOOT\""),
        ("window = \"30 days\"", "window = \"0 s\""),
    ]);
    let error = read_text(refused.clone()).unwrap_err().to_string();
    for code in ["E0222", "E0224", "E0620"] {
        assert!(error.contains(code), "{error}");
    }
    let found = file::lint(&Text(refused), "x.toml").unwrap();
    assert!(found.iter().filter(|(severity, _)| *severity == Severity::Violation).count() >= 3);
}

#[test]
fn what_is_allowed_and_seldom_meant_is_doubted() {
    for (part, by, place, words) in [
        ("admin = \"treasury\"", "admin = \"deployer\"", "deployment.admin", "without a vote"),
        (
            "tokens = \"1_000_000 MOOT\"",
            "tokens = \"4_000_000 MOOT\"",
            "genesis[2].tokens",
            "decides alone",
        ),
        (
            "tokens = \"500_000 MOOT\"",
            "tokens = \"17_500_000 MOOT\"",
            "emission.cap",
            "nothing is ever emitted",
        ),
        (
            "deposit = \"500 MOOT\"",
            "deposit = \"2_000_000 MOOT\"",
            "governance.tracks.ordinary.deposit",
            "nobody can propose",
        ),
        (
            "activity_cutoff = \"1440 blocks\"",
            "activity_cutoff = \"100 blocks\"",
            "topics.work.activity_cutoff",
            "shorter than the tempo",
        ),
        ("bounty = \"10 %\"", "bounty = 0", "staking.bounty", "nobody is paid to look"),
        (
            "per_block = \"0.25 MOOT\"",
            "per_block = \"0 MOOT\"",
            "emission.per_block",
            "nothing is ever emitted",
        ),
    ] {
        let found = file::lint(&Text(but(&[(part, by)])), "x.toml").unwrap();
        let hit = found.iter().find(|(_, one)| one.path == place && one.what.contains(words));
        let (severity, _) = hit.unwrap_or_else(|| panic!("{by}: {found:#?}"));
        assert_eq!(*severity, Severity::Doubt, "{by}");
    }
    let hasty = but(&[
        ("period = \"5 days\"", "period = \"2 h\""),
        ("period = \"1 day\", timelock", "period = \"1 h\", timelock"),
    ]);
    let found = file::lint(&Text(hasty), "x.toml").unwrap();
    assert!(found.iter().any(|(_, one)| one.what.contains("who sleeps")), "{found:#?}");
}

/// Every line left out, doubled, and cut short, and every character but white space replaced: such a
/// file is taken or refused with a reason, at once.
#[test]
fn no_mutilated_file_does_worse_than_be_refused() {
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    let whole = |lines: Vec<&str>| lines.join("\n");
    let mut files: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let (before, after) = (&lines[..at], &lines[at + 1..]);
        let cut = &line[..line.len() / 2];
        files.push(whole([before, after].concat()));
        files.push(whole([before, &[line, line], after].concat()));
        files.push(whole([before, &[cut], after].concat()));
    }
    for (at, letter) in EXAMPLE.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
        for by in ["9", "-", "\"", "\u{202e}"] {
            let end = at + letter.len_utf8();
            files.push([&EXAMPLE[..at], by, &EXAMPLE[end..]].concat());
        }
    }
    let (mut taken, mut refused) = (0, 0);
    for text in files {
        match read_text(text) {
            Ok(deployment) => {
                taken += 1;
                let genesis = deployment.genesis(Height::new(1), Timestamp::new(1));
                World::from_genesis(&genesis).expect("what was read is a state to start from");
            }
            Err(error) => {
                refused += 1;
                assert!(error.problems.iter().all(|one| !one.what.is_empty()), "{error}");
            }
        }
    }
    assert!(taken > 1_000 && refused > 1_000, "{taken} taken, {refused} refused");
}

#[test]
fn a_deployment_is_no_scenario_and_a_scenario_no_deployment() {
    let source = Text(EXAMPLE.into());
    let error = file::read(&source, "x.toml").unwrap_err().to_string();
    assert!(error.contains("not played"), "{error}");
    assert!(file::open(&source, "x.toml").is_err());
    let scenario = include_str!("../../cli/templates/minimal.toml");
    let error = read_text(scenario.to_owned()).unwrap_err().to_string();
    assert!(error.contains("unknown key"), "{error}");
}
