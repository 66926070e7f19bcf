// Shopping from inside a purchasing system: staff set an account up, open the shop in a frame as its system would, take the
// basket back and make an order of it; a second session in a window stays apart.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axeFaults, close, openAs, overflow } from "./browser.js";

const ADMIN = "willem@kessemeer.example";

after(close);

/** The account's page of punchout, set up anew in test mode. */
async function setUp(page) {
  await page.goto("/desk/accounts");
  const account = await page.locator("main a[href^='/desk/accounts/acc_']").first().getAttribute("href");
  const path = `${account}/punchout`;
  await page.goto(path);
  const values = {
    buyer_domain: "DUNS", buyer_identity: "browser", supplier_domain: "NetworkID", supplier_identity: "AN1",
    return_hosts: "erp.example", frame_ancestors: "https://erp.example", units: "H87 = EA", classification_code: "31161500",
  };
  for (const [name, value] of Object.entries(values)) await page.locator(`#f-${name}`).fill(value);
  await page.locator(`form[action='${path}'] button.primary`).click();
  await page.locator("main .banner.ok").waitFor();
  return path;
}

test("a set-up is tried out from the shop in a frame to the order", async () => {
  const { page, context, complaints } = await openAs(ADMIN);
  const path = await setUp(page);
  assert.deepEqual(await axeFaults(page), []);
  await page.goto(`${path}/try`);
  await page.locator(`form[action='${path}/try'] button.primary`).click();
  const shop = page.frameLocator("iframe.try-frame");
  await shop.locator(".shop-rows form button").first().click();
  await shop.locator("form[action$='/return'] button").waitFor();

  // The second session begins while the first goes on, in the same browser.
  const [window] = await Promise.all([context.waitForEvent("page"), page.locator("button[name=in]").click()]);
  await window.waitForURL("**/punchout/s/*");
  assert.deepEqual(await axeFaults(window), []);
  await window.goto(`${window.url().split("?")[0]}/basket`);
  assert.equal(await window.locator(".shop-rows li").count(), 0);
  assert.equal(await shop.locator(".shop-rows li").count(), 1);

  // Without a press of ours the basket goes back.
  await shop.locator("form[action$='/return'] button").click();
  await page.waitForURL("**/try/return");
  assert.equal(await page.locator("main table tbody tr").count(), 1);
  assert.deepEqual(await axeFaults(page), []);
  await page.locator("form[action$='/try/order'] button").click();
  await page.waitForURL("**/try/order");
  assert.match(await page.locator("main strong").first().textContent(), /^200 OK/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the shop and its basket fit a phone", async () => {
  const { page, context } = await openAs(ADMIN, { viewport: { width: 320, height: 800 } });
  const path = await setUp(page);
  assert.equal(await overflow(page), 0);
  await page.goto(`${path}/try`);
  const [window] = await Promise.all([context.waitForEvent("page"), page.locator("button[name=in]").click()]);
  await window.waitForURL("**/punchout/s/*");
  assert.equal(await overflow(window), 0);
  await window.locator(".shop-rows form button").first().click();
  await window.waitForURL("**/basket");
  assert.equal(await overflow(window), 0);
  assert.deepEqual(await axeFaults(window), []);
  await context.close();
});
