# Der Arbeitsplatz für Kunden
nav-accounts = Kunden
acct-new = Neuer Kunde
acct-new-do = Kunden anlegen
acct-search = Kürzel oder Name
acct-standing-any = Alle
acct-open = Offen
acct-closed = Geschlossen
acct-mine = Nur meine
acct-no-match = Kein Kunde passt.
acct-empty = Noch keine Kunden. Legen Sie hier einen an oder importieren Sie accounts.csv.
acct-shown = { $count ->
    [one] { $count } Kunde
   *[other] { $count } Kunden
}
acct-manager = Kundenbetreuung
acct-nobody = Niemand
acct-orders = Offene Aufträge
acct-exposure = Obligo
acct-limit-in = Kreditlimit, { $currency }
acct-limit-hint = Leer: kein Limit. 0: jeder Auftrag wartet auf die Buchhaltung.
acct-no-limit = Kein Limit
acct-over = Über dem Limit
acct-overdue = Überfällig
acct-nothing = Nichts
acct-tabs = Seiten von { $name }
acct-tab-overview = Überblick
acct-tab-people = Personen
acct-tab-sites = Standorte
acct-tab-team = Team
acct-tab-terms = Konditionen
acct-code = Kürzel
acct-code-hint = Ihr eigener Schlüssel für den Kunden. Er bleibt für immer.
acct-country-hint = Zwei Buchstaben nach ISO 3166, etwa NL
acct-currency-hint = Drei Buchstaben nach ISO 4217, etwa EUR. Sie bleibt, sobald es Aufträge oder Preislisten gibt.
acct-tier = Stufe
acct-tier-platinum = Platin
acct-tier-gold = Gold
acct-tier-silver = Silber
acct-tier-bronze = Bronze
acct-vat-id = USt-IdNr.
acct-vat-check = Prüfung der USt-IdNr.
acct-vat-check-hint = Fragen Sie das Land, das die Nummer vergeben hat (VIES), und halten Sie hier die Antwort fest. Solange sie „ungültig“ lautet, wird auf Waren in andere Mitgliedstaaten Umsatzsteuer berechnet. Eine andere Nummer ist wieder ungeprüft.
acct-vat-answer = Antwort
acct-vat-unchecked = Ungeprüft
acct-vat-valid = Gültig
acct-vat-invalid = Ungültig
acct-vat-service-away = Dienst antwortete nicht
acct-vat-checked-on = Gefragt am
acct-vat-evidence = Nachweis
acct-vat-evidence-hint = Nummer der Anfrage, oder wo die Antwort liegt.
acct-vat-check-save = Prüfung speichern
acct-none = Keine
acct-locale = Sprache
acct-locale-hint = Der Belege und Mails, etwa en oder de-AT
acct-zone-hint = IANA-Name, etwa Europe/Berlin
acct-terms-days-hint = Tage von der Rechnung bis zur Fälligkeit
acct-days = { $days ->
    [0] sofort
    [one] { $days } Tag
   *[other] { $days } Tage
}
acct-terms = Konditionen
acct-master = Kunde
acct-credit-terms = Kredit und Zahlung
acct-credit-whose = Das ändert die Buchhaltung.
acct-credit-text = { $exposure } von { $limit } sind belegt.
acct-credit-free = { $amount } sind frei.
acct-credit-over = Das Limit ist überschritten: { $amount }.
acct-credit-none = { $exposure } sind belegt. Es gibt kein Limit.
acct-label-orders = { $count ->
    [one] offener Auftrag
   *[other] offene Aufträge
}
acct-label-members = { $count ->
    [one] Person mit Zugang
   *[other] Personen mit Zugang
}
acct-label-sites = { $count ->
    [one] Standort
   *[other] Standorte
}
acct-closed-text = Der Kunde ist geschlossen: Niemand von ihm hat mehr Zugang. Was bestellt ist, läuft weiter.
acct-no-people = Noch niemand vom Kunden hat Zugang. Laden Sie unter Personen einen Administrator ein.
acct-team = Team hinter dem Kunden
acct-team-empty = Noch niemand steht hinter dem Kunden.
acct-away-deputy = Heute abwesend, { $name } vertritt
acct-away-from = Abwesend ab { $from }
acct-away-until = Abwesend { $from } bis { $to }
acct-person = Person
acct-mail-sites = Mails zu Standorten
acct-mail-sites-hint = Nichts angehakt: Mails zu allen Standorten
acct-invited = { $email } erhält einen Link per Mail, sieben Tage gültig.
acct-withdrawn = Die Einladung ist zurückgezogen.
acct-person-changed = { $name } ist geändert.
acct-end = Zugang beenden
acct-end-text = { $name } wird überall abgemeldet und kann sich nicht mehr anmelden. Was bestellt wurde, bleibt.
acct-end-do = Den Zugang von { $name } beenden
acct-person-ended = Der Zugang von { $name } ist beendet.
acct-save-credit = Kredit und Zahlung speichern
acct-saved = Gespeichert.
acct-site = Standort
acct-site-code = Kürzel des Standorts
acct-site-code-hint = Was Aufträge als Lieferort nennen. Es bleibt für immer.
acct-site-heading = Standort { $code }
acct-site-default = Vorgabe der Aufträge
acct-site-add = Standort hinzufügen
acct-site-added = Standort { $code } ist hinzugefügt.
acct-site-changed = Standort { $code } ist geändert.
acct-site-country-hint = Zwei Buchstaben nach ISO 3166, etwa NL. Bestimmt die Steuer späterer Aufträge.
acct-sites-empty = Noch keine Standorte.
acct-tab-contacts = Kontakte
acct-contacts-empty = Noch keine Kontakte. Fügen Sie hinzu, wer Mails bekommen soll und sich nicht anmeldet.
acct-language-en = Englisch
acct-language-de = Deutsch
acct-contact = Kontakt
acct-contact-code = Kürzel
acct-contact-code-hint = Ihr eigenes Kürzel, etwa AP. Es bleibt für immer.
acct-contact-heading = Kontakt { $code }
acct-contact-add = Kontakt hinzufügen
acct-contact-added = Kontakt { $code } ist hinzugefügt.
acct-contact-changed = Kontakt { $code } ist geändert.
acct-contact-removed = Kontakt { $code } ist entfernt.
acct-contact-remove = Kontakt { $code } entfernen
acct-contact-remove-text = Mails kommen dort keine mehr an.
acct-job-title = Aufgabe
acct-email = E-Mail
acct-language = Sprache
acct-mails = Mails, die ankommen
acct-contact-site-hint = Keine Angabe: Mails über alle Standorte.
acct-contact-language-hint = Keine Angabe: die Sprache der Firma.
acct-contact-email-hint = Nötig für Mails.
acct-address = Anschrift
acct-street = Straße und Hausnummer
acct-postal-code = Postleitzahl
acct-city = Ort
acct-position = Platz
acct-position-hint = 1 ist die Kundenbetreuung. Wer den Platz hat, rückt.
acct-function = Aufgabe
acct-function-key-account-manager = Kundenbetreuung
acct-function-deputy = Stellvertretung
acct-function-customer-service = Kundendienst
acct-function-shipping = Versand
acct-function-scheduling = Disposition
acct-function-inventory = Bestand
acct-function-finance = Buchhaltung
acct-function-quality = Qualität
acct-phone = Telefon
acct-absence = Abwesenheit
acct-absent-from = Abwesend ab
acct-absent-to = Abwesend bis
acct-absent-to-hint = Leer: bis auf Weiteres
acct-deputy = Vertretung
acct-deputy-next = Der Nächste im Team
acct-place-add = Jemanden ins Team aufnehmen
acct-place-heading = { $name } im Team
acct-place-remove = { $name } aus dem Team nehmen
acct-team-changed = Das Team ist geändert.
acct-close-hint = Beendet den Zugang aller seiner Personen.
acct-close-heading = { $name } schließen?
acct-close-text = Alle seine Personen werden abgemeldet und können sich nicht mehr anmelden. Erteilte Aufträge laufen weiter, Rechnungen bleiben zu bezahlen. Ein geschlossener Kunde lässt sich hier nicht wieder öffnen.
acct-keep = Offen lassen
acct-closed-now = { $name } ist geschlossen.
acct-opened = { $name } ist angelegt. Laden Sie den ersten Administrator ein.
acct-open-credit = Der Kunde beginnt mit dem Kreditlimit null: Seine Aufträge warten, bis die Buchhaltung eines setzt.
acct-history = Verlauf
acct-away-now = Abwesend
acct-away-soon = Geplant
acct-lists = Alles zu diesem Kunden
acct-list-assortment = Sortiment
acct-group-record = Aufzeichnungen
acct-list-orders = Aufträge
acct-list-mails = Mails
acct-list-audit = Wer was getan hat
acct-cancel = Abbrechen
acct-country = Land
acct-name = Name
acct-save = Speichern
