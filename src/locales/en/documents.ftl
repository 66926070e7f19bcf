# Titles
paper-invoice = Invoice
paper-credit-note = Credit note
paper-invoice-corrected = Corrected invoice
paper-invoice-difference = Invoice of a price difference
paper-order-confirmation = Order confirmation
paper-order-received = Receipt of order
paper-order-received-remark = We have received your order and will confirm it as soon as we take it on.
paper-order-on-hold-remark = We have received your order. It waits for a release and is not confirmed yet.
paper-order-cancelled = Cancelled order
paper-order-cancelled-remark = This order was called off. Nothing of it will be delivered or invoiced.
paper-delivery-note = Delivery note

# Facts
paper-invoice-number = Invoice no.
paper-invoice-date = Invoice date
paper-preceding-invoice = To invoice
paper-number-of-day = { $number } of { $date }
paper-mandate = Direct debit mandate
paper-credit-note-number = Credit note no.
paper-credit-note-date = Credit note date
paper-credit-reason = Reason
paper-remark = Note
paper-delivery-date = Delivery date
paper-shipped-date = Date of dispatch
paper-due-date = Due date
paper-po-number = Your order no.
paper-order-number = Our order no.
paper-order-date = Order date
paper-delivery-note-number = Delivery note no.
paper-requested-date = Requested date
paper-order-class = Order class
paper-order-class-standard = Standard
paper-order-class-priority = Priority
paper-order-class-critical = Critical
paper-payment-reference = Payment reference
paper-pay-by-code = Pay by code
paper-payment-terms = Payment terms
paper-terms-at-once = payable immediately
paper-terms-days = { $days ->
    [one] { $days } day net
   *[other] { $days } days net
}
paper-carrier = Carrier
paper-tracking-number = Tracking no.
paper-your-vat-id = Your VAT ID

# Lines
paper-position = Item
paper-article = Article
paper-your-number = Your no.
paper-our-number = Our no.
paper-quantity = Quantity
paper-base-quantity = Contents
paper-ordered = Ordered
paper-delivered = Delivered
paper-price = Unit price
paper-promised = Delivery
paper-promised-later = to follow
paper-tax = VAT
paper-net = Net
paper-note = Your note

# Totals
paper-tax-base = Net amount
paper-amount = VAT amount
paper-net-total = Net total
paper-tax-total = VAT
paper-gross-total = Total
tax-reason-AE = Reverse charge: the customer is liable for VAT
tax-reason-E = Exempt from VAT
tax-reason-G = Export outside the European Union, exempt from VAT (Article 146 of Directive 2006/112/EC)
tax-reason-K = Intra-Community supply, exempt from VAT (Article 138 of Directive 2006/112/EC)
tax-reason-O = Not subject to VAT

# Payment and receipt
paper-pay-at-once = Payable immediately without deduction. Please state { $number } with your payment.
paper-pay-by = { $days ->
    [one] Payable by { $date } ({ $days } day after the invoice date) without deduction. Please state { $number } with your payment.
   *[other] Payable by { $date } ({ $days } days after the invoice date) without deduction. Please state { $number } with your payment.
}
paper-received-intact = Goods received complete and intact
paper-date-and-signature = Date, name, signature
paper-buyer = Ordered by
paper-ship-to = Delivery address

# Footer
paper-page = Page { $page } of { $pages }
paper-vat-id = VAT ID
paper-email = E-mail
paper-phone = Phone
paper-iban = IBAN
paper-bic = BIC
paper-statement = Statement of account
paper-statement-words = All that was booked up to { $date }. The balance is { $balance }; above zero it is what you owe us.
paper-confirmation = Balance confirmation
paper-confirmation-words = Our books show a balance of { $balance } as of { $date }; above zero it is what you owe us. Please compare this with yours, sign below and send it back.
paper-confirmation-agreed = The balance of { $balance } as of { $date } agrees with our books.
paper-confirmation-other = The balance does not agree. It differs by the items on the sheet we enclose.
paper-account-number = Account no.
paper-statement-date = Date
paper-statement-from = From
paper-statement-to = To
paper-opening-balance = Balance before
paper-closing-balance = Balance
paper-line-invoice = Invoice
paper-line-credit-note = Credit note
paper-line-payment = Payment
paper-line-payment-reversal = Payment taken back
paper-line-reminder-fee = Reminder fee
paper-line-reminder-interest = Interest on late payment
paper-line-reminder-waived = Costs of a reminder waived
paper-date = Date
paper-due = Due
paper-charged = Charged
paper-paid = Paid
paper-balance = Balance
paper-on-account = { $amount } of your payments and credits settled no invoice yet.
paper-open-by-age = Open, by days overdue
paper-age-not-due = not due
paper-age-late-30 = 1 to 30
paper-age-late-60 = 31 to 60
paper-age-late-90 = 61 to 90
paper-age-late-more = over 90
paper-return = Return
paper-return-number = Return no.
paper-return-date = Announced
paper-claim-number = Claim no.
paper-sender-of-return = Sender
paper-put-into-parcel = Please put this sheet into the parcel.

# Reminders
paper-reminder-1 = Friendly reminder
paper-reminder-2 = Reminder
paper-reminder-3 = Last call
paper-reminder-number = Reminder no.
paper-reminder-date = Date
paper-customer-number = Your customer no.
paper-late = Late
paper-open = Open
paper-reminder-overdue = Overdue
paper-reminder-fee = Reminder fee
paper-reminder-interest = Interest
paper-reminder-on-account = Already on account
paper-reminder-total = To be paid
paper-reminder-not-due = { $amount } of it are not due yet and are only listed.
paper-graduated = By the parts of its quantity: { $amount }
paper-before-discounts = Before discounts: { $amount }
