# Units of UN/ECE Recommendations 20 and 21 by their code, beside a quantity
unit-H87 = Stück
unit-C62 = Stück
unit-EA = Stück
unit-SET = { $count ->
    [one] Satz
   *[other] Sätze
}
unit-PR = Paar
unit-DZN = Dutzend
unit-CEN = Hundert
unit-MIL = Tausend
unit-NPR = Paar
unit-XCT = { $count ->
    [one] Karton
   *[other] Kartons
}
unit-XBX = { $count ->
    [one] Schachtel
   *[other] Schachteln
}
unit-XCS = { $count ->
    [one] Kiste
   *[other] Kisten
}
unit-XPK = { $count ->
    [one] Packung
   *[other] Packungen
}
unit-XPA = Päckchen
unit-XPX = { $count ->
    [one] Palette
   *[other] Paletten
}
unit-XBG = Beutel
unit-XSA = { $count ->
    [one] Sack
   *[other] Säcke
}
unit-XRO = { $count ->
    [one] Rolle
   *[other] Rollen
}
unit-XDR = { $count ->
    [one] Fass
   *[other] Fässer
}
unit-XBO = { $count ->
    [one] Flasche
   *[other] Flaschen
}
unit-XCA = { $count ->
    [one] Dose
   *[other] Dosen
}
unit-XTU = { $count ->
    [one] Tube
   *[other] Tuben
}
unit-XCR = { $count ->
    [one] Kasten
   *[other] Kästen
}
unit-XBE = Bündel
unit-XBJ = Eimer
unit-XTY = { $count ->
    [one] Tank
   *[other] Tanks
}
unit-XSH = Tütchen
unit-XCN = Container
unit-XST = Bogen
unit-XCQ = { $count ->
    [one] Kartusche
   *[other] Kartuschen
}
unit-XUN = { $count ->
    [one] Einheit
   *[other] Einheiten
}
unit-XCL = { $count ->
    [one] Ring
   *[other] Ringe
}
unit-XRL = { $count ->
    [one] Spule
   *[other] Spulen
}
unit-XRD = { $count ->
    [one] Stange
   *[other] Stangen
}
unit-XBR = { $count ->
    [one] Stange
   *[other] Stangen
}
unit-XJR = { $count ->
    [one] Glas
   *[other] Gläser
}
unit-XPC = { $count ->
    [one] Paket
   *[other] Pakete
}
unit-XPL = Eimer
unit-XAE = { $count ->
    [one] Sprühdose
   *[other] Sprühdosen
}
unit-XBA = { $count ->
    [one] Fass
   *[other] Fässer
}
unit-XCY = Zylinder
unit-XPP = Stück
unit-XPU = { $count ->
    [one] Tablett
   *[other] Tabletts
}
unit-XSL = { $count ->
    [one] Zwischenlage
   *[other] Zwischenlagen
}
unit-KT = { $count ->
    [one] Bausatz
   *[other] Bausätze
}
unit-XKG = { $count ->
    [one] Fass
   *[other] Fässer
}
unit-KGM = kg
unit-GRM = g
unit-MGM = mg
unit-TNE = t
unit-LBR = lb
unit-ONZ = oz
unit-MTR = m
unit-CMT = cm
unit-MMT = mm
unit-KMT = km
unit-FOT = ft
unit-INH = in
unit-YRD = yd
unit-MTK = m²
unit-CMK = cm²
unit-FTK = ft²
unit-MTQ = m³
unit-LTR = l
unit-CLT = cl
unit-MLT = ml
unit-HLT = hl
unit-SEC = s
unit-MIN = min
unit-HUR = { $count ->
    [one] Stunde
   *[other] Stunden
}
unit-DAY = { $count ->
    [one] Tag
   *[other] Tage
}
unit-WEE = { $count ->
    [one] Woche
   *[other] Wochen
}
unit-MON = { $count ->
    [one] Monat
   *[other] Monate
}
unit-ANN = { $count ->
    [one] Jahr
   *[other] Jahre
}
unit-KWH = kWh
unit-LS = { $count ->
    [one] Pauschale
   *[other] Pauschalen
}
