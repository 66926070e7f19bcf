// Serves a fresh demonstration on a free port, runs the tests against it and stops it: node run.js [PROGRAM [FILE...]]
//
// PORTAL_URL names a demonstration that already runs instead; then none is started.

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [program = join(here, "../../target/debug/portal"), ...named] = process.argv.slice(2);
const files = named.length ? named : readdirSync(here).filter((name) => name.endsWith(".test.js")).sort().map((name) => join(here, name));
const START_MS = 180_000;

/** Starts the program; resolves to its address once it serves. */
function start(folder) {
  const options = ["demo", "--fresh", "--listen", "127.0.0.1:0", "--data-dir", folder, "--rate-limit", "0", "--log", "warn"];
  const child = spawn(resolve(program), options, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const address = new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the portal did not start within ${START_MS} ms`)), START_MS);
    const listen = (chunk) => {
      said += chunk;
      const match = said.match(/ at (http:\/\/127\.0\.0\.1:\d+)/);
      if (match) {
        clearTimeout(timer);
        found(match[1]);
      }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", (chunk) => { said += chunk; });
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the portal ended with ${code}`)));
  });
  return { child, address, said: () => said };
}

/** Runs the tests; resolves to node's exit code. */
function test(url) {
  const options = ["--test", "--test-concurrency=2", "--test-timeout=600000", "--test-reporter=spec", ...files];
  const child = spawn(process.execPath, options, { stdio: "inherit", env: { ...process.env, PORTAL_URL: url } });
  return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
}

if (process.env.PORTAL_URL) {
  process.exitCode = await test(process.env.PORTAL_URL);
} else {
  const folder = mkdtempSync(join(tmpdir(), "portal-browser."));
  const portal = start(folder);
  try {
    process.exitCode = await test(await portal.address);
  } catch (error) {
    console.error(`${error.message}\n${portal.said()}`);
    process.exitCode = 1;
  } finally {
    if (portal.child.exitCode === null) {
      const ended = new Promise((done) => portal.child.on("exit", done));
      portal.child.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
