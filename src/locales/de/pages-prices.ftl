nav-price-lists = Preislisten
# Price lists and prices on the desk
validity-now = Gültig
validity-always = Unbegrenzt
validity-from = Ab { $day }
validity-to = Bis { $day }
validity-between = { $from } bis { $to }
validity-ends = Endet { $day }
validity-ended = Beendet { $day }
history-when = Wann
history-who = Wer
history-what = Was
history-nothing = nichts
history-price-add = Hinzugefügt
history-price-change = Geändert
history-price-remove = Entfernt
history-price-list-add = Angelegt
history-price-list-change = Geändert
plist-new = Neue Preisliste
plist-edit = Liste bearbeiten
plist-edit-title = { $code } bearbeiten
plist-make = Preisliste anlegen
plist-save = Liste speichern
plist-made = Die Preisliste { $code } ist angelegt. Fügen Sie ihre Preise hinzu.
plist-changed = Die Preisliste { $code } wurde geändert.
plist-code = Kürzel
plist-code-hint = So nennen Preise und Importdateien die Liste. Es ändert sich nie.
plist-name = Name
plist-kind = Art
plist-kind-all = Alle Arten
plist-kind-hint = Vertragspreise gehen vor Kundenpreisen, diese vor Stufenpreisen, diese vor Grundpreisen.
plist-kind-contract = Vertrag
plist-kind-account = Kunde
plist-kind-tier = Stufe
plist-kind-base = Grundpreise
plist-tier = Stufe
plist-tier-hint = Nur für Listen einer Stufe
plist-tier-platinum = Platin
plist-tier-gold = Gold
plist-tier-silver = Silber
plist-tier-bronze = Bronze
plist-no-tier = Keine Stufe
plist-account = Kunde
plist-account-hint = Nur für Listen eines Kunden oder eines Vertrags
plist-no-account = Kein Kunde
plist-everybody = Alle
plist-for = Für
plist-currency = Währung
plist-currency-hint = ISO-Kürzel, etwa EUR
plist-rank = Rang
plist-rank-hint = Der niedrigste geht unter Listen einer Art vor; 100, wenn leer
plist-prices = Preise
plist-validity = Gültig
plist-valid-from = Gültig ab
plist-valid-to = Gültig bis
plist-search = Kürzel, Name oder Kunde
plist-none = Noch keine Preislisten.
plist-none-found = Keine Preisliste passt.
plist-shown = { $count ->
    [one] { $count } Preisliste
   *[other] { $count } Preislisten
}
price-add = Preis hinzufügen
price-add-do = Preis hinzufügen
price-added = Der Preis von { $sku } wurde hinzugefügt.
price-product = Artikel
price-sku = Artikelnummer
price-unit = Einheit
price-unit-hint = Basiseinheit oder Gebinde
price-from = Ab Menge
price-from-hint = In Basiseinheiten; 0, wenn leer
price-in = Preis, { $currency }
price-base = Je
price-per = { $price } je { $base }
price-more = Weiteres
price-new-orders = Eine Änderung gilt für Bestellungen ab jetzt. Bestehende behalten ihre Preise.
price-search = Artikelnummer, Name oder GTIN
price-none = Diese Liste hat noch keine Preise.
price-none-found = Kein Preis dieser Liste passt zu „{ $text }“.
price-shown = { $count ->
    [one] { $shown } von 1 Preis
   *[other] { $shown } von { $count } Preisen
}
price-save = Preise speichern
price-save-hint = Ändern Sie beliebig viele Zeilen und speichern Sie dann.
price-none-changed = Es wurde nichts geändert.
price-changed = { $count ->
    [one] { $count } Preis wurde geändert.
   *[other] { $count } Preise wurden geändert.
}
price-some-refused = { $refused ->
    [one] { $refused } Zeile braucht Sie noch und behält ihren alten Preis.
   *[other] { $refused } Zeilen brauchen Sie noch und behalten ihre alten Preise.
} { $changed ->
    [0] Es wurde nichts geändert.
    [one] { $changed } Preis wurde geändert.
   *[other] { $changed } Preise wurden geändert.
}
price-field-of = { $field }, { $sku }
price-field-price-list = Preisliste
price-field-sku = Artikelnummer
price-field-unit = Einheit
price-field-min-quantity = Ab Menge
price-field-price = Preis
price-field-price-base = Je
price-field-valid-from = Gültig ab
price-field-valid-to = Gültig bis
price-field-name = Name
price-field-currency = Währung
price-field-kind = Art
price-field-account = Kunde
price-field-tier = Stufe
price-field-rank = Rang
price-history = Verlauf
price-history-of = Verlauf von { $sku }
price-history-none = Niemand hat diesen Preis von Hand geändert. Importe stehen hier nicht.
price-now = Preis jetzt
price-gone = Dieser Preis wurde entfernt.
price-remove = Entfernen
price-remove-of = Preis von { $sku } entfernen
price-remove-title = Preis von { $sku } entfernen?
price-remove-text = Er verlässt die Liste { $list } sofort. Bestehende Bestellungen behalten ihn; neue nehmen den nächsten passenden Preis oder haben keinen.
price-remove-do = Preis entfernen
price-keep = Preis behalten
price-removed = Der Preis von { $sku } wurde entfernt.
plist-site = Standort
plist-site-hint = Code des Standorts des Kontos; leer für alle.
plist-scale = Staffeln zählen
plist-scale-hint = Eine Position, alle Positionen des Artikels oder alle Positionen der Preisgruppe, die eine Zeile nennt.
plist-scale-line = Die Position
plist-scale-product = Alle Positionen des Artikels
plist-scale-group = Alle Positionen der Preisgruppe
plist-method = Eine Staffel gilt für
plist-method-hint = Alle Stücke, sobald sie erreicht ist, oder jedes Stück zum Preis seines eigenen Teils.
plist-method-all-units = Alle Stücke
plist-method-graduated = Die Stücke ihres eigenen Teils
plist-price-group = Preisgruppe
price-field-price-group = Preisgruppe
price-field-site = Standort
price-field-scale = Staffeln zählen
price-field-method = Eine Staffel gilt für
price-group-hint = Wo die Liste Gruppen zählt.

# Rabatte
nav-discounts = Rabatte
discounts-lead = Sie gehen nacheinander vom Preis einer Position ab, gleich von welcher Liste er ist. Was bestellt ist, behält sie.
discounts-shown = { $count ->
    [one] 1 Rabatt
   *[other] { $count } Rabatte
}
discounts-none = Es gibt keine Rabatte.
discount-title = Rabatt { $code }
discount-code = Rabatt
discount-code-hint = Ihr eigener Schlüssel; er ändert sich nie.
discount-name = Name
discount-name-hint = Einkäufer lesen ihn neben dem Preis und auf Rechnungen.
discount-kind = Art
discount-kind-percent = Prozent
discount-kind-amount = Betrag je Basiseinheit
discount-value = Nachlass
discount-value-hint = Prozente oder ein Betrag je Basiseinheit.
discount-percents = { $percent } %
discount-each = je { $amount } { $currency }
discount-currency = Währung
discount-currency-hint = Eines Betrags.
discount-position = Platz
discount-position-hint = Der niedrigere geht vor; 100, wenn leer.
discount-mode = Prozente gelten
discount-mode-hint = Von dem, was die Rabatte davor übrig ließen, oder vom Preis ohne Rabatte.
discount-mode-compound = Vom Rest
discount-mode-additive = Vom Preis
discount-account = Konto
discount-account-hint = Sein Code; leer für alle.
discount-everybody = Alle
discount-category = Kategorie
discount-category-hint = Nur Artikel genau dieser Kategorie.
discount-order-class = Auftragsklasse
discount-any-class = Jede
discount-whose = Für
discount-add = Rabatt anlegen
discount-add-do = Anlegen
discount-added = Rabatt { $code } ist angelegt.
discount-save = Rabatt speichern
discount-changed = Rabatt { $code } ist geändert.
discount-remove = Wegnehmen
discount-remove-text = Niemand bekommt ihn mehr. Was bestellt ist, behält ihn.
discount-remove-do = Wegnehmen
discount-removed = Rabatt { $code } ist weggenommen.

# Wie eine Position auf ihren Nettobetrag kommt
why-lowest = Von allen Preisen, die gelten, ist es der, zu dem die Position am wenigsten kostet.
why-site = Die Liste gilt für den Standort { $site }.
why-counted-product = Für die Menge zählen alle Positionen des Artikels: { $quantity } { $unit }.
why-counted-group = Für die Menge zählen alle Positionen der Preisgruppe { $group }: { $quantity } { $unit }.
why-band = { $quantity } { $unit } zu { $price }.
why-gross = Vor Rabatten: { $amount }.
why-discount-percent = { $name }: { $value } %, { $amount }.
why-discount-amount = { $name }: je { $value }, { $amount }.
why-graduated = Nach den Teilen der Menge: { $amount }.

# Preise gleichen Rangs
nav-price-equals = Preise gleichen Rangs
price-equals-link = Preise gleichen Rangs
price-equals-shown = { $count ->
    [one] 1 Paar
   *[other] { $count } Paare
}
price-equals-one = Liste
price-equals-other = Andere Liste
price-equals-holds = Gilt nach dem Code
price-equals-none = Es gibt keine: Von allen Preisen, die gelten können, sagt etwas anderes als der Code einer Liste, welcher gilt.

# Mindestbestellwerte
nav-order-minimums = Mindestbestellwerte
minimums-lead = Ein Auftrag, der ohne Steuer auf weniger kommt, wird abgelehnt.
minimums-shown = { $count ->
    [one] 1 Konto
   *[other] { $count } Konten
}
minimums-none = Aufträge dürfen auf jeden Betrag kommen.
minimum-title = Mindestbestellwert von { $account }
minimum-account = Konto
minimum-account-hint = Sein Code.
minimum-value = Mindestens
minimum-value-hint = Ohne Steuer, in der Währung des Kontos.
minimum-add = Mindestwert setzen
minimum-add-do = Setzen
minimum-added = Aufträge von { $account } haben jetzt einen Mindestwert.
minimum-save = Mindestwert speichern
minimum-changed = Der Mindestwert von { $account } ist geändert.
minimum-remove = Wegnehmen
minimum-remove-text = Aufträge des Kontos dürfen dann auf jeden Betrag kommen.
minimum-remove-do = Wegnehmen
minimum-removed = Aufträge von { $account } haben keinen Mindestwert mehr.
