// What tests do with the browser: open it as somebody, watch what it complains about, ask the API what really happened.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

/** Where the portal is. */
export const URL_OF_PORTAL = process.env.PORTAL_URL ?? "http://127.0.0.1:8080";
/** What everybody of the demonstration signs in with. */
export const PASSWORD = "have-a-look-around";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WAIT_MS = 15_000;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Everything axe knows of WCAG 2.2 AA and good practice. */
export const ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What depends on the colours. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

let running;
const states = new Map();

/** The browser of this file's tests. */
export async function browser() {
  running ??= chromium.launch({
    executablePath: process.env.PORTAL_BROWSER ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
  return running;
}

/** Closes it; every file does so after its tests. */
export async function close() {
  await (await running)?.close();
  running = undefined;
}

/** A window of its own with one page. `complaints` collects what the console and the network say. */
export async function open(options = {}) {
  const context = await (await browser()).newContext({
    baseURL: URL_OF_PORTAL,
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(WAIT_MS);
  context.setDefaultNavigationTimeout(WAIT_MS);
  const complaints = [];
  context.on("page", (page) => watch(page, complaints));
  const page = await context.newPage();
  return { context, page, complaints };
}

function watch(page, complaints) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.text()} (${page.url()})`);
  });
  page.on("pageerror", (error) => complaints.push(`${error} (${page.url()})`));
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
}

/** Fills the form of sign-in and sends it. */
export async function signIn(page, email, password = PASSWORD) {
  await page.locator("#f-email").fill(email);
  await page.locator("#f-password").fill(password);
  await page.locator("main form button[type=submit]").click();
}

/**
 * Waits until the page is at an address, however many navigations that takes. `waitForURL` fails when the navigation it
 * waits for is replaced by another one, which is what the second click of a double click does.
 */
export async function arrive(page, there) {
  const at = () => new URL(page.url());
  for (const end = Date.now() + 30_000; !there(at()); await page.waitForTimeout(20)) {
    assert.ok(Date.now() < end, `still at ${at().pathname}`);
  }
  await page.waitForLoadState();
  return at().pathname;
}

/** A window of somebody who is signed in; each person signs in once in a file. */
export async function openAs(email, options = {}) {
  if (!states.has(email)) {
    const { context, page } = await open();
    await page.goto("/sign-in");
    await signIn(page, email);
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    states.set(email, await context.storageState());
    await context.close();
  }
  return open({ storageState: states.get(email), ...options });
}

/** A sign-in of its own, for tests that end the session. */
export async function openAnew(email, options = {}) {
  const opened = await open(options);
  await opened.page.goto("/sign-in");
  await signIn(opened.page, email);
  await opened.page.waitForURL((url) => url.pathname !== "/sign-in");
  return opened;
}

/** The API as somebody: `get(path)` and `remove(path)` below /api/v1. */
export async function api(email) {
  const call = async (method, path, token, body) => {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(`${URL_OF_PORTAL}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const { access_token: token } = await call("POST", "/auth/login", undefined, { email, password: PASSWORD });
  return {
    get: (path) => call("GET", path, token),
    remove: (path) => call("DELETE", path, token),
  };
}

/** Every order of somebody's account, the newest first. */
export async function orders(client) {
  const found = [];
  let cursor;
  do {
    const page = await client.get(`/orders?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    found.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor);
  return found;
}

/** What axe has against the page. */
export async function axeFaults(page, rules = ALL_RULES) {
  await page.evaluate(axe);
  const options = { runOnly: rules, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return violations.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}

/** By how many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page, locator, most = 150) {
  const element = await locator.elementHandle();
  for (let presses = 0; presses <= most; presses += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${locator}`);
}
