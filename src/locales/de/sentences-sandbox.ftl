# What sandboxes say
say-sandbox-exists = Das Konto hat schon eine Sandbox, oder jemand ändert sie gerade.
say-sandbox-key-taken = In der Sandbox wurde etwas unter einem Kürzel angelegt, das im Portal etwas anderes trägt. Setzen Sie die Sandbox stattdessen zurück.
say-sandbox-days = Die Uhr lässt sich um 1 bis { $max } Tage vorstellen.
say-sandbox-times = Schreiben Sie 1 bis { $max }, und höchstens 20 Fehler auf einmal; 0 nimmt zurück, was wartet.
say-sandbox-names = Zur Wahl stehen { $known }.
say-sandbox-order-needed = Es gibt keine Bestellung, mit der das geht. Geben Sie zuerst eine in der Sandbox auf.
say-sandbox-endpoint-needed = Es gibt keinen Webhook-Empfänger, der eingeschaltet ist. Legen Sie zuerst einen in der Sandbox an.
say-sandbox-not-parted = Bestellung { $order } lässt sich nicht teilen. Bestellen Sie zwei Artikel oder mehr als eine Einheit.
