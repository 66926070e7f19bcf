// Every page in `pages.js`: no sideways scroll at 1440, 375 and 320 pixels, axe finds nothing in light and dark, the
// console stays silent, one heading, every text has words in both languages.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { ALL_RULES, COLOURS, axeFaults, close, open, openAs, overflow } from "./browser.js";
import { ADMIN, ADMIN_PAGES, BUYER, BUYER_PAGES, ENGLISH, ENTRY_PAGES, STAFF, STAFF_PAGES, VIEWER } from "./pages.js";

after(close);

/** Opens the page; what was wrong with its answer. */
async function go(page, { path, from, follow, part, then, status = 200 }) {
  if (from) {
    await page.goto(from);
    const link = page.locator(follow).first();
    if (!(await link.count())) return { path: from, wrong: [`leads nowhere by ${follow}`] };
    path = (await link.getAttribute("href")) + (part ? `/${part}` : "");
  }
  if (then) {
    await page.goto(path);
    const link = page.locator(then).first();
    if (!(await link.count())) return { path, wrong: [`leads nowhere by ${then}`] };
    path = await link.getAttribute("href");
  }
  const answer = await page.goto(path);
  const wrong = answer.status() === status ? [] : [`answers ${answer.status()}`];
  return { path, wrong };
}

/** What is wrong with a page in this window. */
async function faults(page, rules) {
  const found = [];
  const wider = await overflow(page);
  if (wider > 0) found.push(`${wider} pixels too wide`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) found.push(`${headings} main headings`);
  if ((await page.locator("body").innerText()).includes("Unknown localization key")) found.push("a text without words");
  if (rules) found.push(...(await axeFaults(page, rules)));
  return found;
}

async function check(opening, entries, { onlyNarrow = false } = {}) {
  const found = [];
  const looks = [
    [{ viewport: { width: 1440, height: 900 } }, [1440]],
    [{ viewport: { width: 375, height: 800 }, colorScheme: "dark" }, [375, 320]],
  ];
  for (const [options, widths] of looks.filter(([, widths]) => !onlyNarrow || widths.includes(375))) {
    const { context, page, complaints } = await opening(options);
    for (const entry of entries) {
      const { path, wrong } = await go(page, entry);
      found.push(...wrong.map((fault) => `${path}: ${fault}`));
      if (wrong.length) continue;
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        // In the dark only the colours differ.
        const rules = width === 1440 || onlyNarrow ? ALL_RULES : COLOURS;
        const wrong = await faults(page, width === 320 ? undefined : rules);
        found.push(...wrong.map((fault) => `${path} at ${width}${options.colorScheme ? ", dark" : ""}: ${fault}`));
      }
      if (entry.status) complaints.splice(0);
    }
    found.push(...complaints);
    await context.close();
  }
  assert.deepEqual(found, []);
}

describe("every page is narrow enough, accessible and silent", () => {
  test("for somebody who is not signed in", () => check(open, ENTRY_PAGES));
  test("for a buyer", () => check((options) => openAs(BUYER, options), BUYER_PAGES));
  test("for a viewer", () => check((options) => openAs(VIEWER, options), BUYER_PAGES.filter((entry) => !entry.buys), { onlyNarrow: true }));
  test("for an admin", () => check((options) => openAs(ADMIN, options), ADMIN_PAGES));
  test("for staff", () => check((options) => openAs(STAFF, options), STAFF_PAGES));
});

test("every page speaks the language of who reads it", async () => {
  const found = [];
  for (const [person, language] of [[BUYER, "de"], [ENGLISH, "en"]]) {
    const { context, page, complaints } = await openAs(person, { viewport: { width: 375, height: 800 } });
    for (const entry of BUYER_PAGES.filter((entry) => !entry.buys)) {
      const { path, wrong } = await go(page, entry);
      const spoken = await page.locator("html").getAttribute("lang");
      if (spoken !== language) wrong.push(`speaks ${spoken}, not ${language}`);
      wrong.push(...(await faults(page)));
      found.push(...wrong.map((fault) => `${path}: ${fault}`));
    }
    found.push(...complaints);
    await context.close();
  }
  assert.deepEqual(found, []);
});
