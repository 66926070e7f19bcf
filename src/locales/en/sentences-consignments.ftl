say-shipment-consigned = Shipment { $shipment } travels with others in consignment { $consignment }. Do it there, for all of them at once.
say-consignment-orders = { $orders-count ->
    [one] One order alone is no consignment: it takes { $min } to { $max }.
   *[other] { $orders } orders can't travel together: it takes { $min } to { $max }.
}
say-consignment-order-twice = This order is named twice.
say-consignment-elsewhere = Order { $order } goes to { $site }, order { $first } to { $first_site }: together travels only what goes to one site of one account.
say-consignment-delivered = Consignment { $consignment } is delivered already.
say-calendar-exists = There is a calendar { $calendar } already, or what it is of has one: change that.
say-too-many-holidays = { $days } days off are more than the { $max } allowed.
