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
plist-site = Site
plist-site-hint = Code of the account's site; empty for all of them.
plist-scale = Breaks are reached by
plist-scale-hint = One line, all lines of the product, or all lines of the price group that a row names.
plist-scale-line = The line
plist-scale-product = All lines of the product
plist-scale-group = All lines of the price group
plist-method = A break is for
plist-method-hint = All units once it is reached, or each unit at the price of its own part.
plist-method-all-units = All units
plist-method-graduated = The units of its own part
plist-price-group = Price group
price-field-price-group = Price group
price-field-site = Site
price-field-scale = Breaks are reached by
price-field-method = A break is for
price-group-hint = Where the list counts groups.

# Discounts
nav-discounts = Discounts
discounts-lead = They are taken off the price of a line one after the other, whichever list it is of. What is ordered keeps them.
discounts-shown = { $count ->
    [one] 1 discount
   *[other] { $count } discounts
}
discounts-none = There are no discounts.
discount-title = Discount { $code }
discount-code = Discount
discount-code-hint = Your own key; it never changes.
discount-name = Name
discount-name-hint = Buyers read it beside the price, and on invoices.
discount-kind = Kind
discount-kind-percent = Percent
discount-kind-amount = Amount for each base unit
discount-value = Takes off
discount-value-hint = Percents, or an amount for each base unit.
discount-percents = { $percent } %
discount-each = { $amount } { $currency } each
discount-currency = Currency
discount-currency-hint = Of an amount.
discount-position = Position
discount-position-hint = Lower goes first; 100 if left empty.
discount-mode = Percents are
discount-mode-hint = Of what the discounts before it left, or of the price without any.
discount-mode-compound = Of what is left
discount-mode-additive = Of the price
discount-account = Account
discount-account-hint = Its code; empty for everybody.
discount-everybody = Everybody
discount-category = Category
discount-category-hint = Only articles of exactly this category.
discount-order-class = Order class
discount-any-class = Any
discount-whose = For
discount-add = Add a discount
discount-add-do = Add
discount-added = Discount { $code } is added.
discount-save = Save discount
discount-changed = Discount { $code } is changed.
discount-remove = Take it away
discount-remove-text = Nobody gets it any more. What is ordered keeps it.
discount-remove-do = Take away
discount-removed = Discount { $code } is taken away.

# How a line comes to its net
why-lowest = Of all prices that apply it is the one at which the line costs least.
why-site = The list is for the site { $site }.
why-counted-product = All lines of the article count for the quantity: { $quantity } { $unit }.
why-counted-group = All lines of the price group { $group } count for the quantity: { $quantity } { $unit }.
why-band = { $quantity } { $unit } at { $price }.
why-gross = Before discounts: { $amount }.
why-discount-percent = { $name }: { $value } %, { $amount }.
why-discount-amount = { $name }: { $value } each, { $amount }.
why-graduated = By the parts of its quantity: { $amount }.

# Prices of equal standing
nav-price-equals = Prices of equal standing
price-equals-link = Prices of equal standing
price-equals-shown = { $count ->
    [one] 1 pair
   *[other] { $count } pairs
}
price-equals-one = List
price-equals-other = Other list
price-equals-holds = Holds by its code
price-equals-none = There are none: of all prices that may apply something else than the code of a list says which holds.

# Order minimums
nav-order-minimums = Order minimums
minimums-lead = An order that comes to less, without tax, is refused.
minimums-shown = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
minimums-none = Orders may come to anything.
minimum-title = Order minimum of { $account }
minimum-account = Account
minimum-account-hint = Its code.
minimum-value = At least
minimum-value-hint = Without tax, in the account's currency.
minimum-add = Set a minimum
minimum-add-do = Set
minimum-added = Orders of { $account } have a minimum now.
minimum-save = Save minimum
minimum-changed = The minimum of { $account } is changed.
minimum-remove = Take it away
minimum-remove-text = Orders of the account may come to anything then.
minimum-remove-do = Take away
minimum-removed = Orders of { $account } have no minimum any more.
