say-cannot-accept = Order { $order } is { $state } and can't be accepted.
say-cannot-hold = Order { $order } is { $state } and can't be held.
say-cannot-release = Order { $order } is { $state } and can't be released.
say-cannot-cancel = Order { $order } is { $state } and can no longer be cancelled.
say-cannot-cancel-rest = Order { $order } is { $state }; there is no rest of it to cancel.
say-more-than-is-left-of-line = That is more of line { $line } than may be cancelled: { $left }.
say-nothing-left-of-line = Nothing of line { $line } is still to leave.
say-line-has-left = Something of line { $line } has left already; ask your contact to cancel its rest.
say-no-line-is-open = No line of order { $order } can be cancelled any more.
say-cancel-the-whole = Nothing of order { $order } would be left; cancel the whole order, or have your contact cancel it once it is accepted.
say-no-such-line = Order { $order } has no such line.
say-no-line-has-this-id = No line of the order has this id.
say-nothing-waits-until = Nothing of an order waits whose rest is called off at once: leave the day out, or let it wait.
say-nothing-available = Nothing of it is there now. Let it wait for stock, or order something else.
say-ships-complete = Order { $order } leaves only once all of it is there. Wait for the rest, or let the account change how it is delivered.
say-give-quota-scope = A quota or mode is about one article (sku) or all articles of a category (category).
say-give-quota-period = A quota begins anew every week, month or quarter.
say-give-weights = Give what the tiers weigh, best first: four whole numbers from 1 to 1,000, such as 4:3:2:1.
say-weights-of-fair-shares = Only a fair share has weights: leave them out, or give fair_share.
say-give-allocation-mode = Give strict (by rank), fair_share (each account the same, by the weight of its tier) or proportional (each account the same part of what it wants).
say-quota-is-for-nobody = Say whom it is for: give the code of an account, or a tier.
say-quota-is-for-two = A quota is for an account or for a tier, not for both; leave one empty.
say-quota-of-nothing = Give more than 0; remove the quota if nothing is to be kept.
say-quota-exists = There is a quota with this code; change it, or give another code.
say-lines-of-two-products = Both lines must be of the same article.
say-line-waits-for-less = Line { $line } waits for { $waits } { $unit } only, or its order is not served now; give that at most.
say-line-has-less = Line { $line } has only { $reserved } { $unit } reserved; take that at most.
say-less-is-free = Of { $sku } only { $free } { $unit } are free in whole packs; give less, or take it from another line.
say-only-whole-packs = Whole packs only: multiples of { $portion } { $unit }.
say-beyond-credit = Order { $order } would go over what the account may owe and have on order. Finance can release it, raise the limit, or wait for a payment.
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
say-exceeds-stock = Of { $sku } only { $left } { $unit } are left, and it comes no more; order that at most.
say-cannot-release-sold-out = Order { $order } can't be released as it is: of { $sku } only { $left } { $unit } are left, and it comes no more. Change or cancel those lines first.
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
say-quantity-of-base-unit = { $decimals-count ->
    [one] { $fault } The base unit of { $sku } has one decimal.
   *[other] { $fault } The base unit of { $sku } has { $decimals } decimals.
}

# Lines and their rank
say-part-not-whole = { $quantity } { $unit } is not a whole number of packs or base steps.
say-part-too-large = The quantity { $quantity } is too large.
say-rank-of = rank { $place } of { $of }: { $why }
say-fair-share-among = fair share among { $of } waiting lines: { $why }
say-proportional-share-among = proportional share among { $of } waiting lines: { $why }
say-waits = { $tier }, { $class }, waits since { $since }
say-waits-and-wanted = { $tier }, { $class }, wanted by { $wanted }, waits since { $since }
say-got-all = { $got } of { $of } now
say-others-came-first = { $got } of { $of } now; orders with a higher rank came first
say-shared-among-all = { $got } of { $of } now; what comes is shared among all who wait
say-rest-waits = { $got } of { $of } now; the rest waits for stock
say-rest-is-expected = { $got } of { $of } now; the rest by { $by } from expected goods
say-order-being-packed = Something of order { $order } is being packed. Ship it, or say that it comes to nothing, first.
