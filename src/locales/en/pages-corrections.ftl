# Corrections of invoices and of prices
nav-price-corrections = Price corrections
invoice-corrects = Takes the place of
invoice-adds-to = Adds to
invoice-corrected-by = Corrected by
invoice-note = Note
invoice-state-corrected = Corrected
invoice-is-corrected = Nothing of it is to be paid: another invoice took its place.
order-told-invoice-corrected = Invoice { $number } was wrong and is corrected by:
desk-event-invoice-corrected = Invoice { $number } corrected
webhook-kind-invoice-corrected = Invoice corrected
desk-correct = Correct
desk-correct-title = Correct invoice { $number }
desk-correct-lead = A credit note takes back all that is left of it, and an invoice with the data as they are kept today takes its place. Mend the account, its sites, the supplier or prices first, then correct. Payments go over to the right invoice.
desk-correct-reason = What was wrong
desk-correct-reason-hint = Stands on both documents.
desk-correct-prices = Prices
desk-correct-prices-hint = Today's are those that are kept now for the day of the order.
correction-prices-as-invoiced = As invoiced
correction-prices-current = As they are kept now
desk-correct-buyer-reference = Buyer reference
desk-correct-buyer-reference-hint = The account's if you leave it empty.
desk-correct-days = Days to pay
desk-correct-days-hint = The account's if you leave it empty.
desk-correct-days-unreadable = Give a whole number of days.
desk-correct-look = Show what it comes to
desk-correct-look-again = Look again
desk-correct-back = Back to the invoice
desk-correct-do = Cancel and correct
desk-correct-preview = What it comes to
desk-correct-credited = Credited
desk-correct-billed = Invoiced anew
desk-correct-moved = Payments that go over
desk-correct-on-account = Stays on account
desk-correct-same = The new invoice says the same as the wrong one. Mend what was wrong first.
desk-correct-what = What
desk-correct-was = Was
desk-correct-becomes = Becomes
desk-corrected = Credit note { $credit } takes the wrong invoice back, invoice { $invoice } took its place.
corrected-field-buyer-name = Buyer
corrected-field-buyer-address = Buyer's address
corrected-field-buyer-vat-id = Buyer's VAT id
corrected-field-buyer-reference = Buyer reference
corrected-field-seller = Seller
corrected-field-ship-to = Ship to
corrected-field-po-number = Purchase order number
corrected-field-payment-terms = Days to pay
corrected-field-quantity = Quantity
corrected-field-unit-price = Price
corrected-field-net = Net
corrected-field-tax = Tax
mail-corrected-subject = [{ $po }] Invoice { $invoice } in place of { $preceding }: { $amount }, due { $due }
mail-corrected-headline = Invoice { $invoice } over { $amount } takes the place of invoice { $preceding }.
mail-corrected-next = Invoice { $preceding } is credited: please don't pay it. What was paid for it counts for the new one. What is open of that is due { $due }.
mail-difference-headline = Invoice { $invoice } over { $amount } adds to invoice { $preceding }, which asked for too little.
mail-difference-next = It is for order { $order }. Please pay it by { $due }.
price-correction-head = Price correction
price-correction = Price correction { $number }
price-corrections = Price corrections
price-corrections-none = No price correction was made yet.
price-corrections-shown = { $count ->
    [one] { $count } price correction
   *[other] { $count } price corrections
}
price-correction-new = New price correction
price-correction-lead = Looks for invoiced lines that would cost something else by the prices as they are kept now for the day they were ordered. Nothing is credited or invoiced before you release it.
price-correction-from = Invoiced from
price-correction-to = Invoiced until
price-correction-accounts = Accounts
price-correction-accounts-hint = Codes, with commas between them. All accounts if you leave it empty.
price-correction-all-accounts = All
price-correction-list = Price list or contract
price-correction-list-hint = Its code: only lines whose price comes from it, or came from it.
price-correction-note = Note
price-correction-note-hint = Stands on the credit notes and invoices.
price-correction-look = Look for differences
price-correction-days = Invoiced
price-correction-made = Made
price-correction-ended = Released or discarded
price-correction-state-preview = Preview
price-correction-state-released = Released
price-correction-state-discarded = Discarded
price-correction-outcome-changed = Left out: it had changed
price-correction-credited = to be credited, without tax
price-correction-invoiced = to be invoiced, without tax
price-correction-credit = credited
price-correction-invoice = invoiced
price-correction-difference = Difference
price-correction-document = Document
price-correction-release = Release
price-correction-discard = Discard
price-correction-released = The credit notes and invoices are issued.
price-correction-discarded = The price correction is discarded.
price-correction-nothing = Nothing would cost something else.
price-correction-found = { $lines ->
    [0] Nothing would cost something else.
    [one] { $lines } line would cost something else.
   *[other] { $lines } lines would cost something else.
}
price-correction-skipped = { $lines ->
    [one] { $lines } line was left out: there is no price for it now, or its unit is another one.
   *[other] { $lines } lines were left out: there is no price for them now, or their unit is another one.
}
price-correction-more = { $lines ->
    [one] { $lines } more line is in the file.
   *[other] { $lines } more lines are in the file.
}
