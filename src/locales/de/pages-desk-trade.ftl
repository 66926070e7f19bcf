# The supplier's desk: orders, shipments, invoices
nav-desk-queue = Warteschlange
nav-desk-orders = Bestellungen
nav-desk-shipments = Versand
nav-desk-invoices = Rechnungen
desk-po = Bestellnummer des Kunden
desk-gross = Brutto
desk-line = Position
desk-wanted = Gewünscht bis
desk-ship-to = Lieferadresse
desk-queued = In der Warteschlange seit
desk-waiting-head = Wartet
desk-total = Summe, { $currency }
desk-reason-needed = zum Anhalten und Freigeben
desk-filter-text = Bestellung, Bestellnummer oder Kunde
desk-filter-invoices = Rechnung, Bestellung, Bestellnummer oder Kunde
desk-filter-shipments = Lieferung, Bestellung, Bestell- oder Sendungsnummer, Kunde
desk-filter-payments = Verwendungszweck oder Kunde
desk-filter-account = Kundenkürzel
desk-any-state = Alle
desk-orders-shown = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
}

# Names
desk-class-standard = normal
desk-class-priority = vorrangig
desk-class-critical = kritisch
desk-hold-credit-limit = Kreditlimit
desk-hold-manual = von uns angehalten
desk-cause-order-placed = Bestellung aufgegeben
desk-cause-order-cancelled = Eine Bestellung wurde storniert
desk-cause-order-held = Eine Bestellung wurde angehalten
desk-cause-order-released = Eine Bestellung wurde freigegeben
desk-cause-stock-counted = Bestand gezählt
desk-cause-goods-received = Wareneingang
desk-cause-quota-released = Rest eines Kontingents freigegeben
desk-cause-quota-changed = Kontingente geändert

# Queue
desk-queue = Warteschlange nach Vorrang
desk-queue-summary = { $count ->
    [one] { $count } offene Bestellung, Stand { $time }
   *[other] { $count } offene Bestellungen, Stand { $time }
}
desk-queue-empty = Hier ist nichts. Bestellungen erscheinen, sobald sie aufgegeben werden.
desk-queue-none-found = Keine Bestellung dieser Ansicht passt zum Filter.
desk-view-open = Alle offenen
desk-view-to-accept = Anzunehmen
desk-view-at-risk = Gefährdet
desk-view-short = Fehlmengen
desk-view-to-ship = Zu versenden
desk-view-on-hold = Angehalten
desk-choose = Auswählen
desk-choose-order = Bestellung { $number } auswählen
desk-choose-all = Alle Bestellungen dieser Seite auswählen
desk-rank = Rang
desk-why-rank = Warum dieser Rang
desk-promise-wanted = gewünscht { $day }
desk-promise-held = keine, solange angehalten
desk-promise-part = { $day }, der Rest wartet
desk-promise-open = Tag nicht bekannt
desk-promise-waits = wartet auf Ware
desk-cover = Deckung
desk-cover-all = Alle Positionen
desk-cover-part = { $lines ->
    [one] { $covered } von { $lines } Position
   *[other] { $covered } von { $lines } Positionen
}
desk-cover-nothing-reserved = Nichts reserviert
desk-accept-chosen = Ausgewählte annehmen
desk-hold-chosen = Ausgewählte anhalten
desk-release-chosen = Ausgewählte freigeben
desk-nothing-chosen = Es ist nichts geschehen: Wählen Sie zuerst mindestens eine Bestellung aus.
desk-too-many-chosen = Es ist nichts geschehen: Wählen Sie höchstens { $count } Bestellungen auf einmal aus.
desk-reason-missing = Es ist nichts geschehen: Nennen Sie den Grund für das Anhalten oder Freigeben.
desk-result = Ergebnis
desk-result-done = Erledigt
desk-result-before = Schon erledigt
desk-result-changed = Inzwischen geändert
desk-result-failed = Nicht erledigt
desk-back-to-queue = Zurück zur Warteschlange
desk-many-accept = { $all ->
    [one] { $count } von { $all } Bestellung angenommen
   *[other] { $count } von { $all } Bestellungen angenommen
}
desk-many-hold = { $all ->
    [one] { $count } von { $all } Bestellung angehalten
   *[other] { $count } von { $all } Bestellungen angehalten
}
desk-many-release = { $all ->
    [one] { $count } von { $all } Bestellung freigegeben
   *[other] { $count } von { $all } Bestellungen freigegeben
}
desk-accepted-already = Die Bestellung { $number } war schon angenommen.

# Orders
desk-orders-empty = Noch keine Bestellungen.
desk-orders-none-found = Keine Bestellung passt zum Filter.
desk-open-queue = Warteschlange öffnen
desk-order-title = Bestellung { $number }
desk-confirmation-pdf = Bestätigung als PDF
desk-placed-by-import = durch Import
desk-accept = Annehmen
desk-hold = Anhalten
desk-hold-do = Anhalten
desk-hold-hint = Der Kunde liest ihn. Was reserviert ist, geht an andere, die warten.
desk-release = Freigeben
desk-release-do = Bestellung freigeben
desk-release-hint = Sie kommt an ihren alten Platz in der Warteschlange, ohne neue Kreditprüfung.
desk-done-accept = Die Bestellung { $number } ist angenommen. Sie kann jetzt versandt werden.
desk-done-hold = Die Bestellung { $number } ist angehalten. Was für sie reserviert war, ist frei.
desk-done-release = Die Bestellung { $number } steht wieder an ihrem alten Platz in der Warteschlange.
desk-done-cancel = Die Bestellung { $number } ist storniert. Was für sie reserviert war, ist frei.
desk-changed = Die Bestellung { $number } hat sich geändert, während Sie sie ansahen: Ihr Status ist jetzt „{ $state }“. Es ist nichts geschehen; prüfen Sie sie zuerst.
desk-held-for = Angehalten: { $reasons }.
desk-cancelled-at = Storniert { $moment }
desk-lines-wait = { $lines ->
    [one] { $lines } Position wartet auf Ware. Ihr Platz in der Warteschlange steht daneben.
   *[other] { $lines } Positionen warten auf Ware. Ihre Plätze in der Warteschlange stehen daneben.
}
desk-stage-placed = Aufgegeben
desk-stage-accepted = Angenommen
desk-stage-shipped = Versandt
desk-stage-delivered = Geliefert
desk-stage-settled = Berechnet und bezahlt
desk-stage-shipped-lines = { $lines ->
    [one] { $left } von { $lines } Position versandt
   *[other] { $left } von { $lines } Positionen versandt
}
desk-stage-all-invoiced = alles berechnet
desk-their-number = beim Kunden { $number }
desk-price = Preis, { $currency }
desk-progress = Fortschritt
desk-lines-shown = Positionen { $first } bis { $last } von { $count }
desk-decisions = Wer was bekam, und warum
desk-decided-at = Entschieden
desk-cause = Anlass
desk-got = Diese Position bekam
desk-got-of = { $got } von { $wanted }
desk-decisions-cut = Das sind die neuesten 200 Entscheidungen; ältere bleiben aufgezeichnet.
desk-timeline-cut = Das sind die neuesten 200 Ereignisse.
desk-event-order-placed = Aufgegeben
desk-event-order-placed-for-claim = Ohne Berechnung aufgegeben zur Reklamation { $number }
desk-event-order-on-hold = Angehalten
desk-event-order-released = Freigegeben
desk-event-order-accepted = Angenommen
desk-event-order-cancelled = Storniert
desk-event-order-rest-cancelled = Rest von Positionen storniert
desk-event-order-short = Ware fehlt
desk-event-order-promise-changed = Zusage geändert
desk-event-order-delivered = Alles geliefert
desk-event-order-closed = Abgeschlossen
desk-event-order-reopened = Wieder offen, eine Zahlung wurde zurückgenommen
desk-event-shipment-created = Lieferung { $number } ging ab
desk-event-shipment-delivered = Lieferung { $number } kam an
desk-event-invoice-issued = Rechnung { $number } ausgestellt
desk-event-payment-received = Zahlung eingegangen
desk-event-payment-reversed = Zahlung zurückgenommen
desk-cancel-title = Bestellung { $number } stornieren?
desk-cancel-text = Die Bestellung von { $account } über { $net } wird endgültig storniert, und der Kunde erfährt es.
desk-cancel-lines = { $lines ->
    [one] Was für ihre Position reserviert ist, geht an andere, die warten.
   *[other] Was für ihre { $lines } Positionen reserviert ist, geht an andere, die warten.
}
desk-cancel-reason = Grund, den der Kunde liest
desk-cancel-do = Bestellung { $number } stornieren
desk-cancel-keep = Bestellung behalten

# Shipping
desk-shipments-empty = Hier sind noch keine Lieferungen.
desk-shipments-none-found = Keine Lieferung passt zum Filter.
desk-shipments-shown = { $count ->
    [one] { $count } Lieferung
   *[other] { $count } Lieferungen
}
desk-shipments-view-all = Alle
desk-shipments-view-on-the-way = Unterwegs
desk-shipments-view-to-invoice = Zu berechnen
desk-shipment = Lieferung
desk-shipment-title = Lieferung { $number }
desk-note-pdf = Lieferschein als PDF
desk-shipped-at = Abgang
desk-delivered-at = Ankunft
desk-carriage = Beförderung
desk-nothing-shipped = Es ist noch nichts abgegangen.
desk-deliver = Als geliefert vermerken
desk-deliver-label = Als geliefert vermerken: Lieferung { $number }
desk-delivered = Die Lieferung { $number } ist angekommen.
desk-ready = Versandbereit ({ $count })
desk-ready-all = Alles Versandbereite
desk-ready-none = Es liegt nichts bereit. Bestellungen erscheinen hier, sobald sie angenommen sind und Ware für sie reserviert ist.
desk-ready-what = Bereit
desk-ready-lines = { $lines ->
    [one] { $ready } von { $lines } Position
   *[other] { $ready } von { $lines } Positionen
}
desk-ship-title = Bestellung { $number } versenden
desk-ship-all = Alle { $lines } Positionen vollständig versenden
desk-ship-hint = Leer oder 0: Von der Position geht jetzt nichts ab. Was übrig ist, bleibt reserviert.
desk-ship-more = { $lines ->
    [one] { $lines } weitere Position ist bereit. Versenden Sie alles vollständig oder zuerst diese.
   *[other] { $lines } weitere Positionen sind bereit. Versenden Sie alles vollständig oder zuerst diese.
}
desk-ship-waiting = { $lines ->
    [one] { $lines } Position dieser Bestellung wartet auf Ware und kann noch nicht abgehen.
   *[other] { $lines } Positionen dieser Bestellung warten ganz oder teilweise auf Ware und können noch nicht abgehen.
}
desk-ships-now = Geht jetzt ab
desk-ships-now-label = Geht jetzt ab von Position { $number }
desk-ship-nothing = Tragen Sie für mindestens eine Position eine Menge ein.
desk-nothing-ready = Für die Bestellung { $number } ist nichts reserviert; sie wartet auf Ware.
desk-shipped = { $lines ->
    [one] Die Lieferung { $number } ging mit { $lines } Position ab.
   *[other] Die Lieferung { $number } ging mit { $lines } Positionen ab.
}

# Invoices
desk-invoices-empty = Hier sind keine Rechnungen.
desk-invoices-none-found = Keine Rechnung passt zum Filter.
desk-invoices-shown = { $count ->
    [one] { $count } Rechnung
   *[other] { $count } Rechnungen
}
desk-invoices-view-all = Alle
desk-invoices-view-overdue = Überfällig
desk-invoices-view-open = Offen
desk-invoices-view-part-paid = Teilweise bezahlt
desk-invoices-view-paid = Bezahlt
desk-to-invoice = Zu berechnende Lieferungen
desk-invoice-title = Rechnung { $number }
desk-invoice-pdf = Rechnung als PDF
desk-not-invoiced = nicht berechnet
desk-issue = Rechnung ausstellen
desk-issue-label = Rechnung ausstellen zur Lieferung { $number }
desk-issue-chosen = Rechnungen für Ausgewählte ausstellen
desk-choose-shipment = Lieferung { $number } auswählen
desk-choose-all-shipments = Alle Lieferungen dieser Seite auswählen
desk-no-shipment-chosen = Es ist nichts geschehen: Wählen Sie zuerst mindestens eine Lieferung aus.
desk-too-many-shipments = Es ist nichts geschehen: Wählen Sie höchstens { $count } Lieferungen auf einmal aus.
desk-many-issued = { $all ->
    [one] { $count } von { $all } Rechnung ausgestellt
   *[other] { $count } von { $all } Rechnungen ausgestellt
}
desk-issued = Die Rechnung { $number } ist ausgestellt.
desk-tax-of = { $rate } auf { $base }

# Payments
nav-desk-payments = Zahlungen
desk-payments-empty = Hier sind keine Zahlungen.
desk-payments-shown = { $count ->
    [one] { $count } Zahlung
   *[other] { $count } Zahlungen
}
desk-payments-view-all = Alle
desk-payments-view-unmatched = Mit Restbetrag
desk-payment-state-reversed = Zurückgenommen
desk-payment-state-matched = Zugeordnet
desk-payment-state-unmatched = Nicht zugeordnet
desk-payment-state-part-matched = Teilweise zugeordnet
desk-pay-of = Zahlung über { $amount } von { $account }
desk-pay-title = Zahlung von { $account } buchen
desk-pay-from = Kürzel des zahlenden Kunden
desk-pay-owing = Kunden mit offenen Rechnungen
desk-pay-nobody-owes = Keine Rechnung ist offen.
desk-pay-oldest-due = Älteste fällig
desk-pay-unknown-account = Es gibt keinen Kunden „{ $account }“. Schreiben Sie sein Kürzel oder wählen Sie ihn unten aus.
desk-pay-open = { $open } sind auf Rechnungen offen.
desk-pay-other-account = Anderer Kunde
desk-pay-amount = Betrag, { $currency }
desk-pay-amount-head = Betrag
desk-pay-received = Eingegangen am
desk-pay-recorded = Gebucht
desk-pay-for = Für
desk-pay-oldest = Die ältesten Rechnungen zuerst
desk-pay-choice = { $number }: { $open } offen, fällig { $day }
desk-pay-reference-hint = Was der Zahlende schrieb; darf leer bleiben.
desk-pay-booked = { $invoices ->
    [0] Die Zahlung ist gebucht und bleibt als Guthaben stehen.
    [one] Die Zahlung ist gebucht. Sie beglich { $invoices } Rechnung ganz oder teilweise.
   *[other] Die Zahlung ist gebucht. Sie beglich { $invoices } Rechnungen ganz oder teilweise.
}
desk-pay-rest = Guthaben
desk-pay-settled = Was sie beglich
desk-pay-settled-none = Noch keine Rechnung.
desk-pay-apply-to = Mit dem Guthaben begleichen
desk-pay-apply = Begleichen
desk-pay-applied = Erledigt. { $rest } bleiben als Guthaben.
desk-pay-reverse = Zurücknehmen
desk-pay-reverse-title = Die Zahlung über { $amount } von { $account } zurücknehmen?
desk-pay-reverse-text = { $invoices ->
    [0] Sie beglich keine Rechnung. Der Kontoauszug behält beide Einträge.
    [one] Die Rechnung, die sie beglich, ist wieder offen. Der Kontoauszug behält beide Einträge.
   *[other] Die { $invoices } Rechnungen, die sie beglich, sind wieder offen. Der Kontoauszug behält beide Einträge.
}
desk-pay-keep = Zahlung behalten
desk-pay-reversed = Die Zahlung ist zurückgenommen; was sie beglich, ist wieder offen.
desk-pay-reversed-at = Zurückgenommen { $moment }

# Stock and receipts
nav-desk-stock = Bestand
desk-stock-view-all = Alle Artikel
desk-stock-view-waiting = Erwartet
desk-stock-find = Artikelnummer oder Name
desk-stock-none-found = Kein Artikel gefunden.
desk-stock-nobody-waits = Niemand wartet auf Ware.
desk-stock-state-enough = Genug
desk-stock-state-low = Wenig
desk-stock-state-none = Nichts frei
desk-stock-state-short = Zu wenig
desk-stock-lines = { $lines ->
    [one] { $lines } Position
   *[other] { $lines } Positionen
}
desk-stock-of = Bestand von { $sku }
desk-stock-in = { $sku }, in { $unit }
desk-stock-all = Alle Lager
desk-stock-gauge = { $percent } reserviert
desk-stock-share = Bestand und Reservierungen
desk-stock-share-finding = Aufträge haben { $percent } von { $on_hand } reserviert.
desk-stock-share-waiting = Sie warten auf weitere { $sum }.
desk-products-shown = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
desk-sku = Artikelnummer
desk-warehouse = Lager
desk-on-hand = Vorhanden
desk-free = Frei
desk-waited-for = Erwartet
desk-waits-for = Wartet auf
desk-who-waits = Wer wartet, nach Rang
desk-nobody-waits = Niemand wartet darauf.
desk-waiting-sum = { $lines ->
    [one] { $lines } Position wartet auf { $sum }. Was eintrifft, bekommt sie sofort.
   *[other] { $lines } Positionen warten auf insgesamt { $sum }. Was eintrifft, bekommen sie sofort in dieser Reihenfolge.
}
desk-waiting-more = { $lines ->
    [one] Dahinter wartet { $lines } weitere Position.
   *[other] Dahinter warten { $lines } weitere Positionen.
}
desk-receive-next = Weiteren Wareneingang buchen
desk-receive-text = Was eintrifft, geht sofort an die wartenden Positionen, in der Reihenfolge der Warteschlange. Mengen sind in Grundeinheiten.
desk-base-quantity = Menge in Grundeinheiten
desk-sku-label = Artikelnummer der Position { $number }
desk-more-lines = Mehr Positionen
desk-receive-how-much = Wie viel kam an?
desk-received = { $lines ->
    [one] Der Wareneingang mit { $lines } Position ist gebucht.
   *[other] Der Wareneingang mit { $lines } Positionen ist gebucht.
}
desk-receipt = Wareneingang
desk-receipts-from = Gebucht von
desk-receipts = Wareneingänge
desk-receipts-empty = Es ist noch keine Ware eingegangen.
desk-receipts-shown = { $count ->
    [one] { $count } Wareneingang
   *[other] { $count } Wareneingänge
}
desk-receipt-title = Wareneingang vom { $moment }
desk-receipt-where = Lager { $warehouse }
desk-arrived = Was eintraf
desk-served = Wer es bekam, und warum
desk-served-nobody = Niemand wartete darauf. Es ist für neue Bestellungen frei.

# Mails
nav-staff = Team des Lieferanten
nav-desk-mails = E-Mails
desk-mails-empty = Hier sind keine E-Mails.
desk-mails-shown = { $count ->
    [one] { $count } E-Mail
   *[other] { $count } E-Mails
}
desk-mail-view-all = Alle
desk-mail-view-parked = Aufgegeben
desk-mail-view-due = Wartend
desk-mail-view-sent = Gesendet
desk-mail-state-sent = Gesendet
desk-mail-state-due = Wartet
desk-mail-state-retry = Versucht, bald wieder
desk-mail-state-parked = Aufgegeben
desk-mail-about = Anlass
desk-mails-from = Eingereiht von
desk-mail-to = Empfänger
desk-mail-when = Gesendet
desk-mail-next = nächster Versuch { $moment }
desk-mail-queued = Eingereiht
desk-mail-attempts = Versuche
desk-mail-error = Letzter Fehler
desk-mail-text = Text
desk-mail-text-today = So, wie sie jetzt geschrieben würde, in der Sprache des Empfängers.
desk-mail-personal = Sie enthält einen Link, der jeden einlässt, der ihn hat; darum sieht sie nur der Empfänger.
desk-mail-obsolete = Es hat keinen Zweck mehr, sie zu senden.
desk-mail-resend = Erneut senden
desk-mail-resend-label = Erneut senden an { $recipient }
desk-mail-resent = Die E-Mail an { $recipient } geht noch einmal hinaus.
desk-mail-kind-order-placed = Bestellung aufgegeben
desk-mail-kind-order-on-hold = Bestellung angehalten
desk-mail-kind-order-released = Bestellung freigegeben
desk-mail-kind-order-accepted = Bestellung angenommen
desk-mail-kind-order-cancelled = Bestellung storniert
desk-mail-kind-promise-changed = Zusage geändert
desk-mail-kind-short-of-stock = Ware fehlt
desk-mail-kind-shipped = Versandt
desk-mail-kind-invoiced = Rechnung
desk-mail-kind-payment-received = Zahlung eingegangen
desk-mail-kind-critical-order = Kritische Bestellung, ans Team
desk-mail-kind-team-hold = Angehalten, ans Team
desk-mail-kind-dead-letter = E-Mail aufgegeben, an Mitarbeiter
desk-mail-kind-webhook-failing = Webhooks schlagen fehl
desk-mail-kind-invitation = Einladung
desk-mail-kind-password-reset = Neues Passwort
desk-mail-kind-access-changed = Geänderter Zugang

# Today
desk-today-orders = Bestellungen
desk-today-goods = Ware, Geld, E-Mails
desk-today-to-accept = { $count ->
    [one] Bestellung anzunehmen
   *[other] Bestellungen anzunehmen
}
desk-today-at-risk = { $count ->
    [one] Bestellung mit gefährdeter Zusage
   *[other] Bestellungen mit gefährdeter Zusage
}
desk-today-short = { $count ->
    [one] Bestellung, der Ware fehlt
   *[other] Bestellungen, denen Ware fehlt
}
desk-today-on-hold = { $count ->
    [one] angehaltene Bestellung
   *[other] angehaltene Bestellungen
}
desk-today-to-ship = { $count ->
    [one] Bestellung versandbereit
   *[other] Bestellungen versandbereit
}
desk-today-to-invoice = { $count ->
    [one] Lieferung zu berechnen
   *[other] Lieferungen zu berechnen
}
desk-today-overdue = { $count ->
    [0] überfällig
    [one] überfällig auf { $count } Rechnung
   *[other] überfällig auf { $count } Rechnungen
}
desk-today-unmatched = { $count ->
    [one] Zahlung mit Restbetrag
   *[other] Zahlungen mit Restbetrag
}
desk-today-failed-mails = { $count ->
    [one] aufgegebene E-Mail
   *[other] aufgegebene E-Mails
}
desk-today-first-to-accept = Zuerst anzunehmen
desk-today-first-at-risk = Gefährdete Zusagen
desk-today-none-to-accept = Nichts wartet darauf, angenommen zu werden.
desk-today-none-at-risk = Keine Zusage ist gefährdet.
desk-today-all = Alle { $count }

# Gutschriften
nav-desk-credits = Gutschriften
desk-credits-empty = Hier sind keine Gutschriften.
desk-credits-view-all = Alle
desk-credits-view-unmatched = Mit Restbetrag
desk-event-credit-note-issued = Gutschrift { $number } ausgestellt
desk-mail-kind-credited = Gutschrift
desk-credit = Gutschreiben
desk-credit-title = Rechnung { $number } gutschreiben
desk-credit-lead = { $rest } ohne Steuer lassen sich noch gutschreiben. Sagen Sie bei einer Position, wie viel von ihr, oder einen Betrag; oder schreiben Sie alles Übrige gut.
desk-credit-lead-replaced = { $rest } ohne Steuer lassen sich noch gutschreiben, von Ware, die ohne Berechnung noch einmal kam: von ihr lassen sich nur Beträge gutschreiben.
desk-credit-note-hint = Steht auf der Gutschrift; darf leer bleiben.
desk-credit-invoiced = Berechnet
desk-credit-left = Übrig
desk-credit-quantity = Menge
desk-credit-net = oder Betrag, { $currency }
desk-credit-quantity-of = Menge der Position { $line }
desk-credit-net-of = Betrag der Position { $line }
desk-credit-nothing = Sagen Sie bei mindestens einer Position, was gutgeschrieben wird.
desk-credit-some = Eingetragenes gutschreiben
desk-credit-all = Alles Übrige gutschreiben
desk-credited = Die Gutschrift { $number } ist ausgestellt.
rebate-new = Bonus auszahlen
rebate-lead = Was für alle Einkäufe einiger Tage vereinbart war, wird mit Gutschriften auf Rechnungen dieser Tage zu deren Steuersätzen zurückgegeben: auf die ältesten, von denen etwas übrig ist.
rebate-account = Kunde, sein Code
rebate-from = Berechnet ab
rebate-to = Berechnet bis
rebate-percent = Prozent
rebate-percent-hint = Von dem, was von diesen Rechnungen übrig ist, ohne Steuer.
rebate-net = Oder ein Betrag ohne Steuer
rebate-net-hint = In der Währung des Kunden.
rebate-again = Auch auszahlen, wenn für einen dieser Tage schon ein Bonus ausgezahlt wurde
rebate-pay = Gutschriften ausstellen
rebate-paid = { $count ->
    [one] Der Bonus ist mit { $count } Gutschrift ausgezahlt.
   *[other] Der Bonus ist mit { $count } Gutschriften ausgezahlt.
}
desk-einvoice-access-point = Für den Zugangspunkt
desk-einvoice-written = { $name }, { $time }
desk-einvoice-waits = wartet darauf, geschrieben zu werden
desk-einvoice-failed = wird erneut versucht; der letzte Versuch schlug fehl: { $error }
