say-expected-quantity = { $decimals-count ->
    [one] { $quantity } is no quantity above zero of { $sku }, which has one decimal.
   *[other] { $quantity } is no quantity above zero of { $sku }, which has { $decimals } decimals.
}
say-expected-below-received = Of this { $received } has come already: expect at least as much, or close it.
say-expected-twice = { $sku } is expected under { $reference } in { $warehouse } already: change that.
say-expected-closed = Nothing more of { $reference } is expected: add what comes under another reference.
say-expected-day-far = The last day on which something can be expected is { $last }.
say-no-expected-receipt = Nothing of { $sku } is expected under { $reference } in { $warehouse }: leave the reference out, or add what is expected first.
say-expected-warehouse-unknown = There is no warehouse { $warehouse }.

say-give-weekdays = Give the working days: mon-fri, or mon tue wed, or 1-5 with Monday as 1, or a sign for each day from Monday as 1111100.
say-give-cut-off = Give a time of the day as 14:30, or leave the cell empty.
say-calendar-of-one = A calendar is of one site, of one warehouse or of the supplier: name one of them.
say-calendar-of-whom = A calendar for { $account } is of one of its sites: name the site.
say-calendar-site-needs-account = Several accounts, or none, have a site of this code: name the account.
say-calendar-site-unknown = { $account } has no such site, and the folder's sites.csv brings none.
say-calendar-warehouse-unknown = There is no such warehouse, and the folder's stock.csv brings none.
say-calendar-has-another = { $calendar } is its calendar already: change that, it can have one.
say-calendar-unknown = There is no such calendar, and the folder's calendars.csv brings none.
