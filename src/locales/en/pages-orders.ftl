# Lists
list-views = Views
list-none-found = Nothing matches.
list-to = to
list-no-day = “{ $text }” is no day. Write it as year-month-day, for example 2026-12-03.

list-export = Export as a file:
export-too-many = A file has at most { $rows } rows, and this list has more. Narrow it with the filter, for example by days, and export it again.

# Orders
nav-orders = Orders
orders = Orders
orders-view-open = Open
orders-view-shipped = On the way
orders-view-delivered = Delivered
orders-view-cancelled = Cancelled
orders-view-all = All
orders-text = PO or order number
orders-any-state = Any state
orders-any-site = All sites
orders-from = Placed from
orders-placed = Placed
orders-count = { $count ->
    [one] { $text } order
   *[other] { $text } orders
}
orders-some = { $count ->
    [one] { $some } of { $all } order
   *[other] { $some } of { $all } orders
}
orders-lines-wait = { $lines ->
    [one] { $lines } line waits for stock
   *[other] { $lines } lines wait for stock
}
orders-promised = arrives { $day }
orders-file = { $kind }
orders-lines-file = { $kind } with all lines
orders-none = No orders here yet.
orders-none-found = No order matches your filter.
order-state-pending-approval = To approve
order-state-rejected = Rejected
order-state-on-hold = On hold
order-state-to-accept = To accept
order-state-placed = Placed
order-state-accepted = Accepted
order-state-partly-shipped = Partly shipped
order-state-shipped = Shipped
order-state-delivered = Delivered
order-state-closed = Closed
order-state-cancelled = Cancelled

# One order
order-title = Order { $number }
order-ask = Ask about this order
order-ask-subject = Order { $number }, our PO { $po }
order-follow = Follow this order
order-cancel = Cancel order
order-reorder = Reorder
order-steps = How far it is
order-step-placed = Placed
order-step-delivered = Delivered
order-step-invoiced = Invoiced
order-step-sent = { $all ->
    [one] { $some } of { $all } line sent
   *[other] { $some } of { $all } lines sent
}
order-step-by = by { $day }
order-step-invoices = { $count ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
order-details = Details
order-ordered-by = Ordered by
order-by-import = Import
order-by-claim = for claim
order-for-claim = Without charge for claim
order-progress = How far
order-net = Net, { $currency }
order-part-shipped = { $quantity } shipped
order-part-reserved = { $quantity } reserved
order-part-backordered = { $quantity } waiting
order-part-cancelled = { $quantity } cancelled
order-part-invoiced = { $quantity } invoiced
order-line-invoiced = Invoiced
order-line-shipped = Shipped
order-line-part-shipped = Part shipped
order-line-reserved = Reserved
order-line-part-backordered = Part backordered
order-line-backordered = Backordered
order-line-cancelled = Cancelled
order-line-held = On hold
order-held = This order is on hold. Nothing is reserved for it until the supplier releases it.
order-held-credit = This order is on hold: it is above your credit limit. Nothing is reserved for it until the supplier releases it.
order-was-cancelled = Cancelled { $moment }. Nothing of it will be delivered or invoiced.
order-short-part = Line { $number }: you get { $got } of { $all } now, the other { $rest } when stock arrives.
order-short-part-by = Line { $number }: you get { $got } of { $all } now, the other { $rest } by { $day }.
order-short-whole = Line { $number }: { $got } of { $all } are kept for you. It leaves complete, as soon as the other { $rest } arrive.
order-short-whole-by = Line { $number }: { $got } of { $all } are kept for you. All of it arrives by { $day }.
order-short-none = Line { $number }: { $all } backordered. You get a mail as soon as there is a date.
order-short-none-by = Line { $number }: { $all } backordered, with you by { $day }.
order-short-lines = { $lines ->
    [one] { $lines } line is not fully in stock
   *[other] { $lines } lines are not fully in stock
}
order-short-more = { $lines ->
    [one] and { $lines } more line
   *[other] and { $lines } more lines
}
order-expected = The rest arrives
order-shipment = Delivery { $number }
order-invoice = Invoice { $number }
order-told-placed = Placed
order-told-placed-for-claim = Placed once more, without charge, for claim
order-told-on-hold = Put on hold
order-told-released = Released
order-told-cancelled = Cancelled
order-told-rest-cancelled = Rest of line { $lines } cancelled
order-told-short = Line { $lines } waits for stock
order-told-promised = Stock arrived for line { $lines }
order-told-moved = Another day for line { $lines }
order-told-delivered = All of it arrived
order-told-closed = Paid and closed
order-told-reopened = A payment was taken back; something is open again
order-told-shipped = Shipped:
order-told-arrived = Arrived:
order-told-invoiced = { $amount } invoiced:
order-told-paid = Payment of { $amount } booked
order-told-payment-reversed = Payment of { $amount } taken back
order-cancel-title = Cancel order { $number }?
order-cancel-text = { $lines ->
    [one] Its line will not be delivered. What is reserved for it goes back into stock; this can't be undone.
   *[other] None of its { $lines } lines will be delivered. What is reserved for them goes back into stock; this can't be undone.
}
order-cancelled = Order { $number } is cancelled. Its PO number is free again.
order-not-cancelled = The order is not cancelled yet.
order-cancel-too-late = This order can't be cancelled here any more. Its state is below; your contact helps with what is still possible.
order-reorder-title = Order { $number } again
order-reordered = { $lines ->
    [one] { $lines } line is in this draft at today's price.
   *[other] { $lines } lines are in this draft at today's prices.
}
order-reordered-dearer = { $lines ->
    [one] { $lines } costs more than last time.
   *[other] { $lines } cost more than last time.
}
order-reordered-bad = { $lines ->
    [one] { $lines } can't be ordered as it is; its reason is on the line.
   *[other] { $lines } can't be ordered as they are; the reason is on each line.
}

# Deliveries
shipments = Deliveries
shipments-tracking = Tracking
shipments-note = Delivery note
shipments-note-of = PDF of the note of delivery { $number }
shipment-state-shipped = On the way
shipment-state-delivered = Delivered

nav-shipments = Deliveries
shipments-view-arriving = On the way
shipments-view-delivered = Delivered
shipments-view-all = All
shipments-text = Delivery, order, PO or tracking number
shipments-shown = { $count ->
    [one] { $count } delivery shown
   *[other] { $count } deliveries shown
}
shipments-none = Nothing here yet.
shipments-none-found = No delivery matches your filter.
shipments-to-orders = To your orders
shipments-expected-on = Expected
shipments-expected = expected { $day }
shipments-track = Track delivery
shipments-contents = In this delivery
shipments-in-it = Delivered

# Invoices
invoices = Invoices
invoices-paper = Invoice as PDF
invoices-paper-of = PDF of invoice { $number }
nav-invoices = Invoices
invoices-view-open = Open
invoices-view-overdue = Overdue
invoices-view-due-soon = Due soon
invoices-view-paid = Paid
invoices-view-all = All
invoices-sum-open = open in all
invoices-sum-overdue = overdue
invoices-sum-due-soon = due within 7 days
invoices-text = Invoice, order or PO number
invoices-from = Issued from
invoices-shown = { $count ->
    [one] { $count } invoice shown
   *[other] { $count } invoices shown
}
invoices-none = No invoices here.
invoices-none-found = No invoice matches your filter.
invoice-state-open = Open
invoice-state-due-soon = Due soon
invoice-state-overdue = Overdue
invoice-state-part-paid = Part paid
invoice-state-paid = Paid
invoice-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
invoice-due-today = due today
invoice-due-in = { $days ->
    [one] due in { $days } day
   *[other] due in { $days } days
}
invoice-delivered = Goods left
invoice-payment = How to pay
invoice-to-pay = Left to pay
invoice-terms = { $days ->
    [0] payable at once
    [one] { $days } day net
   *[other] { $days } days net
}
invoice-reference = Payment reference
invoice-payee = Payee
invoice-is-paid = This invoice is paid. Thank you.
invoice-order-line = Order line
invoice-taxes = VAT
invoice-tax-rate = Rate
invoice-tax-category = Category
invoice-tax-amount = VAT, { $currency }

# Statement
statement = Statement
statement-balance = balance today
statement-on-account = paid and not yet set against an invoice
statement-ageing = How late open invoices are
statement-open = Open invoices
statement-late = { $late } of { $all } is late.
statement-nothing-late = Nothing is late.
statement-not-due = Not due
statement-late-30 = 1 to 30 days late
statement-late-60 = 31 to 60 days late
statement-late-90 = 61 to 90 days late
statement-late-more = Over 90 days late
statement-currency = All amounts in { $currency }.
statement-booked = What was booked
statement-backwards = The period would end before it begins. It is shown up to today.
statement-none = Nothing was booked in this period.
statement-day = Day
statement-what = Entry
statement-about = PO number or reference
statement-debit = Owed
statement-credit = Paid
statement-after = Balance, { $currency }
statement-opening = Balance before
statement-carried = Carried over
statement-closing = Balance at the end
statement-confirmation = Balance confirmation
statement-kind-credit-note = Credit note
statement-kind-payment = Payment
statement-kind-payment-reversal = Payment taken back
statement-entries = { $count ->
    [one] { $count } entry shown
   *[other] { $count } entries shown
}

rest-cancel = Cancel lines
rest-title = Cancel lines of order { $number }
rest-text = Lines of which nothing has left can be cancelled, of others what waits for stock. What has left or is on its way stays.
rest-text-desk = What of the ticked lines is still to leave will not come; what has left stays and is invoiced. The account is told, and what was reserved serves the lines that wait.
rest-cancel-line = Cancel
rest-cancel-line-label = Cancel the rest of line { $number }
rest-to-leave = Still to leave
rest-reason-hint = The account reads it.
rest-do = Cancel the ticked lines
rest-done = The lines are cancelled.
rest-none = No line of this order can be cancelled any more.
rest-tick = Tick the lines to cancel.
order-cancelled-part = Cancelled of it

# Credit notes
credit-notes = Credit notes
credit-note = Credit note { $number }
credit-note-head = Credit note
credit-note-paper = Credit note as PDF
credit-note-text = Note
credit-settled = What it settled
credit-an-amount = amount
credits-text = Number, invoice or order number
credits-none = You have no credit notes.
credits-none-found = No credit note fits the filter.
credits-shown = { $count ->
    [one] 1 credit note
   *[other] { $count } credit notes
}
credit-reason-choose = Choose …
credit-reason-missing = Say why it is credited.
credit-reason-returned = Goods came back
credit-reason-damaged = Damaged
credit-reason-short = Too little arrived
credit-reason-wrong-item = Wrong article
credit-reason-quality = Quality
credit-reason-late = Late
credit-reason-price = Price
credit-reason-wrong-invoice = Invoice was wrong
credit-reason-goodwill = Goodwill
credit-reason-rebate = Rebate
credit-reason-other = Other
order-told-credited = { $amount } credited:
invoice-einvoices = As e-invoice
order-delivery = Delivery
order-delivery-partial = In parts, as it is there
order-delivery-complete = Only once all of it is there
order-backorder = What is not there
order-backorder-wait = Waits for stock
order-backorder-cancel-rest = Is called off at once
order-cancel-after = Waits until
order-cancel-after-hint = The last day, where it waits until a day. What waits on the day after is called off.
