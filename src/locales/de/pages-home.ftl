# Home
home-welcome = Willkommen
home-welcome-text = Noch wurde nichts bestellt. So fangen Sie an:
home-welcome-products = Sehen Sie sich Ihre Artikel an
home-welcome-products-text = Ihre eigenen Artikelnummern, Preise und Bestände.
home-welcome-order = Beginnen Sie eine Schnellbestellung
home-welcome-order-text = Geben Sie Artikelnummern und Mengen ein; Preise und Termine sehen Sie vor der Bestellung.
home-welcome-upload = Laden Sie eine Liste hoch
home-welcome-upload-text = CSV oder Excel, mit den Spalten, die Sie haben.
home-welcome-people = Laden Sie Ihre Kollegen ein
home-welcome-people-text = Einkäufer bestellen, die Buchhaltung sieht Rechnungen, Leser sehen zu.
home-needs = Was auf Sie wartet
home-needs-nothing = Im Moment ist nichts zu tun.
home-overdue = Überfällig
home-overdue-text = { $count ->
    [one] Eine Rechnung ist überfällig: { $sum } sind zu zahlen.
   *[other] { $count } Rechnungen sind überfällig: { $sum } sind zu zahlen.
}
home-due = Bald fällig
home-due-text = { $count ->
    [one] Eine Rechnung ist innerhalb von 7 Tagen fällig: { $sum }.
   *[other] { $count } Rechnungen sind innerhalb von 7 Tagen fällig: { $sum }.
}
home-to-invoices = Zu den Rechnungen
home-held = Angehalten
home-held-text = Bestellung { $number } ({ $po }) ist angehalten. Ihr Ansprechpartner kennt den Grund.
home-held-credit = Bestellung { $number } ({ $po }) liegt über Ihrem Kreditrahmen und beginnt, sobald sie freigegeben ist.
home-to-order = Bestellung { $number }
home-credit-nearly = Von Ihrem Kreditrahmen über { $limit } sind nur noch { $left } frei. Bestellungen darüber werden angehalten.
home-credit-used = Ihr Kreditrahmen über { $limit } ist ausgeschöpft. Neue Bestellungen werden angehalten, bis sie freigegeben sind.
home-short = Wartet
home-short-text = { $lines ->
    [one] Eine Position der Bestellung { $number } ({ $po }) wartet auf Ware.
   *[other] { $lines } Positionen der Bestellung { $number } ({ $po }) warten auf Ware.
}
home-short-more = Bei weiteren Bestellungen warten Positionen auf Ware.
home-held-more = Weitere Bestellungen sind angehalten.
home-to-orders = Zu den Bestellungen
home-draft = Entwurf
home-draft-mend = { $lines ->
    [one] „{ $name }“: Die Position braucht Sie noch, bevor sie bestellt werden kann.
   *[other] „{ $name }“: { $bad } von { $lines } Positionen brauchen Sie noch, bevor sie bestellt werden können.
}
home-draft-ready = { $lines ->
    [one] „{ $name }“ hat eine Position, die noch nicht bestellt ist.
   *[other] „{ $name }“ hat { $lines } Positionen, die noch nicht bestellt sind.
}
home-to-draft = „{ $name }“ fortsetzen
home-arriving = Auf dem Weg zu Ihnen
home-all-shipments = Alle Lieferungen
home-shipment = Lieferung
home-left = Abgegangen
home-latest = Letzte Bestellungen
home-all-orders = Alle Bestellungen
home-spend-finding = Insgesamt { $sum }, am meisten im { $month } mit { $most }.
home-states = Laufende Bestellungen
home-states-finding = { $count ->
    [one] Eine Bestellung ist noch nicht abgeschlossen.
   *[other] { $count } Bestellungen sind noch nicht abgeschlossen.
}
home-credit-title = Kredit
home-credit-finding = { $used } von { $limit } sind belegt.
home-stand-in = Abwesend, { $name } vertritt

# Search
search-title-of = Suche: { $text }
search-what = Geben Sie eine Bestell-, Rechnungs- oder Sendungsnummer, eine Artikelnummer, eine GTIN oder Wörter eines Artikels ein.
search-nothing = Nichts bei Ihnen enthält „{ $text }“. Prüfen Sie die Nummer, oder sehen Sie Ihre Artikel durch.
search-to-products = Alle Artikel
search-orders = Bestellungen
search-all-orders = Alle diese Bestellungen
search-products = Artikel
search-all-products = Alle diese Artikel
search-shipments = Lieferungen
search-all-shipments = Alle diese Lieferungen
search-invoices = Rechnungen
search-all-invoices = Alle diese Rechnungen
search-reach = Ganze Nummern werden gefunden, so alt sie auch sind, Teile einer Nummer in Ihren letzten { $count } Bestellungen, Lieferungen und Rechnungen.
search-accounts = Kunden
search-all-accounts = Alle diese Kunden
search-desk-what = Geben Sie eine Bestell- oder Rechnungsnummer, Kürzel oder Namen eines Kunden, eine Artikelnummer, eine GTIN oder Wörter eines Artikels ein.
search-desk-nothing = Nichts enthält „{ $text }“.
search-desk-reach = Ganze Nummern werden gefunden, so alt sie auch sind, Teile einer Nummer in den letzten { $count } Bestellungen und Rechnungen.
