say-cannot-accept = Order { $order } is { $state } and can't be accepted.
say-cannot-hold = Order { $order } is { $state } and can't be held.
say-cannot-release = Order { $order } is { $state } and can't be released.
say-cannot-cancel = Order { $order } is { $state } and can no longer be cancelled.
say-accept-before-shipping = Order { $order } is { $state } and can't be shipped; accept it first.
say-release-before-shipping = Order { $order } is { $state } and can't be shipped; release and accept it first.
say-cannot-ship = Order { $order } is { $state } and can't be shipped.
say-view-has-only = The view has orders in { $states } only.
say-po-used-by-order = The purchase order number { $po_number } is used by order { $order }; take another.
say-po-used = The purchase order number { $po_number } is used by another order; take another.
say-supplier-has-no-address = The supplier has not told its own name and address yet. Ask your contact.
say-article-has-no-rate = The supplier has no tax rate for { $sku } (category { $category }) yet. Ask your contact.
say-name-po-number = Name your purchase order number.
say-po-number-too-long = { $characters } characters are more than the { $max } of a purchase order number.
say-day-has-passed = { $day } has passed; today is { $today }.
say-no-own-site = Your account has no site '{ $site }'.
say-note-too-long = { $characters } characters are more than the { $max } of a note.
say-split-the-order = The total is larger than the portal can hold; split the order.
say-view-by-priority = A view of the queue goes by priority.
say-wanted-day-of-one-account = Orders go by the wanted day only for one account; name it.
say-choose-what-to-do = Choose what to do.
say-other-row-is-bad = Another row of the order is bad; the order is left out whole.
say-order-with-other-lines = The account has an order of this number with other lines.
say-closed-account = The account is closed.

# Receipts
say-receipt-too-large = That is more than the portal can count; split the receipt.
say-name-the-warehouse = Name the warehouse that the goods are in.
say-no-warehouse = There is no warehouse '{ $warehouse }'.
say-receipt-lines = { $lines } lines are more than the { $max } of a receipt.
say-no-product = There is no product '{ $sku }'.
say-quantity-of-base-unit = { $fault } The base unit of { $sku } has { $decimals } decimals.

# Lines and their rank
say-part-not-whole = { $quantity } { $unit } is not a whole number of packs or base steps.
say-part-too-large = The quantity { $quantity } is too large.
say-rank-of = rank { $place } of { $of }: { $why }
say-waits = { $tier }, { $class }, waits since { $since }
say-waits-and-wanted = { $tier }, { $class }, wanted by { $wanted }, waits since { $since }
say-got-all = { $got } of { $of } now
say-others-came-first = { $got } of { $of } now; orders with a higher rank came first
say-rest-waits = { $got } of { $of } now; the rest waits for stock
