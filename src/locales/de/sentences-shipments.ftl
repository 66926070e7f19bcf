say-no-order = Diese Bestellung gibt es nicht.
say-nothing-reserved = Von der Bestellung { $order } ist nichts reserviert; sie wartet auf Bestand.
say-carrier-too-long = { $characters } Zeichen sind mehr als die erlaubten { $max }.
say-name-lines-or-none = Nennen Sie mindestens eine Position, oder lassen Sie lines weg, um alles Reservierte zu versenden.
say-delivered-already = Die Lieferung { $shipment } ist schon zugestellt.
say-no-line = Die Bestellung { $order } hat keine Position mit dieser Id.
say-more-than-reserved = { $quantity } { $unit } der Position { $line } sind mehr als die { $reserved }, die dafür reserviert sind.
say-line-twice = Die Position { $line } ist zweimal genannt.
