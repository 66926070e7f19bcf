say-too-many-lines = { $lines } Positionen sind mehr als die { $max } einer Anfrage; teilen Sie sie.
say-no-price = { $sku } hat keinen Preis für { $quantity } { $unit }. Fragen Sie Ihren Ansprechpartner danach.
say-line-too-dear = { $quantity } { $unit } von { $sku } kosten mehr, als das Portal fassen kann.
say-list-exists = Eine Preisliste mit diesem Code gibt es schon.
say-price-exists = Die Liste hat für den Artikel schon einen Preis mit derselben Einheit, Menge und demselben ersten Tag.
say-price-taken = Die Liste hat schon einen Preis mit derselben Einheit, Menge und demselben ersten Tag.
say-price-removed = Jemand anders hat diesen Preis entfernt.
say-price-changed = Jemand anders hat diesen Preis inzwischen geändert. Sehen Sie ihn noch einmal an.

# Dateien
say-list-not-in-file = Diese Preisliste gibt es nicht, und price_lists.csv hat keine gültige Zeile für sie.
say-give-kind = Geben Sie base, tier, account oder contract an.
say-list-needs-account = Eine Liste der Art { $kind } braucht einen Kunden.
say-list-has-no-account = Eine Liste der Art { $kind } hat keinen Kunden.
say-list-needs-tier = Eine Liste der Art tier braucht eine Stufe.
say-list-has-no-tier = Eine Liste der Art { $kind } hat keine Stufe.
say-account-trades-in = Der Kunde handelt in { $currency }.
say-before-valid-from = Das liegt vor valid_from, { $from }.
say-no-other-unit = Die Basiseinheit ist { $base_unit }; für wen die Liste gilt, der hat keine andere Einheit mit diesem Schlüssel.
say-price-above-zero = Ein Preis ist größer als null.
say-give-price-base = Geben Sie 1, 10, 100 oder 1000 an.
