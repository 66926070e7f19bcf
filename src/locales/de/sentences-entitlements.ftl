# Berechtigungen
say-not-entitled = Ihr Konto darf die Klasse { $order_class } nicht nutzen. Bestellen Sie als Standard, oder fragen Sie Ihren Ansprechpartner.
say-entitlement-used-up = { $per_month-count ->
    [one] Die eine Bestellung der Klasse { $order_class }, die ein Monat hat, ist verbraucht. Bestellen Sie als Standard, oder warten Sie bis zum { $resets_on }.
   *[other] { $used } von { $per_month } Bestellungen der Klasse { $order_class } sind in diesem Monat verbraucht. Bestellen Sie als Standard, oder warten Sie bis zum { $resets_on }.
}
say-entitlement-lines = { $lines_max-count ->
    [one] { $lines } Positionen sind zu viele: Eine Bestellung der Klasse { $order_class } darf eine haben. Teilen Sie die Bestellung, oder bestellen Sie als Standard.
   *[other] { $lines } Positionen sind mehr als die { $lines_max }, die eine Bestellung der Klasse { $order_class } haben darf. Teilen Sie die Bestellung, oder bestellen Sie als Standard.
}
say-entitlement-exists = Für dieses Konto oder diese Stufe gibt es schon eine Berechtigung zur Klasse { $order_class }; ändern Sie diese.
say-tier-or-account = Nennen Sie entweder eine Stufe oder ein Konto.

# Früher Zugang
say-not-yet-orderable = { $sku } kann ab dem { $from } bestellt werden.
say-sku-or-category = Nennen Sie entweder einen Artikel oder eine Kategorie.
say-tier-or-account-or-all = Nennen Sie eine Stufe oder ein Konto, oder keines von beiden für alle.
say-early-access-exists = Dafür gibt es für dieselben Konten schon frühen Zugang; ändern Sie diese Zeile.
