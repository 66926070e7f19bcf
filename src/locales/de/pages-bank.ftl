nav-bank = Bank
bank-filter = Zahler, Text oder IBAN
bank-booked-on = Gebucht am
bank-value-on = Wertstellung
bank-payer = Zahler
bank-payer-iban = IBAN des Zahlers
bank-text = Text
bank-proposed = Vorschlag
bank-empty = Kein Umsatz wartet.
bank-shown = { $count ->
    [one] { $count } Umsatz
   *[other] { $count } Umsätze
}
bank-files = Dateien der Bank
bank-view-all = Wartet
bank-view-every = Alle
bank-view-booked = Gebucht
bank-view-ignored = Übergangen
bank-statements = Auszüge
bank-imported = Eingelesen
bank-statements-from = Eingelesen von
bank-file = Datei
bank-file-hint = camt.053, camt.054 oder MT940; höchstens 32 MB. Eine Datei darf noch einmal kommen: nichts wird doppelt gebucht.
bank-account = Bankkonto
bank-entries = Umsätze
bank-count-booked = Gebucht
bank-count-waiting = Wartet
bank-closing = Endsaldo
bank-statements-empty = Noch keine Datei wurde eingelesen.
bank-statements-shown = { $count ->
    [one] { $count } Auszug
   *[other] { $count } Auszüge
}
bank-days = Reihenfolge der Tage
bank-days-shown = Wie die Datei es zeigt
bank-days-dmy = Tag, Monat, Jahr
bank-days-mdy = Monat, Tag, Jahr
bank-days-ymd = Jahr, Monat, Tag
bank-known = Diese Datei wurde schon eingelesen. Nichts hat sich geändert.
bank-taken = { $booked } gebucht, { $waiting } warten darauf, angesehen zu werden.
bank-take = Datei einlesen
bank-list = Es ist eine Liste (CSV)
bank-list-hint = Sagen Sie, was die Spalten sind; die anderen Felder nur, wo die Liste es nicht zeigt.
bank-columns = Spalten
bank-columns-hint = Je Zeile eine, etwa booked_on=Buchungstag. Bekannt sind booked_on, value_on, amount, currency, direction, payer, payer_iban, text, reference, end_to_end_id und bank_reference.
bank-end-to-end = Eigene Referenz des Zahlers
bank-code = Art
bank-reference = Referenz der Bank
bank-entry-of = Bankumsatz über { $amount }
bank-on-account = Keine: es bleibt auf dem Konto
bank-payment = Zahlung ansehen
bank-of-account = Kunde { $account }
bank-accept = Wie vorgeschlagen buchen
bank-other = Für einen anderen Kunden oder eine andere Rechnung buchen
bank-look = Rechnungen zeigen
bank-for = Rechnung
bank-book-for = Für { $account } buchen
bank-take-back = Zahlung zurücknehmen
bank-take-back-hint = Die Bank hat dieses Geld zurückgeholt: Nennen Sie die Zahlung mit demselben Betrag. Ihre Rechnungen sind dann wieder offen.
bank-payment-id = Kennung der Zahlung (pay_…)
bank-ignore = Übergehen
bank-reopen = Noch einmal ansehen
bank-reopen-hint = Eine Zahlung, die daraus wurde, wird zurückgenommen.
bank-booked = Der Umsatz ist gebucht.
bank-ignored = Der Umsatz wird übergangen.
bank-reopened = Der Umsatz wartet wieder.
