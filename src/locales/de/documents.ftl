# Titles
paper-invoice = Rechnung
paper-credit-note = Rechnungskorrektur
paper-order-confirmation = Auftragsbestätigung
paper-order-received = Eingang der Bestellung
paper-order-received-remark = Ihre Bestellung ist bei uns eingegangen. Wir bestätigen sie, sobald wir sie annehmen.
paper-order-on-hold-remark = Ihre Bestellung ist bei uns eingegangen. Sie wartet auf eine Freigabe und ist noch nicht bestätigt.
paper-order-cancelled = Stornierte Bestellung
paper-order-cancelled-remark = Diese Bestellung wurde storniert. Es wird nichts daraus geliefert oder berechnet.
paper-delivery-note = Lieferschein

# Facts
paper-invoice-number = Rechnungsnr.
paper-invoice-date = Rechnungsdatum
paper-credit-note-number = Korrektur-Nr.
paper-credit-note-date = Korrekturdatum
paper-credit-reason = Grund
paper-remark = Bemerkung
paper-delivery-date = Lieferdatum
paper-shipped-date = Versanddatum
paper-due-date = Fällig am
paper-po-number = Ihre Bestellnr.
paper-order-number = Unsere Auftragsnr.
paper-order-date = Bestelldatum
paper-delivery-note-number = Lieferscheinnr.
paper-requested-date = Wunschtermin
paper-order-class = Auftragsklasse
paper-order-class-standard = Standard
paper-order-class-priority = Priorität
paper-order-class-critical = Kritisch
paper-payment-terms = Zahlungsbedingung
paper-terms-at-once = sofort fällig
paper-terms-days = { $days ->
    [one] { $days } Tag netto
   *[other] { $days } Tage netto
}
paper-carrier = Spediteur
paper-tracking-number = Sendungsnr.
paper-your-vat-id = Ihre USt-IdNr.

# Lines
paper-position = Pos.
paper-article = Artikel
paper-your-number = Ihre Nr.
paper-our-number = Unsere Nr.
paper-quantity = Menge
paper-base-quantity = Inhalt
paper-ordered = Bestellt
paper-delivered = Geliefert
paper-price = Einzelpreis
paper-promised = Liefertermin
paper-promised-later = folgt
paper-tax = USt.
paper-net = Netto
paper-note = Ihre Bemerkung

# Totals
paper-tax-base = Nettobetrag
paper-amount = Steuerbetrag
paper-net-total = Nettosumme
paper-tax-total = Umsatzsteuer
paper-gross-total = Gesamtbetrag
tax-reason-AE = Steuerschuldnerschaft des Leistungsempfängers
tax-reason-E = Von der Umsatzsteuer befreit
tax-reason-G = Steuerfreie Ausfuhrlieferung (Artikel 146 der Richtlinie 2006/112/EG)
tax-reason-K = Steuerfreie innergemeinschaftliche Lieferung (Artikel 138 der Richtlinie 2006/112/EG)
tax-reason-O = Nicht umsatzsteuerbar

# Payment and receipt
paper-pay-at-once = Zahlbar sofort ohne Abzug. Bitte geben Sie bei der Zahlung { $number } an.
paper-pay-by = { $days ->
    [one] Zahlbar bis { $date } ({ $days } Tag nach Rechnungsdatum) ohne Abzug. Bitte geben Sie bei der Zahlung { $number } an.
   *[other] Zahlbar bis { $date } ({ $days } Tage nach Rechnungsdatum) ohne Abzug. Bitte geben Sie bei der Zahlung { $number } an.
}
paper-received-intact = Ware vollständig und unversehrt erhalten
paper-date-and-signature = Datum, Name, Unterschrift
paper-buyer = Besteller
paper-ship-to = Lieferanschrift

# Footer
paper-page = Seite { $page } von { $pages }
paper-vat-id = USt-IdNr.
paper-email = E-Mail
paper-phone = Telefon
paper-iban = IBAN
paper-bic = BIC
