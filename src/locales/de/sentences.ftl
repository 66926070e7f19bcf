# Werte, die mehrere kennen
say-say-why = Sagen Sie, warum.
say-fill-it-in = Bitte füllen Sie das aus.
say-fill-this-in = Bitte füllen Sie das aus.
say-at-most-characters = Höchstens { $max } Zeichen passen hinein.
say-no-nul = Ein Text kann das Zeichen NUL nicht enthalten.
say-no-control-characters = Steuerzeichen können hier nicht stehen.
say-no-font = Keine Schrift hat diese Zeichen: { $letters }. Auf Papieren steht dafür ein Kästchen. Legen Sie eine passende Schrift in den Ordner fonts des Datenordners, oder schreiben Sie die Texte anders.
say-unknown-product = Den Artikel { $sku } gibt es nicht.
say-unknown-account = Den Kunden { $account } gibt es nicht.
say-account-is-closed = Der Kunde { $account } ist geschlossen.
say-unknown-price-list = Die Preisliste { $list } gibt es nicht.
say-give-tier = Geben Sie platinum, gold, silver oder bronze an.
say-no-order-id = „{ $text }“ ist nicht die Id einer Bestellung.
say-name-a-line = Nennen Sie mindestens eine Position.
say-too-large-a-total = Die Summe ist größer, als das Portal fassen kann.
say-cannot-read = „{ $typed }“ ist nicht lesbar.

# Keys
say-invisible-sign = Zeichen { $place } ist { $sign }, das niemand sieht. Entfernen Sie es.
say-excel-formula-text = Eine Tabellenkalkulation hat dies als Formel geschrieben. Geben Sie den Text in den Anführungszeichen an, ohne ="".
say-excel-exponent = Eine Tabellenkalkulation hat diese Nummer gekürzt und Ziffern verloren. Formatieren Sie die Spalte als Text, geben Sie die Nummer neu ein und speichern Sie noch einmal.
say-excel-number = Eine Tabellenkalkulation hat hieraus eine Zahl gemacht. Geben Sie die Nummer ohne Punkt und Nullen an; als Text formatiert bleibt sie so.
say-excel-error = Das zeigt eine Tabellenkalkulation, wo sie keinen Wert hat. Geben Sie die Nummer selbst an, oder lassen Sie die Zeile weg.
say-write-it-as = „{ $known }“ gibt es schon und sieht gleich aus. Schreiben Sie es ebenso, oder geben Sie etwas anderes an.

# Zahlen
say-not-a-plain-number = Das ist keine einfache Dezimalzahl wie 12.5.
say-too-many-digits = Die Zahl hat mehr als 18 Stellen.
say-too-many-decimals = Die Zahl hat zu viele Nachkommastellen.
say-quantity-not-above-zero = Die Menge { $quantity } ist nicht größer als null.
say-quantity-not-a-number = Die Menge „{ $quantity }“ ist keine einfache Dezimalzahl wie 12.5.
say-quantity-too-long = Die Menge „{ $quantity }“ hat mehr als 18 Stellen.
say-quantity-too-fine = Die Menge „{ $quantity }“ hat zu viele Nachkommastellen.

# Anfragen
say-wrong-values = Einige Angaben stimmen noch nicht.
say-try-again-later = Zu viele Anfragen. Versuchen Sie es in { $seconds } s wieder.
say-forbidden = Ihre Rolle erlaubt das nicht.
say-not-found = Das gibt es nicht.
say-unavailable = Gerade nicht erreichbar. Versuchen Sie es gleich wieder.
say-internal = Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal.
say-send-json = Senden Sie den Inhalt als application/json ohne Content-Encoding.
say-send-form-with-files = Senden Sie multipart/form-data.
say-send-rows = Senden Sie Zeilen als application/x-ndjson oder text/csv, ungepackt oder mit gzip gepackt.
say-not-json = Der Inhalt ist kein JSON: { $reason }.
say-wrong-shape = Die Angabe hat die falsche Form: { $reason }
say-body-has-at-most = Ein Inhalt hat höchstens { $megabytes } MiB.
say-body-broke-off = Der Inhalt brach ab: { $reason }
say-body-too-late = Der Inhalt kam nicht rechtzeitig an.
say-came-past-the-proxy = Diese Adresse ist über https zu erreichen, durch den Server davor. Verwenden Sie die Adresse, die Sie bekommen haben.
say-unreadable-upload = Die Anfrage ist nicht lesbar: { $reason }
say-use-next-cursor = Verwenden Sie next_cursor, wie es gegeben wurde, mit demselben Filter.
say-use-last-cursor = Senden Sie den letzten Cursor desselben Exports als after.
say-since-is-forgotten = Was sich ändert, ist { $days } Tage lang bekannt, und nicht aus der Zeit, bevor die Liste eine andere wurde. Lesen Sie alles neu und machen Sie von da an weiter.
say-send-if-match = Senden Sie If-Match mit dem ETag dessen, was Sie gelesen haben.
say-changed-since-read = Inzwischen hat es jemand geändert. Laden Sie die Seite neu und wiederholen Sie die Änderung.
say-send-idempotency-key = Senden Sie einen Kopf Idempotency-Key mit 1 bis 255 sichtbaren ASCII-Zeichen, neu für jede neue Anfrage.
say-address-takes = Diese Adresse nimmt { $methods }.
say-use-event-id = Verwenden Sie die Id eines Ereignisses, wie sie gegeben wurde, oder lassen Sie sie weg, um beim ersten zu beginnen.

# Formulare
say-form-lacks-key = Das Formular ist unvollständig. Laden Sie die Seite neu.
say-form-of-elsewhere = Dieses Formular wurde anderswo geöffnet: in einer Sandbox, in die Sie nicht mehr sehen, oder bevor Sie es taten. Nichts ist geschehen. Öffnen Sie es neu.
say-form-too-large = Das Formular ist zu groß.
say-form-has-at-most = Dieses Formular fasst höchstens { $kilobytes } KB.
say-form-has-fields = Ein Formular hat höchstens { $max } Felder.

# Arbeit unter den Features
say-database-filled = Die Datenbank hat schon Kunden oder Artikel; nennen Sie eine leere.
say-placing-orders = Bestellungen werden aufgegeben
say-message-due = Die Nachricht wird ohnehin gleich gesendet.
