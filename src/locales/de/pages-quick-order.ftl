# Quick order
nav-quick-order = Schnellbestellung
nav-drafts = Entwürfe
quick-order = Schnellbestellung
drafts = Entwürfe
drafts-all = Alle Entwürfe
paste-list = Liste einfügen
upload-file = Datei hochladen
back-to-draft = Zurück zum Entwurf
entry-key = Artikelnummer
entry-key-hint = Ihre, unsere, GTIN oder ein Wort
entry-unit = Einheit
entry-unit-usual = wie üblich
draft-unit-last-ordered = wie zuletzt bestellt
draft-unit-default = die übliche Einheit
draft-unit-base = keine Einheit angegeben
entry-add = Hinzufügen
entry-offers = { "{" }count{ "}" } Artikel. Wählen Sie mit den Pfeiltasten.
entry-offers-label = Artikel
draft-saved = Gespeichert { $time }
draft-saved-by = Gespeichert { $time } von { $who }
draft-of = Entwurf vom { $moment }
draft-read-only = Sie können Entwürfe ansehen. Ändern und bestellen können Administratoren und Einkäufer Ihres Unternehmens.
draft-bad-lines = { $total ->
    [one] Die Position braucht Sie noch.
   *[other] { $bad } von { $total } Positionen brauchen Sie noch.
}
draft-ready-lines = { $ready ->
    [0] Noch ist keine bereit.
    [one] Die andere ist bereit.
   *[other] Die anderen { $ready } sind bereit.
}
draft-line-text = Position { $number }: { $text }
draft-show-open = Nur die { $bad } Positionen zeigen, die Sie brauchen
draft-show-all = { $total ->
    [one] Die Position zeigen
   *[other] Alle { $total } Positionen zeigen
}
draft-empty = Noch keine Positionen. Geben Sie oben eine Artikelnummer ein, fügen Sie eine Liste ein oder laden Sie eine Datei hoch.
draft-lines-shown = Positionen { $first } bis { $last } von { $count }
draft-save = Änderungen speichern
draft-best-price = Bester Preis erreicht
draft-our-number = unsere { $sku }
draft-found-by = gefunden über { $key }
draft-break = Mit { $more } mehr zahlen Sie { $price }.
draft-break-saves = Mit { $more } mehr sparen Sie { $saves }.
draft-set-to = Auf { $quantity } setzen
draft-rounded = { $base }, gerundet von { $quantity }
draft-pack-price = { $price } je { $unit }
draft-day-unknown = Tag noch nicht bekannt
draft-added = { $lines ->
    [one] { $lines } Position wurde hinzugefügt.
   *[other] { $lines } Positionen wurden hinzugefügt.
}
draft-nothing-added = Es wurde nichts hinzugefügt: Geben Sie zuerst eine Menge an.
draft-overtaken = Position { $lines } hat { $who } inzwischen geändert; sie bleibt so. Prüfen Sie sie und ändern Sie sie bei Bedarf noch einmal.
draft-was-placed = Dieser Entwurf wurde als Bestellung { $number } aufgegeben.
line-typed = Eingegeben: { $typed }
line-number = Nr.
line-product = Artikel
line-price = Ihr Preis, { $currency }
line-net = Netto, { $currency }
line-remove = Position { $number } entfernen
line-not-ordered = Wird nicht bestellt
line-key-label = Artikelnummer der Position { $number }
line-quantity-label = Menge der Position { $number }
line-unit-label = Einheit der Position { $number }
line-twin = Derselbe Artikel wie Position { $number }.
line-merge = Mit Position { $number } zusammenfassen
line-no-key = Es fehlt die Artikelnummer. Geben Sie eine ein, oder entfernen Sie die Position.
line-unknown = „{ $key }“ steht nicht in Ihrem Sortiment. Prüfen Sie die Nummer, oder fragen Sie Ihren Ansprechpartner.
line-unknown-nearest = „{ $key }“ steht nicht in Ihrem Sortiment. Meinten Sie:
line-several = Zu „{ $key }“ passen mehrere Artikel. Wählen Sie einen:
line-no-quantity = Wie viele? Geben Sie eine Menge ein.
line-not-a-number = „{ $quantity }“ ist keine Menge über null. Geben Sie eine Zahl ein.
line-ambiguous = „{ $quantity }“ lässt sich auf zwei Arten lesen. Was meinen Sie?
line-unknown-unit = In „{ $unit }“ wird der Artikel nicht verkauft. Wählen Sie eine Einheit.
line-not-whole = { $quantity } × { $unit } ergibt keine ganze Zahl. Bestellen Sie stattdessen:
line-below-minimum = Die kleinste Bestellung ist { $minimum } × { $unit }. Bestellen Sie stattdessen:
line-above-maximum = Höchstens { $maximum } × { $unit } lassen sich mit einer Position bestellen. Stattdessen bestellen:
line-not-multiple = Bestellt wird in Vielfachen von { $multiple } × { $unit }. Bestellen Sie stattdessen:
line-pack-changed = { $packs } waren { $was }, je { $held }; { $one } enthält jetzt { $holds }. Bestellen Sie stattdessen:
line-no-price = Für { $quantity } × { $unit } haben Sie noch keinen Preis. Fragen Sie Ihren Ansprechpartner.
line-supply-whole = Auf Lager
line-supply-part = Teilweise
line-supply-part-now = { $quantity } am { $day }
line-supply-part-expected = { $quantity } am { $day } (erwartete Ware)
line-supply-expected = Erwartet
line-supply-part-later = { $quantity } warten auf Ware
line-supply-waiting = Im Rückstand
line-supply-waiting-text = Sobald Ware da ist
line-supply-held = Angehalten
line-supply-held-text = Nach der Freigabe
offer-stock-in-stock = Auf Lager
offer-stock-low = Wenig Bestand
offer-stock-none = Nicht auf Lager
why = Warum dieser Preis
why-list = { $level } { $list }
why-from = Ab { $quantity } { $unit }
why-list-price = Listenpreis { $price }
why-until = Bis { $day }
why-rounded = Gefragt war { $quantity }; die Packung rundet das auf eine Menge, in der sie verkauft wird.
why-since = Seit { $day }
why-claim = Ohne Berechnung: steht für Ware der Reklamation { $number }.
why-level-contract = Vertrag
why-level-account = Ihre Preisliste
why-level-tier = Preisliste Ihrer Stufe
why-level-base = Preisliste
bar-ready = { $total ->
    [one] { $ready } von { $total } Position bereit
   *[other] { $ready } von { $total } Positionen bereit
}
bar-tax = zzgl. { $tax } MwSt.
bar-credit = Freier Kredit nach dieser Bestellung
bar-over = Über Ihrem Kreditrahmen: Die Bestellung würde bis zur Freigabe angehalten.
bar-preview = { $lines ->
    [one] Bestellung prüfen ({ $lines } Position)
   *[other] Bestellung prüfen ({ $lines } Positionen)
}

# Lists
paste-label = Ihre Liste
paste-hint = Eine Position je Zeile: Artikelnummer, Menge und vielleicht Einheit, getrennt durch Tabulator, Semikolon, Komma oder Leerzeichen. Am besten direkt aus der Tabelle kopiert.
paste-take = Positionen hinzufügen
paste-empty = Noch gibt es nichts hinzuzufügen. Fügen Sie mindestens eine Zeile ein.
upload-label = CSV- oder Excel-Datei
upload-limits = CSV, Text oder XLSX, höchstens { $megabytes } MB und { $rows } Zeilen. Gelesen wird das erste sichtbare Blatt, wenn Sie kein anderes nennen.
upload-sample = Beispieldatei
upload-check = Datei prüfen
file-empty = Die Datei ist leer.
file-too-large = Die Datei ist größer als { $megabytes } MB oder enthält zu viel. Teilen Sie sie auf.
file-old-workbook = Das ist eine alte Excel-Datei. Speichern Sie sie als XLSX oder CSV und laden Sie sie noch einmal hoch.
upload-sheet = Blatt
upload-sheet-hint = Nur für eine Excel-Datei mit mehreren Blättern.
file-foreign = { $kind ->
    [html] Das ist eine Webseite (HTML), auch wenn die Datei anders heißt. Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie als XLSX oder CSV.
    [xml] Das ist eine XML-Datei, auch wenn sie anders heißt. Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie als XLSX oder CSV.
    [pdf] Das ist eine PDF-Datei. Speichern Sie die Liste als XLSX oder CSV.
    [rtf] Das ist ein Textdokument (RTF). Speichern Sie die Liste als XLSX oder CSV.
    [mail] Das ist eine E-Mail oder ein Webarchiv. Speichern Sie die Liste darin als XLSX oder CSV.
    [open_document] Das ist eine OpenDocument-Datei. Speichern Sie sie als XLSX oder CSV.
    [locked] Diese Mappe hat ein Kennwort. Entfernen Sie es und laden Sie die Datei noch einmal hoch.
    [picture] Das ist ein Bild. Speichern Sie die Liste als XLSX oder CSV.
   *[archive] Das ist ein Archiv. Entpacken Sie es und laden Sie die Liste darin hoch.
}
file-no-sheet = Alle Blätter der Mappe sind ausgeblendet. Blenden Sie das mit der Liste ein und laden Sie die Datei noch einmal hoch.
file-unknown-sheet = Die Mappe hat kein sichtbares Blatt dieses Namens. Sie hat: { $names }.
file-moment = Zelle { $cell } enthält den Tag { $text }, wo eine Artikelnummer, eine Menge oder eine Einheit stehen soll. Tabellenkalkulationen machen aus manchen Eingaben Tage: Formatieren Sie die Spalte als Text, geben Sie den Wert noch einmal ein und laden Sie die Datei hoch.
file-other-number = Zelle { $cell } enthält { $number }, ihr Format zeigt aber etwas anderes. Formatieren Sie die Spalte als Zahl mit allen Nachkommastellen und laden Sie die Datei noch einmal hoch.
file-empty-sheet = Das Blatt { $sheet } ist leer. Nennen Sie ein anderes: { $others }.
file-broken = Die Datei ist nicht lesbar. Speichern Sie sie noch einmal als XLSX oder CSV.
file-formula = Zelle { $cell } enthält eine Formel. Fügen Sie sie als Wert ein und laden Sie die Datei noch einmal hoch.
file-long-cell = Der Text der Zelle { $cell } ist länger als { $max } Bytes.
file-too-many-rows = Mehr als { $rows } Positionen passen nicht in einen Entwurf. Teilen Sie die Liste auf.
file-too-many-columns = Die Liste hat mehr als { $columns } Spalten. Behalten Sie Artikelnummer, Menge und Einheit.
check-title = Liste prüfen
check-columns = Was steht in welcher Spalte?
check-column = Spalte { $number }
check-none = keine
check-key = Artikelnummer
check-quantity = Menge
check-unit = Einheit
check-note = Bemerkung
check-header = Die erste Zeile enthält Überschriften
check-sheet = Gelesen aus dem Blatt { $sheet }. Nicht gelesen: { $others }.
check-hidden = { $rows ->
    [one] { $rows } Zeile davon blendet die Datei aus.
   *[other] { $rows } Zeilen davon blendet die Datei aus.
}
check-hidden-columns = { $columns ->
    [one] { $columns } Spalte, die die Datei verbirgt, ist dabei.
   *[other] { $columns } Spalten, die die Datei verbirgt, sind dabei.
}
check-again = Neu anzeigen
check-without-quantity = { $lines ->
    [one] { $lines } Position hat keine Menge; Sie werden danach gefragt.
   *[other] { $lines } Positionen haben keine Menge; Sie werden danach gefragt.
}
check-rows = { $lines ->
    [one] { $lines } Position
   *[other] { $lines } Positionen
}
check-more = { $rows ->
    [one] und { $rows } weitere Zeile
   *[other] und { $rows } weitere Zeilen
}
check-add = { $lines ->
    [one] { $lines } Position hinzufügen
   *[other] { $lines } Positionen hinzufügen
}

# Drafts
drafts-empty = Noch keine Entwürfe.
drafts-start = Schnellbestellung beginnen
draft-new = Neuer Entwurf
draft-owner = Begonnen von
draft-changed-at = Geändert
draft-rename = Umbenennen
draft-rename-save = Namen speichern
draft-renamed = Der Entwurf hat seinen neuen Namen.
draft-copy = Kopieren
draft-copy-label = { $title } kopieren
draft-copied = Das ist die Kopie. Sie hat noch keine Bestellnummer.
draft-delete-label = { $title } löschen
draft-delete-title = „{ $title }“ löschen?
draft-delete-text = { $lines ->
    [one] Die Position wird mit gelöscht. Niemand in Ihrem Unternehmen kann sie zurückholen.
   *[other] Die { $lines } Positionen werden mit gelöscht. Niemand in Ihrem Unternehmen kann sie zurückholen.
}
draft-delete-do = Entwurf löschen
draft-deleted = Der Entwurf ist gelöscht.

# Preview and confirmation
preview = Bestellung prüfen
preview-lines = { $lines ->
    [one] { $lines } Position
   *[other] { $lines } Positionen
}
preview-bad = { $lines ->
    [one] { $lines } Position ist nicht bereit und wird nicht bestellt. Sie bleibt in einem Entwurf.
   *[other] { $lines } Positionen sind nicht bereit und werden nicht bestellt. Sie bleiben in einem Entwurf.
}
preview-mend = Zuerst in Ordnung bringen
preview-short = { $lines ->
    [one] { $lines } Position ist nicht ganz auf Lager: Der Rest kommt, sobald Ware da ist.
   *[other] { $lines } Positionen sind nicht ganz auf Lager: Der Rest kommt, sobald Ware da ist.
}
preview-nothing-ready = Noch ist keine Position bereit.
preview-ship-to = Lieferung an
order-text-note = Bemerkung
preview-save = Speichern und neu rechnen
preview-totals = Summen, { $currency }
preview-tax = MwSt.
preview-rises = Preise sind gestiegen, seit Sie diese Positionen hinzugefügt haben
preview-rise = Position { $number }, { $article }: { $was } → { $is }
preview-accept = Ich nehme die neuen Preise an
preview-accept-first = Preise sind gestiegen: Stimmen Sie den neuen zu, um zu bestellen.
preview-next-placed = Die Bestellung geht sofort an den Lieferanten.
preview-next-hold = Die Bestellung liegt über Ihrem Kreditrahmen. Sie wird angehalten und beginnt, sobald der Lieferant sie freigibt.
preview-place = { $lines ->
    [one] Jetzt bestellen ({ $lines } Position)
   *[other] Jetzt bestellen ({ $lines } Positionen)
}
preview-po-used = Bestellung { $number } hat diese Nummer schon. Nehmen Sie eine andere.
preview-not-placed = Es wurde noch nichts bestellt.
preview-different = Seit Sie hingesehen haben, hat sich etwas geändert: Positionen, Preise oder Summen. Es wurde nichts bestellt. Prüfen Sie unten und bestellen Sie noch einmal.
order-class-standard = Normal
order-class-priority = Vorrangig
order-class-critical = Kritisch
confirmation-title = Bestellung { $number } ist aufgegeben
confirmation-next-placed = Sie steht in der Warteschlange. Sie bekommen eine E-Mail, wenn sie angenommen ist, und wieder, wenn sie versandt wird.
confirmation-next-hold = Sie ist angehalten, denn sie liegt über Ihrem Kreditrahmen. Der Lieferant weiß Bescheid und gibt sie frei oder meldet sich.
confirmation-next-later = Sie ist in Bearbeitung.
confirmation-mails = Bestätigung geht an
confirmation-pdf = Bestätigung als PDF
confirmation-again = Neue Schnellbestellung
confirmation-rest = { $lines ->
    [one] { $lines } Position wartet in Ihrem Entwurf.
   *[other] { $lines } Positionen warten in Ihrem Entwurf.
}
confirmation-to-draft = Zum Entwurf
confirmation-on-hold = Angehalten
confirmation-under-way = In Arbeit
