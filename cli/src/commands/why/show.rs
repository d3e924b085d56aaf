//! An answer in the terminal.

use protocol::{Accrued, Amount, Fraction};
use scoring_kernel::Mechanism;
use serde_json::{Value, json};
use simulator::scenario::Token;
use simulator::why::{Answer, Part, ValidatorPay};

use crate::exit::Outcome;
use crate::print::say;
use crate::{amount, trace};

/// Amounts in the scenario's token.
struct Coin<'a>(&'a Token);

impl Coin<'_> {
    fn amount(&self, amount: Amount) -> String {
        format!("{} {}", amount::tokens(amount.units(), self.0.decimals), self.0.symbol)
    }

    /// Whole units, and whether there is more behind them.
    fn accrued(&self, accrued: Accrued) -> String {
        let whole = self.amount(Amount::saturating(accrued.whole()));
        match accrued.part() {
            0 => whole,
            part => format!("{whole} and {part}/2^64 of a base unit"),
        }
    }
}

fn percent(fraction: Fraction) -> String {
    format!("{} %", f64::from(fraction.parts()) / 1e7)
}

/// Everything, for people; of long tables the `top` largest rows.
pub(super) fn human(answer: &Answer, token: &Token, top: usize) {
    let coin = Coin(token);
    let slot = answer.slot.map_or("without a slot".to_owned(), |slot| format!("slot {slot}"));
    say!(
        "{} ({}, {}), {slot} of topic {}: epoch {}, closed in block {}\n",
        answer.name,
        answer.population,
        answer.behaviour,
        answer.topic,
        answer.epoch,
        answer.height.get()
    );
    emission(answer, &coin);
    if answer.permits == 0 {
        say!(
            "\nNo slot had a permit: a close issues them for the next epoch, the first one for epoch 1."
        );
    }
    let name = |uid: u16| {
        let holder = answer.holders.get(usize::from(uid)).and_then(Option::as_deref);
        holder.map_or_else(|| format!("slot {uid}"), |holder| format!("{uid} {holder}"))
    };
    if let Some(trace) = &answer.synthesis {
        say!("\nEvery term of the topic's synthesis\n\n{}", trace::synthesis(trace, name));
    }
    let kernel = !matches!(answer.mechanism, Mechanism::Synthesis(_));
    if let Some(pay) = &answer.contributor {
        say!("\nAs a contributor\n");
        if kernel {
            say!("{}", trace::contributor(&pay.trace, &answer.mechanism, top, name));
        }
        say!("{}", paid(&pay.part, "incentive", &coin));
    }
    if let Some(pay) = &answer.validator {
        say!("\nAs a validator\n");
        if kernel {
            say!("{}", trace::validator(&pay.trace, top, name));
        }
        say!("{}", paid(&pay.part, "dividend", &coin));
        shared(pay, &coin);
    }
    if let Some(power) = &answer.power {
        say!("\nIts power\n");
        let whose = match power.lent {
            true => format!("lent to {}", power.validator),
            false => "its own".to_owned(),
        };
        say!(
            "Power {}, {whose}, times the index's growth of {} a unit: {}.",
            power.power.units(),
            growth(power.growth),
            coin.accrued(power.earned)
        );
    }
    if answer.contributor.is_none() && answer.validator.is_none() && answer.power.is_none() {
        say!("\nNobody weighs it, it weighs nobody, and it has no power: it earned nothing.");
    }
    account(answer, &coin);
}

fn emission(answer: &Answer, coin: &Coin<'_>) {
    let (emitted, split) = (&answer.emission, &answer.divided.split);
    say!(
        "Emitted since the schedule was last touched: {}, of which to the treasury {}.",
        coin.amount(emitted.minted),
        coin.amount(emitted.treasury)
    );
    say!(
        "The topic's part by weight {} of {}: {}; carried {}.",
        emitted.weight,
        emitted.weights,
        coin.accrued(emitted.accrued),
        coin.accrued(emitted.carried)
    );
    say!(
        "Distributed: {}; {} stays for the next epoch.",
        coin.amount(emitted.whole),
        coin.accrued(emitted.kept)
    );
    let fees: u128 = split.fees.iter().map(|fee| fee.units()).sum();
    say!("  pages' fees      {} for {}", coin.amount(Amount::saturating(fees)), split.fees.len());
    let distribution = &answer.distribution;
    let cut = match distribution.owner {
        Some(_) => percent(distribution.owner_cut),
        None => "no owner".to_owned(),
    };
    say!("  owner's cut      {} ({cut})", coin.amount(split.owner));
    let part = percent(distribution.contributors);
    say!(
        "  contributors     {} ({part} of what is left, floored)",
        coin.amount(split.contributors)
    );
    say!("  validators       {} (the rest)", coin.amount(split.validators));
    if !answer.divided.unscored.is_zero() {
        say!("  found no score   {}: to the treasury", coin.amount(answer.divided.unscored));
    }
    if let Some(owner) = answer.owner {
        say!("It owns the topic: the owner's cut of {} is its own.", coin.amount(owner));
    }
}

/// From a share to base units.
fn paid(part: &Part, share: &str, coin: &Coin<'_>) -> String {
    let (of, floor, paid) = (coin.amount(part.of), coin.amount(part.floor), part.paid());
    let unit = match part.unit {
        true => " plus one base unit, for one of the largest remainders",
        false => "",
    };
    format!(
        "Paid: floor({of} x {share} {} / {}) = {floor}{unit} = {}.",
        part.score,
        part.scores,
        coin.amount(paid)
    )
}

fn shared(pay: &ValidatorPay, coin: &Coin<'_>) {
    let shared = &pay.shared;
    say!("Take {}: {} for its slot.", percent(pay.take), coin.amount(pay.taken));
    let waiting = match shared.waiting.is_zero() {
        true => String::new(),
        false => format!(" and {} that waited", coin.amount(shared.waiting)),
    };
    say!(
        "The rest, {}{waiting}, is shared by the power of {} behind it: the index grows by {} a unit.",
        coin.amount(shared.amount),
        shared.power.units(),
        growth(shared.growth)
    );
}

/// An index's growth with digits enough to tell.
fn growth(growth: Accrued) -> String {
    let part = growth.part() as f64 / (1u128 << 64) as f64;
    format!("{:.12}", growth.whole() as f64 + part)
}

fn account(answer: &Answer, coin: &Coin<'_>) {
    let account = &answer.account;
    say!("\nAfter the epoch\n");
    say!("Claimed in this run so far: {}.", coin.amount(Amount::saturating(account.claimed)));
    say!(
        "Owed and not yet claimed: {} on its slot, {} on its account, {} on its power.",
        coin.amount(account.on_slot),
        coin.amount(account.on_account),
        coin.amount(Amount::saturating(account.on_power.whole()))
    );
}

/// Everything, for programs: shares raw, amounts as texts of base units.
///
/// # Errors
/// None in practice.
pub(super) fn json(answer: &Answer, token: &Token) -> Outcome {
    let (emitted, divided) = (&answer.emission, &answer.divided);
    let value = json!({
        "schema": "moot-why/1",
        "name": answer.name,
        "population": answer.population,
        "behaviour": answer.behaviour,
        "epoch": answer.epoch,
        "topic": answer.topic,
        "height": answer.height.get(),
        "slot": answer.slot,
        "holders": answer.holders,
        "permits": answer.permits,
        "token": { "symbol": token.symbol, "decimals": token.decimals },
        "emission": {
            "minted": text(emitted.minted),
            "treasury": text(emitted.treasury),
            "weight": emitted.weight,
            "weights": emitted.weights.to_string(),
            "carried": accrued(emitted.carried),
            "accrued": accrued(emitted.accrued),
            "distributed": text(emitted.whole),
            "kept": accrued(emitted.kept),
        },
        "split": {
            "fees": divided.split.fees.iter().map(|fee| text(*fee)).collect::<Vec<_>>(),
            "owner": text(divided.split.owner),
            "contributors": text(divided.split.contributors),
            "validators": text(divided.split.validators),
            "unscored": text(divided.unscored),
        },
        "contributor": answer.contributor.as_ref().map(|pay| json!({
            "terms": trace::contributor_json(&pay.trace),
            "paid": part(&pay.part),
        })),
        "validator": answer.validator.as_ref().map(validator),
        "synthesis": answer.synthesis.as_ref().map(trace::synthesis_json),
        "power": answer.power.as_ref().map(|power| json!({
            "validator": power.validator,
            "lent": power.lent,
            "power": power.power.units().to_string(),
            "growth": accrued(power.growth),
            "earned": accrued(power.earned),
        })),
        "owner": answer.owner.map(text),
        "account": {
            "claimed": answer.account.claimed.to_string(),
            "owed_on_slot": text(answer.account.on_slot),
            "owed_on_account": text(answer.account.on_account),
            "owed_on_power": accrued(answer.account.on_power),
        },
    });
    say!("{}", serde_json::to_string_pretty(&value)?);
    Ok(())
}

fn text(amount: Amount) -> String {
    amount.units().to_string()
}

/// Whole units, and 64 bits behind them.
fn accrued(accrued: Accrued) -> Value {
    json!({ "whole": accrued.whole().to_string(), "part_of_2_64": accrued.part().to_string() })
}

fn part(part: &Part) -> Value {
    json!({
        "of": text(part.of), "score": part.score, "scores": part.scores.to_string(),
        "floor": text(part.floor), "remainder_unit": part.unit, "paid": text(part.paid()),
    })
}

fn validator(pay: &ValidatorPay) -> Value {
    let shared = &pay.shared;
    json!({
        "terms": trace::validator_json(&pay.trace),
        "paid": part(&pay.part),
        "take": f64::from(pay.take.parts()) / 1e9,
        "taken": text(pay.taken),
        "shared": {
            "amount": text(shared.amount),
            "waiting": text(shared.waiting),
            "power": shared.power.units().to_string(),
            "growth": accrued(shared.growth),
            "remainder_before": shared.remainder_before.to_string(),
            "remainder_after": shared.remainder_after.to_string(),
        },
    })
}
