// Prints the digests that a wasm32 module computes: node digests.mjs MODULE

import { readFile } from "node:fs/promises";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});
const { table_length, table_byte } = instance.exports;
const bytes = Uint8Array.from({ length: table_length() }, (_, index) => table_byte(index));
process.stdout.write(new TextDecoder().decode(bytes));
