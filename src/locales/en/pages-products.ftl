# The catalogue
nav-products = Products
products = Products
products-search = Number or words
products-find = Find
products-ordered = Ordered in the last 12 months
products-categories = Categories
products-more-categories = { $count ->
    [one] One more category
   *[other] { $count } more categories
}
products-arrives = arrives { $day }
products-left = { $quantity } left
products-none-text = Comes when stock arrives
products-sold-out = Comes no more
offer-state-phase-out = While stock lasts
offer-state-ended = No longer sold
offer-notice-phase-out = This article comes no more. You can order what is in stock.
offer-notice-ended = This article is no longer sold. What you have ordered of it goes on.
products-break = from { $from }: { $price }
products-no-price = No price yet
products-quantity-label = Quantity of { $number }
products-unit-label = Unit of { $number }
products-add = Add
products-add-label = Add { $number } to the draft
products-add-all = Add to draft
products-add-hint = Every row with a quantity is added.
products-shown = { $count ->
    [one] { $count } product
   *[other] { $count } products
}
products-none = Your catalogue is empty yet. Ask your contact to fill it.
products-none-filtered = No product matches these filters.
products-no-match = No product matches “{ $text }”.

# One product
product-price = Price
product-show-price = Show price
product-no-price = You have no price for it yet. Ask your contact for one.
product-break-saves = From { $from } on you save { $saves }.
product-prices = Your prices, { $unit }
product-from-quantity = From
product-pack-price = Each, { $currency }
product-kept-price = Agreed price, { $currency }
product-current = Your price now
product-units = Units
product-content = Holds
product-base-unit = single
product-ordered-in = Ordered in
product-any = any number
product-steps = steps of { $step }
product-from = { $least } or more
product-multiples = multiples of { $multiple }
product-from-multiples = multiples of { $multiple }, { $least } or more
product-at-most = { $order }; at most { $most } a line
product-layer = { $layer } of the next smaller pack in a layer
product-rounding-up = other quantities become the next larger
product-rounding-nearest = other quantities become the nearest
product-purchases = Your latest orders of it
product-no-purchases = Not among your latest 1,000 orders.
product-months-finding = { $sum } in all.
product-facts = About it
product-sku = Our number
product-brand = Brand
product-category = Category
product-free = Free in stock
product-lead-time = Lead time
product-if-today = If ordered today
product-days = { $days ->
    [0] same day
    [one] { $days } day
   *[other] { $days } days
}
product-private-label = Your label
product-on-request = Its price is told on request. Ask your contact for a quote.
products-on-request = Price on request
