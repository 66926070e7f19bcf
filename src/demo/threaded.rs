//! Metric screws, nuts, washers and threaded rods: their weights follow from their sizes, their prices from the weights.

use super::products::{Base, Pack, Product, boxed, bundle, carton, pallet};

const HEXAGON_SCREWS: &str = "Hexagon screws";
const SOCKET_SCREWS: &str = "Socket screws";
const NUTS: &str = "Nuts";
const WASHERS: &str = "Washers";
const RODS: &str = "Threaded rods";

/// What a part is made of and coated with.
struct Finish {
    code: &'static str,
    name: &'static str,
    cents_per_kg: i64,
}

const fn finish(code: &'static str, name: &'static str, cents_per_kg: i64) -> Finish {
    Finish {
        code,
        name,
        cents_per_kg,
    }
}

/// Parts of a thread, without or with lengths.
struct Parts {
    code: &'static str,
    name: &'static str,
    standard: &'static str,
    category: &'static str,
    description: &'static str,
    /// Milligrams of the thread's diameter and the length, both in millimetres.
    weight_mg: fn(i64, i64) -> i64,
    finishes: &'static [Finish],
    sizes: &'static [(i64, &'static [i64])],
}

/// Threads that come without a length.
const THREADS: &[(i64, &[i64])] = &[
    (5, &[0]),
    (6, &[0]),
    (8, &[0]),
    (10, &[0]),
    (12, &[0]),
    (16, &[0]),
    (20, &[0]),
];

const PARTS: &[Parts] = &[
    Parts {
        code: "HXS",
        name: "Hexagon screw",
        standard: "ISO 4017",
        category: HEXAGON_SCREWS,
        description: "Hexagon head, threaded up to the head, coarse pitch.",
        weight_mg: |thread, length| thread * thread * (length + 2 * thread) * 6,
        finishes: &[
            finish("ZP", "8.8 zinc plated", 430),
            finish("A2", "A2-70 stainless", 1150),
        ],
        sizes: &[
            (6, &[16, 20, 25, 30]),
            (8, &[20, 25, 30, 40]),
            (10, &[25, 30, 40, 50]),
            (12, &[30, 40, 50, 60]),
            (16, &[40, 60, 80, 100]),
        ],
    },
    Parts {
        code: "SCS",
        name: "Socket head cap screw",
        standard: "ISO 4762",
        category: SOCKET_SCREWS,
        description: "Cylindrical head with hexagon socket, coarse pitch.",
        weight_mg: |thread, length| thread * thread * (length + 2 * thread) * 6,
        finishes: &[finish("BK", "12.9 plain", 690), finish("A2", "A2-70 stainless", 1290)],
        sizes: &[
            (4, &[10, 16, 20]),
            (5, &[12, 16, 25]),
            (6, &[16, 20, 30]),
            (8, &[20, 30, 40]),
            (10, &[30, 40, 50]),
        ],
    },
    Parts {
        code: "HXN",
        name: "Hexagon nut",
        standard: "ISO 4032",
        category: NUTS,
        description: "Style 1, coarse pitch.",
        weight_mg: |thread, _| thread * thread * thread * 9,
        finishes: &[
            finish("ZP", "class 8 zinc plated", 440),
            finish("A2", "A2-70 stainless", 1240),
        ],
        sizes: THREADS,
    },
    Parts {
        code: "LKN",
        name: "Prevailing torque nut",
        standard: "ISO 7040",
        category: NUTS,
        description: "Locks by a polyamide insert; used once, up to 120 °C.",
        weight_mg: |thread, _| thread * thread * thread * 11,
        finishes: &[
            finish("ZP", "class 8 zinc plated", 620),
            finish("A2", "A2-70 stainless", 1480),
        ],
        sizes: THREADS,
    },
    Parts {
        code: "WSH",
        name: "Plain washer",
        standard: "ISO 7089",
        category: WASHERS,
        description: "Normal series, without chamfer.",
        weight_mg: |thread, _| thread * thread * thread * 7 / 2,
        finishes: &[
            finish("ZP", "200 HV zinc plated", 390),
            finish("A2", "A2 stainless", 1080),
        ],
        sizes: THREADS,
    },
    Parts {
        code: "WSL",
        name: "Plain washer, large series",
        standard: "ISO 7093-1",
        category: WASHERS,
        description: "Outside three times the thread, for timber and thin sheet.",
        weight_mg: |thread, _| thread * thread * thread * 12,
        finishes: &[finish("ZP", "200 HV zinc plated", 360)],
        sizes: THREADS,
    },
    Parts {
        code: "TRD",
        name: "Threaded rod",
        standard: "DIN 976-1",
        category: RODS,
        description: "One metre, cut square at both ends.",
        weight_mg: |thread, length| thread * thread * length * 5,
        finishes: &[finish("ZP", "4.8 zinc plated", 290), finish("A2", "A2 stainless", 890)],
        sizes: &[
            (6, &[1000]),
            (8, &[1000]),
            (10, &[1000]),
            (12, &[1000]),
            (16, &[1000]),
            (20, &[1000]),
            (24, &[1000]),
        ],
    },
];

/// A box weighs at most this much.
const BOX_MG_MAX: i64 = 3_000_000;
/// Boxes in a carton, cartons on a pallet: below 900 kg.
const BOXES_IN_CARTON: i64 = 8;
const CARTONS_ON_PALLET: i64 = 36;

/// All of them.
pub fn products() -> Vec<Product> {
    let sizes = |parts: &'static Parts, finish: &'static Finish| {
        parts.sizes.iter().flat_map(move |(thread, lengths)| {
            lengths
                .iter()
                .map(move |length| product(parts, finish, *thread, *length))
        })
    };
    PARTS
        .iter()
        .flat_map(|parts| parts.finishes.iter().flat_map(move |finish| sizes(parts, finish)))
        .collect()
}

fn product(parts: &Parts, finish: &Finish, thread: i64, length: i64) -> Product {
    let weight_mg = (parts.weight_mg)(thread, length);
    let (list_cents, price_base) = Product::quoted(weight_mg * finish.cents_per_kg / 100);
    let (number, size) = match length {
        0 => (format!("M{thread}"), format!("M{thread}")),
        _ => (format!("M{thread}X{length}"), format!("M{thread} x {length}")),
    };
    Product {
        sku: format!("{}-{number}-{}", parts.code, finish.code),
        name: format!("{} {size}, {}, {}", parts.name, parts.standard, finish.name),
        description: parts.description.to_owned(),
        category: parts.category,
        base: Base::Piece,
        tax_category: "S",
        exclusive: None,
        lead_time_days: if finish.code == "A2" { 2 } else { 1 },
        list_cents,
        price_base,
        packs: if parts.category == RODS {
            rod_packs(thread)
        } else {
            packs(weight_mg)
        },
    }
}

fn packs(weight_mg: i64) -> Vec<Pack> {
    let boxes = [1000, 500, 200, 100, 50, 25];
    let fits = boxes.into_iter().find(|pieces| pieces * weight_mg <= BOX_MG_MAX);
    let pieces = fits.unwrap_or(10);
    let in_carton = pieces * BOXES_IN_CARTON;
    vec![boxed(pieces), carton(in_carton), pallet(in_carton * CARTONS_ON_PALLET)]
}

fn rod_packs(thread: i64) -> Vec<Pack> {
    let in_bundle = match thread {
        ..=8 => 50,
        9..=12 => 25,
        _ => 10,
    };
    vec![bundle(in_bundle), pallet(in_bundle * 40)]
}
