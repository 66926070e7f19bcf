say-expected-quantity = { $decimals-count ->
    [one] { $quantity } ist keine Menge über null von { $sku }, das eine Nachkommastelle hat.
   *[other] { $quantity } ist keine Menge über null von { $sku }, das { $decimals } Nachkommastellen hat.
}
say-expected-below-received = Davon sind schon { $received } gekommen: Erwarten Sie mindestens so viel, oder schließen Sie es ab.
say-expected-twice = { $sku } wird unter { $reference } in { $warehouse } schon erwartet: Ändern Sie das.
say-expected-closed = Von { $reference } wird nichts mehr erwartet: Erfassen Sie, was kommt, unter einer anderen Referenz.
say-expected-day-far = Der letzte Tag, für den etwas erwartet werden kann, ist { $last }.
say-no-expected-receipt = Unter { $reference } wird von { $sku } in { $warehouse } nichts erwartet: Lassen Sie die Referenz weg, oder erfassen Sie zuerst, was erwartet wird.
say-expected-warehouse-unknown = Es gibt kein Lager { $warehouse }.

say-give-weekdays = Geben Sie die Arbeitstage an: mon-fri, oder mon tue wed, oder 1-5 mit Montag als 1, oder ein Zeichen je Tag ab Montag wie 1111100.
say-give-cut-off = Geben Sie eine Uhrzeit wie 14:30 an, oder lassen Sie die Zelle leer.
say-calendar-of-one = Ein Kalender gehört einem Standort, einem Lager oder dem Lieferanten: Nennen Sie eines davon.
say-calendar-of-whom = Ein Kalender für { $account } gehört einem seiner Standorte: Nennen Sie den Standort.
say-calendar-site-needs-account = Mehrere Kunden oder keiner haben einen Standort mit diesem Code: Nennen Sie den Kunden.
say-calendar-site-unknown = { $account } hat keinen solchen Standort, und auch die sites.csv des Ordners bringt keinen.
say-calendar-warehouse-unknown = Dieses Lager gibt es nicht, und auch die stock.csv des Ordners bringt es nicht.
say-calendar-has-another = { $calendar } ist schon sein Kalender: Ändern Sie den, es kann nur einen haben.
say-calendar-unknown = Diesen Kalender gibt es nicht, und auch die calendars.csv des Ordners bringt ihn nicht.
