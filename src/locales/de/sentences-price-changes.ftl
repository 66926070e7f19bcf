say-cost-below-zero = Ein Einstandspreis liegt nicht unter null.
say-floor-percent = Eine Mindestspanne ist mindestens 0 und kleiner als 100 Prozent.
say-floor-twice = Diese Warengruppe hat schon eine Mindestspanne.
say-price-change-day-passed = Der { $day } ist vorbei. Preise werden frühestens ab heute geändert.
say-price-change-not-draft = Die Preisänderung { $title } ist schon vorgelegt oder entschieden.
say-price-change-not-submitted = Die Preisänderung { $title } wartet auf keine Entscheidung.
say-price-change-not-applied = Die Preisänderung { $title } steht in keiner Liste.
say-price-change-empty = Eine Preisänderung braucht Zeilen.
say-price-change-too-many-rows = Das sind mehr als { $max } Zeilen; senden Sie weniger.
say-price-change-not-previewed = Berechnen Sie zuerst, was die Preisänderung { $title } ausmacht.
say-price-change-own = Freigegeben wird sie von einer anderen Person als denen, die sie angelegt, ihre Zeilen geändert oder sie vorgelegt haben.
say-price-change-blocked = { $lines ->
    [one] Eine Position der letzten zwölf Monate läge unter ihrer Mindestspanne.
   *[other] { $lines } Positionen der letzten zwölf Monate lägen unter ihrer Mindestspanne.
}
say-price-change-row = Zeile { $row }: { $why }
say-price-change-title = Geben Sie einen Namen mit höchstens 120 Zeichen an.
say-price-change-note = Höchstens { $max } Zeichen.
say-price-change-notice = Geben Sie 0 bis { $max } Tage an.
say-price-change-no-lists = Nennen Sie mindestens eine Preisliste.
say-price-change-one-of-percent-and-amount = Geben Sie entweder einen Prozentsatz oder einen Betrag an.
say-price-change-percent = { $percent } ist kein Prozentsatz mit höchstens vier Nachkommastellen.
say-price-change-amount = { $amount } ist kein Betrag mit höchstens sechs Nachkommastellen.
say-price-change-rounding = Auf { $rounding } lässt sich nicht runden. Geben Sie eine Zahl über null mit höchstens sechs Nachkommastellen an.
say-price-change-rule-finds-nothing = Die Regel ändert keinen Preis dieser Listen.
say-price-change-rule-below-zero = Der Preis von { $sku } in { $price_list } läge nicht über null.
say-price-change-no-file = Wählen Sie eine Datei.
say-price-reason-needed = { $price } liegt unter dem Listenpreis { $list_price }. Sagen Sie, warum er gewährt wird.
say-price-reason-needed-floor = { $price } liegt unter der Mindestspanne. Sagen Sie, warum er gewährt wird.
say-price-below-floor = { $price } liegt unter der Mindestspanne von { $percent } Prozent und wird nicht gewährt.
say-price-reason-too-long = Ein Grund hat höchstens { $max } Zeichen.
