# The catalogue
nav-products = Artikel
products = Artikel
products-search = Nummer oder Wörter
products-find = Suchen
products-ordered = In den letzten 12 Monaten bestellt
products-categories = Kategorien
products-more-categories = { $count ->
    [one] Eine weitere Kategorie
   *[other] { $count } weitere Kategorien
}
products-arrives = kommt { $day }
products-left = noch { $quantity }
products-none-text = Kommt, sobald Ware da ist
products-sold-out = Kommt nicht wieder
offer-state-phase-out = Solange der Vorrat reicht
offer-state-ended = Nicht mehr im Verkauf
offer-notice-phase-out = Dieser Artikel läuft aus. Sie können bestellen, was auf Lager ist.
offer-notice-ended = Dieser Artikel wird nicht mehr verkauft. Was Sie davon bestellt haben, läuft weiter.
products-break = ab { $from }: { $price }
products-no-price = Noch kein Preis
products-quantity-label = Menge von { $number }
products-unit-label = Einheit von { $number }
products-add = Hinzufügen
products-add-label = Hinzufügen: { $number } in den Entwurf
products-add-all = In den Entwurf
products-add-hint = Jede Zeile mit einer Menge wird hinzugefügt.
products-shown = { $count } Artikel
products-none = Ihr Katalog ist noch leer. Bitten Sie Ihren Ansprechpartner, ihn zu füllen.
products-none-filtered = Kein Artikel passt zu diesen Filtern.
products-no-match = Kein Artikel passt zu „{ $text }“.

# One product
product-price = Preis
product-show-price = Preis zeigen
product-no-price = Sie haben noch keinen Preis dafür. Bitten Sie Ihren Ansprechpartner darum.
product-break-saves = Ab { $from } sparen Sie { $saves }.
product-prices = Ihre Preise, { $unit }
product-from-quantity = Ab
product-pack-price = Je Einheit, { $currency }
product-kept-price = Vereinbarter Preis, { $currency }
product-current = Ihr Preis jetzt
product-units = Einheiten
product-content = Inhalt
product-base-unit = einzeln
product-ordered-in = Bestellbar in
product-any = beliebiger Anzahl
product-steps = Schritten von { $step }
product-from = Mengen ab { $least }
product-multiples = Vielfachen von { $multiple }
product-from-multiples = Vielfachen von { $multiple }, ab { $least }
product-at-most = { $order }; höchstens { $most } je Position
product-layer = { $layer } der nächstkleineren Packung je Lage
product-rounding-up = andere Mengen werden aufgerundet
product-rounding-nearest = andere Mengen werden zur nächsten gerundet
product-purchases = Ihre letzten Bestellungen davon
product-no-purchases = Nicht in Ihren letzten 1.000 Bestellungen.
product-months-finding = Insgesamt { $sum }.
product-facts = Der Artikel
product-sku = Unsere Nummer
product-brand = Marke
product-category = Kategorie
product-free = Frei verfügbar
product-lead-time = Lieferzeit
product-if-today = Wenn heute bestellt
product-days = { $days ->
    [0] am selben Tag
    [one] { $days } Tag
   *[other] { $days } Tage
}
product-private-label = Ihre Eigenmarke
product-on-request = Den Preis gibt es auf Anfrage. Bitten Sie Ihren Ansprechpartner um ein Angebot.
products-on-request = Preis auf Anfrage
