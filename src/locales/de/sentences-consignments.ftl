say-shipment-consigned = Sendung { $shipment } reist mit anderen in Sammelsendung { $consignment }. Tun Sie es dort, für alle auf einmal.
say-consignment-orders = { $orders-count ->
    [one] Ein Auftrag allein ist keine Sammelsendung: Es müssen { $min } bis { $max } sein.
   *[other] { $orders } Aufträge können nicht zusammen reisen: es müssen { $min } bis { $max } sein.
}
say-consignment-order-twice = Dieser Auftrag ist zweimal genannt.
say-consignment-elsewhere = Auftrag { $order } geht an { $site }, Auftrag { $first } an { $first_site }: Zusammen reist nur, was an einen Standort eines Kunden geht.
say-consignment-delivered = Sammelsendung { $consignment } ist schon zugestellt.
say-calendar-exists = Es gibt schon einen Kalender { $calendar }, oder wessen er sein soll, hat einen: Ändern Sie den.
say-too-many-holidays = { $days } freie Tage sind mehr als die erlaubten { $max }.
