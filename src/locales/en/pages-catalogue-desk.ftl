# Products, units and assortments on the desk
nav-products-desk = Products
nav-assortments = Assortments
catalogue-list-search = SKU, name, description or GTIN
catalogue-list-all = All categories
catalogue-list-lacking = Missing
catalogue-list-lacking-any = Whatever is missing
catalogue-list-none = No products yet.
catalogue-list-none-found = No product matches.
catalogue-list-shown = { $count ->
    [one] { $count } product
   *[other] { $count } products
}
catalogue-lacks-price = No price
catalogue-lacks-gtin = No GTIN
catalogue-lacks-stock = No stock
catalogue-notes = Notes
catalogue-new = New product
catalogue-edit = Edit product
catalogue-edit-title = Edit { $sku }
catalogue-make = Make product
catalogue-save = Save product
catalogue-made = The product { $sku } is there. Add its units and prices.
catalogue-changed = The product { $sku } was changed.
catalogue-sku = SKU
catalogue-sku-hint = Your number of the article. It never changes.
catalogue-name = Name
catalogue-description = Description
catalogue-category = Category
catalogue-base-unit = Base unit
catalogue-base-unit-hint = UN/ECE code, like H87 (piece) or KGM
catalogue-decimals = Decimals
catalogue-decimals-hint = Of a quantity in the base unit, 0 to 6
catalogue-gtin = GTIN of the base unit
catalogue-gtin-hint = 8, 12, 13 or 14 digits
catalogue-tax = Tax category
catalogue-tax-hint = Like S, AA or Z
catalogue-lead-time = Lead time
catalogue-lead-time-hint = In days
article-state = State
article-state-hint = Phased out: only what is in stock can be ordered. Ended: it is in no catalogue and nobody can order it; orders that are there go on.
article-state-any = All states
article-state-active = Sold
article-state-phase-out = Phased out
article-state-ended = Ended
catalogue-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
catalogue-exclusive = Exclusive to
catalogue-exclusive-hint = Nobody else ever sees it.
catalogue-for-everybody = Everybody may see it
catalogue-only-for = Only for { $account }
catalogue-units = Units
catalogue-no-units = It is sold in its base unit only.
catalogue-no-prices = It has no price. Nobody can order it.
catalogue-price-history = History of the price in { $list }, { $unit }
catalogue-stock = Stock
catalogue-no-stock = No warehouse has it.
catalogue-warehouse = Warehouse
catalogue-on-hand = On hand
catalogue-reserved = Reserved
catalogue-free = Free
catalogue-assortments = Assortments
catalogue-no-assortments = No account has it in an assortment of its own.
catalogue-field-sku = SKU
catalogue-field-name = Name
catalogue-field-base-unit = Base unit
catalogue-field-decimals = Decimals
catalogue-field-tax-category = Tax category
catalogue-field-description = Description
catalogue-field-gtin = GTIN
catalogue-field-category = Category
catalogue-field-exclusive-account = Exclusive to
catalogue-field-lead-time-days = Lead time in days
history-product-add = Made
history-product-change = Changed
unit-new = Add unit
unit-new-title = New unit of { $sku }
unit-edit = Edit unit
unit-edit-of = Edit unit { $unit }
unit-edit-title = Edit { $unit } of { $sku }
unit-make = Add unit
unit-save = Save unit
unit-made = The unit { $unit } was added.
unit-changed = The unit { $unit } was changed.
unit-removed = The unit { $unit } was removed.
unit-key = Unit
unit-key-hint = Your key of the pack, like CT12. It never changes.
unit-name-hint = Like Carton of 12
unit-content = Content
unit-base-quantity = { $unit } in one
unit-base-quantity-hint = A decimal, or the ratio beside it
unit-numerator = Ratio, upper number
unit-denominator = Ratio, lower number
unit-ratio-hint = Where no decimal fits, like 7 / 3
unit-code = Code
unit-code-hint = UN/ECE code on documents, like XCT
unit-gtin = GTIN of this pack
unit-minimum = Minimum
unit-multiple = Multiple of
unit-maximum = Maximum
unit-maximum-hint = Of one line. Leave it empty for no bound.
unit-rounding = A quantity that doesn't fit
unit-rounding-hint = What doesn't fit is told on the line, whatever becomes of it.
unit-rounding-refuse = is refused, with the nearest that do
unit-rounding-up = becomes the next larger one
unit-rounding-nearest = becomes the nearest one
unit-valid-from = Sold from
unit-valid-from-hint = Until that day the account has the pack of all, if there is one of that key.
unit-from-day = sold from { $day } on
unit-gross-weight = Gross weight, kg
unit-length = Length, mm
unit-width = Width, mm
unit-height = Height, mm
unit-layer = In a layer
unit-layer-hint = Units of the next smaller pack.
unit-default = Lines without a unit
unit-default-hint = A line that names no unit is in the unit the account ordered last, else in this one, else in single base units.
unit-default-false = mean another unit
unit-default-true = mean this unit
unit-ordered = Ordered
unit-any = Any number
unit-least = From { $least }
unit-multiples = From { $least }, in multiples of { $multiple }
unit-for-everybody = All accounts
unit-account-hint = A unit of an account’s own takes the place of the general one with the same key.
unit-remove-of = Remove unit { $unit }
unit-remove-title = Remove the unit { $unit } of { $sku }?
unit-remove-text = Nobody can order in it any more. A unit with prices or orders stays.
unit-remove-do = Remove unit
unit-keep = Keep unit
assortments-text = An account with an assortment sees only its articles; one without sees every product that isn’t exclusive to another.
assortments-none = No accounts yet.
assortment-extent = Sees
assortment-sees = { $count ->
    [0] All products
    [one] { $count } article
   *[other] { $count } articles
}
assortment-of = Assortment of { $account }
assortment-open = This account has no assortment and sees all products. Your first article narrows that to its assortment.
assortment-add = Add an article
assortment-add-do = Add article
assortment-added = { $sku } was added.
assortment-search = SKU, name, own number or label
assortment-none-found = No article matches “{ $text }”.
assortment-shown = { $count ->
    [one] { $shown } of 1 article
   *[other] { $shown } of { $count } articles
}
assortment-number = Customer part number
assortment-label = Label name
assortment-brand = Label brand
assortment-gtin = Label GTIN
assortment-field-customer-part-number = Customer part number
assortment-field-label-name = Label name
assortment-field-label-brand = Label brand
assortment-field-label-gtin = Label GTIN
assortment-save = Save articles
assortment-changed = { $count ->
    [one] { $count } article was changed.
   *[other] { $count } articles were changed.
}
assortment-some-refused = { $refused ->
    [one] { $refused } row needs you and stays as it was.
   *[other] { $refused } rows need you and stay as they were.
} { $changed ->
    [0] Nothing was changed.
    [one] { $changed } article was changed.
   *[other] { $changed } articles were changed.
}
assortment-remove-of = Remove { $sku }
assortment-remove-title = Remove { $sku } from the assortment?
assortment-remove-text = { $account } can’t see or order it any more. Orders that were placed stay.
assortment-remove-last = It is the last article: without it { $account } sees every product that isn’t exclusive to another.
assortment-remove-do = Remove article
assortment-keep = Keep article
assortment-removed = { $sku } was removed.
assortment-paste-title = Paste a list for { $account }
assortment-paste-label = Articles, a line each
assortment-paste-hint = SKU; customer part number; label name; label brand; label GTIN – by semicolons or tabs, at most { $count } lines. What is left empty is emptied.
assortment-paste-do = Take the list
assortment-paste-empty = There is no line. Paste at least one.
assortment-paste-too-many = A list has at most { $count } lines. Split it; nothing was changed.
assortment-pasted-added = { $count ->
    [one] { $count } article was added.
   *[other] { $count } articles were added.
}
assortment-pasted-changed = { $count ->
    [one] { $count } article was changed.
   *[other] { $count } articles were changed.
}
assortment-pasted-same = { $count ->
    [one] { $count } article was so already.
   *[other] { $count } articles were so already.
}
assortment-pasted-refused = { $count ->
    [one] { $count } line was not taken. Mend it below and send it again.
   *[other] { $count } lines were not taken. Mend them below and send them again.
}
assortment-refused = Lines that were not taken
assortment-line = Line
assortment-why = Why
catalogue-on-request = Price
catalogue-on-request-hint = On request, only prices of contracts and of accounts hold; everybody else asks for a quote.
catalogue-on-request-false = By the price lists
catalogue-on-request-true = On request
catalogue-field-price-on-request = Price on request
