say-no-article = There is no article { $article } in your assortment.
say-article-ended = { $sku } is no longer sold.
say-one-key = Name the article by exactly one of sku, customer_part_number, gtin and product_id.
say-name-a-unit = Name a unit of { $sku }; its units are { $units }.
say-not-sold-in = { $sku } is not sold in '{ $unit }'; its units are { $units }.
say-gtin-of-other-unit = { $gtin } is the GTIN of unit { $unit }, not of '{ $wanted }'.
say-quantity-too-large = The quantity { $quantity } is more than the portal can hold.
say-not-whole-steps = { $quantity } { $unit } is not a whole number of steps of { $step }; { $remedy }.
say-not-whole-packs = { $quantity } { $unit } is not a whole number of packs; { $remedy }.
say-not-whole-base = { $quantity } { $unit } is not a whole number of { $base_unit }; { $remedy }.
say-below-minimum = { $quantity } { $unit } is below the minimum of { $minimum }; { $remedy }.
say-above-maximum = { $quantity } { $unit } is above the maximum of { $maximum }; { $remedy }.
say-not-a-multiple = { $quantity } { $unit } is not a multiple of { $multiple }; { $remedy }.
say-order-either = order { $lower } or { $upper }
say-order-only = order { $quantity }
say-order-nothing = order it in another unit

# Files
say-product-not-in-file = There is no such product and no good row for it in products.csv.
say-category-has-no-rate = The supplier's country has no rate for it: add one to tax_rates.csv.
say-product-in-use = The product has units, prices, stock or orders in it; keep { $kept }.
say-seen-by-others = Another account has the article in its assortment.
say-base-unit-has-no-row = The base unit has no row; remove it.
say-ratio-differs = It differs from numerator / denominator; give one of the two.
say-give-content = Give base_quantity, or numerator and denominator.
say-give-decimal-content = Give a plain decimal number above zero, at most 1000000000 and with at most 9 decimals, or a ratio.
say-weight-out-of-bounds = Give a weight above 0 and up to 100,000 kg, with at most three decimals.
say-maximum-leaves-nothing = Nothing could be ordered: the smallest order is { $minimum }, in multiples of { $multiple }.
say-give-gtin = Give 8, 12, 13 or 14 digits with the right check digit.
say-gtin-of = It is the GTIN of { $sku }.
say-gtin-of-unit = It is the GTIN of { $sku } (unit { $unit }).
say-article-has-it = The account's { $sku } has it.
say-exclusive-to-another = Only the account it is exclusive to may have it.

# Keeping
say-product-exists = There is a product { $sku } already.
say-unit-exists = The product has a unit with this key already.
say-unit-content-stays = Orders count in this unit, so its content stays. Give the new pack a key of its own.
say-unit-has-price = The price list { $list } has a price for this unit. Remove its prices first.
say-unit-stays = Orders count in this unit, so it stays.
say-article-removed = Somebody else removed this article.
say-row-changed = Somebody else changed this row meanwhile. Look at it again.
say-give-articles = Give 1 to { $max } articles.
say-search-has-at-most = A search has at most { $max } characters.
