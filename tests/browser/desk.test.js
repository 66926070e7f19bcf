// From the queue to the money: the supplier's staff accept, ship, invoice and book the payment of an order, and the
// buyer sees each step.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { api, arrive, close, openAs, overflow } from "./browser.js";

const BUYER = "hugo@marvaux.example";
const [SERVICE, WAREHOUSE, FINANCE] = ["noor@kessemeer.example", "joost@kessemeer.example", "greta@kessemeer.example"];
const PO_NUMBER = "BROWSER-DESK";

after(close);

async function find(page) {
  await page.goto(`/desk/orders?q=${PO_NUMBER}`);
  await page.locator("main td.id a").first().click();
  await page.waitForURL("**/desk/orders/ord_*");
  return new URL(page.url()).pathname;
}

test("an order goes from the queue to the money, and its buyer sees it", async () => {
  const buyer = await openAs(BUYER);
  await buyer.page.goto("/quick-order/paste");
  await buyer.page.locator("#f-text").fill("DKS-5X50\t1\tBOX\n");
  await buyer.page.locator("main form button.primary").click();
  await buyer.page.locator("#lines tbody tr").first().waitFor();
  await buyer.page.locator("button[name=do][value=preview]").click();
  await buyer.page.waitForURL("**/preview");
  await buyer.page.locator("[name=po_number]").fill(PO_NUMBER);
  await buyer.page.locator("form[action$='/place'] button.primary").click();
  await buyer.page.waitForURL("**/confirmation");

  const service = await openAs(SERVICE);
  const path = await find(service.page);
  await service.page.locator(`form[action='${path}/accept'] button`).click();
  await service.page.locator(`form[action='${path}/accept']`).waitFor({ state: "detached" });

  // In the warehouse, on a phone: the same sending twice leaves one shipment.
  const warehouse = await openAs(WAREHOUSE, { viewport: { width: 375, height: 800 } });
  await warehouse.page.goto(`${path}/ship`);
  assert.equal(await overflow(warehouse.page), 0);
  await warehouse.page.locator("[name=carrier]").fill("Rhône Messagerie");
  await warehouse.page.locator("[name=tracking_number]").fill("BROWSER-1");
  await warehouse.page.locator("button[name=do][value=ship]").dblclick();
  await arrive(warehouse.page, ({ pathname }) => !pathname.endsWith("/ship"));
  await warehouse.page.goto(path);
  const shipments = warehouse.page.locator("main a[href^='/desk/shipments/']");
  assert.equal(await shipments.count(), 1);
  await shipments.first().click();
  await warehouse.page.waitForURL("**/desk/shipments/*");
  const shipment = new URL(warehouse.page.url()).pathname;
  await warehouse.page.locator(`form[action='${shipment}/deliver'] button`).click();
  await warehouse.page.locator(`form[action='${shipment}/deliver']`).waitFor({ state: "detached" });

  const finance = await openAs(FINANCE);
  await finance.page.goto(shipment);
  await finance.page.locator(`form[action='${shipment}/invoice'] button`).dblclick();
  await finance.page.locator(`form[action='${shipment}/invoice']`).waitFor({ state: "detached" });
  await finance.page.goto(shipment);
  await finance.page.locator("main a[href^='/desk/invoices/']").first().click();
  await finance.page.waitForURL("**/desk/invoices/*");
  const invoice = new URL(finance.page.url()).pathname.split("/").at(-1);
  await finance.page.locator("main a[href^='/desk/payments/new']").click();
  await finance.page.waitForURL("**/desk/payments/new**");
  const money = await (await api(FINANCE)).get(`/supplier/invoices/${invoice}`);
  await finance.page.locator("[name=amount]").fill(money.gross_total);
  await finance.page.locator("[name=reference]").fill(PO_NUMBER);
  await finance.page.locator("form[action='/desk/payments'] button.primary").click();
  await finance.page.waitForURL(/\/desk\/payments\/(?!new)/);

  const client = await api(BUYER);
  const { data } = await client.get(`/orders?po_number=${PO_NUMBER}`);
  assert.equal(data[0].state, "closed");
  await buyer.page.goto(`/orders/${data[0].id}`);
  assert.ok((await buyer.page.locator("main").innerText()).includes("BROWSER-1"), "the buyer sees the tracking number");
  for (const { context, complaints } of [buyer, service, warehouse, finance]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});
