# Dateien
say-file-unreadable = { $file } ist nicht lesbar: { $reason }
say-no-import-file = Der Ordner enthält keine der Importdateien: { $files }.
say-choose-a-file = Wählen Sie mindestens eine Datei.
say-at-most-files = In einen Import passen höchstens { $max } Dateien.
say-at-most-megabytes = In einen Import passen höchstens { $max } MB.
say-sent-twice = { $file } wurde zweimal gesendet. Behalten Sie eine der beiden.
say-cannot-unpack = { $file } lässt sich nicht entpacken: { $reason }.
say-archive-holds-more-files = { $file } enthält mehr als { $max } Dateien.
say-archive-too-large = { $file } ergibt entpackt mehr als { $megabytes } MB.
say-file-is-foreign = { $file } ist { $kind ->
    [html] eine Webseite (HTML)
    [xml] eine XML-Datei
    [pdf] eine PDF-Datei
    [rtf] ein Textdokument (RTF)
    [mail] eine E-Mail oder ein Webarchiv
    [open_document] eine OpenDocument-Datei
    [locked] eine Mappe mit Kennwort
    [picture] ein Bild
   *[archive] ein Archiv oder eine Mappe
}, auch wenn die Datei anders heißt. Schicken Sie die Liste als CSV.

# Läufe
say-role-imports-not = Ihre Rolle importiert { $file } nicht.
say-only-checked-applies = Nur ein Import, der geprüft und noch nicht übernommen ist, lässt sich übernehmen.
say-has-bad-rows = Er hat fehlerhafte Zeilen. Berichtigen Sie sie und senden Sie ihn noch einmal, oder übernehmen Sie nur die gültigen.
say-applied-meanwhile = Inzwischen hat ihn jemand anders übernommen.
say-files-gone = Die Dateien werden { $days } Tage aufgehoben. Senden Sie sie noch einmal.
say-changed-by-another-import = Ein anderer Import hat inzwischen dasselbe geändert. Starten Sie diesen noch einmal.
say-failed-on-our-side = Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal.
say-checking = { $file } wird geprüft
say-applying = { $file } wird übernommen
