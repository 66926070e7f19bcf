// Runs what the guides show: the blocks of one guide are one script for bash, in their order. What the guide of webhooks shows in Python
// and JavaScript is given an event that was signed, the same again, and one that was changed.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** What a receiver is given, and how it answers; `call` gives headers and body to it. */
const PYTHON = `
import datetime
seen, queued = set(), []
def seen_before(id): return id in seen or seen.add(id)
def enqueue(event): queued.append(event)
now = datetime.datetime.now(tz=datetime.timezone.utc)
def headers(body): return {"webhook-id": "evt_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": webhook.sign("evt_1", now, body)}
body = '{"type":"order.accepted"}'
assert [receive(headers(body), body.encode()), receive(headers(body), body.encode())] == [204, 204]
assert receive(headers(body), b'{"type":"order.cancelled"}') == 400
assert queued == [{"type": "order.accepted"}], queued
`;
const JAVASCRIPT = `
import assert from "node:assert/strict";
const seen = new Set(), queued = [];
function seenBefore(id) { return seen.has(id) || !seen.add(id); }
function enqueue(event) { queued.push(event); }
const now = new Date();
const headers = (body) => ({ "webhook-id": "evt_1", "webhook-timestamp": String(Math.floor(now / 1000)), "webhook-signature": webhook.sign("evt_1", now, body) });
const body = '{"type":"order.accepted"}';
assert.deepEqual([receive(headers(body), body), receive(headers(body), body)], [204, 204]);
assert.equal(receive(headers(body), '{"type":"order.cancelled"}'), 400);
assert.deepEqual(queued, [{ type: "order.accepted" }]);
`;

/** Runs what the guide of webhooks shows in both languages; resolves to true where both work. */
export function verifyWebhooks(python) {
  const text = readFileSync(join(docs, "webhooks.md"), "utf8");
  const block = (language) => text.match(new RegExp("^```" + language + "\\n([\\s\\S]*?)^```$", "m"))[1].replaceAll("whsec_…", SECRET);
  const folder = mkdtempSync(join(tmpdir(), "portal-guides."));
  try {
    symlinkSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "receive.py"), block("python") + PYTHON);
    writeFileSync(join(folder, "receive.mjs"), block("js") + JAVASCRIPT);
    const runs = [[python, "receive.py"], [process.execPath, "receive.mjs"]].map(([command, file]) => {
      const run = spawnSync(command, [join(folder, file)], { encoding: "utf8" });
      if (run.status !== 0) console.log(run.stdout, run.stderr, run.error ?? "");
      return run.status === 0;
    });
    if (runs.every(Boolean)) console.log("webhooks.md: both receivers verify");
    return runs.every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
