# The supplier's desk: orders, shipments, invoices
nav-desk-queue = Queue
nav-desk-orders = Orders
nav-desk-shipments = Shipping
nav-desk-invoices = Invoices
desk-po = PO number
desk-gross = Gross
desk-line = Line
desk-wanted = Wanted by
desk-ship-to = Ship to
desk-queued = In the queue since
desk-waiting-head = Waiting
desk-total = Total, { $currency }
desk-reason-needed = for holding and releasing
desk-filter-text = Order, PO number or account
desk-filter-invoices = Invoice, order, PO number or account
desk-filter-shipments = Shipment, order, PO or tracking number, account
desk-filter-payments = Reference or account
desk-filter-account = Account code
desk-any-state = Any
desk-orders-shown = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}

# Names
desk-class-standard = standard
desk-class-priority = priority
desk-class-critical = critical
desk-hold-credit-limit = credit limit
desk-hold-manual = held by staff
desk-cause-order-placed = Order placed
desk-cause-order-cancelled = An order was cancelled
desk-cause-order-held = An order was held
desk-cause-order-released = An order was released
desk-cause-stock-counted = Stock counted
desk-cause-goods-received = Goods received
desk-cause-quota-released = Rest of a quota released
desk-cause-quota-changed = Quotas changed

# Queue
desk-queue = Priority queue
desk-queue-summary = { $count ->
    [one] { $count } open order, as of { $time }
   *[other] { $count } open orders, as of { $time }
}
desk-queue-empty = Nothing here. Orders appear as soon as they are placed.
desk-queue-none-found = No order in this view matches the filter.
desk-view-open = All open
desk-view-to-accept = To accept
desk-view-at-risk = At risk
desk-view-short = Short
desk-view-to-ship = To ship
desk-view-on-hold = On hold
desk-choose = Choose
desk-choose-order = Choose order { $number }
desk-choose-all = Choose all orders of this page
desk-rank = Rank
desk-why-rank = Why this rank
desk-promise-wanted = wanted { $day }
desk-promise-held = none while on hold
desk-promise-part = { $day }, the rest waits
desk-promise-open = day not known
desk-promise-waits = waits for stock
desk-cover = Cover
desk-cover-all = All lines
desk-cover-part = { $lines ->
    [one] { $covered } of { $lines } line
   *[other] { $covered } of { $lines } lines
}
desk-cover-nothing-reserved = Nothing reserved
desk-accept-chosen = Accept chosen
desk-hold-chosen = Hold chosen
desk-release-chosen = Release chosen
desk-nothing-chosen = Nothing was done: choose at least one order first.
desk-too-many-chosen = Nothing was done: choose at most { $count } orders at once.
desk-reason-missing = Nothing was done: say why the orders are held or released.
desk-result = Result
desk-result-done = Done
desk-result-before = Done before
desk-result-changed = Changed meanwhile
desk-result-failed = Not done
desk-back-to-queue = Back to the queue
desk-many-accept = { $all ->
    [one] { $count } of { $all } order accepted
   *[other] { $count } of { $all } orders accepted
}
desk-many-hold = { $all ->
    [one] { $count } of { $all } order put on hold
   *[other] { $count } of { $all } orders put on hold
}
desk-many-release = { $all ->
    [one] { $count } of { $all } order released
   *[other] { $count } of { $all } orders released
}
desk-accepted-already = Order { $number } was accepted before.

# Orders
desk-orders-empty = No orders yet.
desk-orders-none-found = No order matches the filter.
desk-open-queue = Open queue
desk-order-title = Order { $number }
desk-confirmation-pdf = Confirmation PDF
desk-placed-by-import = by import
desk-accept = Accept
desk-hold = Put on hold
desk-hold-do = Put on hold
desk-hold-hint = The account reads it. What is reserved goes to others who wait.
desk-release = Release
desk-release-do = Release order
desk-release-hint = It goes back to its old place in the queue, without a new credit check.
desk-done-accept = Order { $number } is accepted. It can be shipped now.
desk-done-hold = Order { $number } is on hold. What it had reserved is free.
desk-done-release = Order { $number } is back in the queue at its old place.
desk-done-cancel = Order { $number } is cancelled. What it had reserved is free.
desk-changed = Order { $number } changed while you looked at it: its state is now “{ $state }”. Nothing was done; check it first.
desk-held-for = On hold: { $reasons }.
desk-cancelled-at = Cancelled { $moment }
desk-lines-wait = { $lines ->
    [one] { $lines } line waits for stock. Its place in the queue stands beside it.
   *[other] { $lines } lines wait for stock. Their places in the queue stand beside them.
}
desk-stage-placed = Placed
desk-stage-accepted = Accepted
desk-stage-shipped = Shipped
desk-stage-delivered = Delivered
desk-stage-settled = Invoiced and paid
desk-stage-shipped-lines = { $lines ->
    [one] { $left } of { $lines } line left
   *[other] { $left } of { $lines } lines left
}
desk-stage-all-invoiced = all invoiced
desk-their-number = their { $number }
desk-price = Price, { $currency }
desk-progress = Progress
desk-lines-shown = Lines { $first } to { $last } of { $count }
desk-decisions = Who got what, and why
desk-decided-at = Decided
desk-cause = Cause
desk-got = This line got
desk-got-of = { $got } of { $wanted }
desk-decisions-cut = These are the newest 200 decisions; older ones are kept in the record.
desk-timeline-cut = These are the newest 200 events.
desk-event-order-placed = Placed
desk-event-order-placed-for-claim = Placed without charge for claim { $number }
desk-event-order-on-hold = Put on hold
desk-event-order-released = Released
desk-event-order-accepted = Accepted
desk-event-order-cancelled = Cancelled
desk-event-order-rest-cancelled = Rest of lines cancelled
desk-event-order-short = Short of stock
desk-event-order-promise-changed = Promise changed
desk-event-order-delivered = All delivered
desk-event-order-closed = Closed
desk-event-order-reopened = Open again, a payment was taken back
desk-event-shipment-created = Shipment { $number } left
desk-event-shipment-delivered = Shipment { $number } arrived
desk-event-invoice-issued = Invoice { $number } issued
desk-event-payment-received = Payment received
desk-event-payment-reversed = Payment taken back
desk-cancel-title = Cancel order { $number }?
desk-cancel-text = The order of { $account } over { $net } is called off for good, and the account is told.
desk-cancel-lines = { $lines ->
    [one] What is reserved for its line goes to others who wait.
   *[other] What is reserved for its { $lines } lines goes to others who wait.
}
desk-cancel-reason = Reason, read by the account
desk-cancel-do = Cancel order { $number }
desk-cancel-keep = Keep the order

# Shipping
desk-shipments-empty = No shipments here yet.
desk-shipments-none-found = No shipment matches the filter.
desk-shipments-shown = { $count ->
    [one] { $count } shipment
   *[other] { $count } shipments
}
desk-shipments-view-all = All
desk-shipments-view-on-the-way = On the way
desk-shipments-view-to-invoice = To invoice
desk-shipment = Shipment
desk-shipment-title = Shipment { $number }
desk-note-pdf = Delivery note PDF
desk-shipped-at = Left
desk-delivered-at = Arrived
desk-carriage = Carriage
desk-nothing-shipped = Nothing has left yet.
desk-deliver = Mark as delivered
desk-deliver-label = Mark as delivered: shipment { $number }
desk-delivered = Shipment { $number } arrived.
desk-ready = Ready to ship ({ $count })
desk-ready-all = All that is ready
desk-ready-none = Nothing lies ready. Orders appear here once they are accepted and something is reserved for them.
desk-ready-what = Ready
desk-ready-lines = { $lines ->
    [one] { $ready } of { $lines } line
   *[other] { $ready } of { $lines } lines
}
desk-ship-title = Ship order { $number }
desk-ship-all = Ship all { $lines } lines in full
desk-ship-hint = Empty or 0: nothing of the line leaves now. What is left stays reserved.
desk-ship-more = { $lines ->
    [one] { $lines } further line is ready. Ship all in full, or ship these first and come back.
   *[other] { $lines } further lines are ready. Ship all in full, or ship these first and come back.
}
desk-ship-waiting = { $lines ->
    [one] { $lines } line of this order waits for stock and can't leave yet.
   *[other] { $lines } lines of this order wait for stock, in whole or in part, and can't leave yet.
}
desk-ships-now = Ships now
desk-ships-now-label = Ships now of line { $number }
desk-ship-nothing = Write a quantity for at least one line.
desk-nothing-ready = Nothing of order { $number } is reserved; it waits for stock.
desk-shipped = { $lines ->
    [one] Shipment { $number } left with { $lines } line.
   *[other] Shipment { $number } left with { $lines } lines.
}

# Invoices
desk-invoices-empty = No invoices here.
desk-invoices-none-found = No invoice matches the filter.
desk-invoices-shown = { $count ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
desk-invoices-view-all = All
desk-invoices-view-overdue = Overdue
desk-invoices-view-open = Open
desk-invoices-view-part-paid = Part paid
desk-invoices-view-paid = Paid
desk-to-invoice = Shipments to invoice
desk-invoice-title = Invoice { $number }
desk-invoice-pdf = Invoice PDF
desk-not-invoiced = not invoiced
desk-issue = Issue invoice
desk-issue-label = Issue invoice for shipment { $number }
desk-issue-chosen = Issue invoices for the chosen
desk-choose-shipment = Choose shipment { $number }
desk-choose-all-shipments = Choose all shipments of this page
desk-no-shipment-chosen = Nothing was done: choose at least one shipment first.
desk-too-many-shipments = Nothing was done: choose at most { $count } shipments at once.
desk-many-issued = { $all ->
    [one] { $count } of { $all } invoice issued
   *[other] { $count } of { $all } invoices issued
}
desk-issued = Invoice { $number } is issued.
desk-tax-of = { $rate } on { $base }

# Payments
nav-desk-payments = Payments
desk-payments-empty = No payments here.
desk-payments-shown = { $count ->
    [one] { $count } payment
   *[other] { $count } payments
}
desk-payments-view-all = All
desk-payments-view-unmatched = With a rest
desk-payment-state-reversed = Taken back
desk-payment-state-matched = Matched
desk-payment-state-unmatched = Unmatched
desk-payment-state-part-matched = Part matched
desk-pay-of = Payment of { $amount } from { $account }
desk-pay-title = Book a payment of { $account }
desk-pay-from = Account code of the payer
desk-pay-owing = Accounts with open invoices
desk-pay-nobody-owes = No invoice is open.
desk-pay-oldest-due = Oldest due
desk-pay-unknown-account = There is no account “{ $account }”. Write its code, or choose it below.
desk-pay-open = { $open } open on invoices.
desk-pay-other-account = Another account
desk-pay-amount = Amount, { $currency }
desk-pay-amount-head = Amount
desk-pay-received = Received on
desk-pay-recorded = Recorded
desk-pay-for = For
desk-pay-oldest = The oldest invoices first
desk-pay-choice = { $number }: { $open } open, due { $day }
desk-pay-reference-hint = What the payer wrote; may be left empty.
desk-pay-booked = { $invoices ->
    [0] The payment is booked and stays on account.
    [one] The payment is booked. It settled { $invoices } invoice, in whole or in part.
   *[other] The payment is booked. It settled { $invoices } invoices, in whole or in part.
}
desk-pay-rest = On account
desk-pay-settled = What it settled
desk-pay-settled-none = No invoice yet.
desk-pay-apply-to = Settle with what is on account
desk-pay-apply = Settle
desk-pay-applied = Done. { $rest } stay on account.
desk-pay-reverse = Take back
desk-pay-reverse-title = Take back the payment of { $amount } from { $account }?
desk-pay-reverse-text = { $invoices ->
    [0] It settled no invoice. The statement keeps both entries.
    [one] The invoice it settled is open again. The statement keeps both entries.
   *[other] The { $invoices } invoices it settled are open again. The statement keeps both entries.
}
desk-pay-keep = Keep the payment
desk-pay-reversed = The payment is taken back; what it settled is open again.
desk-pay-reversed-at = Taken back { $moment }

# Stock and receipts
nav-desk-stock = Stock
desk-stock-view-all = All products
desk-stock-view-waiting = Waited for
desk-stock-find = SKU or name
desk-stock-none-found = No product found.
desk-stock-nobody-waits = Nobody waits for stock.
desk-stock-state-enough = Enough
desk-stock-state-low = Low
desk-stock-state-none = None free
desk-stock-state-short = Short
desk-stock-lines = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
desk-stock-of = Stock of { $sku }
desk-stock-in = { $sku }, in { $unit }
desk-stock-all = All warehouses
desk-stock-gauge = { $percent } reserved
desk-stock-share = Stock against reservations
desk-stock-share-finding = Orders have reserved { $percent } of { $on_hand }.
desk-stock-share-waiting = They wait for { $sum } more.
desk-products-shown = { $count ->
    [one] { $count } product
   *[other] { $count } products
}
desk-sku = SKU
desk-warehouse = Warehouse
desk-on-hand = On hand
desk-free = Free
desk-waited-for = Waited for
desk-waits-for = Waits for
desk-who-waits = Who waits, in order of rank
desk-nobody-waits = Nobody waits for it.
desk-waiting-sum = { $lines ->
    [one] { $lines } line waits for { $sum }. What arrives serves it at once.
   *[other] { $lines } lines wait for { $sum } in all. What arrives serves them at once, in this order.
}
desk-waiting-more = { $lines ->
    [one] { $lines } more line waits behind these.
   *[other] { $lines } more lines wait behind these.
}
desk-receive-next = Book another receipt
desk-receive-text = What arrives serves the lines that wait at once, in the order of the queue. Quantities are in base units.
desk-base-quantity = Quantity in base units
desk-sku-label = SKU of line { $number }
desk-more-lines = More lines
desk-receive-how-much = How much came?
desk-received = { $lines ->
    [one] The receipt of { $lines } line is booked.
   *[other] The receipt of { $lines } lines is booked.
}
desk-receipt = Receipt
desk-receipts-from = Booked from
desk-receipts = Receipts
desk-receipts-empty = No goods were received yet.
desk-receipts-shown = { $count ->
    [one] { $count } receipt
   *[other] { $count } receipts
}
desk-receipt-title = Receipt of { $moment }
desk-receipt-where = warehouse { $warehouse }
desk-arrived = What arrived
desk-served = Whom it served, and why
desk-served-nobody = Nobody waited for it. It is free for new orders.

# Mails
nav-staff = Staff
nav-desk-mails = Mails
desk-mails-empty = No mails here.
desk-mails-shown = { $count ->
    [one] { $count } mail
   *[other] { $count } mails
}
desk-mail-view-all = All
desk-mail-view-parked = Given up
desk-mail-view-due = Waiting
desk-mail-view-sent = Sent
desk-mail-state-sent = Sent
desk-mail-state-due = Waiting
desk-mail-state-retry = Tried, again soon
desk-mail-state-parked = Given up
desk-mail-about = About
desk-mails-from = Queued from
desk-mail-to = Recipient
desk-mail-when = Sent
desk-mail-next = next try { $moment }
desk-mail-queued = Queued
desk-mail-attempts = Attempts
desk-mail-error = Last error
desk-mail-text = Text
desk-mail-text-today = As it would be written now, in the language of the reader.
desk-mail-personal = It holds a link that lets in whoever has it, so it is shown to its reader alone.
desk-mail-obsolete = There is no use in sending it any more.
desk-mail-resend = Send again
desk-mail-resend-label = Send again to { $recipient }
desk-mail-resent = The mail to { $recipient } goes out again.
desk-mail-kind-order-placed = Order placed
desk-mail-kind-order-on-hold = Order on hold
desk-mail-kind-order-released = Order released
desk-mail-kind-order-accepted = Order accepted
desk-mail-kind-order-cancelled = Order cancelled
desk-mail-kind-promise-changed = Promise changed
desk-mail-kind-short-of-stock = Short of stock
desk-mail-kind-shipped = Shipped
desk-mail-kind-invoiced = Invoice
desk-mail-kind-payment-received = Payment received
desk-mail-kind-critical-order = Critical order, to the team
desk-mail-kind-team-hold = Hold, to the team
desk-mail-kind-dead-letter = Mail given up, to staff
desk-mail-kind-webhook-failing = Webhooks fail
desk-mail-kind-invitation = Invitation
desk-mail-kind-password-reset = New password
desk-mail-kind-access-changed = Changed access

# Today
desk-today-orders = Orders
desk-today-goods = Goods, money, mails
desk-today-to-accept = { $count ->
    [one] order to accept
   *[other] orders to accept
}
desk-today-at-risk = { $count ->
    [one] order with a promise at risk
   *[other] orders with a promise at risk
}
desk-today-short = { $count ->
    [one] order short of stock
   *[other] orders short of stock
}
desk-today-on-hold = { $count ->
    [one] order on hold
   *[other] orders on hold
}
desk-today-to-ship = { $count ->
    [one] order ready to ship
   *[other] orders ready to ship
}
desk-today-to-invoice = { $count ->
    [one] shipment to invoice
   *[other] shipments to invoice
}
desk-today-overdue = { $count ->
    [0] overdue
    [one] overdue on { $count } invoice
   *[other] overdue on { $count } invoices
}
desk-today-unmatched = { $count ->
    [one] payment with a rest
   *[other] payments with a rest
}
desk-today-failed-mails = { $count ->
    [one] mail given up
   *[other] mails given up
}
desk-today-first-to-accept = First to accept
desk-today-first-at-risk = Promises at risk
desk-today-none-to-accept = Nothing waits to be accepted.
desk-today-none-at-risk = No promise is at risk.
desk-today-all = All { $count }

# Credit notes
nav-desk-credits = Credit notes
desk-credits-empty = No credit notes here.
desk-credits-view-all = All
desk-credits-view-unmatched = With a rest
desk-event-credit-note-issued = Credit note { $number } issued
desk-mail-kind-credited = Credit note
desk-credit = Credit
desk-credit-title = Credit invoice { $number }
desk-credit-lead = { $rest } without tax are left to credit. Say of a line how much of it, or an amount; or credit everything that is left.
desk-credit-lead-replaced = { $rest } without tax are left to credit, of goods that came once more without charge: only amounts of them can be credited.
desk-credit-note-hint = Stands on the credit note; may be left empty.
desk-credit-invoiced = Invoiced
desk-credit-left = Left
desk-credit-quantity = Quantity
desk-credit-net = or amount, { $currency }
desk-credit-quantity-of = Quantity of line { $line }
desk-credit-net-of = Amount of line { $line }
desk-credit-nothing = Say of at least one line what is credited.
desk-credit-some = Credit what is filled in
desk-credit-all = Credit all that is left
desk-credited = Credit note { $number } is issued.
rebate-new = Pay a rebate
rebate-lead = What was agreed for all that was bought in some days is given back by credit notes of invoices of these days, at their tax rates: on the oldest that have something left.
rebate-account = Account, its code
rebate-from = Invoiced from
rebate-to = Invoiced to
rebate-percent = Percent
rebate-percent-hint = Of what is left of these invoices, without tax.
rebate-net = Or an amount without tax
rebate-net-hint = In the currency of the account.
rebate-again = Pay it also where a rebate was paid for one of these days before
rebate-pay = Issue the credit notes
rebate-paid = { $count ->
    [one] The rebate is paid by { $count } credit note.
   *[other] The rebate is paid by { $count } credit notes.
}
desk-einvoice-access-point = For the access point
desk-einvoice-written = { $name }, { $time }
desk-einvoice-waits = waits to be written
desk-einvoice-failed = is tried again; the last attempt failed: { $error }
