say-cannot-accept = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht annehmen.
say-cannot-hold = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht anhalten.
say-cannot-release = Die Bestellung { $order } ist im Stand „{ $state }“ und lässt sich nicht freigeben.
say-cannot-cancel = Die Bestellung { $order } ist im Stand „{ $state }“ und kann nicht mehr storniert werden.
say-cannot-cancel-rest = Die Bestellung { $order } ist im Stand „{ $state }“; es gibt keinen Rest zu stornieren.
say-more-than-is-left-of-line = Das ist mehr von Position { $line }, als storniert werden kann: { $left }.
say-nothing-left-of-line = Von Position { $line } steht nichts mehr aus.
say-line-has-left = Von Position { $line } ist schon etwas geliefert; Ihr Ansprechpartner kann den Rest stornieren.
say-no-line-is-open = Von der Bestellung { $order } kann keine Position mehr storniert werden.
say-cancel-the-whole = Von der Bestellung { $order } bliebe nichts; stornieren Sie die ganze Bestellung, eine angenommene über Ihren Ansprechpartner.
say-no-such-line = Die Bestellung { $order } hat diese Position nicht.
say-no-line-has-this-id = Keine Position der Bestellung hat diese Kennung.
say-nothing-waits-until = Von einer Bestellung, deren Rest sofort storniert wird, wartet nichts: lassen Sie den Tag weg, oder lassen Sie sie warten.
say-nothing-available = Davon ist jetzt nichts da. Lassen Sie es auf Bestand warten, oder bestellen Sie etwas anderes.
say-ships-complete = Bestellung { $order } geht erst hinaus, wenn alles da ist. Warten Sie auf den Rest, oder lassen Sie das Konto die Lieferung ändern.
say-give-quota-scope = Ein Kontingent oder eine Verteilung gilt für einen Artikel (sku) oder für alle Artikel einer Kategorie (category).
say-give-quota-period = Ein Kontingent beginnt jede Woche (week), jeden Monat (month) oder jedes Quartal (quarter) neu.
say-give-weights = Angeben, was die Stufen wiegen, die beste zuerst: vier ganze Zahlen von 1 bis 1.000, etwa 4:3:2:1.
say-weights-of-fair-shares = Nur faire Anteile haben Gewichte: Lassen Sie sie weg, oder geben Sie fair_share an.
say-give-allocation-mode = Angeben: strict (nach Rang), fair_share (jedem Konto gleich viel, nach dem Gewicht seiner Stufe) oder proportional (jedem Konto der gleiche Teil dessen, was es will).
say-quota-is-for-nobody = Sagen Sie, für wen es ist: mit dem Kürzel eines Kontos oder einer Stufe.
say-quota-is-for-two = Ein Kontingent ist für ein Konto oder für eine Stufe, nicht für beide; lassen Sie eines leer.
say-quota-of-nothing = Geben Sie mehr als 0 an; soll nichts zurückgehalten werden, entfernen Sie das Kontingent.
say-quota-exists = Ein Kontingent mit diesem Kürzel gibt es schon; ändern Sie es, oder nehmen Sie ein anderes Kürzel.
say-lines-of-two-products = Beide Positionen müssen vom selben Artikel sein.
say-line-waits-for-less = Position { $line } wartet nur auf { $waits } { $unit }, oder ihre Bestellung wird zurzeit nicht bedient; geben Sie höchstens so viel.
say-line-has-less = Für Position { $line } sind nur { $reserved } { $unit } reserviert; nehmen Sie höchstens so viel.
say-less-is-free = Von { $sku } sind nur { $free } { $unit } in ganzen Packungen frei; geben Sie weniger, oder nehmen Sie es von einer anderen Position.
say-only-whole-packs = Nur ganze Packungen: Vielfache von { $portion } { $unit }.
say-beyond-credit = Mit Bestellung { $order } wäre überschritten, was der Kunde schulden und bestellt haben darf. Die Buchhaltung kann sie freigeben, das Limit erhöhen oder eine Zahlung abwarten.
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
say-exceeds-stock = Von { $sku } sind nur noch { $left } { $unit } da, und es kommt nichts nach; bestellen Sie höchstens so viel.
say-cannot-release-sold-out = Die Bestellung { $order } lässt sich so nicht freigeben: von { $sku } sind nur noch { $left } { $unit } da, und es kommt nichts nach. Ändern oder stornieren Sie zuerst diese Zeilen.
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
say-quantity-of-base-unit = { $decimals-count ->
    [one] { $fault } Die Basiseinheit von { $sku } hat eine Nachkommastelle.
   *[other] { $fault } Die Basiseinheit von { $sku } hat { $decimals } Nachkommastellen.
}

# Positionen und ihr Rang
say-part-not-whole = { $quantity } { $unit } ergibt keine ganzen Packungen oder Schritte.
say-part-too-large = Die Menge { $quantity } ist zu groß.
say-rank-of = Rang { $place } von { $of }: { $why }
say-fair-share-among = gerechter Anteil unter { $of } wartenden Positionen: { $why }
say-proportional-share-among = anteilig unter { $of } wartenden Positionen: { $why }
say-waits = { $tier }, { $class }, wartet seit { $since }
say-waits-and-wanted = { $tier }, { $class }, gewünscht bis { $wanted }, wartet seit { $since }
say-got-all = { $got } von { $of } jetzt
say-others-came-first = { $got } von { $of } jetzt; Bestellungen mit höherem Rang kamen zuerst
say-shared-among-all = { $got } von { $of } jetzt; was kommt, wird unter allen geteilt, die warten
say-rest-waits = { $got } von { $of } jetzt; der Rest wartet auf Bestand
say-rest-is-expected = { $got } von { $of } jetzt; der Rest bis { $by } aus erwarteter Ware
say-order-being-packed = Etwas von Auftrag { $order } wird gepackt. Versenden Sie es zuerst, oder brechen Sie das Packen ab.
