# Titles
paper-invoice = Rechnung
paper-credit-note = Rechnungskorrektur
paper-invoice-corrected = Berichtigte Rechnung
paper-invoice-difference = Rechnung über einen Preisunterschied
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
paper-preceding-invoice = Zu Rechnung
paper-number-of-day = { $number } vom { $date }
paper-mandate = SEPA-Mandat
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
paper-payment-reference = Zahlungsreferenz
paper-pay-by-code = Zahlen mit Code
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
paper-statement = Kontoauszug
paper-statement-words = Alles, was bis zum { $date } gebucht ist. Der Saldo beträgt { $balance }; über null ist es, was Sie uns schulden.
paper-confirmation = Saldenbestätigung
paper-confirmation-words = Nach unseren Büchern beträgt der Saldo zum { $date } { $balance }; über null ist es, was Sie uns schulden. Bitte vergleichen Sie das mit Ihren Büchern, unterschreiben Sie unten und senden Sie das Blatt zurück.
paper-confirmation-agreed = Der Saldo von { $balance } zum { $date } stimmt mit unseren Büchern überein.
paper-confirmation-other = Der Saldo stimmt nicht überein. Er weicht um die Posten auf dem beigefügten Blatt ab.
paper-account-number = Kundennr.
paper-statement-date = Datum
paper-statement-from = Von
paper-statement-to = Bis
paper-opening-balance = Saldo zuvor
paper-closing-balance = Saldo
paper-line-invoice = Rechnung
paper-line-credit-note = Gutschrift
paper-line-payment = Zahlung
paper-line-payment-reversal = Zahlung zurückgenommen
paper-line-reminder-fee = Mahngebühr
paper-line-reminder-interest = Verzugszinsen
paper-line-reminder-waived = Mahnkosten erlassen
paper-date = Datum
paper-due = Fällig
paper-charged = Berechnet
paper-paid = Bezahlt
paper-balance = Saldo
paper-on-account = { $amount } Ihrer Zahlungen und Gutschriften haben noch keine Rechnung beglichen.
paper-open-by-age = Offen, nach Tagen der Überfälligkeit
paper-age-not-due = nicht fällig
paper-age-late-30 = 1 bis 30
paper-age-late-60 = 31 bis 60
paper-age-late-90 = 61 bis 90
paper-age-late-more = über 90
paper-return = Rücksendung
paper-return-number = Rücksendung Nr.
paper-return-date = Angekündigt
paper-claim-number = Reklamation Nr.
paper-sender-of-return = Absender
paper-put-into-parcel = Bitte legen Sie dieses Blatt in das Paket.

# Mahnungen
paper-reminder-1 = Zahlungserinnerung
paper-reminder-2 = Mahnung
paper-reminder-3 = Letzte Mahnung
paper-reminder-number = Mahnung Nr.
paper-reminder-date = Datum
paper-customer-number = Ihre Kundennr.
paper-late = Verzug
paper-open = Offen
paper-reminder-overdue = Überfällig
paper-reminder-fee = Mahngebühr
paper-reminder-interest = Verzugszinsen
paper-reminder-on-account = Bereits auf dem Konto
paper-reminder-total = Zu zahlen
paper-reminder-not-due = Davon sind { $amount } noch nicht fällig und nur aufgeführt.
paper-graduated = Nach den Teilen der Menge: { $amount }
paper-before-discounts = Vor Rabatten: { $amount }
