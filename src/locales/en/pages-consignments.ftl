# Consignments: shipments of several orders that travel together
consignment = Consignment
consignments = Consignments
consignment-title = Consignment { $number }
consignment-of = Consignment { $number }
consignment-lead = { $count ->
    [one] Goods of { $count } of your orders travel together.
   *[other] Goods of { $count } of your orders travel together.
}
consignment-part = { $po }, order { $order }
consignment-order = Order { $number }
consignment-new = Ship together to { $site }
consignment-new-lead = Everything that is reserved of the chosen orders leaves at once, or nothing does. Each order has a shipment of its own; carrier, delivery note, labels and arrival are those of all.
consignment-dispatch = Ship together
consignment-sent = { $orders ->
    [one] Consignment { $number } left with { $orders } order.
   *[other] Consignment { $number } left with { $orders } orders.
}
consignment-deliver = Mark all as delivered
consignment-arrived = All of it is marked as delivered.
consignment-gather-few = Fewer than two orders are ready for { $site }; ship them one by one.
consignments-gather = Sites with several orders ready
consignments-gather-none = No site has several orders ready.
consignments-ready = Ready
consignments-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
consignments-shipments = Shipments
consignments-lines = Lines
consignments-lines-ready = { $count ->
    [one] { $count } ready
   *[other] { $count } ready
}
consignments-lines-wait = { $count ->
    [one] { $count } waits
   *[other] { $count } wait
}
consignments-none = No orders were shipped together yet.
consignments-shown = { $count ->
    [one] { $count } consignment
   *[other] { $count } consignments
}
consignments-view-all = All
consignments-view-on-the-way = On the way
package-title = Package { $number }
package-most = At most
package-change = Change
package-change-label = Change package { $number }
package-changed = The package was changed.
mail-consignment-subject = { $count ->
    [one] { $count } order shipped, delivery { $consignment }
   *[other] { $count } orders shipped together, delivery { $consignment }
}
mail-consignment-headline = { $count ->
    [one] Goods of { $count } order are on their way.
   *[other] Goods of { $count } orders are on their way together.
}
mail-consignment-link = Open delivery { $consignment }
webhook-kind-consignment-dispatched = Consignment left
webhook-kind-consignment-changed = Consignment corrected
webhook-kind-consignment-delivered = Consignment arrived
audit-consignment-dispatch = Shipped together
audit-consignment-correct = Consignment corrected
audit-consignment-deliver = Consignment marked as delivered
