// Makes src/ of the schemas: node generate.cjs SCHEMAS OUT. `cargo xtask bindings --bless` runs it.
//
// ts-codegen does the work. What it would get wrong is written otherwise in a copy of the schemas:
// a tuple inside of another type would become an array of its first member's type, so each gets a
// name; and the answer "a number or nothing" would be declared by one name and used by another.

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const codegen = require("@cosmwasm/ts-codegen").default;

/** Contracts with messages of their own; `Suite` is the code that three of them are made from. */
const CONTRACTS = ["Token", "Staking", "Network", "Rewards", "Governor", "Treasury", "Suite"];

/** What a member of a tuple is called in the tuple's name. */
function nameOf(schema) {
  const name = schema.$ref ? schema.$ref.split("/").pop() : (schema.format ?? schema.type);
  return name[0].toUpperCase() + name.slice(1);
}

/** The schema with each tuple inside of it as a definition of its own. */
function withNamedTuples(schema) {
  const tuples = {};
  const walk = (node) => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== "object") return node;
    const made = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    if (made.type !== "array" || !Array.isArray(made.items)) return made;
    const name = made.items.map(nameOf).join("And");
    tuples[name] = made;
    return { $ref: `#/definitions/${name}` };
  };
  const walked = walk(schema);
  if (Object.keys(tuples).length === 0) return walked;
  return { ...walked, definitions: { ...walked.definitions, ...tuples } };
}

/** A contract's schemas as ts-codegen understands them. */
function prepared(api) {
  const parts = Object.entries(api).map(([key, value]) => {
    if (value === null || typeof value !== "object") return [key, value];
    if (key !== "responses") return [key, withNamedTuples(value)];
    const answers = Object.entries(value).map(([name, answer]) => {
      const title = answer.title?.replace(/^Nullable_uint/, "Nullable_Uint");
      return [name, withNamedTuples({ ...answer, title })];
    });
    return [key, Object.fromEntries(answers)];
  });
  return Object.fromEntries(parts);
}

async function main([schemas, out]) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "bindings-"));
  const contracts = CONTRACTS.map((name) => {
    const dir = path.join(work, name);
    const file = `${name.toLowerCase()}.json`;
    const api = JSON.parse(fs.readFileSync(path.join(schemas, file), "utf8"));
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, file), JSON.stringify(prepared(api)));
    return { name, dir };
  });
  const options = {
    bundle: { enabled: false },
    types: { enabled: true },
    client: { enabled: true, execExtendsQuery: false },
  };
  await codegen({ contracts, outPath: out, options });
  // The suite's code answers nothing itself.
  fs.rmSync(path.join(out, "Suite.client.ts"), { force: true });
  const line = (name, kind) => {
    const file = `${name}.${kind}`;
    if (!fs.existsSync(path.join(out, `${file}.ts`))) return "";
    const what = kind === "types" ? `* as ${name.toLowerCase()}` : "*";
    return `export ${what} from "./${file}";\n`;
  };
  const lines = CONTRACTS.flatMap((name) => [line(name, "types"), line(name, "client")]);
  fs.writeFileSync(path.join(out, "index.ts"), lines.join(""));
  for (const file of fs.readdirSync(out)) {
    const made = path.join(out, file);
    fs.writeFileSync(made, fs.readFileSync(made, "utf8").trimEnd() + "\n");
  }
  fs.rmSync(work, { recursive: true });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
