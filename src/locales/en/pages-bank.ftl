nav-bank = Bank
bank-filter = Payer, text or IBAN
bank-booked-on = Booked on
bank-value-on = Value date
bank-payer = Payer
bank-payer-iban = Payer’s IBAN
bank-text = Text
bank-proposed = Proposed
bank-empty = No entry waits.
bank-shown = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
bank-files = Files of the bank
bank-view-all = Waiting
bank-view-every = All
bank-view-booked = Booked
bank-view-ignored = Ignored
bank-statements = Statements
bank-imported = Taken in
bank-statements-from = Taken in from
bank-file = File
bank-file-hint = camt.053, camt.054 or MT940; 32 MB at most. A file may be sent again: nothing is booked twice.
bank-account = Bank account
bank-entries = Entries
bank-count-booked = Booked
bank-count-waiting = Waiting
bank-closing = Closing balance
bank-statements-empty = No file was taken in yet.
bank-statements-shown = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
bank-days = Order of days
bank-days-shown = As the file shows it
bank-days-dmy = Day, month, year
bank-days-mdy = Month, day, year
bank-days-ymd = Year, month, day
bank-known = This file was taken in before. Nothing changed.
bank-taken = { $booked } booked, { $waiting } wait to be looked at.
bank-take = Take in a file
bank-list = It is a list (CSV)
bank-list-hint = Say what the columns are; the other fields only where the list doesn’t show it.
bank-columns = Columns
bank-columns-hint = One in a line, as booked_on=Date. Known are booked_on, value_on, amount, currency, direction, payer, payer_iban, text, reference, end_to_end_id and bank_reference.
bank-end-to-end = Payer’s own reference
bank-code = Kind
bank-reference = Bank’s reference
bank-entry-of = Bank entry over { $amount }
bank-on-account = None: it stays on account
bank-payment = See the payment
bank-of-account = Account { $account }
bank-accept = Book as proposed
bank-other = Book for another account or invoice
bank-look = Show its invoices
bank-for = Invoice
bank-book-for = Book for { $account }
bank-take-back = Take a payment back
bank-take-back-hint = The bank took this money back: name the payment of the same amount. Its invoices are open again.
bank-payment-id = Number of the payment (pay_…)
bank-ignore = Ignore
bank-reopen = Look at it again
bank-reopen-hint = A payment that it became is taken back.
bank-booked = The entry is booked.
bank-ignored = The entry is ignored.
bank-reopened = The entry waits again.
