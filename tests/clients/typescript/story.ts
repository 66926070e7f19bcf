// A program of an account, and one of the supplier, from the first token to the invoice, on a client that is generated from the API document.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import createClient from "openapi-fetch";
import { Webhook } from "standardwebhooks";
import type { paths, components } from "./portal.js";

const PORTAL = wanted("PORTAL");

function wanted(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

/** A token for ten minutes (RFC 6749, section 4.4). */
async function token(id: string, secret: string): Promise<string> {
  const answer = await fetch(`${PORTAL}/oauth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  assert.equal(answer.status, 200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function client(id: string, secret: string) {
  const headers = { Authorization: `Bearer ${await token(id, secret)}` };
  return createClient<paths>({ baseUrl: PORTAL, headers });
}

/** What an operation answered; the problem's words where it refused. */
function done<T>(answer: { data?: T; error?: unknown }): T {
  assert(answer.data !== undefined, `refused: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

type Hook = { type: string; data: unknown };

/** Receives webhooks; what isn't signed by the portal is refused. */
async function receiver() {
  const got: { id: string; hook: Hook }[] = [];
  const signer: { secret?: string } = {};
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      assert(signer.secret);
      const hook = new Webhook(signer.secret).verify(Buffer.concat(parts), headers) as Hook;
      got.push({ id: headers["webhook-id"]!, hook });
      response.writeHead(204).end();
    } catch (error) {
      console.error(error);
      response.writeHead(400).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { got, signer, url: `http://127.0.0.1:${port}/hooks`, stop: () => server.close() };
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert(Date.now() < end, `${what} did not happen`);
    await new Promise((go) => setTimeout(go, 100));
  }
}

const buyer = await client(wanted("CLIENT_ID"), wanted("CLIENT_SECRET"));
const erp = await client(wanted("SUPPLIER_ID"), wanted("SUPPLIER_SECRET"));
const hooks = await receiver();
const ours = `TS-${process.pid}`;

// Where events are sent to.
const endpoint = done(await buyer.POST("/api/v1/webhook-endpoints", { body: { url: hooks.url, kinds: ["order.placed", "invoice.issued"] } }));
assert(endpoint.secret);
hooks.signer.secret = endpoint.secret;

// The own catalogue, and what it costs.
const products = done(await buyer.GET("/api/v1/products", { params: { query: { q: "bolt" } } }));
const article = products.data[0];
assert(article);
const line = { sku: article.sku, unit: "XCT", quantity: "5" };
const quote = done(await buyer.POST("/api/v1/prices/quote", { body: { lines: [line] } }));
assert.equal(quote.lines[0]!.net, "152.50");

// An order that is tried, then placed, and placed again after its answer was lost: it is one order.
const order: components["schemas"]["PlaceOrder"] = { po_number: ours, lines: [line] };
const preview = done(await buyer.POST("/api/v1/orders/preview", { body: order }));
assert.equal(preview.net_total, quote.net_total);
const place = () => buyer.POST("/api/v1/orders", { body: order, params: { header: { "Idempotency-Key": ours } } });
const placed = done(await place());
const orderId = placed.id;
assert(orderId);
assert.equal(done(await place()).id, orderId);

// What happened, in order.
const events = await until("the event", async () => {
  const page = done(await buyer.GET("/api/v1/events", { params: { query: { limit: 200 } } }));
  return page.data.some((event) => event.type === "order.placed" && event.subject === orderId) ? page.data : undefined;
});
assert(events.every((event) => event.version === 1));

// A program of the supplier accepts, ships and invoices.
const id = { params: { path: { id: orderId } } };
done(await erp.POST("/api/v1/supplier/orders/{id}/accept", id));
const key = (what: string) => ({ params: { header: { "Idempotency-Key": `${ours}-${what}` } } });
const shipment = done(await erp.POST("/api/v1/supplier/shipments", { body: { order_id: orderId, carrier: "DHL" }, ...key("ship") }));
const invoice = done(await erp.POST("/api/v1/supplier/invoices", { body: { shipment_id: shipment.id }, ...key("invoice") }));

// The account has its invoice as a paper.
const paper = done(await buyer.GET("/api/v1/invoices/{id}/pdf", { params: { path: { id: invoice.id } }, parseAs: "arrayBuffer" }));
assert.equal(Buffer.from(paper as unknown as ArrayBuffer).subarray(0, 5).toString(), "%PDF-");

// Both events came, signed.
for (const type of ["order.placed", "invoice.issued"]) {
  await until(`the webhook ${type}`, () => hooks.got.find(({ hook }) => hook.type === type));
}

// What is asked wrongly is refused with its place.
const refused = await buyer.POST("/api/v1/orders/preview", { body: { po_number: ours, lines: [{ ...line, sku: "NONE" }] } });
assert.equal(refused.response.status, 422);
assert.equal(refused.error?.errors[0]?.pointer, "/lines/0/sku");

hooks.stop();
console.log(`typescript: ${placed.number} placed, shipped and invoiced as ${invoice.number}`);
