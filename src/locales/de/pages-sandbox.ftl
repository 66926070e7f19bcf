# Sandboxes of accounts
acct-tab-sandbox = Sandbox
sandbox = Sandbox
sandbox-label = Sandbox
sandbox-inside = Das ist die Sandbox. Hier ist nichts echt: Keine Ware geht hinaus, keine Rechnung zählt, niemand bekommt eine Mail.
sandbox-inside-ahead = { $days ->
    [one] Dort ist { $day }, einen Tag voraus.
   *[other] Dort ist { $day }, { $days } Tage voraus.
}
sandbox-leave = Sandbox verlassen
sandbox-text = Ein Zwilling Ihres Kontos, in dem Programme alles ausprobieren, mit Ihren Preisen und Ihrem Sortiment und eigenem Bestand. Schauen Sie hinein, um dort Programme und Webhooks anzulegen.
sandbox-none = Ihr Konto hat keine Sandbox. Bitten Sie Ihren Ansprechpartner beim Lieferanten darum.
sandbox-address = Adresse, vor /api/v1 und /oauth/token
sandbox-day = Tag und Uhrzeit dort
sandbox-refreshed = Preise und Sortiment vom
sandbox-look-in = Hineinschauen
sandbox-days = Uhr um so viele Tage vorstellen
sandbox-days-hint = Preise beginnen und enden, Lieferungen und Rechnungen werden fällig. Zurück geht die Uhr nur durch Zurücksetzen.
sandbox-advance = Vorstellen
sandbox-advanced = Die Uhr der Sandbox ist vorgestellt.
sandbox-report = Bereit für den echten Betrieb?
sandbox-report-text = Beginnen Sie ein Szenario, dann tut Ihr Programm in der Sandbox seinen Teil. Beurteilt wird, was es dorthin sendet.
sandbox-ready = Bereit für den echten Betrieb
sandbox-open = { $count ->
    [one] 1 Szenario offen
   *[other] { $count } Szenarien offen
}
sandbox-begin = Beginnen
sandbox-begin-label = Beginnen: { $scenario }
sandbox-begun = Das Szenario hat begonnen. Jetzt ist Ihr Programm dran.
sandbox-begun-at = Begonnen { $moment }.
sandbox-progress-not-begun = Nicht begonnen
sandbox-progress-running = Läuft
sandbox-progress-passed = Bestanden
sandbox-progress-failed = Nicht bestanden
sandbox-desk-text = Ein Zwilling des Kontos in einer eigenen Datenbank. Nichts davon steht in Listen, Zahlen, Dateien oder Mails des Desks.
sandbox-desk-none = Das Konto hat keine Sandbox.
sandbox-add = Sandbox anlegen
sandbox-added = Die Sandbox ist angelegt.
sandbox-refresh = Preise und Bestand auffrischen
sandbox-refreshed-now = Die Sandbox hat Preise und Sortiment des Kontos, wie sie jetzt sind.
sandbox-reset = Zurücksetzen
sandbox-reset-now = Die Sandbox beginnt von vorn. Ihre Programme und Webhooks bleiben.
sandbox-close = Schließen
sandbox-closed = Die Sandbox ist geschlossen.
sandbox-programs-open = Echter Zugang: In der Sandbox sind diese Szenarien noch nicht bestanden: { $scenarios }.
sandbox-programs-ready = Echter Zugang: In der Sandbox haben die Programme des Kontos jedes Szenario bestanden.
sandbox-programs-none = Echter Zugang: Das Konto hat keine Sandbox, wie seine Programme sich verhalten, ist also unbekannt.
sandbox-programs-confirm = Anlegen, obwohl die Programme des Kontos nicht bereit sind
sandbox-scenario-user-agent = Sagt, wer es ist
sandbox-scenario-retry-after-error = Sendet eine Bestellung nach einem Fehler noch einmal
sandbox-scenario-retry-after-cut = Sendet eine Bestellung nach einer abgerissenen Verbindung noch einmal
sandbox-scenario-wait-when-told = Wartet, wenn es warten soll
sandbox-scenario-wrong-signature = Weist eine falsche Signatur ab
sandbox-scenario-unknown-fields = Nimmt, was es nicht kennt
sandbox-scenario-unknown-event-type = Nimmt Arten von Ereignissen, die es nicht kennt
sandbox-scenario-duplicate-delivery = Nimmt einen Webhook zweimal
sandbox-scenario-catch-up = Holt Ereignisse nach
sandbox-scenario-partial-shipment = Sieht eine Teillieferung
sandbox-scenario-rejection = Sieht eine abgelehnte Bestellung
sandbox-awaited-user-agent = Drei Anfragen, jede mit User-Agent. Wenn nicht bestanden: Das Programm soll mit jeder Anfrage einen senden.
sandbox-awaited-retry-after-error = Die nächste Bestellung wird mit 500 beantwortet und nicht behalten. Dieselbe muss mit demselben Idempotency-Key noch einmal kommen. Wenn nicht bestanden: Der Schlüssel gehört zur Bestellung, bis eine Antwort kam.
sandbox-awaited-retry-after-cut = Die nächste Bestellung wird behalten, und die Verbindung reißt ab. Dieselbe muss mit demselben Idempotency-Key noch einmal kommen und wird gefunden, nicht doppelt angelegt. Wenn nicht bestanden: Ein neuer Schlüssel macht eine neue Bestellung, behalten Sie den alten.
sandbox-awaited-wait-when-told = Die nächste Anfrage wird mit 429 und Retry-After beantwortet. Das Programm muss so lange warten. Wenn nicht bestanden: Retry-After beachten, bevor irgendetwas gesendet wird.
sandbox-awaited-wrong-signature = Ein Webhook mit falscher Signatur wird gesendet, dann derselbe mit richtiger. Der erste muss mit 4xx beantwortet werden, der zweite mit 2xx. Wenn nicht bestanden: Signaturen prüfen, mit einer Bibliothek.
sandbox-awaited-unknown-fields = Ein Webhook mit Feldern, die niemand kennt, muss mit 2xx beantwortet werden. Wenn nicht bestanden: Unbekanntes übergehen.
sandbox-awaited-unknown-event-type = Ein Webhook einer Art, die niemand kennt, muss mit 2xx beantwortet werden. Wenn nicht bestanden: annehmen und nichts tun.
sandbox-awaited-duplicate-delivery = Derselbe Webhook kommt zweimal und muss beide Male mit 2xx beantwortet werden. Wenn nicht bestanden: webhook-id merken und den zweiten still annehmen.
sandbox-awaited-catch-up = GET /events muss mit after bis zum letzten Ereignis gelesen werden, das es zu Beginn gab. Wenn nicht bestanden: weiterlesen, bis eine Seite leer ist.
sandbox-awaited-partial-shipment = Ein Teil der letzten Bestellung geht hinaus. Das Programm muss die Bestellung binnen 15 Minuten wieder lesen. Wenn nicht bestanden: die Bestellung lesen, wenn ein Ereignis sie nennt.
sandbox-awaited-rejection = Die letzte Bestellung wird vom Lieferanten storniert. Das Programm muss die Bestellung binnen 15 Minuten wieder lesen. Wenn nicht bestanden: die Bestellung lesen, wenn ein Ereignis sie nennt.
