//! The season: what is done, in which order, and what must have come of it.

use serde_json::Value;

use crate::e2e::stage::{KEYS, Stage, key};
use crate::e2e::told::Told;
use crate::failure::{Failure, Outcome};
use crate::progress::step;

/// Who holds slots and weighs.
const VALIDATORS: u16 = 5;
/// Who lends its power to the first.
const DELEGATORS: std::ops::RangeInclusive<u16> = 16..=19;
/// Epochs that are closed.
const EPOCHS: u64 = 3;
/// Milliseconds after which a deployment is killed: before, while and after it sends.
const MOMENTS: [u64; 10] = [90, 350, 700, 1_100, 450, 1_500, 250, 1_900, 850, 600];
/// A fifth more than half, in parts of 65535.
const NEW_KAPPA: u64 = 39_321;

/// Plays it.
///
/// # Errors
/// Something is refused, or comes out otherwise than it must.
pub(crate) fn play(stage: &Stage) -> Outcome<Told> {
    let mut season = Season { stage, told: Told::default() };
    step("e2e: deploy, killed ten times, and deploy again", || season.deploy())?;
    step("e2e: stake in two tiers, delegate, register", || season.join())?;
    step("e2e: three epochs of weights", || season.epochs())?;
    step("e2e: propose, vote, vote again, over a delegate", || season.propose())?;
    step("e2e: queue and execute", || season.execute())?;
    step("e2e: claims, and stake that comes back", || season.leave())?;
    step("e2e: the laws on the chain's state, and all of it once more natively", || {
        season.audit()
    })?;
    Ok(season.told)
}

struct Season<'a> {
    stage: &'a Stage,
    told: Told,
}

impl Season<'_> {
    /// A transaction under its name in gas.md.
    fn act(&mut self, name: &str, who: &str, words: &[&str]) -> Outcome<Value> {
        let told = self.stage.moot.by(who, words)?;
        self.told.note(name, &told)?;
        Ok(told)
    }

    fn deploy(&mut self) -> Outcome {
        let artifacts = self.stage.artifacts.display().to_string();
        let words = ["deploy", "network.toml", "--artifacts", &artifacts];
        for moment in MOMENTS {
            self.stage.moot.killed(&key(20), &words, moment)?;
        }
        let first = self.stage.moot.by(&key(20), &words)?;
        let codes = first["codes"].as_object().into_iter().flat_map(|codes| codes.values());
        let mut codes: Vec<_> = codes.filter_map(Value::as_u64).collect();
        codes.sort_unstable();
        must("killed ten times, it stores each code once", codes, vec![1, 2, 3, 4])?;
        let steps = first["steps"].as_array().cloned().unwrap_or_default();
        for one in &steps {
            let name = one["name"].as_str().unwrap_or_default().replace(' ', ".");
            self.told.note(&format!("deploy.{name}"), &one["done"])?;
        }
        must("five transactions deploy", steps.len(), 5)?;
        let again = self.stage.moot.by(&key(20), &words)?;
        must("deploying again changes nothing", again, first)?;
        self.stage.moot.json(&["snapshot", "--out", "first.json"]).map(|_| ())
    }

    fn join(&mut self) -> Outcome {
        for number in 1..=KEYS - 1 {
            let tier = if number % 2 == 0 { "1" } else { "0" };
            let who = key(number);
            self.act("staking.stake.first", &who, &["stake", "20_000MOOT", "--tier", tier])?;
        }
        let first = self.stage.address(&key(1))?;
        for number in DELEGATORS {
            self.act("staking.delegate", &key(number), &["delegate", &first])?;
        }
        for number in 1..=VALIDATORS {
            self.act("network.register", &key(number), &["register", "0"])?;
        }
        let topic = self.stage.moot.query("network", r#"{"topic":{"topic":0}}"#)?;
        must("slots that are held", &topic["held"], &VALIDATORS.into())
    }

    fn epochs(&mut self) -> Outcome {
        for epoch in 0..EPOCHS {
            for number in 1..=VALIDATORS {
                let row = row(number - 1);
                let name = match epoch {
                    0 => "network.submit_weights.first",
                    _ => "network.submit_weights.later",
                };
                self.act(name, &key(number), &["submit-weights", "0", &row])?;
            }
            let topic = self.stage.moot.query("network", r#"{"topic":{"topic":0}}"#)?;
            let due = topic["due"].as_u64().unwrap_or_default();
            // A transaction is in the block after the one that is known.
            self.stage.until_height(due)?;
            let name = if epoch == 0 { "network.close.first" } else { "network.close.later" };
            self.act(name, &key(20), &["epoch", "0"])?;
            must("epochs closed", self.epoch()?, epoch + 1)?;
        }
        Ok(())
    }

    fn epoch(&self) -> Outcome<u64> {
        let topic = self.stage.moot.query("network", r#"{"topic":{"topic":0}}"#)?;
        Ok(topic["epoch"].as_u64().unwrap_or_default())
    }

    fn propose(&mut self) -> Outcome {
        let pay = format!("{}:1_000MOOT", self.stage.address(&key(15))?);
        let words = ["propose", "--set", "network.kappa=0.6", "--pay", &pay];
        let told = self.act("governor.propose.with_deposit", &key(1), &words)?;
        must("the first proposal", &told["proposal"], &0.into())?;
        let early = self.stage.moot.refused(&key(2), &["queue", "0"])?;
        must("nobody queues before the vote", early.get(..3), Some("E04"))?;
        self.upgrade()?;
        self.until(0, "open")?;
        // The first votes with what four lent it; one of these then votes itself.
        self.act("governor.vote.later", &key(1), &["vote", "0", "yes"])?;
        self.act("governor.vote.later", &key(2), &["vote", "0", "no"])?;
        self.act("governor.vote.again", &key(2), &["vote", "0", "yes=0.6,no=0.4"])?;
        self.act("governor.vote.overriding", &key(16), &["vote", "0", "no"])?;
        // As a Ledger signs: the node takes both forms.
        let ledger = ["vote", "0", "yes", "--sign-mode", "amino-json"];
        self.act("governor.vote.later", &key(14), &ledger)?;
        for number in 3..=8 {
            self.act("governor.vote.later", &key(number), &["vote", "0", "yes"])?;
        }
        for number in [1, 2, 4, 6] {
            self.act("governor.vote.later", &key(number), &["vote", "1", "yes"])?;
        }
        self.act("staking.unstake", &key(9), &["unstake", "5_000MOOT"])?;
        Ok(())
    }

    /// New code for the network: the same bytes once more, which is a code of its own.
    fn upgrade(&mut self) -> Outcome {
        let file = self.stage.artifacts.join("network.wasm").display().to_string();
        let upgrade = format!("network={file}");
        let told =
            self.act("governor.propose.upgrade", &key(3), &["propose", "--upgrade", &upgrade])?;
        must("the second proposal", &told["proposal"], &1.into())
    }

    fn status(&self, proposal: u32) -> Outcome<String> {
        let details = format!(r#"{{"details":{{"proposal_id":{proposal}}}}}"#);
        let details = self.stage.moot.query("governor", &details)?;
        Ok(details["status"].as_str().unwrap_or_default().to_owned())
    }

    fn until(&self, proposal: u32, wanted: &str) -> Outcome {
        for _ in 0..400 {
            if self.status(proposal)? == wanted {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        let stands = self.status(proposal)?;
        Err(Failure::new(format!("proposal {proposal} never is {wanted}")).because(stands))
    }

    fn execute(&mut self) -> Outcome {
        self.until(0, "passed")?;
        self.act("governor.queue", &key(10), &["queue", "0"])?;
        self.until(0, "executable")?;
        let receiver = self.stage.address(&key(15))?;
        let before = self.tokens(&receiver)?;
        self.act("governor.execute.change_and_payment", &key(10), &["execute", "0"])?;
        must("the grant is paid", self.tokens(&receiver)?, before + 1_000_000_000)?;
        // A topic changes from the next epoch on, which is long due.
        self.act("network.close.later", &key(20), &["epoch", "0"])?;
        let topic = self.stage.moot.query("network", r#"{"topic":{"topic":0}}"#)?;
        let kappa = &topic["params"]["scoring"]["yuma"]["kappa"];
        must("kappa is changed", kappa, &NEW_KAPPA.into())?;
        let again = self.stage.moot.refused(&key(10), &["execute", "0"])?;
        must("nothing is executed twice", again.get(..3), Some("E04"))?;
        self.replace_code()
    }

    /// The code is replaced with stake, slots and earnings in place, and the receipt says so.
    fn replace_code(&mut self) -> Outcome {
        self.until(1, "passed")?;
        self.act("governor.queue", &key(10), &["queue", "1"])?;
        self.until(1, "executable")?;
        self.act("governor.execute.upgrade", &key(10), &["execute", "1"])?;
        let artifacts = self.stage.artifacts.display().to_string();
        let told = self.stage.moot.fails(&["verify", "--artifacts", &artifacts])?;
        must("the code is another one", told.contains("network: code is 5, and should be"), true)?;
        must("epochs closed", self.epoch()?, EPOCHS + 1)
    }

    fn leave(&mut self) -> Outcome {
        // The first, whose power is more than half, alone says who contributes, and not itself: its
        // pay is what its own stake and its delegators' earn.
        let contributors = (2..=VALIDATORS).map(|number| ("rewards.claim", number, "rewards"));
        let stakers = [1, 17].map(|number| ("staking.claim_rewards", number, "delegation"));
        for (name, number, of) in contributors.chain(stakers) {
            let who = self.stage.address(&key(number))?;
            let before = self.tokens(&who)?;
            self.act(name, &key(number), &["claim", of])?;
            must("who worked or lent is paid", self.tokens(&who)? > before, true)?;
        }
        let who = self.stage.address(&key(9))?;
        let before = self.tokens(&who)?;
        for _ in 0..400 {
            if let Ok(told) = self.stage.moot.by(&key(9), &["claim", "stake"]) {
                self.told.note("staking.claim", &told)?;
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        must("stake comes back", self.tokens(&who)?, before + 5_000_000_000)
    }

    /// Every law, on everything that the contracts store.
    fn audit(&self) -> Outcome {
        let audit = self.stage.moot.json(&["audit"])?;
        must("no law is broken", audit["holds"].clone(), true.into())?;
        self.stage.moot.json(&["snapshot", "--out", "state.json"])?;
        let replay = self.stage.moot.json(&["replay", "first.json"])?;
        must("the native engine has the chain's state", &replay["agrees"], &true.into())
    }

    fn tokens(&self, address: &str) -> Outcome<u128> {
        let question = format!(r#"{{"balance":{{"address":"{address}"}}}}"#);
        let held = self.stage.moot.query("token", &question)?;
        let held = held["balance"].as_str().and_then(|held| held.parse().ok());
        held.ok_or_else(|| Failure::new(format!("the token tells no balance of {address}")))
    }
}

/// A row of weights over the others, none for oneself.
fn row(own: u16) -> String {
    let weight = |uid: u16| 20_000 + 9_000 * u32::from((uid + own) % VALIDATORS);
    let others = (0..VALIDATORS).filter(|uid| *uid != own);
    others.map(|uid| format!("{uid}:{}", weight(uid))).collect::<Vec<_>>().join(",")
}

fn must<T: PartialEq + std::fmt::Debug>(what: &str, got: T, meant: T) -> Outcome {
    match got == meant {
        true => Ok(()),
        false => Err(Failure::new(what).because(format!("it is {got:?}, and must be {meant:?}"))),
    }
}
