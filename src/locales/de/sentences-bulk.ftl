# Inhalte
say-not-gzip = Der Inhalt ist als gzip angekündigt und lässt sich nicht entpacken: { $reason }.
say-no-rows = Der Inhalt hat keine Zeilen.
say-at-most-megabytes-of-rows = In einen Auftrag passen höchstens { $max } MB. Senden Sie mehrere.
say-at-most-rows = In einen solchen Auftrag passen höchstens { $max } Zeilen. Senden Sie mehrere.
say-row-too-long = Zeile { $row } ist länger als { $max } kB.
say-too-many-waiting = Höchstens { $max } Aufträge dürfen warten. Senden Sie weitere, wenn einige fertig sind.

# Zeilen
say-field-needed = Dieses Feld braucht jede Zeile.
say-text-or-number = Senden Sie einen Text oder eine Zahl mit höchstens 15 Ziffern.
say-unknown-field = Ein solches Feld gibt es nicht. Zeilen dürfen diese Felder haben: { $known }.
say-key-of-an-order = Senden Sie 1 bis 255 sichtbare ASCII-Zeichen, für jede neue Bestellung neue.

# Aufträge
say-job-is-over = Der Auftrag ist beendet.
say-rows-were-bad = Nichts wurde geschrieben, denn Zeilen sind fehlerhaft: { $rows }.
say-may-no-longer = Wer die Zeilen gesendet hat, darf solche Zeilen nicht mehr senden.
say-bulk-failed = Bei uns ist etwas schiefgegangen. Senden Sie die Zeilen noch einmal.
