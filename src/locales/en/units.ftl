# Units of UN/ECE Recommendations 20 and 21 by their code, beside a quantity
unit-H87 = { $count ->
    [one] piece
   *[other] pieces
}
unit-C62 = { $count ->
    [one] piece
   *[other] pieces
}
unit-EA = each
unit-SET = { $count ->
    [one] set
   *[other] sets
}
unit-PR = { $count ->
    [one] pair
   *[other] pairs
}
unit-DZN = dozen
unit-CEN = hundred
unit-MIL = thousand
unit-NPR = { $count ->
    [one] pair
   *[other] pairs
}
unit-XCT = { $count ->
    [one] carton
   *[other] cartons
}
unit-XBX = { $count ->
    [one] box
   *[other] boxes
}
unit-XCS = { $count ->
    [one] case
   *[other] cases
}
unit-XPK = { $count ->
    [one] pack
   *[other] packs
}
unit-XPA = { $count ->
    [one] packet
   *[other] packets
}
unit-XPX = { $count ->
    [one] pallet
   *[other] pallets
}
unit-XBG = { $count ->
    [one] bag
   *[other] bags
}
unit-XSA = { $count ->
    [one] sack
   *[other] sacks
}
unit-XRO = { $count ->
    [one] roll
   *[other] rolls
}
unit-XDR = { $count ->
    [one] drum
   *[other] drums
}
unit-XBO = { $count ->
    [one] bottle
   *[other] bottles
}
unit-XCA = { $count ->
    [one] can
   *[other] cans
}
unit-XTU = { $count ->
    [one] tube
   *[other] tubes
}
unit-XCR = { $count ->
    [one] crate
   *[other] crates
}
unit-XBE = { $count ->
    [one] bundle
   *[other] bundles
}
unit-XBJ = { $count ->
    [one] bucket
   *[other] buckets
}
unit-XTY = { $count ->
    [one] tank
   *[other] tanks
}
unit-XSH = { $count ->
    [one] sachet
   *[other] sachets
}
unit-XCN = { $count ->
    [one] container
   *[other] containers
}
unit-XST = { $count ->
    [one] sheet
   *[other] sheets
}
unit-XCQ = { $count ->
    [one] cartridge
   *[other] cartridges
}
unit-XUN = { $count ->
    [one] unit
   *[other] units
}
unit-XCL = { $count ->
    [one] coil
   *[other] coils
}
unit-XRL = { $count ->
    [one] reel
   *[other] reels
}
unit-XRD = { $count ->
    [one] rod
   *[other] rods
}
unit-XBR = { $count ->
    [one] bar
   *[other] bars
}
unit-XJR = { $count ->
    [one] jar
   *[other] jars
}
unit-XPC = { $count ->
    [one] parcel
   *[other] parcels
}
unit-XPL = { $count ->
    [one] pail
   *[other] pails
}
unit-XAE = { $count ->
    [one] aerosol can
   *[other] aerosol cans
}
unit-XBA = { $count ->
    [one] barrel
   *[other] barrels
}
unit-XCY = { $count ->
    [one] cylinder
   *[other] cylinders
}
unit-XPP = { $count ->
    [one] piece
   *[other] pieces
}
unit-XPU = { $count ->
    [one] tray
   *[other] trays
}
unit-XSL = { $count ->
    [one] slipsheet
   *[other] slipsheets
}
unit-KT = { $count ->
    [one] kit
   *[other] kits
}
unit-XKG = { $count ->
    [one] keg
   *[other] kegs
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
    [one] hour
   *[other] hours
}
unit-DAY = { $count ->
    [one] day
   *[other] days
}
unit-WEE = { $count ->
    [one] week
   *[other] weeks
}
unit-MON = { $count ->
    [one] month
   *[other] months
}
unit-ANN = { $count ->
    [one] year
   *[other] years
}
unit-KWH = kWh
unit-LS = { $count ->
    [one] lump sum
   *[other] lump sums
}
