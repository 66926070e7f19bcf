say-cost-below-zero = A cost is not below zero.
say-floor-percent = A floor is at least 0 and less than 100 per cent.
say-floor-twice = This category has a floor already.
say-price-change-day-passed = { $day } has passed. Prices are changed from today on.
say-price-change-not-draft = The price change { $title } is sent in or decided already.
say-price-change-not-submitted = The price change { $title } does not wait for a decision.
say-price-change-not-applied = The price change { $title } stands in no list.
say-price-change-empty = A price change needs rows.
say-price-change-too-many-rows = These are more than { $max } rows; send fewer.
say-price-change-not-previewed = Work out first what the price change { $title } comes to.
say-price-change-own = Another person approves it than those who made it, changed its rows or sent it in.
say-price-change-blocked = { $lines ->
    [one] One line of the last twelve months would earn less than its floor.
   *[other] { $lines } lines of the last twelve months would earn less than their floors.
}
say-price-change-row = Line { $row }: { $why }
say-price-change-title = Give it a name of at most 120 characters.
say-price-change-note = At most { $max } characters.
say-price-change-notice = Give 0 to { $max } days.
say-price-change-no-lists = Name at least one price list.
say-price-change-one-of-percent-and-amount = Say either a percentage or an amount.
say-price-change-percent = { $percent } is no percentage with four decimals at most.
say-price-change-amount = { $amount } is no amount with six decimals at most.
say-price-change-rounding = Prices can't be rounded to { $rounding }. Give a number above zero with six decimals at most.
say-price-change-rule-finds-nothing = The rule changes no price of these lists.
say-price-change-rule-below-zero = The price of { $sku } in { $price_list } would not be above zero.
say-price-change-no-file = Choose a file.
say-price-reason-needed = { $price } is below the list price, { $list_price }. Say why it is granted.
say-price-reason-needed-floor = { $price } earns less than the margin floor. Say why it is granted.
say-price-below-floor = { $price } earns less than the margin floor of { $percent } per cent, which is not granted.
say-price-reason-too-long = A reason has at most { $max } characters.
