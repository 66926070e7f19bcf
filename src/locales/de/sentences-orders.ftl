say-cannot-accept = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht annehmen.
say-cannot-hold = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht anhalten.
say-cannot-release = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht freigeben.
say-cannot-cancel = Die Bestellung { $order } ist im Stand „{ $state }“ und kann nicht mehr storniert werden.
say-accept-before-shipping = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht versenden; nehmen Sie sie zuerst an.
say-release-before-shipping = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht versenden; geben Sie sie zuerst frei und nehmen Sie sie an.
say-cannot-ship = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht versenden.
say-view-has-only = Die Ansicht hat nur Bestellungen in { $states }.
say-po-used-by-order = Die Bestellnummer { $po_number } trägt schon die Bestellung { $order }; nehmen Sie eine andere.
say-po-used = Die Bestellnummer { $po_number } trägt schon eine andere Bestellung; nehmen Sie eine andere.
say-supplier-has-no-address = Der Lieferant hat seinen eigenen Namen und seine Adresse noch nicht angegeben. Fragen Sie Ihren Ansprechpartner.
say-article-has-no-rate = Der Lieferant hat noch keinen Steuersatz für { $sku } (Kategorie { $category }). Fragen Sie Ihren Ansprechpartner.
say-name-po-number = Nennen Sie Ihre Bestellnummer.
say-po-number-too-long = { $characters } Zeichen sind mehr als die { $max } einer Bestellnummer.
say-day-has-passed = { $day } ist vorbei; heute ist der { $today }.
say-no-own-site = Ihr Unternehmen hat keinen Standort „{ $site }“.
say-note-too-long = { $characters } Zeichen sind mehr als die { $max } einer Notiz.
say-split-the-order = Die Summe ist größer, als das Portal fassen kann; teilen Sie die Bestellung.
say-view-by-priority = Eine Ansicht der Warteschlange geht nach Vorrang.
say-wanted-day-of-one-account = Nach dem Wunschtermin gehen Bestellungen nur für einen Kunden; nennen Sie ihn.
say-choose-what-to-do = Wählen Sie, was zu tun ist.
say-other-row-is-bad = Eine andere Zeile der Bestellung ist fehlerhaft; die Bestellung bleibt ganz weg.
say-order-with-other-lines = Der Kunde hat eine Bestellung mit dieser Nummer und anderen Positionen.
say-closed-account = Der Kunde ist geschlossen.

# Wareneingänge
say-receipt-too-large = Das ist mehr, als das Portal zählen kann; teilen Sie den Wareneingang.
say-name-the-warehouse = Nennen Sie das Lager, in dem die Ware ist.
say-no-warehouse = Das Lager „{ $warehouse }“ gibt es nicht.
say-receipt-lines = { $lines } Positionen sind mehr als die { $max } eines Wareneingangs.
say-no-product = Den Artikel „{ $sku }“ gibt es nicht.
say-quantity-of-base-unit = { $fault } Die Basiseinheit von { $sku } hat { $decimals } Nachkommastellen.

# Positionen und ihr Rang
say-part-not-whole = { $quantity } { $unit } ergibt keine ganzen Packungen oder Schritte.
say-part-too-large = Die Menge { $quantity } ist zu groß.
say-rank-of = Rang { $place } von { $of }: { $why }
say-waits = { $tier }, { $class }, wartet seit { $since }
say-waits-and-wanted = { $tier }, { $class }, gewünscht bis { $wanted }, wartet seit { $since }
say-got-all = { $got } von { $of } jetzt
say-others-came-first = { $got } von { $of } jetzt; Bestellungen mit höherem Rang kamen zuerst
say-rest-waits = { $got } von { $of } jetzt; der Rest wartet auf Bestand
