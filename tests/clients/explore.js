// Explores the API by schemathesis, which makes requests of the API document, good ones and bad ones, as a program of an account and as
// one of the supplier with every scope: no answer is a fault of the portal's, and none is other than the document says.
// node explore.js PROGRAM SCHEMATHESIS [DATABASE_URL]; PORTAL_EXAMPLES says how many requests of a kind (3),
// PORTAL_EXPLORE=all tries every bound of every value on the supplier's side, too.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { open } from "./portal.js";

const here = dirname(fileURLToPath(import.meta.url));
const document = JSON.parse(readFileSync(join(here, "../../openapi/portal.json"), "utf8"));
const [program, schemathesis, databaseUrl] = process.argv.slice(2);
const SEED = "4711";
const CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/** They end what the others are asked with, or the sandbox. */
const LEFT_OUT = ["revokeClientToken"];

/** Scopes that operations of a side need. */
function scopes(isOfSupplier) {
  const found = new Set();
  for (const [path, methods] of Object.entries(document.paths)) {
    if (path.startsWith("/api/v1/supplier/") !== isOfSupplier) continue;
    for (const operation of Object.values(methods)) {
      for (const way of operation.security ?? []) for (const scope of way.oauth2 ?? []) found.add(scope);
    }
  }
  found.delete("sandbox:use");
  return [...found].sort().join(",");
}

/** Runs to the end; what it says is seen where it fails. */
function explore(folder, environment, phases, which) {
  const examples = process.env.PORTAL_EXAMPLES ?? "3";
  const options = [
    "run", join(folder, "portal.json"), "--url", environment.PORTAL, "--checks", CHECKS, "--phases", phases,
    "--max-examples", examples, "--seed", SEED, "--no-shrink", "--workers", "1", "--continue-on-failure", "--no-color",
    "--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "30",
    ...which, ...LEFT_OUT.flatMap((id) => ["--exclude-operation-id", id]),
  ];
  // What it learnt before is forgotten, so that a run is the same everywhere.
  const child = spawn(resolve(schemathesis), options, {
    cwd: folder,
    env: { ...process.env, ...environment, PYTHONPATH: here, SCHEMATHESIS_HOOKS: "hooks" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { said += chunk; });
  return new Promise((done) => child.on("exit", (code) => {
    if (code !== 0) console.log(said);
    else console.log(said.trimEnd().split("\n").slice(-8).join("\n"));
    done(code ?? 1);
  }));
}

const folder = mkdtempSync(join(tmpdir(), "portal-explored."));
try {
  writeFileSync(join(folder, "portal.json"), JSON.stringify(document));
  const found = [];
  for (const database of [undefined, databaseUrl].slice(0, databaseUrl ? 2 : 1)) {
    const given = { buys: scopes(false), sells: scopes(true), serving: ["--rate-limit", "0"] };
    const portal = await open(resolve(program), database, given);
    const where = database ? "PostgreSQL" : "SQLite";
    try {
      const { PORTAL, CLIENT_ID, CLIENT_SECRET, SUPPLIER_ID, SUPPLIER_SECRET } = portal.environment;
      for (const [name, id, secret, which] of [
        ["account", CLIENT_ID, CLIENT_SECRET, ["--exclude-path-regex", "^/api/v1/supplier/"]],
        ["supplier", SUPPLIER_ID, SUPPLIER_SECRET, ["--include-path-regex", "^/api/v1/supplier/"]],
      ]) {
        // Every bound of every value is the same on both, and of the supplier's 330 operations takes a quarter of an hour.
        const bounds = !database && (name === "account" || process.env.PORTAL_EXPLORE === "all");
        const phases = bounds ? "examples,coverage,fuzzing" : "examples,fuzzing";
        const code = await explore(folder, { PORTAL, ID: id, SECRET: secret }, phases, which);
        if (code === 0) console.log(`schemathesis: nothing found as a program of the ${name} on ${where}`);
        else found.push(`a program of the ${name} on ${where}`);
      }
    } finally {
      await portal.stop();
    }
  }
  if (found.length > 0) throw new Error(`schemathesis found something as ${found.join(", ")}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
