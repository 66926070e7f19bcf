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
