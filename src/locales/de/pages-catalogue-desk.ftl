# Products, units and assortments on the desk
nav-products-desk = Artikel
nav-assortments = Sortimente
catalogue-list-search = Artikelnummer, Name, Beschreibung oder GTIN
catalogue-list-all = Alle Warengruppen
catalogue-list-lacking = Fehlt
catalogue-list-lacking-any = Gleich, was fehlt
catalogue-list-none = Noch keine Artikel.
catalogue-list-none-found = Kein Artikel passt.
catalogue-list-shown = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
catalogue-lacks-price = Kein Preis
catalogue-lacks-gtin = Keine GTIN
catalogue-lacks-stock = Kein Bestand
catalogue-notes = Hinweise
catalogue-new = Neuer Artikel
catalogue-edit = Artikel bearbeiten
catalogue-edit-title = { $sku } bearbeiten
catalogue-make = Artikel anlegen
catalogue-save = Artikel speichern
catalogue-made = Der Artikel { $sku } ist angelegt. Fügen Sie Einheiten und Preise hinzu.
catalogue-changed = Der Artikel { $sku } wurde geändert.
catalogue-sku = Artikelnummer
catalogue-sku-hint = Ihre Nummer des Artikels. Sie ändert sich nie.
catalogue-name = Name
catalogue-description = Beschreibung
catalogue-category = Warengruppe
catalogue-base-unit = Basiseinheit
catalogue-base-unit-hint = UN/ECE-Kürzel, etwa H87 (Stück) oder KGM
catalogue-decimals = Nachkommastellen
catalogue-decimals-hint = Einer Menge in der Basiseinheit, 0 bis 6
catalogue-gtin = GTIN der Basiseinheit
catalogue-gtin-hint = 8, 12, 13 oder 14 Ziffern
catalogue-tax = Steuerkategorie
catalogue-tax-hint = Etwa S, AA oder Z
catalogue-lead-time = Lieferzeit
catalogue-lead-time-hint = In Tagen
article-state = Status
article-state-hint = Auslaufend: Nur was auf Lager ist, kann bestellt werden. Ausgelaufen: Er steht in keinem Katalog, und niemand kann ihn bestellen; vorhandene Bestellungen laufen weiter.
article-state-any = Jeder Status
article-state-active = Im Verkauf
article-state-phase-out = Auslaufend
article-state-ended = Ausgelaufen
catalogue-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
catalogue-exclusive = Exklusiv für
catalogue-exclusive-hint = Niemand sonst sieht ihn je.
catalogue-for-everybody = Alle dürfen ihn sehen
catalogue-only-for = Nur für { $account }
catalogue-units = Einheiten
catalogue-no-units = Er wird nur in seiner Basiseinheit verkauft.
catalogue-no-prices = Er hat keinen Preis. Niemand kann ihn bestellen.
catalogue-price-history = Verlauf des Preises in { $list }, { $unit }
catalogue-stock = Bestand
catalogue-no-stock = Kein Lager hat ihn.
catalogue-warehouse = Lager
catalogue-on-hand = Vorhanden
catalogue-reserved = Reserviert
catalogue-free = Frei
catalogue-assortments = Sortimente
catalogue-no-assortments = Kein Kunde hat ihn in einem eigenen Sortiment.
catalogue-field-sku = Artikelnummer
catalogue-field-name = Name
catalogue-field-base-unit = Basiseinheit
catalogue-field-decimals = Nachkommastellen
catalogue-field-tax-category = Steuerkategorie
catalogue-field-description = Beschreibung
catalogue-field-gtin = GTIN
catalogue-field-category = Warengruppe
catalogue-field-exclusive-account = Exklusiv für
catalogue-field-lead-time-days = Lieferzeit in Tagen
history-product-add = Angelegt
history-product-change = Geändert
unit-new = Einheit hinzufügen
unit-new-title = Neue Einheit von { $sku }
unit-edit = Einheit bearbeiten
unit-edit-of = Einheit { $unit } bearbeiten
unit-edit-title = { $unit } von { $sku } bearbeiten
unit-make = Einheit hinzufügen
unit-save = Einheit speichern
unit-made = Die Einheit { $unit } wurde hinzugefügt.
unit-changed = Die Einheit { $unit } wurde geändert.
unit-removed = Die Einheit { $unit } wurde entfernt.
unit-key = Einheit
unit-key-hint = Ihr Kürzel des Gebindes, etwa CT12. Es ändert sich nie.
unit-name-hint = Etwa 12er-Karton
unit-content = Inhalt
unit-base-quantity = { $unit } je Gebinde
unit-base-quantity-hint = Eine Dezimalzahl oder das Verhältnis daneben
unit-numerator = Verhältnis, obere Zahl
unit-denominator = Verhältnis, untere Zahl
unit-ratio-hint = Wo keine Dezimalzahl passt, etwa 7 / 3
unit-code = Kürzel
unit-code-hint = UN/ECE-Kürzel auf Belegen, etwa XCT
unit-gtin = GTIN dieses Gebindes
unit-minimum = Mindestmenge
unit-multiple = Vielfaches von
unit-maximum = Höchstmenge
unit-maximum-hint = Einer Position. Leer heißt ohne Grenze.
unit-rounding = Eine Menge, die nicht passt,
unit-rounding-hint = Was nicht passt, wird an der Position gesagt, was immer daraus wird.
unit-rounding-refuse = wird abgelehnt, mit den nächsten passenden
unit-rounding-up = wird die nächstgrößere
unit-rounding-nearest = wird die nächstliegende
unit-valid-from = Verkauft ab
unit-valid-from-hint = Bis zu diesem Tag hat der Kunde die Packung für alle, wenn es eine mit dem Schlüssel gibt.
unit-from-day = verkauft ab { $day }
unit-gross-weight = Bruttogewicht, kg
unit-length = Länge, mm
unit-width = Breite, mm
unit-height = Höhe, mm
unit-layer = In einer Lage
unit-layer-hint = Einheiten der nächstkleineren Packung.
unit-default = Zeilen ohne Einheit
unit-default-hint = Eine Zeile ohne Einheit gilt in der zuletzt bestellten Einheit des Kunden, sonst in dieser, sonst in der Basiseinheit.
unit-default-false = meinen eine andere Einheit
unit-default-true = meinen diese Einheit
unit-ordered = Bestellbar
unit-any = Jede Anzahl
unit-least = Ab { $least }
unit-multiples = Ab { $least }, in Vielfachen von { $multiple }
unit-for-everybody = Alle Kunden
unit-account-hint = Die eigene Einheit eines Kunden ersetzt die allgemeine mit demselben Kürzel.
unit-remove-of = Einheit { $unit } entfernen
unit-remove-title = Einheit { $unit } von { $sku } entfernen?
unit-remove-text = Niemand kann mehr in ihr bestellen. Eine Einheit mit Preisen oder Bestellungen bleibt.
unit-remove-do = Einheit entfernen
unit-keep = Einheit behalten
assortments-text = Ein Kunde mit Sortiment sieht nur dessen Artikel; einer ohne sieht jeden Artikel, der keinem anderen vorbehalten ist.
assortments-none = Noch keine Kunden.
assortment-extent = Sieht
assortment-sees = { $count ->
    [0] Alle Artikel
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
assortment-of = Sortiment von { $account }
assortment-open = Dieser Kunde hat kein Sortiment und sieht alle Artikel. Ihr erster Artikel beschränkt ihn auf sein Sortiment.
assortment-add = Artikel hinzufügen
assortment-add-do = Artikel hinzufügen
assortment-added = { $sku } wurde hinzugefügt.
assortment-search = Artikelnummer, Name, eigene Nummer oder Etikett
assortment-none-found = Kein Artikel passt zu „{ $text }“.
assortment-shown = { $count ->
    [one] { $shown } von 1 Artikel
   *[other] { $shown } von { $count } Artikeln
}
assortment-number = Artikelnummer des Kunden
assortment-label = Name auf dem Etikett
assortment-brand = Marke auf dem Etikett
assortment-gtin = GTIN auf dem Etikett
assortment-field-customer-part-number = Artikelnummer des Kunden
assortment-field-label-name = Name auf dem Etikett
assortment-field-label-brand = Marke auf dem Etikett
assortment-field-label-gtin = GTIN auf dem Etikett
assortment-save = Artikel speichern
assortment-changed = { $count ->
    [one] { $count } Artikel wurde geändert.
   *[other] { $count } Artikel wurden geändert.
}
assortment-some-refused = { $refused ->
    [one] { $refused } Zeile braucht Sie noch und bleibt, wie sie war.
   *[other] { $refused } Zeilen brauchen Sie noch und bleiben, wie sie waren.
} { $changed ->
    [0] Es wurde nichts geändert.
    [one] { $changed } Artikel wurde geändert.
   *[other] { $changed } Artikel wurden geändert.
}
assortment-remove-of = { $sku } entfernen
assortment-remove-title = { $sku } aus dem Sortiment entfernen?
assortment-remove-text = { $account } kann ihn nicht mehr sehen und bestellen. Bestehende Bestellungen bleiben.
assortment-remove-last = Es ist der letzte Artikel: Ohne ihn sieht { $account } jeden Artikel, der keinem anderen vorbehalten ist.
assortment-remove-do = Artikel entfernen
assortment-keep = Artikel behalten
assortment-removed = { $sku } wurde entfernt.
assortment-paste-title = Liste für { $account } einfügen
assortment-paste-label = Artikel, je Zeile einer
assortment-paste-hint = Artikelnummer; Artikelnummer des Kunden; Name; Marke; GTIN auf dem Etikett – mit Semikolon oder Tabulator, höchstens { $count } Zeilen. Was leer bleibt, wird geleert.
assortment-paste-do = Liste übernehmen
assortment-paste-empty = Es ist keine Zeile da. Fügen Sie mindestens eine ein.
assortment-paste-too-many = Eine Liste hat höchstens { $count } Zeilen. Teilen Sie sie; es wurde nichts geändert.
assortment-pasted-added = { $count ->
    [one] { $count } Artikel wurde hinzugefügt.
   *[other] { $count } Artikel wurden hinzugefügt.
}
assortment-pasted-changed = { $count ->
    [one] { $count } Artikel wurde geändert.
   *[other] { $count } Artikel wurden geändert.
}
assortment-pasted-same = { $count ->
    [one] { $count } Artikel war schon so.
   *[other] { $count } Artikel waren schon so.
}
assortment-pasted-refused = { $count ->
    [one] { $count } Zeile wurde nicht übernommen. Bessern Sie sie unten nach und senden Sie sie erneut.
   *[other] { $count } Zeilen wurden nicht übernommen. Bessern Sie sie unten nach und senden Sie sie erneut.
}
assortment-refused = Nicht übernommene Zeilen
assortment-line = Zeile
assortment-why = Warum
catalogue-on-request = Preis
catalogue-on-request-hint = Auf Anfrage gelten nur Preise von Verträgen und von Konten; alle anderen fragen nach einem Angebot.
catalogue-on-request-false = Nach den Preislisten
catalogue-on-request-true = Auf Anfrage
catalogue-field-price-on-request = Preis auf Anfrage
