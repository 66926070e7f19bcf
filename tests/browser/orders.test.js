// An order after it was placed, by ten fingers alone: its lines are changed, a part of one is cancelled, the new day is read.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { api, arrive, axeFaults, close, openAs, orders, tabTo } from "./browser.js";

const BUYER = "sanne@glasoord.example";
const PO_NUMBER = `BROWSER-CHANGE-${Date.now().toString(36)}`;
/** What is ordered beside what lies in the buyer's draft already. */
const [MORE, LESS] = ["BKT-LSR", "CTD-125X1"];

after(close);

/** What the buyer sees of an order is read from its page, not from the API. */
const text = (page) => page.locator("main").innerText();

/** A day as the page writes it, from the API's. */
const written = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A day some weeks ahead that is typed alike in every language: of February the second, of March the third. */
function sameEitherWay() {
  const day = new Date(Date.now() + 35 * 86_400_000);
  while (day.getUTCDate() !== day.getUTCMonth() + 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

async function place(page) {
  await page.goto("/quick-order/paste");
  await page.locator("#f-text").fill(`${MORE}\t9\tH87\n${LESS}\t6\tBOX\n`);
  await page.locator("main form button.primary").click();
  await page.locator("#lines tbody tr").nth(1).waitFor();
  await page.locator("button[name=do][value=preview]").click();
  await page.waitForURL("**/preview");
  await page.locator("[name=po_number]").fill(PO_NUMBER);
  await page.locator("form[action$='/place'] button.primary").click();
  await page.waitForURL("**/confirmation");
}

/** Goes to something by Tab and presses Enter on it. */
async function enter(page, locator) {
  await tabTo(page, locator);
  await page.keyboard.press("Enter");
}

/** Goes to a field by Tab and types over what stands there. */
async function type(page, locator, value) {
  await tabTo(page, locator);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(value);
}

test("a buyer changes an order, cancels a part of a line and reads the new day by keyboard alone", async () => {
  const client = await api(BUYER);
  const { context, page, complaints } = await openAs(BUYER);
  await place(page);
  const [{ id }] = (await orders(client)).filter((order) => order.po_number === PO_NUMBER);
  const placed = await client.get(`/orders/${id}`);
  const path = `/orders/${placed.id}`;
  const line = (order, sku) => order.lines.findLast((line) => line.sku === sku);
  const [first, second] = [MORE, LESS].map((sku) => line(placed, sku));
  await page.goto(path);

  await enter(page, page.locator(`main a[href='${path}/change']`));
  await page.waitForURL(`**${path}/change`);
  assert.deepEqual(await axeFaults(page), []);
  await type(page, page.locator(`[name=quantity-${first.position}]`), "4");
  const day = sameEitherWay();
  await tabTo(page, page.locator("[name=requested_date]"));
  await page.keyboard.type(day.split("-").reverse().join(""));
  await enter(page, page.locator("button[name=do][value=preview]"));
  await page.locator("button[name=do][value=confirm]").waitFor();
  assert.deepEqual(await axeFaults(page), []);
  assert.match(await text(page), /Nothing is changed yet/);
  await enter(page, page.locator("button[name=do][value=confirm]"));
  await arrive(page, ({ pathname }) => pathname === path);
  const changed = await client.get(path);
  assert.deepEqual([changed.revision, line(changed, MORE).quantity, changed.requested_date], [2, "4", day]);
  assert.match(await text(page), /is changed/);

  await enter(page, page.locator(`main a[href='${path}/cancel-rest']`));
  await page.waitForURL(`**${path}/cancel-rest`);
  await tabTo(page, page.locator(`input[name=line][value=${second.id}]`));
  await page.keyboard.press("Space");
  await type(page, page.locator(`[name=quantity-${second.id}]`), "2");
  await enter(page, page.locator(`form[action='${path}/cancel-rest'] button[type=submit]`));
  await arrive(page, ({ pathname }) => pathname === path);
  const left = await client.get(path);
  const { quantity, base_quantity: pieces, cancelled } = line(left, LESS);
  assert.deepEqual([quantity, Number(cancelled) * 6], ["6", Number(pieces) * 2]);

  // The day stands at its line, and what changed is one key away.
  const shown = await text(page);
  for (const { promised_date: day } of [MORE, LESS].map((sku) => line(left, sku))) {
    assert.ok(shown.includes(written(day)), `${written(day)}: ${shown}`);
  }
  await enter(page, page.locator("main a[href^='/order-changes/']").first());
  await page.waitForURL("**/order-changes/och_*");
  assert.match(await text(page), /made/);
  assert.deepEqual(await axeFaults(page), []);
  assert.deepEqual(complaints, []);
  await context.close();
});
