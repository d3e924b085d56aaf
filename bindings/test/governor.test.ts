// What a web page does with the bindings, without a chain: it sends what the contracts parse, and
// reads what they answer. The answers are serialised by the contracts' own types, and those parse
// what is sent here: `cargo xtask bindings` runs all three.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import type { CosmWasmClient, SigningCosmWasmClient } from "@cosmjs/cosmwasm-stargate";

import { GovernorClient, GovernorQueryClient, TokenClient, governor, network } from "../src";

const GOVERNOR = "wasm1governor";
const ANSWERS = process.env["MOOT_ANSWERS"];
const MESSAGES = process.env["MOOT_MESSAGES"];

/** A chain that answers with what the contracts' types print. */
function answering(answers: Record<string, unknown>): CosmWasmClient {
  const queryContractSmart = async (address: string, query: object) => {
    assert.equal(address, GOVERNOR);
    const [name] = Object.keys(query);
    assert.ok(name !== undefined && name in answers, `nobody answers ${name}`);
    return answers[name];
  };
  return { queryContractSmart } as unknown as CosmWasmClient;
}

/** A chain that keeps what is sent. */
function keeping(kept: object[]): SigningCosmWasmClient {
  const execute = async (sender: string, contract: string, msg: object, fee: unknown) => {
    assert.equal(fee, "auto");
    kept.push({ sender, contract, msg });
    return { transactionHash: "" };
  };
  return { execute } as unknown as SigningCosmWasmClient;
}

const base64 = (message: object) => Buffer.from(JSON.stringify(message)).toString("base64");

test("a proposal and a split ballot are sent as the contract parses them", async () => {
  const kept: object[] = [];
  const ours = new GovernorClient(keeping(kept), "wasm1voter", GOVERNOR);
  const token = new TokenClient(keeping(kept), "wasm1voter", "wasm1token");
  const deposit = { amount: "500000000", contract: GOVERNOR, msg: base64({ deposit: {} }) };
  await token.send(deposit, "auto");
  const close: network.ExecuteMsg = { close: { topic: 0, rows: 64 } };
  const call = { contract_addr: "wasm1network", funds: [], msg: base64(close) };
  const question: governor.QuestionMsg = { standard: { msgs: [{ wasm: { execute: call } }] } };
  const text = { title: "Close the epoch", description: "A few words.\n" };
  await ours.propose({ track: "ordinary", question, ...text }, "auto");
  await ours.vote({ proposalId: 7, ballot: [[1, "0.25"], [0, "0.75"]], rationale: "As asked." }, "auto");
  await ours.setGuardian({ mandate: { ends: 0, pause: 0, pauses: 0, suspended: 0 } }, "auto");
  assert.equal(kept.length, 4);
  assert.deepEqual(kept[2], {
    sender: "wasm1voter",
    contract: GOVERNOR,
    msg: { vote: { proposal_id: 7, ballot: [[1, "0.25"], [0, "0.75"]], rationale: "As asked." } },
  });
  if (MESSAGES !== undefined) writeFileSync(MESSAGES, JSON.stringify(kept));
});

test("answers are read as the contract writes them", { skip: ANSWERS === undefined }, async () => {
  const answers = JSON.parse(readFileSync(ANSWERS ?? "", "utf8"));
  const ours = new GovernorQueryClient(answering(answers), GOVERNOR);
  const details: governor.DetailsResponse = await ours.details({ proposalId: 7 });
  const cast = details.tally.reduce((sum, option) => sum + BigInt(option), 0n);
  assert.equal(details.status, "open");
  assert.equal(details.track, "constitutional");
  assert.equal(cast, 340282366920938463463374607431768211455n);
  assert.ok(details.eta === null || details.eta === undefined);
  const { ballot, weight } = await ours.ballot({ proposalId: 7, voter: "wasm1voter" });
  const shares: [number, governor.Decimal][] = ballot;
  assert.deepEqual(shares, [[0, "0.75"], [1, "0.25"]]);
  assert.equal(BigInt(weight), 1000000n);
  const { threshold } = (await ours.params()).constitutional;
  assert.ok("at_least" in threshold && threshold.at_least.part === "0.667");
});
