# Home
home-welcome = Welcome
home-welcome-text = Nothing was ordered yet. This is how to begin:
home-welcome-products = Look at your products
home-welcome-products-text = Your own part numbers, prices and stock.
home-welcome-order = Start a quick order
home-welcome-order-text = Type part numbers and quantities, see prices and dates before you order.
home-welcome-upload = Upload a list
home-welcome-upload-text = CSV or Excel, with the columns you have.
home-welcome-people = Invite your colleagues
home-welcome-people-text = Buyers order, finance sees invoices, viewers look.
home-needs = What needs you
home-needs-nothing = Nothing needs you right now.
home-overdue = Overdue
home-overdue-text = { $count ->
    [one] One invoice is late: { $sum } to pay.
   *[other] { $count } invoices are late: { $sum } to pay.
}
home-due = Due soon
home-due-text = { $count ->
    [one] One invoice is due within 7 days: { $sum }.
   *[other] { $count } invoices are due within 7 days: { $sum }.
}
home-to-invoices = To the invoices
home-held = On hold
home-held-text = Order { $number } ({ $po }) is on hold. Your contact knows why.
home-held-credit = Order { $number } ({ $po }) is above your credit limit and starts once it is released.
home-to-order = Order { $number }
home-credit-nearly = Only { $left } of your credit limit of { $limit } are left. Orders above it are placed on hold.
home-credit-used = Your credit limit of { $limit } is used. New orders are placed on hold until they are released.
home-short = Waiting
home-short-text = { $lines ->
    [one] One line of order { $number } ({ $po }) waits for stock.
   *[other] { $lines } lines of order { $number } ({ $po }) wait for stock.
}
home-short-more = More orders have lines that wait for stock.
home-held-more = More orders are on hold.
home-to-orders = To the orders
home-draft = Draft
home-draft-mend = { $lines ->
    [one] “{ $name }”: its line needs you before it can be ordered.
   *[other] “{ $name }”: { $bad } of { $lines } lines need you before they can be ordered.
}
home-draft-ready = { $lines ->
    [one] “{ $name }” has one line that is not ordered yet.
   *[other] “{ $name }” has { $lines } lines that are not ordered yet.
}
home-to-draft = Continue “{ $name }”
home-arriving = On the way to you
home-all-shipments = All shipments
home-shipment = Shipment
home-left = Left
home-latest = Latest orders
home-all-orders = All orders
home-spend-finding = { $sum } in all, most in { $month } with { $most }.
home-states = Orders under way
home-states-finding = { $count ->
    [one] One order is not finished.
   *[other] { $count } orders are not finished.
}
home-credit-title = Credit
home-credit-finding = { $used } of { $limit } are used.
home-stand-in = Away, { $name } steps in

# Search
search-title-of = Search: { $text }
search-what = Type an order, PO, invoice or tracking number, a part number, a GTIN or words of a product.
search-nothing = Nothing of yours has “{ $text }”. Check the number, or look through your products.
search-to-products = All products
search-orders = Orders
search-all-orders = All of these orders
search-products = Products
search-all-products = All of these products
search-shipments = Shipments
search-all-shipments = All of these shipments
search-invoices = Invoices
search-all-invoices = All of these invoices
search-reach = Whole numbers are found however old they are, parts of a number among your latest { $count } orders, shipments and invoices.
search-accounts = Accounts
search-all-accounts = All of these accounts
search-desk-what = Type an order, PO or invoice number, an account's code or name, a SKU, a GTIN or words of a product.
search-desk-nothing = Nothing has “{ $text }”.
search-desk-reach = Whole numbers are found however old they are, parts of a number among the latest { $count } orders and invoices.
