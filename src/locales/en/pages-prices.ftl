nav-price-lists = Price lists
# Price lists and prices on the desk
validity-now = Valid
validity-always = Always
validity-from = From { $day }
validity-to = Until { $day }
validity-between = { $from } to { $to }
validity-ends = Ends { $day }
validity-ended = Ended { $day }
history-when = When
history-who = Who
history-what = What
history-nothing = nothing
history-price-add = Added
history-price-change = Changed
history-price-remove = Removed
history-price-list-add = Made
history-price-list-change = Changed
plist-new = New price list
plist-edit = Edit list
plist-edit-title = Edit { $code }
plist-make = Make price list
plist-save = Save list
plist-made = The price list { $code } is there. Add its prices.
plist-changed = The price list { $code } was changed.
plist-code = Code
plist-code-hint = Prices and import files name the list by it. It never changes.
plist-name = Name
plist-kind = Kind
plist-kind-all = All kinds
plist-kind-hint = Contract prices win over account prices, these over tier prices, these over base prices.
plist-kind-contract = Contract
plist-kind-account = Account
plist-kind-tier = Tier
plist-kind-base = Base
plist-tier = Tier
plist-tier-hint = Only for lists of a tier
plist-tier-platinum = Platinum
plist-tier-gold = Gold
plist-tier-silver = Silver
plist-tier-bronze = Bronze
plist-no-tier = No tier
plist-account = Account
plist-account-hint = Only for lists of an account or a contract
plist-no-account = No account
plist-everybody = Everybody
plist-for = For
plist-currency = Currency
plist-currency-hint = ISO code, like EUR
plist-rank = Rank
plist-rank-hint = The lowest goes first among lists of a kind; 100 if empty
plist-prices = Prices
plist-validity = Valid
plist-valid-from = Valid from
plist-valid-to = Valid to
plist-search = Code, name or account
plist-none = No price lists yet.
plist-none-found = No price list matches.
plist-shown = { $count ->
    [one] { $count } price list
   *[other] { $count } price lists
}
price-add = Add a price
price-add-do = Add price
price-added = The price of { $sku } was added.
price-product = Product
price-sku = SKU
price-unit = Unit
price-unit-hint = Base unit or pack
price-from = From quantity
price-from-hint = In base units; 0 if empty
price-in = Price, { $currency }
price-base = Per
price-per = { $price } per { $base }
price-more = More
price-new-orders = A change holds for orders placed from now on. Orders keep their prices.
price-search = SKU, name or GTIN
price-none = This list has no prices yet.
price-none-found = No price of this list matches “{ $text }”.
price-shown = { $count ->
    [one] { $shown } of 1 price
   *[other] { $shown } of { $count } prices
}
price-save = Save prices
price-save-hint = Change as many rows as you like, then save.
price-none-changed = Nothing was changed.
price-changed = { $count ->
    [one] { $count } price was changed.
   *[other] { $count } prices were changed.
}
price-some-refused = { $refused ->
    [one] { $refused } row needs you and keeps its old price.
   *[other] { $refused } rows need you and keep their old prices.
} { $changed ->
    [0] Nothing was changed.
    [one] { $changed } price was changed.
   *[other] { $changed } prices were changed.
}
price-field-of = { $field }, { $sku }
price-field-price-list = Price list
price-field-sku = SKU
price-field-unit = Unit
price-field-min-quantity = From quantity
price-field-price = Price
price-field-price-base = Per
price-field-valid-from = Valid from
price-field-valid-to = Valid to
price-field-name = Name
price-field-currency = Currency
price-field-kind = Kind
price-field-account = Account
price-field-tier = Tier
price-field-rank = Rank
price-history = History
price-history-of = History of { $sku }
price-history-none = Nobody changed this price by hand. Imports are not listed here.
price-now = Price now
price-gone = This price was removed.
price-remove = Remove
price-remove-of = Remove price of { $sku }
price-remove-title = Remove the price of { $sku }?
price-remove-text = It leaves the list { $list } at once. Orders that were placed keep it; new ones take the next price that applies, or have none.
price-remove-do = Remove price
price-keep = Keep price
price-removed = The price of { $sku } was removed.
