say-no-order = There is no such order.
say-nothing-reserved = Nothing of order { $order } is reserved; it waits for stock.
say-carrier-too-long = { $characters } characters are more than the { $max } allowed.
say-name-lines-or-none = Name at least one line, or leave lines out to ship all that is reserved.
say-delivered-already = Shipment { $shipment } is delivered already.
say-no-line = Order { $order } has no line with this id.
say-more-than-reserved = { $quantity } { $unit } of line { $line } are more than the { $reserved } that are reserved for it.
say-line-twice = Line { $line } is named twice.
