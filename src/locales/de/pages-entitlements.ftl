# Berechtigungen
entitlements = Berechtigungen
entitlements-lead = Wer die Bestellklassen über Standard nutzen darf, wie oft im Monat. Sobald jemand zu einer Klasse berechtigt ist, dürfen alle anderen sie nicht nutzen.
entitlements-none = Noch ist niemand berechtigt, also darf jeder jede Klasse nutzen.
entitlements-shown = { $count ->
    [one] { $count } Berechtigung
   *[other] { $count } Berechtigungen
}
entitlement-add = Berechtigung hinzufügen
entitlement-add-do = Hinzufügen
entitlement-added = Die Berechtigung ist hinzugefügt.
entitlement-changed = Die Berechtigung ist geändert.
entitlement-removed = Die Berechtigung ist entzogen.
entitlement-whose = Für
entitlement-tier = Stufe
entitlement-no-tier = Keine Stufe
entitlement-account = Konto
entitlement-account-hint = Sein Kürzel, statt einer Stufe
entitlement-of-tier = Alle der Stufe { $tier }
entitlement-order-class = Bestellklasse
entitlement-per-month = Bestellungen im Monat
entitlement-per-month-hint = Leer: beliebig viele; 0: keine
entitlement-lines-max = Höchstens Positionen
entitlement-lines-max-hint = Leer: so viele, wie eine Bestellung haben darf
entitlement-any-number = beliebig viele
entitlement-title = { $class }: { $whose }
entitlement-save = Speichern
entitlement-remove = Entziehen
entitlement-remove-text = Danach dürfen nur andere, die berechtigt sind, die Klasse nutzen; alle, sobald es niemand mehr ist.
entitlement-remove-do = Entziehen
entitlement-none = nicht für Ihr Konto
entitlement-left = noch { $left } von { $of } in diesem Monat
entitlement-and-lines = { $lines ->
    [one] { $text }, höchstens { $lines } Position
   *[other] { $text }, höchstens { $lines } Positionen
}
entitlement-class = { $class } ({ $left })
entitlement-if-not = Wenn die Klasse nicht zu haben ist
entitlement-if-not-refuse = Nicht bestellen
entitlement-if-not-standard = Als Standard bestellen
entitlement-as-standard = Die Klasse ist nicht zu haben: Die Bestellung wird als Standard aufgegeben.
acct-entitlements = Bestellklassen in diesem Monat
acct-list-entitlements = Eigene Berechtigungen

# Früher Zugang
nav-entitlements = Bestellklassen
nav-early-access = Früher Zugang
early-lead = Artikel und Kategorien, die manche früher sehen und bestellen als andere. Was eine Zeile hat, sieht nur, wen eine Zeile nennt; eine Zeile ohne Stufe und Konto nennt alle.
early-none = Nichts hat frühen Zugang; alle sehen und bestellen, was ihr Sortiment hat.
early-shown = { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
}
early-add = Frühen Zugang geben
early-add-do = Geben
early-added = Der frühe Zugang ist gegeben.
early-changed = Der Tag ist geändert.
early-removed = Der frühe Zugang ist entzogen.
early-sku-hint = Oder eine Kategorie
early-field-category = Kategorie
early-no-tier = Keine Stufe
early-account-hint = Sein Kürzel; ohne Stufe und Konto alle
early-what = Artikel oder Kategorie
early-category = Kategorie { $name }
early-everybody = Alle
early-from = Bestellbar ab
early-change = Ändern
early-change-of = { $what } für { $whose } ändern
early-title = { $what }: { $whose }
early-save = Speichern
early-remove = Entziehen
early-remove-text = Sobald die letzte Zeile eines Artikels weg ist, sehen und bestellen ihn alle sofort.
early-remove-do = Entziehen
offer-coming = Kommt { $day }
product-coming = Der Artikel kann ab { $day } bestellt werden.
