say-draft-has-too-many-lines = { $lines } Positionen sind mehr als die { $max } eines Entwurfs; teilen Sie ihn.
say-cannot-merge = Die Positionen haben sich inzwischen geändert und lassen sich nicht mehr zusammenlegen.
say-draft-text-too-long = { $characters } Zeichen sind mehr als die { $max }, die passen.
say-part-too-long = „{ $start }…“ hat { $characters } Zeichen; höchstens { $max } passen.
say-placed-as-order = Der Entwurf wurde als Bestellung { $order } bestellt.
say-nothing-to-order = Noch lässt sich keine Position des Entwurfs bestellen.
say-too-many-drafts = Ihr Unternehmen hat { $max } offene Entwürfe; bestellen oder löschen Sie zuerst einige.
