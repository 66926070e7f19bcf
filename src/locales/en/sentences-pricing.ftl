say-too-many-lines = { $lines } lines are more than the { $max } of one request; split it.
say-no-price = { $sku } has no price for { $quantity } { $unit }. Ask your contact for one.
say-line-too-dear = { $quantity } { $unit } of { $sku } cost more than the portal can hold.
say-list-exists = There is a price list with this code already.
say-price-exists = The list has a price of this product for the same unit, quantity and first day.
say-price-taken = The list has a price for the same unit, quantity and first day.
say-price-removed = Somebody else removed this price.
say-price-changed = Somebody else changed this price meanwhile. Look at it again.

# Files
say-list-not-in-file = There is no such price list and no good row for it in price_lists.csv.
say-give-kind = Give base, tier, account or contract.
say-list-needs-account = A list of kind { $kind } needs an account.
say-list-has-no-account = A list of kind { $kind } has no account.
say-list-needs-tier = A list of kind tier needs a tier.
say-list-has-no-tier = A list of kind { $kind } has no tier.
say-account-trades-in = The account trades in { $currency }.
say-before-valid-from = It lies before valid_from, { $from }.
say-no-other-unit = Its base unit is { $base_unit }; whom the list is for has no other unit of this key.
say-price-above-zero = A price is above zero.
say-give-price-base = Give 1, 10, 100 or 1000.
