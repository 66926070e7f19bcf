// From part numbers to a placed order: typed, pasted, uploaded, with and without script, once and only once.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { api, arrive, axeFaults, close, openAnew, openAs, orders, overflow, signIn, tabTo } from "./browser.js";

// Everybody has a draft of their own, so each test is somebody else.
const [TYPIST, PASTER, UPLOADER] = ["oliver@aldwick.example", "daan@glasoord.example", "hugo@marvaux.example"];
const [HASTY, TWICE, LATE, PLAIN] = ["helen@aldwick.example", "claire@marvaux.example", "regula@saentis-montage.example", "marco@saentis-montage.example"];

after(close);

const rows = (page) => page.locator("#lines tbody tr");
const previewButton = (page) => page.locator("button[name=do][value=preview]");
const placeButton = (page) => page.locator("form[action$='/place'] button.primary");

async function waitForRows(page, count) {
  await page.waitForFunction((count) => document.querySelectorAll("#lines tbody tr").length === count, count);
}

/** Adds lines by pasting them. */
async function paste(page, text) {
  await page.goto("/quick-order/paste");
  await page.locator("#f-text").fill(text);
  await page.locator("main form button.primary").click();
  await page.waitForURL("**/quick-order**");
  await rows(page).first().waitFor();
}

async function toPreview(page, poNumber) {
  await previewButton(page).click();
  await page.waitForURL("**/preview");
  await page.locator("[name=po_number]").fill(poNumber);
}

const confirmed = (page) => arrive(page, ({ pathname }) => /^\/orders\/[^/]+\/confirmation$/.test(pathname));

const placedAs = async (client, poNumber) => (await orders(client)).filter((order) => order.po_number === poNumber);

test("ten fingers are enough: lines are typed, mended, previewed and placed by keyboard alone", async () => {
  const { context, page, complaints } = await openAs(TYPIST);
  await page.goto("/quick-order");
  const key = page.locator("#key");
  for (const [index, [number, quantity, unit]] of [["CSY-5X80", "2", "CTN"], ["NYP-8X40", "5", ""], ["NYP-8X4O", "1", ""]].entries()) {
    await page.waitForFunction(() => document.activeElement?.id === "key");
    await page.keyboard.type(number);
    await page.keyboard.press("Tab");
    await page.keyboard.type(quantity);
    await page.keyboard.press("Tab");
    await page.keyboard.type(unit);
    await page.keyboard.press("Enter");
    await waitForRows(page, index + 1);
    await page.waitForFunction(() => document.querySelector("#key").value === "");
  }
  assert.equal(await page.locator("#lines tr.wrong").count(), 1, "the mistyped one stays and says so");
  assert.match(await previewButton(page).innerText(), /2 lines/);
  // Words are completed, and the arrow keys choose.
  await key.focus();
  await page.keyboard.type("drywall");
  await page.locator("#offers [role=option]").first().waitFor();
  assert.equal(await key.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "quantity");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await waitForRows(page, 4);
  // A changed quantity is saved without a button.
  const quantity = rows(page).first().locator("input.qty");
  await tabTo(page, quantity);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("4");
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.keyboard.press("Tab");
  await saved;
  await page.reload();
  assert.equal(await rows(page).first().locator("input.qty").inputValue(), "4");
  assert.deepEqual(await axeFaults(page), []);
  await tabTo(page, previewButton(page));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/preview");
  await tabTo(page, page.locator("[name=po_number]"));
  await page.keyboard.type("BROWSER-KEYS");
  assert.deepEqual(await axeFaults(page), []);
  await tabTo(page, placeButton(page));
  await page.keyboard.press("Enter");
  await confirmed(page);
  assert.match(await page.locator("h1").innerText(), /Order .+ is placed/);
  assert.equal(await page.locator("main tbody tr").count(), 3);
  assert.deepEqual(await axeFaults(page), []);
  await page.getByRole("link", { name: "To the draft" }).click();
  await rows(page).first().waitFor();
  assert.equal(await rows(page).count(), 1, "the line that was not ready waits in the draft");
  assert.deepEqual(complaints, []);
  await context.close();
});

const TWELVE = `WDA-M8X75\t2\tBOX
WDA-M8X95\t1\tbox
WDA-M10X90\t50
WDA-M1OX90\t50
WDS-M8X75\t40\tpcs
WDS-M10X90\t1.000
INJ-300\t1\tcarton
INJ-410\t
GBS-4.8X20\t250
GBS-4.8X35\t500\tH87
WDA-M16X145\tmany
WDA-M12X110\t20
`;

test("twelve pasted lines: the good ones can be ordered while the bad ones wait", async () => {
  const { context, page, complaints } = await openAs(PASTER);
  await paste(page, TWELVE);
  assert.equal(await rows(page).count(), 12);
  assert.equal(await page.locator("#lines tr.wrong").count(), 4);
  assert.match(await page.locator("#draft-faults").innerText(), /4 of 12 lines need you/);
  assert.deepEqual(await axeFaults(page), []);
  // Suggestions mend a line with one press.
  await page.locator("#lines tr.wrong .mends button").first().click();
  await page.waitForFunction(() => document.querySelectorAll("#lines tr.wrong").length === 3);
  await toPreview(page, "BROWSER-TWELVE");
  assert.match(await page.locator("main").innerText(), /3 lines are not ready/);
  await placeButton(page).click();
  await confirmed(page);
  assert.equal(await page.locator("main tbody tr").count(), 9);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a list copied from a spreadsheet may be pasted right into the field", async () => {
  const { context, page } = await openAs(PASTER, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto("/quick-order");
  const before = await rows(page).count();
  await page.locator("#key").focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text", "WDA-M8X75\t1\tBOX\nINJ-300\t1\tCTN\n");
    document.querySelector("#key").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await waitForRows(page, before + 2);
  await context.close();
});

test("an uploaded CSV file becomes an order", async () => {
  const { context, page, complaints } = await openAs(UPLOADER);
  await page.goto("/quick-order/upload");
  assert.deepEqual(await axeFaults(page), []);
  const buffer = Buffer.from("Article;Qty;Unit\nWDS-M8X75;2;BOX\nDKS-5X50;1;BOX\nDKS-5X60;200;\n");
  await page.locator("#f-file").setInputFiles({ name: "lines.csv", mimeType: "application/octet-stream", buffer });
  await page.locator("main form button.primary").click();
  // What is clear is taken at once; else the columns are shown first.
  const add = page.locator("button[name=do][value=add]");
  await add.or(rows(page).first()).first().waitFor();
  if (await add.count()) {
    assert.deepEqual(await axeFaults(page), []);
    await add.click();
  }
  await waitForRows(page, 3);
  assert.equal(await page.locator("#lines tr.wrong").count(), 0);
  await toPreview(page, "BROWSER-FILE");
  await placeButton(page).click();
  await confirmed(page);
  assert.equal(await page.locator("main tbody tr").count(), 3);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with script" : "without script";
  test(`a double click places one order, and going back never makes a second, ${how}`, async () => {
    const client = await api(HASTY);
    const before = (await orders(client)).length;
    const poNumber = `BROWSER-DOUBLE-${javaScriptEnabled ? "A" : "B"}`;
    const { context, page } = await openAs(HASTY, { javaScriptEnabled });
    await paste(page, "CSY-5X100\t1\tBOX\nNYP-10X50\t2\tBAG\n");
    await toPreview(page, poNumber);
    await placeButton(page).dblclick();
    const path = await confirmed(page);
    assert.equal((await placedAs(client, poNumber)).length, 1);
    await page.goBack();
    if (await placeButton(page).count()) await placeButton(page).click();
    await arrive(page, ({ pathname }) => pathname === path);
    await page.reload();
    assert.equal((await orders(client)).length, before + 1);
    await context.close();
  });
}

test("two tabs on one draft make one order, and nobody orders what they have not seen", async () => {
  const client = await api(TWICE);
  const before = (await orders(client)).length;
  const { context, page: first } = await openAs(TWICE);
  const second = await context.newPage();
  await paste(first, "WDS-M10X90\t1\tBOX\n");
  await toPreview(first, "BROWSER-TABS");
  // Meanwhile a line comes in from the other tab.
  await second.goto("/quick-order");
  await second.locator("#key").fill("WDS-M8X75");
  await second.locator("#quantity").fill("20");
  await second.keyboard.press("Enter");
  await waitForRows(second, 2);
  await placeButton(first).click();
  await first.locator("main > .banner.warn").first().waitFor();
  assert.equal((await orders(client)).length, before, "what was not seen is not ordered");
  assert.equal(await first.locator("[name=po_number]").inputValue(), "BROWSER-TABS", "what was typed stays");
  await toPreview(second, "BROWSER-TABS-2");
  await placeButton(first).click();
  const path = await confirmed(first);
  await placeButton(second).click();
  await second.waitForURL(`**${path}`);
  assert.equal((await orders(client)).length, before + 1);
  await context.close();
});

test("a session that ends midway leads to the sign-in and on, and nothing that was typed is lost", async () => {
  const { context, page } = await openAnew(LATE);
  await paste(page, "CSY-5X80\t1\tBOX\nWDA-M8X75\t1\tBOX\n");
  const endSessions = async () => {
    const client = await api(LATE);
    const { data } = await client.get("/me/sessions");
    for (const session of data.filter((session) => !session.current)) await client.remove(`/me/sessions/${session.id}`);
  };
  await endSessions();
  const signInAndSend = async () => {
    await page.waitForURL("**/sign-in/interrupted?**");
    await page.locator("main .banner").waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await signIn(page, LATE);
    await page.waitForURL("**/sign-in");
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axeFaults(page), []);
    await page.locator("main form button.primary").click();
  };
  // By script: the line that is being typed.
  await page.locator("#key").fill("NYP-8X40");
  await page.locator("#quantity").fill("1");
  await page.keyboard.press("Enter");
  await signInAndSend();
  await page.waitForURL("**/quick-order**");
  await waitForRows(page, 3);
  // By a form.
  await toPreview(page, "BROWSER-LATE");
  await endSessions();
  await placeButton(page).click();
  await signInAndSend();
  await confirmed(page);
  assert.equal(await page.locator("main tbody tr").count(), 3);
  assert.equal((await placedAs(await api(LATE), "BROWSER-LATE")).length, 1);
  await context.close();
});

test("the whole story works without script, on a phone, in the dark", async () => {
  const { context, page, complaints } = await openAs(PLAIN, {
    javaScriptEnabled: false,
    viewport: { width: 375, height: 800 },
    colorScheme: "dark",
  });
  await page.goto("/quick-order");
  for (const [number, quantity, count] of [["CSY-5X80", "2", 1], ["no such number", "1", 2], ["WDA-M8X75", "1", 3]]) {
    await page.locator("#key").fill(number);
    await page.locator("#quantity").fill(quantity);
    await page.locator("#entry button.primary").click();
    await rows(page).nth(count - 1).waitFor();
  }
  await rows(page).first().locator("input.qty").fill("3");
  await page.locator(".bar button[value=save]").click();
  await page.waitForURL("**/quick-order?**");
  assert.equal(await rows(page).first().locator("input.qty").inputValue(), "3");
  await rows(page).first().locator("details.why summary", { hasText: "Warum dieser Preis" }).click();
  await page.locator("button[name=do][value^=remove]").nth(1).click();
  await rows(page).nth(2).waitFor({ state: "detached" });
  await toPreview(page, "BROWSER-PLAIN");
  await placeButton(page).click();
  await confirmed(page);
  assert.equal(await page.locator("main tbody tr").count(), 2);
  const download = await page.request.get(await page.locator("a[href$='confirmation.pdf']").getAttribute("href"));
  assert.equal(download.headers()["content-type"], "application/pdf");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a filled draft and its preview fit 320 pixels", async () => {
  const { context, page } = await openAs(TYPIST, { viewport: { width: 320, height: 640 } });
  await paste(page, "CSY-5X80\t2\tCTN\nDWS-3.5X25\t1\tCTN\nnothing like it\t1\n");
  assert.equal(await overflow(page), 0);
  await toPreview(page, "BROWSER-NARROW");
  assert.equal(await overflow(page), 0);
  await context.close();
});
