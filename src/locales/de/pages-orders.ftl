# Lists
list-views = Ansichten
list-none-found = Nichts passt.
list-to = bis
list-no-day = „{ $text }“ ist kein Tag. Schreiben Sie ihn als Jahr-Monat-Tag, zum Beispiel 2026-12-03.

list-export = Als Datei ausgeben:
export-too-many = Eine Datei fasst höchstens { $rows } Zeilen, diese Liste hat mehr. Grenzen Sie sie mit dem Filter ein, zum Beispiel nach Tagen, und geben Sie sie noch einmal aus.

# Orders
nav-orders = Bestellungen
orders = Bestellungen
orders-view-open = Offen
orders-view-shipped = Unterwegs
orders-view-delivered = Geliefert
orders-view-cancelled = Storniert
orders-view-all = Alle
orders-text = Ihre oder unsere Bestellnummer
orders-any-state = Jeder Stand
orders-any-site = Alle Standorte
orders-from = Bestellt von
orders-placed = Bestellt
orders-count = { $count ->
    [one] { $text } Bestellung
   *[other] { $text } Bestellungen
}
orders-some = { $count ->
    [one] { $some } von { $all } Bestellung
   *[other] { $some } von { $all } Bestellungen
}
orders-lines-wait = { $lines ->
    [one] { $lines } Position wartet auf Ware
   *[other] { $lines } Positionen warten auf Ware
}
orders-promised = Ankunft { $day }
orders-file = { $kind }
orders-lines-file = { $kind } mit allen Positionen
orders-none = Hier gibt es noch keine Bestellungen.
orders-none-found = Keine Bestellung passt zu Ihrem Filter.
order-state-pending-approval = Zu genehmigen
order-state-rejected = Abgelehnt
order-state-on-hold = Angehalten
order-state-to-accept = Anzunehmen
order-state-placed = Bestellt
order-state-accepted = Angenommen
order-state-partly-shipped = Teilweise versandt
order-state-shipped = Versandt
order-state-delivered = Geliefert
order-state-closed = Abgeschlossen
order-state-cancelled = Storniert

# One order
order-title = Bestellung { $number }
order-ask = Frage zur Bestellung
order-ask-subject = Bestellung { $number }, unsere Nummer { $po }
order-follow = Bestellung verfolgen
order-cancel = Stornieren
order-reorder = Nachbestellen
order-steps = Stand der Bestellung
order-step-placed = Bestellt
order-step-delivered = Geliefert
order-step-invoiced = Berechnet
order-step-sent = { $all ->
    [one] { $some } von { $all } Position versandt
   *[other] { $some } von { $all } Positionen versandt
}
order-step-by = bis { $day }
order-step-invoices = { $count ->
    [one] { $count } Rechnung
   *[other] { $count } Rechnungen
}
order-details = Angaben
order-ordered-by = Bestellt von
order-by-import = Import
order-by-claim = zur Reklamation
order-for-claim = Ohne Berechnung zur Reklamation
order-progress = Verlauf
order-net = Netto, { $currency }
order-part-shipped = { $quantity } versandt
order-part-reserved = { $quantity } reserviert
order-part-backordered = { $quantity } ausstehend
order-part-cancelled = { $quantity } storniert
order-part-invoiced = { $quantity } berechnet
order-line-invoiced = Berechnet
order-line-shipped = Versandt
order-line-part-shipped = Teilweise versandt
order-line-reserved = Reserviert
order-line-part-backordered = Teilweise im Rückstand
order-line-backordered = Im Rückstand
order-line-cancelled = Storniert
order-line-held = Angehalten
order-held = Diese Bestellung ist angehalten. Bis der Lieferant sie freigibt, wird nichts für sie reserviert.
order-held-credit = Diese Bestellung ist angehalten: Sie liegt über Ihrem Kreditlimit. Bis der Lieferant sie freigibt, wird nichts für sie reserviert.
order-was-cancelled = Storniert { $moment }. Nichts davon wird geliefert oder berechnet.
order-short-part = Position { $number }: Sie erhalten jetzt { $got } von { $all }, die übrigen { $rest }, sobald Ware eintrifft.
order-short-part-by = Position { $number }: Sie erhalten jetzt { $got } von { $all }; die übrigen { $rest } sind bis { $day } bei Ihnen.
order-short-whole = Position { $number }: { $got } von { $all } liegen für Sie bereit. Sie geht vollständig auf den Weg, sobald die übrigen { $rest } eintreffen.
order-short-whole-by = Position { $number }: { $got } von { $all } liegen für Sie bereit. Vollständig ist sie bis { $day } bei Ihnen.
order-short-none = Position { $number }: { $all } im Rückstand. Sie erhalten eine E-Mail, sobald es einen Termin gibt.
order-short-none-by = Position { $number }: { $all } im Rückstand, bis { $day } bei Ihnen.
order-short-lines = { $lines ->
    [one] { $lines } Position ist nicht vollständig vorrätig
   *[other] { $lines } Positionen sind nicht vollständig vorrätig
}
order-short-more = { $lines ->
    [one] und { $lines } weitere Position
   *[other] und { $lines } weitere Positionen
}
order-expected = Der Rest trifft ein
order-shipment = Lieferung { $number }
order-invoice = Rechnung { $number }
order-told-placed = Bestellt
order-told-placed-for-claim = Noch einmal ohne Berechnung bestellt, zur Reklamation
order-told-on-hold = Angehalten
order-told-released = Freigegeben
order-told-cancelled = Storniert
order-told-rest-cancelled = Rest von Position { $lines } storniert
order-told-short = Position { $lines } wartet auf Ware
order-told-promised = Ware eingetroffen für Position { $lines }
order-told-moved = Anderer Termin für Position { $lines }
order-told-delivered = Alles ist angekommen
order-told-closed = Bezahlt und abgeschlossen
order-told-reopened = Eine Zahlung wurde zurückgenommen; etwas ist wieder offen
order-told-shipped = Versandt:
order-told-arrived = Angekommen:
order-told-invoiced = { $amount } berechnet:
order-told-paid = Zahlung über { $amount } gebucht
order-told-payment-reversed = Zahlung über { $amount } zurückgenommen
order-cancel-title = Bestellung { $number } stornieren?
order-cancel-text = { $lines ->
    [one] Ihre Position wird nicht geliefert. Was dafür reserviert ist, geht in den Bestand zurück; das lässt sich nicht rückgängig machen.
   *[other] Keine ihrer { $lines } Positionen wird geliefert. Was dafür reserviert ist, geht in den Bestand zurück; das lässt sich nicht rückgängig machen.
}
order-cancelled = Bestellung { $number } ist storniert. Ihre Bestellnummer ist wieder frei.
order-not-cancelled = Die Bestellung ist noch nicht storniert.
order-cancel-too-late = Diese Bestellung lässt sich hier nicht mehr stornieren. Ihren Stand sehen Sie unten; was noch möglich ist, weiß Ihr Ansprechpartner.
order-reorder-title = Bestellung { $number } noch einmal
order-reordered = { $lines ->
    [one] { $lines } Position steht zum heutigen Preis in diesem Entwurf.
   *[other] { $lines } Positionen stehen zu heutigen Preisen in diesem Entwurf.
}
order-reordered-dearer = { $lines ->
    [one] { $lines } kostet mehr als beim letzten Mal.
   *[other] { $lines } kosten mehr als beim letzten Mal.
}
order-reordered-bad = { $lines ->
    [one] { $lines } lässt sich so nicht bestellen; der Grund steht an der Position.
   *[other] { $lines } lassen sich so nicht bestellen; der Grund steht an jeder Position.
}

# Deliveries
shipments = Lieferungen
shipments-tracking = Sendungsverfolgung
shipments-note = Lieferschein
shipments-note-of = PDF des Lieferscheins zur Lieferung { $number }
shipment-state-shipped = Unterwegs
shipment-state-delivered = Geliefert

nav-shipments = Lieferungen
shipments-view-arriving = Unterwegs
shipments-view-delivered = Geliefert
shipments-view-all = Alle
shipments-text = Liefer-, Bestell- oder Sendungsnummer
shipments-shown = { $count ->
    [one] { $count } Lieferung gezeigt
   *[other] { $count } Lieferungen gezeigt
}
shipments-none = Hier gibt es noch nichts.
shipments-none-found = Keine Lieferung passt zu Ihrem Filter.
shipments-to-orders = Zu Ihren Bestellungen
shipments-expected-on = Erwartet
shipments-expected = erwartet { $day }
shipments-track = Sendung verfolgen
shipments-contents = In dieser Lieferung
shipments-in-it = Geliefert

# Invoices
invoices = Rechnungen
invoices-paper = Rechnung als PDF
invoices-paper-of = PDF der Rechnung { $number }
nav-invoices = Rechnungen
invoices-view-open = Offen
invoices-view-overdue = Überfällig
invoices-view-due-soon = Bald fällig
invoices-view-paid = Bezahlt
invoices-view-all = Alle
invoices-sum-open = offen insgesamt
invoices-sum-overdue = überfällig
invoices-sum-due-soon = in den nächsten 7 Tagen fällig
invoices-text = Rechnungs- oder Bestellnummer
invoices-from = Ausgestellt von
invoices-shown = { $count ->
    [one] { $count } Rechnung gezeigt
   *[other] { $count } Rechnungen gezeigt
}
invoices-none = Hier gibt es keine Rechnungen.
invoices-none-found = Keine Rechnung passt zu Ihrem Filter.
invoice-state-open = Offen
invoice-state-due-soon = Bald fällig
invoice-state-overdue = Überfällig
invoice-state-part-paid = Teilweise bezahlt
invoice-state-paid = Bezahlt
invoice-late = { $days ->
    [one] { $days } Tag überfällig
   *[other] { $days } Tage überfällig
}
invoice-due-today = heute fällig
invoice-due-in = { $days ->
    [one] in { $days } Tag fällig
   *[other] in { $days } Tagen fällig
}
invoice-delivered = Warenausgang
invoice-payment = So zahlen Sie
invoice-to-pay = Noch zu zahlen
invoice-terms = { $days ->
    [0] sofort zahlbar
    [one] { $days } Tag netto
   *[other] { $days } Tage netto
}
invoice-reference = Verwendungszweck
invoice-payee = Empfänger
invoice-is-paid = Diese Rechnung ist bezahlt. Vielen Dank.
invoice-order-line = Bestellposition
invoice-taxes = Umsatzsteuer
invoice-tax-rate = Satz
invoice-tax-category = Kategorie
invoice-tax-amount = Umsatzsteuer, { $currency }

# Statement
statement = Kontoauszug
statement-balance = Saldo heute
statement-on-account = gezahlt und noch keiner Rechnung zugeordnet
statement-ageing = Wie überfällig offene Rechnungen sind
statement-open = Offene Rechnungen
statement-late = { $late } von { $all } sind überfällig.
statement-nothing-late = Nichts ist überfällig.
statement-not-due = Nicht fällig
statement-late-30 = 1 bis 30 Tage überfällig
statement-late-60 = 31 bis 60 Tage überfällig
statement-late-90 = 61 bis 90 Tage überfällig
statement-late-more = Über 90 Tage überfällig
statement-currency = Alle Beträge in { $currency }.
statement-booked = Was gebucht wurde
statement-backwards = Der Zeitraum würde enden, bevor er beginnt. Er wird bis heute gezeigt.
statement-none = In diesem Zeitraum wurde nichts gebucht.
statement-day = Tag
statement-what = Vorgang
statement-about = Bestellnummer oder Verwendungs­zweck
statement-debit = Soll
statement-credit = Haben
statement-after = Saldo, { $currency }
statement-opening = Saldo davor
statement-carried = Übertrag
statement-closing = Saldo am Ende
statement-confirmation = Saldenbestätigung
statement-kind-credit-note = Gutschrift
statement-kind-payment = Zahlung
statement-kind-payment-reversal = Rücknahme einer Zahlung
statement-entries = { $count ->
    [one] { $count } Vorgang gezeigt
   *[other] { $count } Vorgänge gezeigt
}

rest-cancel = Positionen stornieren
rest-title = Positionen der Bestellung { $number } stornieren
rest-text = Positionen, von denen noch nichts geliefert ist, können storniert werden, von anderen, was auf Ware wartet. Was geliefert oder unterwegs ist, bleibt.
rest-text-desk = Was von den angekreuzten Positionen noch aussteht, kommt nicht mehr; was geliefert ist, bleibt und wird berechnet. Der Kunde erfährt davon, und was reserviert war, geht an wartende Positionen.
rest-cancel-line = Stornieren
rest-cancel-line-label = Rest von Position { $number } stornieren
rest-to-leave = Steht noch aus
rest-reason-hint = Der Kunde liest ihn.
rest-do = Angekreuzte Positionen stornieren
rest-done = Die Positionen sind storniert.
rest-none = Von dieser Bestellung kann keine Position mehr storniert werden.
rest-tick = Kreuzen Sie an, was storniert werden soll.
order-cancelled-part = Davon storniert

# Gutschriften
credit-notes = Gutschriften
credit-note = Gutschrift { $number }
credit-note-head = Gutschrift
credit-note-paper = Gutschrift als PDF
credit-note-text = Bemerkung
credit-settled = Was sie beglich
credit-an-amount = Betrag
credits-text = Nummer, Rechnung oder Bestellnummer
credits-none = Sie haben keine Gutschriften.
credits-none-found = Keine Gutschrift passt zum Filter.
credits-shown = { $count ->
    [one] 1 Gutschrift
   *[other] { $count } Gutschriften
}
credit-reason-choose = Bitte wählen …
credit-reason-missing = Sagen Sie, warum gutgeschrieben wird.
credit-reason-returned = Ware kam zurück
credit-reason-damaged = Beschädigt
credit-reason-short = Zu wenig angekommen
credit-reason-wrong-item = Falscher Artikel
credit-reason-quality = Qualität
credit-reason-late = Verspätet
credit-reason-price = Preis
credit-reason-wrong-invoice = Rechnung war falsch
credit-reason-goodwill = Kulanz
credit-reason-rebate = Bonus
credit-reason-other = Anderes
order-told-credited = { $amount } gutgeschrieben:
invoice-einvoices = Als E-Rechnung
order-delivery = Lieferung
order-delivery-partial = In Teilen, wie es da ist
order-delivery-complete = Erst, wenn alles da ist
order-backorder = Was nicht da ist
order-backorder-wait = Wartet auf Bestand
order-backorder-cancel-rest = Wird sofort storniert
order-cancel-after = Wartet bis
order-cancel-after-hint = Der letzte Tag, wenn es bis zu einem Tag wartet. Was am Tag danach wartet, wird storniert.
