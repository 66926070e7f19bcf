// Runs what the guides show: the blocks of one guide are one script for bash, in their order.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = join(dirname(fileURLToPath(import.meta.url)), "../../docs");
const BLOCK = /^```sh\n([\s\S]*?)^```$/gm;

/** Runs a guide; resolves to its exit code. What it says is seen where it fails. */
export function follow(guide, environment) {
  const blocks = [...readFileSync(join(docs, guide), "utf8").matchAll(BLOCK)].map(([, block]) => block);
  if (blocks.length === 0) throw new Error(`${guide} shows nothing`);
  const options = ["-eu", "-o", "pipefail", "-x", "-c", blocks.join("\n")];
  const child = spawn("bash", options, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { said += chunk; });
  return new Promise((done) => child.on("exit", (code) => {
    console.log(code === 0 ? `${guide}: every block runs` : said);
    done(code ?? 1);
  }));
}
