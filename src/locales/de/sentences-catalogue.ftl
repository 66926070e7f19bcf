say-no-article = Den Artikel { $article } gibt es in Ihrem Sortiment nicht.
say-article-ended = { $sku } wird nicht mehr verkauft.
say-one-key = Nennen Sie den Artikel durch genau eines von sku, customer_part_number, gtin und product_id.
say-name-a-unit = Nennen Sie eine Einheit von { $sku }; es gibt { $units }.
say-not-sold-in = { $sku } wird nicht in „{ $unit }“ verkauft; es gibt { $units }.
say-gtin-of-other-unit = { $gtin } ist die GTIN der Einheit { $unit }, nicht von „{ $wanted }“.
say-quantity-too-large = Die Menge { $quantity } ist größer, als das Portal fassen kann.
say-not-whole-steps = { $quantity } { $unit } ergibt keine ganzen Schritte von { $step }; { $remedy }.
say-not-whole-packs = { $quantity } { $unit } ergibt keine ganzen Packungen; { $remedy }.
say-not-whole-base = { $quantity } { $unit } ergibt keine ganze Zahl von { $base_unit }; { $remedy }.
say-below-minimum = { $quantity } { $unit } liegt unter der Mindestmenge von { $minimum }; { $remedy }.
say-above-maximum = { $quantity } { $unit } liegt über der Höchstmenge von { $maximum }; { $remedy }.
say-not-a-multiple = { $quantity } { $unit } ist kein Vielfaches von { $multiple }; { $remedy }.
say-order-either = bestellen Sie { $lower } oder { $upper }
say-order-only = bestellen Sie { $quantity }
say-order-nothing = bestellen Sie in einer anderen Einheit

# Dateien
say-product-not-in-file = Diesen Artikel gibt es nicht, und products.csv hat keine gültige Zeile für ihn.
say-category-has-no-rate = Im Land des Lieferanten gibt es dafür keinen Satz: ergänzen Sie einen in tax_rates.csv.
say-product-in-use = Der Artikel hat Einheiten, Preise, Bestand oder Bestellungen darin; behalten Sie { $kept }.
say-seen-by-others = Ein anderer Kunde hat den Artikel in seinem Sortiment.
say-base-unit-has-no-row = Die Basiseinheit hat keine Zeile; entfernen Sie sie.
say-ratio-differs = Es weicht von numerator / denominator ab; geben Sie eines von beiden an.
say-give-content = Geben Sie base_quantity an oder numerator und denominator.
say-give-decimal-content = Geben Sie eine einfache Dezimalzahl über null an, höchstens 1000000000 und mit höchstens 9 Nachkommastellen, oder ein Verhältnis.
say-weight-out-of-bounds = Geben Sie ein Gewicht über 0 bis 100.000 kg an, mit höchstens drei Nachkommastellen.
say-maximum-leaves-nothing = Nichts ließe sich bestellen: Die kleinste Bestellung ist { $minimum }, in Vielfachen von { $multiple }.
say-give-gtin = Geben Sie 8, 12, 13 oder 14 Ziffern mit der richtigen Prüfziffer an.
say-gtin-of = Das ist die GTIN von { $sku }.
say-gtin-of-unit = Das ist die GTIN von { $sku } (Einheit { $unit }).
say-article-has-it = { $sku } des Kunden hat sie schon.
say-exclusive-to-another = Nur der Kunde, dem er vorbehalten ist, darf ihn haben.

# Pflege
say-product-exists = Den Artikel { $sku } gibt es schon.
say-unit-exists = Der Artikel hat schon eine Einheit mit diesem Schlüssel.
say-unit-content-stays = Bestellungen zählen in dieser Einheit, darum bleibt ihr Inhalt. Geben Sie der neuen Packung einen eigenen Schlüssel.
say-unit-has-price = Die Preisliste { $list } hat einen Preis für diese Einheit. Entfernen Sie zuerst ihre Preise.
say-unit-stays = Bestellungen zählen in dieser Einheit, darum bleibt sie.
say-article-removed = Jemand anders hat diesen Artikel entfernt.
say-row-changed = Jemand anders hat diese Zeile inzwischen geändert. Sehen Sie sie noch einmal an.
say-give-articles = Geben Sie 1 bis { $max } Artikel an.
say-search-has-at-most = Eine Suche hat höchstens { $max } Zeichen.
