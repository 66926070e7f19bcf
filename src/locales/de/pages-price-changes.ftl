# Einstandspreise, Mindestspannen und Preisänderungen am Arbeitsplatz
nav-costs = Einstand und Mindestspannen
nav-price-changes = Preisänderungen
costs = Einstand und Mindestspannen
costs-lead = Was Artikel kosten und wie wenig an ihnen verdient werden darf. Kunden erfahren davon nie.
costs-none = Noch keine Einstandspreise. Importieren Sie costs.csv oder legen Sie einen an.
costs-none-found = Kein Einstandspreis passt.
costs-shown = { $count ->
    [one] { $count } Einstandspreis
   *[other] { $count } Einstandspreise
}
cost = Einstandspreis
cost-hint = Für eine Basiseinheit, ohne Steuer
cost-add = Einstandspreis anlegen
cost-keep = Einstandspreis speichern
cost-kept = Der Einstandspreis ist gespeichert.
margin-floors = Mindestspannen
margin-floors-none = Noch keine Mindestspanne.
margin-floor-all = Alle Warengruppen
margin-floor-category = Warengruppe
margin-floor-category-hint = Leer: alle ohne eigene Mindestspanne
margin-floor-percent = Mindestens, in Prozent
margin-floor-percent-hint = Vom Preis ohne Steuer. Leer nimmt die Mindestspanne weg.
margin-floor-action = Was darunter liegt
margin-floor-change = Mindestspanne setzen oder wegnehmen
margin-floor-do = Mindestspanne setzen
margin-floor-set = Die Mindestspannen sind gesetzt.
margin-action-warn = Wird gemeldet
margin-action-block = Wird nicht freigegeben
price-changes-lead = Preise, die ab einem Tag gelten sollen: vorher angesehen, von einer anderen Person freigegeben, genau zurückzunehmen.
price-changes-none = Noch keine Preisänderungen.
price-changes-shown = { $count ->
    [one] { $count } Preisänderung
   *[other] { $count } Preisänderungen
}
price-change-new = Neue Preisänderung
price-change-new-lead = Zuerst Name und Tag; die Zeilen folgen: getippt, eingefügt, als Datei oder nach einer Regel.
price-change-create = Anlegen
price-change-created = Die Preisänderung ist angelegt. Jetzt fehlen ihre Zeilen.
price-change-title = Name
price-change-day = Gilt ab
price-change-note = Warum
price-change-notice = Einkäufer benachrichtigen
price-change-notice-hint = So viele Tage vorher bekommen die Einkäufer der Kunden, deren Vertrag oder Liste sich ändert, eine Mail mit alten und neuen Preisen. Leer: niemand.
price-change-notice-days = { $days ->
    [one] Einen Tag vorher
   *[other] { $days } Tage vorher
}
price-change-rows = Zeilen
price-change-row-count = { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
}
price-change-rows-of = Zeilen von { $title }
price-change-rows-none = Noch keine Zeilen.
price-change-rows-shown = { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
}
price-change-back = Zurück zur Preisänderung
price-change-list = Liste
price-change-was = Ohne sie
price-change-becomes = Mit ihr
price-change-outcome = Ergebnis
price-change-outcome-applied = In der Liste
price-change-outcome-undone = Zurückgenommen
price-change-outcome-kept = Belassen: seither geändert
price-change-made = Angelegt
price-change-submitted = Vorgelegt
price-change-decided = Entschieden
price-change-decision-note = Anmerkung zur Entscheidung
price-change-applied = In den Listen seit
price-change-rolled-back = Zurückgenommen
price-change-state-draft = Entwurf
price-change-state-submitted = Wartet auf Freigabe
price-change-state-rejected = Abgelehnt
price-change-state-approved = Geht in die Listen
price-change-state-applied = In den Listen
price-change-state-rolling-back = Wird zurückgenommen
price-change-state-rolled-back = Zurückgenommen
price-change-put = Zeilen
price-change-put-do = Diese Zeilen übernehmen
price-change-by-rule = Nach einer Regel
price-change-lists = Preislisten
price-change-lists-hint = Ihre Kürzel, mit Kommas getrennt
price-change-categories = Warengruppen
price-change-categories-hint = Mit Kommas getrennt; alle, wenn Sie nichts angeben
price-change-percent = Prozent
price-change-percent-hint = Auch unter null
price-change-amount = Oder ein Betrag
price-change-amount-hint = Wird zu jedem Preis gezählt, auch unter null
price-change-rounding = Gerundet auf
price-change-rounding-hint = 0,05 auf Vielfache davon; 0,09 oder 0,99 auf Preise, die so enden
price-change-paste = Zeilen tippen oder einfügen
price-change-pasted = Zeilen
price-change-pasted-hint = Mit Kopfzeile: price_list, sku, unit, min_quantity, price und bei Bedarf price_base; aus einer Tabelle oder mit Kommas
price-change-upload = Datei übernehmen
price-change-file = Datei
price-change-edit = Name und Tag
price-change-clear = Alle Zeilen entfernen
price-change-cleared = Alle Zeilen sind entfernt.
price-change-planned = Die Preisänderung ist geändert.
price-change-rows-put = Die Zeilen sind übernommen.
price-change-preview = Was sie ausmacht
price-change-preview-do = Auswirkung berechnen
price-change-previewing = Die Auswirkung wird berechnet. Sehen Sie gleich noch einmal nach.
price-change-preview-runs = Die Auswirkung wird berechnet; das sind die Kunden bisher.
price-change-preview-of = Mit den Mengen der letzten zwölf Monate, berechnet { $at }.
price-change-not-previewed = Nicht berechnet, seit sich die Zeilen geändert haben. Vor der Vorlage muss sie es sein.
price-change-accounts = betroffene Kunden
price-change-lines = Positionen
price-change-under-floor = Unter der Mindestspanne
price-change-drafts = offene Entwürfe mit anderem Preis
price-change-before = Vorher
price-change-after = Nachher
price-change-difference = Unterschied
price-change-margin = Spanne
price-change-contracts = Verträge, die sie bräche
price-change-broken = { $rows ->
    [one] { $list }: ein Preis steigt während der Laufzeit
   *[other] { $list }: { $rows } Preise steigen während der Laufzeit
}
price-change-more = { $accounts ->
    [one] Ein weiterer Kunde steht in der Datei.
   *[other] { $accounts } weitere Kunden stehen in der Datei.
}
price-change-submit = Zur Freigabe vorlegen
price-change-sent-in = Sie wartet auf die Freigabe einer anderen Person.
price-change-own = Sie wartet auf eine andere Person: Wer sie angelegt, ihre Zeilen geändert oder sie vorgelegt hat, gibt sie nicht frei.
price-change-decide = Entscheiden
price-change-approve = Freigeben
price-change-approved = Ihre Zeilen gehen in die Listen.
price-change-reject = Ablehnen
price-change-rejected = Sie ist wieder bei ihren Urhebern.
price-change-roll-back = Zurücknehmen
price-change-rolling-back = Sie wird zurückgenommen.
price-field-price-change = Preisänderung
price-field-reason = Grund
audit-cost-keep = Einstandspreis gespeichert
audit-cost-remove = Einstandspreis gelöscht
audit-margin-floors-set = Mindestspannen gesetzt
audit-price-change-announce = Einkäufer über eine Preisänderung benachrichtigt
audit-price-change-apply = Zeilen einer Preisänderung in die Listen übernommen
audit-price-change-approve = Preisänderung freigegeben
audit-price-change-change = Plan einer Preisänderung geändert
audit-price-change-create = Preisänderung angelegt
audit-price-change-reject = Preisänderung abgelehnt
audit-price-change-roll-back = Preisänderung zurückgenommen
audit-price-change-rows = Zeilen einer Preisänderung geändert
audit-price-change-submit = Preisänderung vorgelegt
audit-price-change-undo = Zeilen einer Preisänderung aus den Listen genommen
mail-prices-announced-subject = Preise von { $list } ab { $day }
mail-prices-announced-headline = { $count ->
    [one] Ein Preis von { $list } ist ab { $day } ein anderer.
   *[other] { $count } Preise von { $list } sind ab { $day } andere.
}
mail-prices-announced-next = Bestellungen, die vorher aufgegeben werden, behalten die Preise, zu denen sie aufgegeben sind.
mail-prices-announced-old = Bis dahin
mail-prices-announced-new = Von da an
mail-prices-announced-more = { $count ->
    [one] Ein weiterer Preis ändert sich.
   *[other] { $count } weitere Preise ändern sich.
}
mail-prices-announced-link = Zum Katalog
desk-mail-kind-prices-announced = Künftige Preise
notify-kind-prices-announced = Künftige Preise
notify-about-prices-announced = Preise Ihres Vertrags oder Ihrer Liste, die sich ändern werden
webhook-kind-price-list-announced = Künftige Preise angekündigt
price-reason = Grund
price-reason-hint = Wird verlangt, wo ein Preis eines Kunden unter Liste oder Mindestspanne liegt, sobald Mindestspannen gepflegt sind
price-margin = { $percent } % Spanne
price-program = Was der Kunde schon bekommt, in den letzten zwölf Monaten
price-program-invoiced = Berechnet, ohne Steuer
price-program-rebates = Boni
price-program-credits = Gutgeschrieben für Preise
price-program-discounts = Skonti
