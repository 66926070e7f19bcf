expected = Expected goods
expected-new = Expect goods
expected-text = What is promised to lines that wait follows from what is confirmed here; whoever's promise changes is told.
expected-view-all = Still to come
expected-view-late = Late
expected-view-any = All
expected-find = Reference or product
expected-reference = Reference
expected-reference-label = Reference of line { $number }
expected-reference-hint = What the order at the supplier, or its dispatch note, is called
expected-quantity = Quantity
expected-quantity-hint = In base units
expected-received = Came
expected-outstanding = Still to come
expected-on = Expected on
expected-supplier = From
expected-confirmed = Confirmed
expected-confirmed-hint = Only what is confirmed is promised to accounts
expected-confirmed-true = Yes
expected-confirmed-false = No
expected-state-open = Open
expected-state-received = Received
expected-state-closed = Closed
expected-state-late = Late
expected-state-unconfirmed = Not confirmed
expected-none = Nothing is expected.
expected-none-found = Nothing that is expected is like that.
expected-shown = { $count ->
    [one] { $count } expected receipt
   *[other] { $count } expected receipts
}
expected-title = { $sku } of { $reference }
expected-added = { $reference } is expected.
expected-changed = { $reference } is changed. Promises are made again.
expected-closed-now = Nothing more of { $reference } is expected.
expected-save = Save
expected-change = Change
expected-close = Expect nothing more
expected-close-text = What was promised of it is promised of what else is expected, or taken back. The accounts are told.
expected-receive = Book what came
expected-calendars = Calendars
calendars = Calendars
calendars-text = When the supplier, its warehouses and the sites of accounts work; kept here, by REST, or by calendars.csv and holidays.csv. Without any, every day works.
calendars-none = There is no calendar: every day works.
calendars-code = Calendar
calendars-of = Of
calendars-of-supplier = The supplier
calendars-of-warehouse = Warehouse { $warehouse }
calendars-of-site = Site { $site } of { $account }
calendars-weekdays = Working days
calendars-cut-off = Cut-off
calendars-transit = Days on the way
calendars-holidays = Days off
calendars-shown = { $count ->
    [one] { $count } calendar
   *[other] { $count } calendars
}
products-more-on = { $quantity } more on { $day }
weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun
