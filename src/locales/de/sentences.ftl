# Was überall gesagt wird
say-say-why = Sagen Sie, warum.
say-at-most-characters = Höchstens { $max } Zeichen passen hinein.

say-wrong-values = Einige Angaben stimmen noch nicht.
say-try-again-later = Zu viele Anfragen. Versuchen Sie es in { $seconds } s wieder.
say-forbidden = Ihre Rolle erlaubt das nicht.
say-not-found = Das gibt es nicht.
say-unavailable = Gerade nicht erreichbar. Versuchen Sie es gleich wieder.
say-internal = Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal.

# Werte, die mehrere kennen
say-fill-it-in = Bitte füllen Sie das aus.
say-unknown-product = Den Artikel { $sku } gibt es nicht.
say-unknown-account = Den Kunden { $account } gibt es nicht.
say-unknown-price-list = Die Preisliste { $list } gibt es nicht.
say-unreadable-upload = Die Anfrage ist nicht lesbar: { $reason }

# Zahlen
say-not-a-plain-number = Das ist keine einfache Dezimalzahl wie 12.5.
say-too-many-digits = Die Zahl hat mehr als 18 Stellen.
say-too-many-decimals = Die Zahl hat zu viele Nachkommastellen.
