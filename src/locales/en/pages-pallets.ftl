# Packs, layers and pallets of a draft
fill-up = Fill up
fill-split = Order it as { $parts }
fill-same = The same quantity in the largest packs · { $net }
fill-order = Order { $quantity }
fill-pack = { $missing } more for a full pack: { $unit }
fill-layer = { $missing } more for a full layer: { $unit }
fill-net = { $net } for the whole line
fill-saves = saves { $saves }
fill-heading = Weight and pallets
fill-weight = Gross weight
fill-needed = Pallets needed
fill-filled = Pallets filled
fill-last = Last pallet
fill-last-finding = { $percent } % full
fill-last-take = Fill the pallet: { $missing } more of { $article }
fill-last-becomes = Line { $number } becomes { $quantity }
fill-others = Fill it with something else
fill-unweighed = { $lines ->
    [one] The weight of { $lines } line is not known.
   *[other] The weight of { $lines } lines is not known.
}
fill-unpalleted = { $lines ->
    [one] { $lines } line is not counted in pallets.
   *[other] { $lines } lines are not counted in pallets.
}
