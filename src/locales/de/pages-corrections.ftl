# Berichtigungen von Rechnungen und Preisen
nav-price-corrections = Preiskorrekturen
invoice-corrects = Ersetzt
invoice-adds-to = Ergänzt
invoice-corrected-by = Berichtigt durch
invoice-note = Hinweis
invoice-state-corrected = Berichtigt
invoice-is-corrected = Davon ist nichts zu zahlen: eine andere Rechnung ist an ihre Stelle getreten.
order-told-invoice-corrected = Rechnung { $number } war falsch und ist berichtigt durch:
desk-event-invoice-corrected = Rechnung { $number } berichtigt
webhook-kind-invoice-corrected = Rechnung berichtigt
desk-correct = Berichtigen
desk-correct-title = Rechnung { $number } berichtigen
desk-correct-lead = Eine Gutschrift nimmt alles zurück, was davon übrig ist, und eine Rechnung mit den Daten von heute tritt an ihre Stelle. Ändern Sie erst Kunde, Standorte, Lieferant oder Preise, dann berichtigen Sie. Zahlungen gehen auf die richtige Rechnung über.
desk-correct-reason = Was falsch war
desk-correct-reason-hint = Steht auf beiden Belegen.
desk-correct-prices = Preise
desk-correct-prices-hint = Die heutigen sind die, die jetzt für den Tag des Auftrags gepflegt sind.
correction-prices-as-invoiced = Wie berechnet
correction-prices-current = Wie sie jetzt gepflegt sind
desk-correct-buyer-reference = Käuferreferenz
desk-correct-buyer-reference-hint = Die des Kunden, wenn Sie nichts angeben.
desk-correct-days = Zahlungsziel in Tagen
desk-correct-days-hint = Das des Kunden, wenn Sie nichts angeben.
desk-correct-days-unreadable = Geben Sie eine ganze Zahl von Tagen an.
desk-correct-look = Zeigen, was das ergibt
desk-correct-look-again = Noch einmal zeigen
desk-correct-back = Zurück zur Rechnung
desk-correct-do = Stornieren und berichtigen
desk-correct-preview = Was das ergibt
desk-correct-credited = Gutgeschrieben
desk-correct-billed = Neu berechnet
desk-correct-moved = Zahlungen, die übergehen
desk-correct-on-account = Bleibt als Guthaben
desk-correct-same = Die neue Rechnung sagt dasselbe wie die falsche. Ändern Sie erst, was falsch war.
desk-correct-what = Was
desk-correct-was = Bisher
desk-correct-becomes = Neu
desk-corrected = Gutschrift { $credit } nimmt die falsche Rechnung zurück, Rechnung { $invoice } tritt an ihre Stelle.
corrected-field-buyer-name = Käufer
corrected-field-buyer-address = Anschrift des Käufers
corrected-field-buyer-vat-id = USt-IdNr. des Käufers
corrected-field-buyer-reference = Käuferreferenz
corrected-field-seller = Verkäufer
corrected-field-ship-to = Lieferung an
corrected-field-po-number = Bestellnummer
corrected-field-payment-terms = Zahlungsziel in Tagen
corrected-field-quantity = Menge
corrected-field-unit-price = Preis
corrected-field-net = Netto
corrected-field-tax = Steuer
mail-corrected-subject = [{ $po }] Rechnung { $invoice } anstelle von { $preceding }: { $amount }, fällig { $due }
mail-corrected-headline = Rechnung { $invoice } über { $amount } tritt an die Stelle der Rechnung { $preceding }.
mail-corrected-next = Rechnung { $preceding } ist gutgeschrieben: bitte zahlen Sie sie nicht. Was für sie gezahlt wurde, zählt für die neue. Was davon offen ist, ist am { $due } fällig.
mail-difference-headline = Rechnung { $invoice } über { $amount } ergänzt die Rechnung { $preceding }, die zu wenig verlangte.
mail-difference-next = Sie gehört zu Auftrag { $order } und ist bis { $due } zu zahlen.
price-correction-head = Preiskorrektur
price-correction = Preiskorrektur { $number }
price-corrections = Preiskorrekturen
price-corrections-none = Noch keine Preiskorrektur.
price-corrections-shown = { $count ->
    [one] { $count } Preiskorrektur
   *[other] { $count } Preiskorrekturen
}
price-correction-new = Neue Preiskorrektur
price-correction-lead = Sucht berechnete Positionen, die nach den Preisen, wie sie jetzt für den Tag der Bestellung gepflegt sind, anderes kosten würden. Nichts wird gutgeschrieben oder berechnet, bevor Sie es freigeben.
price-correction-from = Berechnet ab
price-correction-to = Berechnet bis
price-correction-accounts = Kunden
price-correction-accounts-hint = Kürzel, mit Kommas getrennt. Alle Kunden, wenn Sie nichts angeben.
price-correction-all-accounts = Alle
price-correction-list = Preisliste oder Vertrag
price-correction-list-hint = Das Kürzel: nur Positionen, deren Preis daher kommt oder kam.
price-correction-note = Hinweis
price-correction-note-hint = Steht auf den Gutschriften und Rechnungen.
price-correction-look = Unterschiede suchen
price-correction-days = Berechnet
price-correction-made = Erstellt
price-correction-ended = Freigegeben oder verworfen
price-correction-state-preview = Vorschau
price-correction-state-released = Freigegeben
price-correction-state-discarded = Verworfen
price-correction-outcome-changed = Ausgelassen: hatte sich geändert
price-correction-credited = gutzuschreiben, ohne Steuer
price-correction-invoiced = zu berechnen, ohne Steuer
price-correction-credit = gutgeschrieben
price-correction-invoice = berechnet
price-correction-difference = Unterschied
price-correction-document = Beleg
price-correction-release = Freigeben
price-correction-discard = Verwerfen
price-correction-released = Die Gutschriften und Rechnungen sind ausgestellt.
price-correction-discarded = Die Preiskorrektur ist verworfen.
price-correction-nothing = Nichts würde anderes kosten.
price-correction-found = { $lines ->
    [0] Nichts würde anderes kosten.
    [one] { $lines } Position würde anderes kosten.
   *[other] { $lines } Positionen würden anderes kosten.
}
price-correction-skipped = { $lines ->
    [one] { $lines } Position wurde ausgelassen: es gibt jetzt keinen Preis für sie, oder ihre Einheit ist eine andere.
   *[other] { $lines } Positionen wurden ausgelassen: es gibt jetzt keinen Preis für sie, oder ihre Einheit ist eine andere.
}
price-correction-more = { $lines ->
    [one] { $lines } weitere Position steht in der Datei.
   *[other] { $lines } weitere Positionen stehen in der Datei.
}
