# Löschungen
erasures = Löschungen
erasures-text = Wen das Portal vergessen hat: anstelle von Name und Adressen steht ein Pseudonym.
erasures-none = Noch wurde niemand vergessen.
erasures-shown = { $count ->
    [one] Eine Löschung
   *[other] { $count } Löschungen
}
erasure-new = Person löschen
erasure-what = Der Zugang endet sofort. Ein Pseudonym ersetzt Name und Adressen in Mails, Ereignissen, Kontakten, Notizen und im Protokoll. Das lässt sich nicht rückgängig machen.
erasure-again = Mailadresse noch einmal
erasure-again-hint = Damit niemand durch einen Tippfehler vergessen wird.
erasure-begun = Der Zugang ist beendet. Alles Weitere wird gerade ersetzt.
erasure-runs = Es geht neben allem anderen weiter; sehen Sie später noch einmal nach.
erasure-pseudonym = Pseudonym
erasure-asked = Verlangt
erasure-ended = Erledigt
erasure-number = Handlungen bleiben unter
erasure-replaced = Ersetzt
erasure-nothing-yet = Noch nichts.
erasure-rows = { $rows ->
    [one] Eine Zeile
   *[other] { $rows } Zeilen
}
erasure-stays = Was bleibt und warum
erasure-state-running = Läuft
erasure-state-done = Erledigt
erasure-place-person = Zugang
erasure-place-contacts = Kontakte
erasure-place-shoppers = Besteller über Punchout
erasure-place-invitations = Einladungen
erasure-place-messages = Mails
erasure-place-events = Ereignisse
erasure-place-audit = Protokoll
erasure-place-texts = Notizen und Gründe
erasure-kept-documents = Rechnungen, Gutschriften, Mahnungen
erasure-why-documents = Wie sie ausgestellt wurden: Steuer- und Handelsrecht verlangen sie unverändert.
erasure-kept-acts = Wer was getan hat
erasure-why-acts = Unter einer Nummer, die zu keinem Namen mehr führt: Aufträge, Preise und Zahlungen müssen erklärbar bleiben.
erasure-kept-addresses = Netzadressen im Protokoll
erasure-why-addresses = Um Missbrauch zu finden; sie stehen bei der Nummer, nicht bei einem Namen.
erasure-kept-letters = Aufträge, wie Systeme der Käufer sie sandten
erasure-why-letters = Sie sind Geschäftsbriefe, die das Recht aufbewahren lässt.
erasure-kept-mentions = Was andere über sie schrieben
erasure-why-mentions = In Notizen wird die Adresse ersetzt; ein Name mitten im Satz wird nicht erkannt. Suchen Sie ihn, wenn es darauf ankommt.
erasure-kept-sandboxes = Kontakte in einer Sandbox
erasure-why-sandboxes = Eine Sandbox hat Kopien der Kontakte des Kontos. Frischen Sie sie auf, dann werden sie neu übernommen.
erasure-kept-backups = Sicherungen
erasure-why-backups = Bis sie weggeworfen werden. Wiederholen Sie die Löschung nach dem Einspielen einer älteren.
