# Bulk jobs
nav-bulk-jobs = Bulk jobs
bulk-about-own = Orders that your programs and people send at once by REST. They are kept for 30 days.
bulk-about = Rows that programs and people send at once by REST. They are kept for 30 days.
bulk-empty = Nobody has sent rows in bulk yet.
bulk-shown = { $count ->
    [one] { $count } job
   *[other] { $count } jobs
}
bulk-title = Bulk job: { $kind }
bulk-kind = Rows of
bulk-kind-accounts = Accounts
bulk-kind-sites = Sites
bulk-kind-contacts = Contacts
bulk-kind-products = Products
bulk-kind-units = Units
bulk-kind-price-lists = Price lists
bulk-kind-prices = Prices
bulk-kind-assortments = Assortments
bulk-kind-team = Team
bulk-kind-stock = Stock
bulk-kind-orders = Orders
bulk-state-receiving = Coming in
bulk-state-queued = Waiting
bulk-state-running = Running
bulk-state-succeeded = Done
bulk-state-failed = Failed
bulk-state-cancelled = Cancelled
bulk-mode = Bad rows
bulk-mode-valid-rows = are left out
bulk-mode-all-or-nothing = stop all others
bulk-ended = Ended
bulk-rows = Rows
bulk-done = Looked at
bulk-accepted = Accepted
bulk-rejected = Rejected
bulk-failed = The job has failed.
bulk-cancelled = The job was cancelled. What was written before stays.
bulk-progress = The rows are being written
bulk-cancel = Cancel the job
bulk-cancel-hint = What is written stays.
bulk-counts = What became of the rows
bulk-download = Download all results
bulk-download-rejected = Download rejected rows
bulk-key = Key
bulk-next = More rejected rows
