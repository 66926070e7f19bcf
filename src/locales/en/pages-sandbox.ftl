# Sandboxes of accounts
acct-tab-sandbox = Sandbox
sandbox = Sandbox
sandbox-label = Sandbox
sandbox-inside = This is the sandbox. Nothing here is real: no goods leave, no invoice counts, nobody gets a mail.
sandbox-inside-ahead = { $days ->
    [one] Its day is { $day }, one day ahead.
   *[other] Its day is { $day }, { $days } days ahead.
}
sandbox-leave = Leave the sandbox
sandbox-text = A twin of your account for programs to try things out in, with your prices and catalogue and stock of its own. Look in to add programs and webhooks there.
sandbox-none = There is no sandbox of your account. Ask your contact at the supplier for one.
sandbox-address = Address, before /api/v1 and /oauth/token
sandbox-day = Its day and time
sandbox-refreshed = Prices and catalogue as of
sandbox-look-in = Look in
sandbox-days = Set the clock ahead by days
sandbox-days-hint = Prices begin and end, deliveries and invoices become due. The clock never goes back, except by a reset.
sandbox-advance = Set ahead
sandbox-advanced = The clock of the sandbox is set ahead.
sandbox-report = Ready for production?
sandbox-report-text = Begin a scenario, then let your program do its part in the sandbox. It is judged by what the program sends there.
sandbox-ready = Ready for production
sandbox-open = { $count ->
    [one] 1 scenario open
   *[other] { $count } scenarios open
}
sandbox-begin = Begin
sandbox-begin-label = Begin: { $scenario }
sandbox-begun = The scenario has begun. Now your program has to do its part.
sandbox-begun-at = Begun { $moment }.
sandbox-progress-not-begun = Not begun
sandbox-progress-running = Running
sandbox-progress-passed = Passed
sandbox-progress-failed = Failed
sandbox-desk-text = A twin of the account in a database of its own. Nothing of it is in lists, numbers, files or mails of the desk.
sandbox-desk-none = The account has no sandbox.
sandbox-add = Make a sandbox
sandbox-added = The sandbox is made.
sandbox-refresh = Refresh prices and stock
sandbox-refreshed-now = The sandbox has the account's prices and catalogue as they are now.
sandbox-reset = Reset
sandbox-reset-now = The sandbox begins anew. Its programs and webhooks stay.
sandbox-close = Close
sandbox-closed = The sandbox is closed.
sandbox-programs-open = Production access: in the sandbox these scenarios are not passed yet: { $scenarios }.
sandbox-programs-ready = Production access: in the sandbox the account's programs passed every scenario.
sandbox-programs-none = Production access: the account has no sandbox, so nothing is known of how its programs behave.
sandbox-programs-confirm = Add it although the account's programs are not ready
sandbox-scenario-user-agent = Says who it is
sandbox-scenario-retry-after-error = Sends an order again after an error
sandbox-scenario-retry-after-cut = Sends an order again after a broken connection
sandbox-scenario-wait-when-told = Waits when told to
sandbox-scenario-wrong-signature = Refuses a wrong signature
sandbox-scenario-unknown-fields = Takes what it doesn't know
sandbox-scenario-unknown-event-type = Takes types of events it doesn't know
sandbox-scenario-duplicate-delivery = Takes a webhook twice
sandbox-scenario-catch-up = Catches up on events
sandbox-scenario-partial-shipment = Sees a partial shipment
sandbox-scenario-rejection = Sees a rejected order
sandbox-awaited-user-agent = Three requests, each with a User-Agent. If it failed: have the program send one with every request.
sandbox-awaited-retry-after-error = The next order is answered with 500 and is not kept. The same order must come again under the same Idempotency-Key. If it failed: keep the key with the order until an answer came.
sandbox-awaited-retry-after-cut = The next order is kept and the connection breaks. The same order must come again under the same Idempotency-Key, and is found, not placed twice. If it failed: a new key makes a new order; keep the old one.
sandbox-awaited-wait-when-told = The next request is answered with 429 and Retry-After. The program must wait as long as it says. If it failed: honour Retry-After before anything else is sent.
sandbox-awaited-wrong-signature = A webhook with a wrong signature is sent, then the same with the right one. The first must be answered with 4xx, the second with 2xx. If it failed: verify signatures, with a library.
sandbox-awaited-unknown-fields = A webhook with members nobody knows must be answered with 2xx. If it failed: ignore what is not known.
sandbox-awaited-unknown-event-type = A webhook of a type nobody knows must be answered with 2xx. If it failed: take it and do nothing.
sandbox-awaited-duplicate-delivery = The same webhook comes twice and must be answered with 2xx both times. If it failed: remember webhook-id and take the second silently.
sandbox-awaited-catch-up = GET /events must be read up to the last event that there was at the beginning, by after. If it failed: go on reading until a page is empty.
sandbox-awaited-partial-shipment = A part of the last order leaves. The program must read the order again within 15 minutes. If it failed: read the order when an event names it.
sandbox-awaited-rejection = The last order is called off by the supplier. The program must read the order again within 15 minutes. If it failed: read the order when an event names it.
