# Importe am Arbeitsplatz
nav-imports = Importe
imp-new = Dateien importieren
imp-files = Dateien
imp-limits = CSV-Dateien oder ZIP-Archive davon: zusammen höchstens { $sent } MB, entpackt { $unpacked } MB, { $files } Dateien. Sie werden { $days } Tage aufbewahrt.
imp-yours = Sie importieren: { $files }.
imp-none-yours = Ihre Rolle importiert keine Dateien.
imp-check = Dateien prüfen
imp-check-hint = Nichts ändert sich, bis Sie es anwenden.
imp-numbers = Zahlen in den Dateien
imp-numbers-hint = Nur wo sich eine Zahl wie 1.000 auf zwei Arten lesen lässt und sonst nichts in der Datei zeigt, welche gilt.
imp-numbers-shown = wie die Dateien es zeigen
imp-numbers-point = mit Dezimalpunkt: 1,234.5
imp-numbers-comma = mit Dezimalkomma: 1.234,5
imp-last = Letzte Importe
imp-empty = Hier wurde noch nichts importiert.
imp-shown = { $count ->
    [one] { $count } Import
   *[other] { $count } Importe
}
imp-files-sent = { $count ->
    [one] { $count } Datei
   *[other] { $count } Dateien
}
imp-started = Begonnen
imp-from = Begonnen von
imp-changed = Zuletzt bewegt
imp-by = Begonnen von
imp-applied-by = Angewendet von
imp-state = Zustand
imp-state-checking = Prüfung läuft
imp-state-ready = Bereit
imp-state-applying = Läuft
imp-state-done = Fertig
imp-state-done-with = { $count ->
    [one] Fertig mit { $count } Fehler
   *[other] Fertig mit { $count } Fehlern
}
imp-state-failed = Gescheitert
imp-title = Import von { $started }
imp-running-check = Die Dateien werden geprüft
imp-running-apply = Die Zeilen werden geschrieben
imp-waiting = Wartet auf den Beginn
imp-may-leave = Er läuft weiter, wenn Sie diese Seite verlassen.
imp-reload = Noch einmal nachsehen
imp-failed = Der Import konnte nicht weiterlaufen.
imp-done = { $count ->
    [0] Es gab nichts zu schreiben.
    [one] Eine Zeile ist geschrieben.
   *[other] { $count } Zeilen sind geschrieben.
}
imp-nothing-new = Alles in den Dateien ist schon da: Es gibt nichts anzuwenden.
imp-report = Was die Dateien bewirken
imp-file = Datei
imp-new-rows = Neu
imp-changed-rows = Geändert
imp-unchanged-rows = Unverändert
imp-valid = Gültige Zeilen
imp-left-alone = Nicht beachtet, weil sie keine Importdateien sind: { $files }
imp-apply-all = { $count ->
    [one] Die Zeile anwenden
   *[other] Alle { $count } Zeilen anwenden
}
imp-apply-valid = { $count ->
    [one] Die gültige Zeile anwenden
   *[other] { $count } gültige Zeilen anwenden
}
imp-left-out = { $count ->
    [one] Die fehlerhafte Zeile wird ausgelassen.
   *[other] Die { $count } fehlerhaften Zeilen werden ausgelassen.
}
imp-download = Als CSV herunterladen
imp-all-rows = Alle fehlerhaften Zeilen
imp-kinds = Arten von Fehlern
imp-row = Zeile
imp-column = Spalte
imp-reason = Was zu tun ist
imp-value = Wert
imp-rows-shown = { $count ->
    [one] { $count } fehlerhafte Zeile
   *[other] { $count } fehlerhafte Zeilen
}
