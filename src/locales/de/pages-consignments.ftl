# Sammelsendungen: Sendungen mehrerer Bestellungen, die zusammen reisen
consignment = Sammelsendung
consignments = Sammelsendungen
consignment-title = Sammelsendung { $number }
consignment-of = Sammelsendung { $number }
consignment-lead = { $count ->
    [one] Ware aus einer Ihrer Bestellungen reist zusammen.
   *[other] Ware aus { $count } Ihrer Bestellungen reist zusammen.
}
consignment-part = { $po }, Bestellung { $order }
consignment-order = Bestellung { $number }
consignment-new = Zusammen versenden an { $site }
consignment-new-lead = Alles, was für die gewählten Bestellungen reserviert ist, geht auf einmal ab oder gar nicht. Jede Bestellung hat ihre eigene Sendung; Frachtführer, Lieferschein, Etiketten und Ankunft sind die aller.
consignment-dispatch = Zusammen versenden
consignment-sent = { $orders ->
    [one] Sammelsendung { $number } ging mit { $orders } Bestellung ab.
   *[other] Sammelsendung { $number } ging mit { $orders } Bestellungen ab.
}
consignment-deliver = Alles als zugestellt melden
consignment-arrived = Alles ist als zugestellt gemeldet.
consignment-gather-few = Für { $site } liegen weniger als zwei Bestellungen bereit; versenden Sie sie einzeln.
consignments-gather = Standorte, für die mehrere Bestellungen bereitliegen
consignments-gather-none = Für keinen Standort liegen mehrere Bestellungen bereit.
consignments-ready = Bereit
consignments-orders = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
}
consignments-shipments = Sendungen
consignments-lines = Positionen
consignments-lines-ready = { $count ->
    [one] { $count } bereit
   *[other] { $count } bereit
}
consignments-lines-wait = { $count ->
    [one] { $count } wartet
   *[other] { $count } warten
}
consignments-none = Noch wurden keine Bestellungen zusammen versandt.
consignments-shown = { $count ->
    [one] { $count } Sammelsendung
   *[other] { $count } Sammelsendungen
}
consignments-view-all = Alle
consignments-view-on-the-way = Unterwegs
package-title = Packstück { $number }
package-most = Höchstens
package-change = Ändern
package-change-label = Packstück { $number } ändern
package-changed = Das Packstück wurde geändert.
mail-consignment-subject = { $count ->
    [one] { $count } Auftrag versandt, Lieferung { $consignment }
   *[other] { $count } Aufträge zusammen versandt, Lieferung { $consignment }
}
mail-consignment-headline = { $count ->
    [one] Ware aus { $count } Auftrag ist unterwegs.
   *[other] Ware aus { $count } Aufträgen ist zusammen unterwegs.
}
mail-consignment-link = Lieferung { $consignment } öffnen
webhook-kind-consignment-dispatched = Sammelsendung unterwegs
webhook-kind-consignment-changed = Sammelsendung berichtigt
webhook-kind-consignment-delivered = Sammelsendung angekommen
audit-consignment-dispatch = Zusammen versandt
audit-consignment-correct = Sammelsendung berichtigt
audit-consignment-deliver = Sammelsendung als zugestellt gemeldet
