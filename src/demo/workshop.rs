//! What a workshop uses up, and the books on its shelf.

use super::products::{Base, Family, Product, boxed, carton, pallet, reel};

const CONSUMABLES: &str = "Workshop consumables";
const BOOKS: &str = "Technical books";

const FAMILIES: &[Family] = &[
    Family {
        code: "TLK",
        name: "Threadlocker {}",
        category: CONSUMABLES,
        description: "Anaerobic, cures between metal threads without air.",
        base: Base::Piece,
        lead_time_days: 2,
        price_base: 1,
        packs: &[carton(12)],
        sizes: &[
            ("M10", "medium strength, 10 ml", 690),
            ("M50", "medium strength, 50 ml", 1980),
            ("M250", "medium strength, 250 ml", 7690),
            ("H50", "high strength, 50 ml", 2240),
        ],
    },
    Family {
        code: "SPR",
        name: "{}, 400 ml aerosol",
        category: CONSUMABLES,
        description: "Aerosol can; dangerous goods UN 1950, limited quantity.",
        base: Base::Piece,
        lead_time_days: 1,
        price_base: 1,
        packs: &[carton(12), pallet(864)],
        sizes: &[
            ("ZN", "Zinc spray, 98 % zinc", 845),
            ("LUB", "Multi-purpose lubricant", 490),
            ("CLN", "Brake and parts cleaner", 345),
        ],
    },
    Family {
        code: "LUB",
        name: "{}",
        category: CONSUMABLES,
        description: "For assembly and machining.",
        base: Base::Piece,
        lead_time_days: 1,
        price_base: 1,
        packs: &[carton(6)],
        sizes: &[
            ("CU500", "Copper anti-seize paste, 500 g tin", 1790),
            ("CO1", "Cutting oil for stainless steel, 1 l", 1160),
            ("CO5", "Cutting oil for stainless steel, 5 l", 4490),
            ("CH5", "Chain oil, adhesive, 5 l", 2870),
        ],
    },
    Family {
        code: "SG2",
        name: "Welding wire {}, G3Si1 (SG2), copper coated",
        category: CONSUMABLES,
        description: "EN ISO 14341-A, layer wound on wire basket spool.",
        base: Base::Kilogram,
        lead_time_days: 1,
        price_base: 1,
        packs: &[reel(15), pallet(1080)],
        sizes: &[("0.8", "0.8 mm", 279), ("1.0", "1.0 mm", 258), ("1.2", "1.2 mm", 251)],
    },
    Family {
        code: "CTD",
        name: "{}, for steel and stainless steel",
        category: CONSUMABLES,
        description: "EN 12413, at most 80 m/s.",
        base: Base::Piece,
        lead_time_days: 1,
        price_base: 100,
        packs: &[boxed(25), carton(200), pallet(9600)],
        sizes: &[
            ("125X1", "Cutting disc 125 x 1.0 mm", 9850),
            ("230X2", "Cutting disc 230 x 1.9 mm", 27_400),
            ("FL125", "Flap disc 125 mm, grit 60", 28_900),
        ],
    },
    Family {
        code: "BKT",
        name: "{}",
        category: BOOKS,
        description: "Printed, in English, for the bench and the van.",
        base: Base::Piece,
        lead_time_days: 3,
        price_base: 1,
        packs: &[carton(20)],
        sizes: &[
            ("FST", "Fastener tables: dimensions, classes, tightening torques", 2450),
            ("LSR", "Securing loads on the road: a driver's handbook", 1890),
            ("RIG", "The rigger's pocket book: slings, angles, working loads", 1690),
            ("ANC", "Anchors in concrete: design by worked example", 4800),
        ],
    },
];

/// All of them.
pub fn products() -> Vec<Product> {
    let mut products: Vec<_> = FAMILIES.iter().flat_map(Family::products).collect();
    for book in products.iter_mut().filter(|product| product.category == BOOKS) {
        book.tax_category = "AA";
    }
    products
}
