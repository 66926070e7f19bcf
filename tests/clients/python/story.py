"""A program of an account, and one of the supplier, from the first token to the invoice, on a client that is generated
from the API document."""

import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from portal_client import AuthenticatedClient
from portal_client.api.events import list_events
from portal_client.api.invoices import get_invoice_pdf
from portal_client.api.orders import place_order, preview_order
from portal_client.api.prices import quote
from portal_client.api.products import list_products
from portal_client.api.supplier import accept_order, create_shipment, issue_invoice
from portal_client.api.webhooks import add_webhook_endpoint
from portal_client.models import (
    CreateShipment,
    EventType,
    IssueInvoice,
    NewWebhookEndpoint,
    PlaceOrder,
    PlaceOrderLine,
    Problem,
    QuoteLine,
    QuoteRequest,
)
from standardwebhooks import Webhook

PORTAL = os.environ["PORTAL"]
OURS = f"PY-{os.getpid()}"


def client(client_id, secret):
    """A client with a token for ten minutes (RFC 6749, section 4.4)."""
    answer = httpx.post(f"{PORTAL}/oauth/token", auth=(client_id, secret), data={"grant_type": "client_credentials"})
    answer.raise_for_status()
    return AuthenticatedClient(base_url=PORTAL, token=answer.json()["access_token"])


class Receiver(BaseHTTPRequestHandler):
    """Receives webhooks; what isn't signed by the portal is refused."""

    secret = None
    got = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            Receiver.got.append(Webhook(Receiver.secret).verify(body, dict(self.headers)))
            self.send_response(204)
        except Exception as error:
            print(error)
            self.send_response(400)
        self.end_headers()

    def log_message(self, *_):
        pass


def until(what, look):
    end = time.monotonic() + 30
    while not (found := look()):
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.1)
    return found


buyer = client(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
erp = client(os.environ["SUPPLIER_ID"], os.environ["SUPPLIER_SECRET"])
server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()

# Where events are sent to.
url = f"http://127.0.0.1:{server.server_port}/hooks"
wanted = NewWebhookEndpoint(url=url, kinds=[EventType.ORDER_PLACED, EventType.INVOICE_ISSUED])
endpoint = add_webhook_endpoint.sync(client=buyer, body=wanted)
assert not isinstance(endpoint, Problem), endpoint
Receiver.secret = endpoint.secret

# The own catalogue, and what it costs.
article = list_products.sync(client=buyer, q="bolt").data[0]
priced = quote.sync(client=buyer, body=QuoteRequest([QuoteLine(sku=article.sku, unit="XCT", quantity="5")]))
assert priced.lines[0].net == "152.50", priced

# An order that is tried, then placed, and placed again after its answer was lost: it is one order.
order = PlaceOrder(po_number=OURS, lines=[PlaceOrderLine(sku=article.sku, unit="XCT", quantity="5")])
assert preview_order.sync(client=buyer, body=order).net_total == priced.net_total
placed = place_order.sync(client=buyer, body=order, idempotency_key=OURS)
assert place_order.sync(client=buyer, body=order, idempotency_key=OURS).id == placed.id

# What happened, in order.
until(
    "the event",
    lambda: [event for event in list_events.sync(client=buyer, limit=200).data if event.subject == placed.id],
)

# A program of the supplier accepts, ships and invoices.
accept_order.sync(placed.id, client=erp, body=None)
leaves = CreateShipment(order_id=placed.id, carrier="DHL")
shipment = create_shipment.sync(client=erp, body=leaves, idempotency_key=f"{OURS}-ship")
issued = IssueInvoice(shipment_id=shipment.id)
invoice = issue_invoice.sync(client=erp, body=issued, idempotency_key=f"{OURS}-invoice")

# The account has its invoice as a paper.
paper = get_invoice_pdf.sync(invoice.id, client=buyer)
assert paper.payload.read(5) == b"%PDF-"

# Both events came, signed.
for kind in ["order.placed", "invoice.issued"]:
    until(f"the webhook {kind}", lambda: [hook for hook in Receiver.got if hook["type"] == kind])

# What is asked wrongly is refused with its place.
wrong = PlaceOrder(po_number=OURS, lines=[PlaceOrderLine(sku="NONE", unit="XCT", quantity="5")])
refused = preview_order.sync(client=buyer, body=wrong)
assert isinstance(refused, Problem) and refused.errors[0].pointer == "/lines/0/sku", refused

server.shutdown()
print(f"python: {placed.number} placed, shipped and invoiced as {invoice.number}")
