# Massenaufträge am Desk
nav-bulk-jobs = Massenaufträge
bulk-about-own = Bestellungen, die Ihre Programme und Leute auf einmal über REST senden. Sie werden 30 Tage aufgehoben.
bulk-about = Zeilen, die Programme und Menschen auf einmal über REST senden. Sie werden 30 Tage aufgehoben.
bulk-empty = Noch hat niemand Zeilen in Masse gesendet.
bulk-shown = { $count ->
    [one] { $count } Auftrag
   *[other] { $count } Aufträge
}
bulk-title = Massenauftrag: { $kind }
bulk-kind = Zeilen von
bulk-kind-accounts = Konten
bulk-kind-sites = Standorte
bulk-kind-contacts = Ansprechpartner
bulk-kind-products = Produkte
bulk-kind-units = Einheiten
bulk-kind-price-lists = Preislisten
bulk-kind-prices = Preise
bulk-kind-assortments = Sortimente
bulk-kind-team = Team
bulk-kind-stock = Bestand
bulk-kind-orders = Bestellungen
bulk-state-receiving = Kommt an
bulk-state-queued = Wartet
bulk-state-running = Läuft
bulk-state-succeeded = Fertig
bulk-state-failed = Gescheitert
bulk-state-cancelled = Abgebrochen
bulk-mode = Fehlerhafte Zeilen
bulk-mode-valid-rows = werden ausgelassen
bulk-mode-all-or-nothing = halten alle anderen auf
bulk-ended = Beendet
bulk-rows = Zeilen
bulk-done = Angesehen
bulk-accepted = Angenommen
bulk-rejected = Abgelehnt
bulk-failed = Der Massenauftrag ist gescheitert.
bulk-cancelled = Der Massenauftrag wurde abgebrochen. Was vorher geschrieben war, bleibt.
bulk-progress = Die Zeilen werden geschrieben
bulk-cancel = Massenauftrag abbrechen
bulk-cancel-hint = Was geschrieben ist, bleibt.
bulk-counts = Was aus den Zeilen wurde
bulk-download = Alle Ergebnisse herunterladen
bulk-download-rejected = Abgelehnte Zeilen herunterladen
bulk-key = Schlüssel
bulk-next = Weitere abgelehnte Zeilen
