# Packungen, Lagen und Paletten eines Entwurfs
fill-up = Auffüllen
fill-split = Als { $parts } bestellen
fill-same = Dieselbe Menge in den größten Packungen · { $net }
fill-order = { $quantity } bestellen
fill-pack = Noch { $missing } bis zur vollen Packung: { $unit }
fill-layer = Noch { $missing } bis zur vollen Lage: { $unit }
fill-net = { $net } für die ganze Position
fill-saves = spart { $saves }
fill-heading = Gewicht und Paletten
fill-weight = Bruttogewicht
fill-needed = Paletten nötig
fill-filled = Paletten gefüllt
fill-last = Letzte Palette
fill-last-finding = zu { $percent } % voll
fill-last-take = Palette füllen: noch { $missing } von { $article }
fill-last-becomes = Position { $number } wird { $quantity }
fill-others = Mit etwas anderem füllen
fill-unweighed = { $lines ->
    [one] Von { $lines } Position ist das Gewicht nicht bekannt.
   *[other] Von { $lines } Positionen ist das Gewicht nicht bekannt.
}
fill-unpalleted = { $lines ->
    [one] { $lines } Position ist in keiner Palette gezählt.
   *[other] { $lines } Positionen sind in keiner Palette gezählt.
}
