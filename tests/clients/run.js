// Runs what the guides show, then generates clients from the API document and runs the whole order story with each, against
// portals of its own:
// node run.js PROGRAM PYTHON [DATABASE_URL]. Without the address of an empty database it is SQLite alone.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { follow, verifyWebhooks } from "./guides.js";
import { open } from "./portal.js";

const here = dirname(fileURLToPath(import.meta.url));
const document = join(here, "../../openapi/portal.json");
const [program, python, databaseUrl] = process.argv.slice(2);
const made = mkdtempSync(join(tmpdir(), "portal-generated."));
const tool = (name) => join(here, "node_modules/.bin", name);

/** Runs to the end; what it says is seen where it fails. */
function make(command, ...args) {
  try {
    execFileSync(command, args, { cwd: made, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

function typescript() {
  make(tool("openapi-typescript"), document, "-o", "portal.ts");
  cpSync(join(here, "typescript/story.ts"), join(made, "story.ts"));
  symlinkSync(join(here, "node_modules"), join(made, "node_modules"));
  writeFileSync(join(made, "package.json"), '{ "type": "module" }');
  const options = ["--strict", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "node"];
  make(tool("tsc"), ...options, "--skipLibCheck", "story.ts");
  return { name: "typescript", command: process.execPath, args: [join(made, "story.js")] };
}

function inPython() {
  const config = join(here, "python/config.yml");
  const generator = join(dirname(python), "openapi-python-client");
  make(generator, "generate", "--path", document, "--config", config, "--meta", "none", "--output-path", "portal_client", "--fail-on-warning");
  cpSync(join(here, "python/story.py"), join(made, "story.py"));
  return { name: "python", command: python, args: [join(made, "story.py")] };
}

/** Built where the portal is built, so that its parts are kept for the next time. */
function rust() {
  const folder = process.env.CARGO_TARGET_DIR ?? join(here, "../../target");
  make("cargo", "build", "--quiet", "--locked", "--manifest-path", join(here, "rust/Cargo.toml"), "--target-dir", resolve(folder, "clients"));
  return { name: "rust", command: resolve(folder, "clients/debug/portal-client-story"), args: [] };
}

function tell({ command, args }, environment) {
  const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
}

try {
  if (!verifyWebhooks(python)) throw new Error("docs/webhooks.md does not work");
  const stories = [typescript(), inPython(), rust()];
  for (const database of [undefined, databaseUrl].slice(0, databaseUrl ? 2 : 1)) {
    const portal = await open(resolve(program), database);
    try {
      for (const guide of ["first-order.md", "retries.md", "errors.md", "limits.md", "programs.md", "bulk.md", "sandbox.md"]) {
        if ((await follow(guide, portal.environment)) !== 0) throw new Error(`docs/${guide} does not work`);
      }
      for (const story of stories) {
        if ((await tell(story, portal.environment)) !== 0) {
          throw new Error(`the story in ${story.name} failed on ${database ? "PostgreSQL" : "SQLite"}`);
        }
      }
    } finally {
      await portal.stop();
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}
