expected = Erwartete Ware
expected-new = Ware erwarten
expected-text = Was wartenden Positionen zugesagt ist, folgt aus dem, was hier bestätigt ist; wessen Zusage sich ändert, der erfährt es.
expected-view-all = Kommt noch
expected-view-late = Verspätet
expected-view-any = Alle
expected-find = Referenz oder Artikel
expected-reference = Referenz
expected-reference-label = Referenz von Zeile { $number }
expected-reference-hint = Wie die Bestellung beim Lieferanten oder ihr Lieferschein heißt
expected-quantity = Menge
expected-quantity-hint = In Basiseinheiten
expected-received = Gekommen
expected-outstanding = Kommt noch
expected-on = Erwartet am
expected-supplier = Von
expected-confirmed = Bestätigt
expected-confirmed-hint = Nur was bestätigt ist, wird Kunden zugesagt
expected-confirmed-true = Ja
expected-confirmed-false = Nein
expected-state-open = Offen
expected-state-received = Eingetroffen
expected-state-closed = Abgeschlossen
expected-state-late = Verspätet
expected-state-unconfirmed = Nicht bestätigt
expected-none = Es wird nichts erwartet.
expected-none-found = So etwas wird nicht erwartet.
expected-shown = { $count ->
    [one] { $count } erwarteter Eingang
   *[other] { $count } erwartete Eingänge
}
expected-title = { $sku } aus { $reference }
expected-added = { $reference } wird erwartet.
expected-changed = { $reference } ist geändert. Die Zusagen sind neu gemacht.
expected-closed-now = Von { $reference } wird nichts mehr erwartet.
expected-save = Speichern
expected-change = Ändern
expected-close = Nichts mehr erwarten
expected-close-text = Was davon zugesagt ist, wird aus anderer erwarteter Ware zugesagt oder zurückgenommen. Die Kunden erfahren es.
expected-receive = Eingang buchen
expected-calendars = Kalender
calendars = Kalender
calendars-text = Wann der Lieferant, seine Lager und die Standorte der Kunden arbeiten; gepflegt hier, per REST oder mit calendars.csv und holidays.csv. Ohne einen ist jeder Tag ein Arbeitstag.
calendars-none = Es gibt keinen Kalender: Jeder Tag ist ein Arbeitstag.
calendars-code = Kalender
calendars-of = Von
calendars-of-supplier = Lieferant
calendars-of-warehouse = Lager { $warehouse }
calendars-of-site = Standort { $site } von { $account }
calendars-weekdays = Arbeitstage
calendars-cut-off = Annahmeschluss
calendars-transit = Tage unterwegs
calendars-holidays = Freie Tage
calendars-shown = { $count ->
    [one] { $count } Kalender
   *[other] { $count } Kalender
}
products-more-on = { $quantity } mehr am { $day }
weekday-mon = Mo
weekday-tue = Di
weekday-wed = Mi
weekday-thu = Do
weekday-fri = Fr
weekday-sat = Sa
weekday-sun = So
