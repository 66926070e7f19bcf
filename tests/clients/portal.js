// A portal of its own for the programs: a small trade on SQLite or PostgreSQL, with a program of an account and one of the supplier.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const START_MS = 60_000;

const BUYS = "accounts:read,catalogue:read,prices:read,orders:read,orders:write,invoices:read,events:read,webhooks:read,webhooks:write";
const SELLS = "orders:read,orders:write,shipments:read,shipments:write,invoices:read,invoices:write,webhooks:read,webhooks:write";

/** Serves; stop with `stop()`. `environment` has what programs need to know. Programs have the scopes of the story, or others. */
export async function open(program, databaseUrl, { buys = BUYS, sells = SELLS, serving = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "portal-clients."));
  const where = ["--data-dir", folder, "--log", "warn", ...(databaseUrl ? ["--database-url", databaseUrl] : [])];
  const run = (...args) => execFileSync(program, [...args, ...where], { encoding: "utf8" });
  run("migrate");
  run("import", join(here, "files"));
  const account = credentials(run("client", "add", "--account", "ACME", "--name", "Ordering", "--scopes", buys));
  const supplier = credentials(run("client", "add", "--supplier", "--name", "ERP", "--scopes", sells));
  const sandbox = run("sandbox", "add", "ACME").trim();
  const tries = credentials(run("client", "add", "--account", "ACME", "--sandbox", "--name", "Trying", "--scopes", `${BUYS},members:read,sandbox:use`));
  const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--webhook-hosts", "127.0.0.1", ...serving, ...where], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await address(child);
  const environment = {
    PORTAL: url,
    CLIENT_ID: account.id,
    CLIENT_SECRET: account.secret,
    SUPPLIER_ID: supplier.id,
    SUPPLIER_SECRET: supplier.secret,
    SANDBOX: `${url}${sandbox}`,
    SANDBOX_CLIENT_ID: tries.id,
    SANDBOX_CLIENT_SECRET: tries.secret,
  };
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { environment, stop };
}

/** Id and secret, as the command prints them. */
function credentials(said) {
  const [id] = said.match(/\bcli_[0-9A-Z]+/) ?? [];
  const [secret] = said.match(/\bkaps_\S+/) ?? [];
  if (!id || !secret) throw new Error(`no id and secret: ${said}`);
  return { id, secret };
}

/** Where the program serves, once it does. */
function address(child) {
  let said = "";
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the portal did not start: ${said}`)), START_MS);
    const listen = (chunk) => {
      said += chunk;
      const match = said.match(/(http:\/\/127\.0\.0\.1:\d+)/);
      if (match) {
        clearTimeout(timer);
        found(match[1]);
      }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the portal ended with ${code}: ${said}`)));
  });
}
