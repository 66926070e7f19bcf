nav-rebate-agreements = Boni
rebates = Boni
rebates-lead = Was Sie von Ihrem Einkauf zurückbekommen. Es zählt, sobald es berechnet ist, und wird nach dem Ende eines Zeitraums gutgeschrieben.
rebates-none = Mit Ihnen ist kein Bonus vereinbart.
rebates-shown = { $count ->
    [one] Ein Zeitraum
   *[other] { $count } Zeiträume
}
rebate-name = Bonus
rebate-code = Code
rebate-code-hint = Wie Sie ihn nennen; er bleibt.
rebate-period-days = Zeitraum
rebate-turnover = Umsatz
rebate-rate = Stufe
rebate-accrued = Verdient
rebate-next = Nächste Stufe
rebate-settled = Ausgezahlt
rebate-open = Noch nicht ausgezahlt
rebate-left = { $amount } noch nicht ausgezahlt
rebate-as-paid = zählt, sobald bezahlt ist
rebate-ahead = { $missing } mehr bis { $day } bringen { $worth }
rebate-adds = Diese Bestellung zählt mit { $turnover } zu „{ $name }“ und bringt { $earns }.
rebate-tier = ab { $threshold }: { $rate }
rebate-of-all = Der ganze Einkauf
rebate-of-category = Kategorie { $name }
rebate-every = Zeitraum
rebate-by-method = Verfahren
rebate-by-basis = Einkäufe zählen
rebate-about = Es zählt
rebate-key = Artikel oder Kategorie
rebate-key-hint = Artikelnummer oder Name der Kategorie; leer, wo alles zählt.
rebate-currency = Währung
rebate-currency-hint = Die des Kunden.
rebate-valid = Gültig
rebate-valid-from = Erster Tag
rebate-valid-to = Letzter Tag
rebate-valid-to-hint = Leer: ohne Ende.
rebate-settlement-by = Abgerechnet durch
rebate-periods = Zeiträume
rebate-tiers = Stufen
rebate-tiers-hint = Ab einem Umsatz im Zeitraum, ohne Steuer, so viel Prozent davon. Leere Zeilen zählen nicht.
rebate-threshold = Ab Umsatz ({ $number })
rebate-percent-of-tier = Prozent ({ $number })
rebate-agree = Vereinbaren
rebate-save = Speichern
rebate-agreement = Bonus { $code }
rebate-agreement-new = Neuer Bonus
rebate-agreement-added = Bonus { $code } ist vereinbart. Was seit seinem ersten Tag berechnet wurde, zählt.
rebate-agreement-changed = Bonus { $code } wurde geändert. Was verdient war, ist angeglichen.
rebate-agreements-none = Mit keinem Kunden ist ein Bonus vereinbart.
rebate-agreements-none-found = Kein Bonus passt.
rebate-agreements-shown = { $count ->
    [one] Ein Bonus
   *[other] { $count } Boni
}
rebate-latest-accruals = Letzte Buchungen
rebate-true-up = { $amount } davon für das, was vorher war
rebate-accruals = Rückstellungen
rebate-accruals-lead = Verdient ist, was die erreichte Stufe gibt. Erwartet ist, was davon verdient ist, wenn der Zeitraum weitergeht wie bis heute.
rebate-accruals-none = Noch wurde nichts zurückgestellt.
rebate-accruals-none-found = Dafür wurde nichts zurückgestellt.
rebate-accruals-shown = { $count ->
    [one] Ein Zeitraum
   *[other] { $count } Zeiträume
}
rebate-forecast = Umsatz am Ende
rebate-expected = Erwartet
rebate-settlements = Abrechnungen
rebate-settlements-lead = Was nach dem Ende eines Zeitraums fällig ist: alles bis dahin Verdiente, abzüglich alles Ausgezahlten.
rebate-settlements-none = Noch wurde nichts vorgeschlagen. Das geschieht nach dem Ende eines Zeitraums.
rebate-settlements-none-found = Dafür wurde nichts vorgeschlagen.
rebate-settlements-shown = { $count ->
    [one] Eine Abrechnung
   *[other] { $count } Abrechnungen
}
rebate-settlement-proposed = Vorgeschlagen
rebate-settlement-settled = Ausgezahlt
rebate-amount = Betrag
rebate-approve = Freigeben
rebate-approve-of = { $amount } aus { $code } freigeben
rebate-approved = { $amount } ohne Steuer sind gutgeschrieben.
rebate-approved-at = Freigegeben
rebate-period-month = jeden Monat
rebate-period-quarter = jedes Quartal
rebate-period-year = jedes Jahr
rebate-period-term = die ganze Laufzeit
rebate-method-retroactive = Satz auf alles vom ersten an
rebate-method-incremental = Satz in jeder Stufe
rebate-basis-invoiced = sobald sie berechnet sind
rebate-basis-paid = sobald sie bezahlt sind
rebate-scope-all = Alles
rebate-scope-category = Eine Kategorie
rebate-scope-sku = Ein Artikel
rebate-way-credit-note = Gutschrift
rebate-way-payout = Auszahlung
rebate-cause-invoiced = Berechnet
rebate-cause-credited = Gutgeschrieben
rebate-cause-settled = Bezahlt oder wieder offen
rebate-cause-terms = Bedingungen
audit-rebate-agreement-add = Bonus vereinbart
audit-rebate-agreement-change = Bonus geändert
audit-rebate-agreement-settle = Vereinbarten Bonus ausgezahlt
desk-mail-kind-rebate = Stufe eines Bonus
notify-kind-rebate = Stufe eines Bonus
notify-about-rebate = Ihr Einkauf hat eine Stufe eines Bonus erreicht
webhook-kind-rebate-tier-reached = Stufe eines Bonus erreicht
webhook-kind-rebate-settled = Bonus ausgezahlt
mail-rebate-subject = { $name }: ab jetzt { $rate } %
mail-rebate-headline = Ihr Einkauf hat { $threshold } erreicht.
mail-rebate-next = Ab diesem Umsatz beträgt Ihr Bonus { $rate } %, bis { $to }.
mail-rebate-turnover = Umsatz
mail-rebate-accrued = Verdient
mail-rebate-link = Ihre Boni
