//! Which column of a pasted or uploaded table holds what.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use super::keys::folded;
use crate::names::names;
use crate::typed::{Typed, quantity, split_unit};

/// Rows that a guess looks at.
const ROWS_SEEN: usize = 200;

names! {
    /// What a column is for.
    pub enum Meaning as ColumnMeaning {
        Key = "key",
        Quantity = "quantity",
        Unit = "unit",
        Note = "note",
    }
}

const KEY: [&[&str]; 2] = [
    &[
        "sku",
        "part",
        "parts",
        "partno",
        "partnumber",
        "partnr",
        "article",
        "articleno",
        "articlenumber",
        "itemno",
        "itemnumber",
        "material",
        "materialno",
        "materialnumber",
        "gtin",
        "ean",
        "barcode",
        "productno",
        "productnumber",
        "yournumber",
        "yourpartno",
        "yourpartnumber",
        "ournumber",
        "customerpartnumber",
        "artikel",
        "artikelnr",
        "artikelnummer",
        "artnr",
        "teilenr",
        "teilenummer",
        "materialnr",
        "materialnummer",
        "bestellnr",
        "bestellnummer",
        "produktnr",
        "produktnummer",
        "ihrenummer",
        "ihreteilenummer",
        "unserenummer",
        "bestnr",
        "codearticle",
        "numérodarticle",
        "numéroarticle",
        "refarticle",
        "référencearticle",
        "artikelcode",
        "bestelnr",
        "bestelnummer",
    ],
    &[
        "product",
        "item",
        "name",
        "description",
        "code",
        "number",
        "teil",
        "produkt",
        "nummer",
        "bezeichnung",
        "beschreibung",
        "référence",
        "reference",
        "réf",
        "ref",
        "désignation",
        "libellé",
        "omschrijving",
    ],
];
const QUANTITY: [&[&str]; 2] = [
    &[
        "quantity",
        "qty",
        "orderqty",
        "orderquantity",
        "pieces",
        "menge",
        "bestellmenge",
        "anzahl",
        "stückzahl",
        "stueckzahl",
        "stück",
        "stk",
        "count",
        "quantité",
        "quantite",
        "qté",
        "qte",
        "aantal",
        "hoeveelheid",
    ],
    &["amount"],
];
const UNIT: [&[&str]; 2] = [
    &[
        "unit",
        "units",
        "uom",
        "unitofmeasure",
        "salesunit",
        "mengeneinheit",
        "einheit",
        "me",
        "verkaufseinheit",
        "unité",
        "unite",
        "eenheid",
    ],
    &[
        "packaging",
        "pack",
        "ve",
        "verpackung",
        "gebinde",
        "conditionnement",
        "verpakking",
    ],
];
const NOTE: [&[&str]; 2] = [
    &[
        "note",
        "notes",
        "comment",
        "remark",
        "notiz",
        "bemerkung",
        "hinweis",
        "kommentar",
        "anmerkung",
        "remarque",
        "commentaire",
        "opmerking",
    ],
    &["text"],
];

impl Meaning {
    /// What people write above such a column, folded: first what means just this, then what may also mean something else.
    fn headings(self) -> [&'static [&'static str]; 2] {
        match self {
            Self::Key => KEY,
            Self::Quantity => QUANTITY,
            Self::Unit => UNIT,
            Self::Note => NOTE,
        }
    }

    /// The column that is headed so, the surest first, and whether it may as well be another one or mean something else:
    /// an amount may be one of money. Names of articles stand beside their numbers and make nobody doubt them.
    fn column(self, headings: &[String]) -> Option<(usize, bool)> {
        let [sure, perhaps] = self.headings().map(|known| {
            let named = (0..).zip(headings).filter(|(_, text)| known.contains(&text.as_str()));
            named.map(|(place, _)| place).collect::<Vec<usize>>()
        });
        let rivals = match (sure.len(), self) {
            (1.., Self::Key) => sure.len(),
            _ => sure.len() + perhaps.len(),
        };
        let first = sure.first().or(perhaps.first())?;
        let may_be_money = sure.is_empty() && matches!(self, Self::Quantity);
        Some((*first, rivals > 1 || may_be_money))
    }
}

/// Which column, from 0, has which meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// Part number or words.
    pub key: usize,
    pub quantity: Option<usize>,
    pub unit: Option<usize>,
    pub note: Option<usize>,
}

impl Columns {
    /// The column with this meaning.
    pub fn place(&self, meaning: Meaning) -> Option<usize> {
        match meaning {
            Meaning::Key => Some(self.key),
            Meaning::Quantity => self.quantity,
            Meaning::Unit => self.unit,
            Meaning::Note => self.note,
        }
    }
}

/// What the columns of a table seem to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    pub columns: Columns,
    /// True if the first row names them.
    pub has_header: bool,
    /// True where nobody needs to be asked.
    pub is_certain: bool,
}

fn cell(row: &[String], place: usize) -> &str {
    row.get(place).map_or("", |cell| cell.trim())
}

/// True for what can be a quantity, with or without a unit behind.
fn is_quantity(text: &str) -> bool {
    let reads = |text: &str| quantity(text).is_readable();
    // More than nine digits are a number of something: a GTIN, an order.
    text.bytes().filter(u8::is_ascii_digit).count() <= 9 && (reads(text) || split_unit(text).is_some())
}

/// Guesses the columns: by the words of the first row, else by what stands in them.
pub fn guess(rows: &[Vec<String>]) -> Guess {
    let width = rows.iter().take(ROWS_SEEN).map(Vec::len).max().unwrap_or(0);
    by_heading(rows).unwrap_or_else(|| by_content(rows, width))
}

fn by_heading(rows: &[Vec<String>]) -> Option<Guess> {
    let first = rows.first()?;
    if first.iter().any(|cell| matches!(quantity(cell), Typed::Value(_))) {
        return None;
    }
    let headings: Vec<_> = first.iter().map(|cell| folded(cell)).collect();
    let column = |wanted: Meaning| wanted.column(&headings);
    let place = |wanted| column(wanted).map(|(place, _)| place);
    let (key, quantity) = (place(Meaning::Key), place(Meaning::Quantity));
    let is_doubted = Meaning::ALL
        .into_iter()
        .filter_map(column)
        .any(|(_, is_doubted)| is_doubted);
    if key.is_none() && quantity.is_none() {
        return None;
    }
    // One of the two is named: the other stands where it usually does.
    let other = |taken: Option<usize>| (0..first.len()).find(|column| Some(*column) != taken);
    let columns = Columns {
        key: key.or_else(|| other(quantity)).unwrap_or(0),
        quantity: quantity.or_else(|| {
            by_content(rows.get(1..)?, first.len())
                .columns
                .quantity
                .filter(|place| Some(*place) != key)
        }),
        unit: place(Meaning::Unit),
        note: place(Meaning::Note),
    };
    Some(Guess {
        columns,
        has_header: true,
        is_certain: key.is_some() && quantity.is_some() && !is_doubted,
    })
}

fn by_content(rows: &[Vec<String>], width: usize) -> Guess {
    let rows: Vec<_> = rows.iter().take(ROWS_SEEN).collect();
    let share = |column: usize, fits: &dyn Fn(&str) -> bool| {
        let filled = rows.iter().map(|row| cell(row, column)).filter(|cell| !cell.is_empty());
        let (all, good) = filled.fold((0_usize, 0_usize), |(all, good), cell| {
            (all + 1, good + usize::from(fits(cell)))
        });
        all > 0 && good * 10 >= all * 8
    };
    let counts_rows = width > 2
        && rows
            .iter()
            .enumerate()
            .all(|(index, row)| cell(row, 0) == (index + 1).to_string());
    let key = usize::from(counts_rows);
    let quantity = (key + 1..width).find(|column| share(*column, &is_quantity));
    let is_word = |cell: &str| cell.chars().count() <= 20 && cell.chars().next().is_some_and(char::is_alphabetic);
    let unit = quantity
        .map(|place| place + 1)
        .filter(|place| *place < width && share(*place, &is_word));
    let used = 1 + usize::from(quantity.is_some()) + usize::from(unit.is_some()) + usize::from(counts_rows);
    Guess {
        columns: Columns {
            key,
            quantity,
            unit,
            note: None,
        },
        has_header: false,
        is_certain: width <= 1 || (quantity == Some(key + 1) && used == width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Vec<String>> {
        let cells = |line: &str| line.split(';').map(str::to_owned).collect();
        text.lines().map(cells).collect()
    }

    #[test]
    fn columns_are_known_by_their_headings_or_by_what_stands_in_them() {
        let check = |text: &str, key, quantity, unit, has_header, is_certain| {
            let found = guess(&table(text));
            let columns = (found.columns.key, found.columns.quantity, found.columns.unit);
            assert_eq!(
                (columns, found.has_header, found.is_certain),
                ((key, quantity, unit), has_header, is_certain),
                "{text}"
            );
        };
        check("NW-1;16;XCT\nNW-2;4;XCT", 0, Some(1), Some(2), false, true);
        check("NW-1;16\nNW-2;4 pcs", 0, Some(1), None, false, true);
        check("NW-1\nNW-2", 0, None, None, false, true);
        check("4006381333931;16\n4006381333924;4", 0, Some(1), None, false, true);
        check("1;NW-1;16\n2;NW-2;4", 1, Some(2), None, false, true);
        check("NW-1;Wood screw;16;Karton", 0, Some(2), Some(3), false, false);
        check("NW-1;Wood screw;red", 0, None, None, false, false);
        check(
            "Part number;Name;Qty;UoM\nNW-1;Wood screw;16;XCT",
            0,
            Some(2),
            Some(3),
            true,
            true,
        );
        check("Menge;Artikel-Nr.\n16;NW-1", 1, Some(0), None, true, true);
        check("SKU;Amount;Qty\nGR-15;84.00;40", 0, Some(2), None, true, false);
        check("SKU;Qty;Order qty\nGR-15;84;40", 0, Some(1), None, true, false);
        check("Product;SKU;Qty\nPump P 200;A-2;5", 1, Some(2), None, true, true);
        check("SKU;Part number;Qty\nA-2;NW-1;5", 0, Some(2), None, true, false);
        check("Item;Amount\nA-2;5", 0, Some(1), None, true, false);
        check("Item;Count\nA-2;5", 0, Some(1), None, true, true);
        check("SKU;Count;Pieces\nA-2;1;50", 0, Some(1), None, true, false);
        check("Réf.;Qté;Unité\nA-2;5;H87", 0, Some(1), Some(2), true, true);
        check(
            "Numéro d’article;Désignation;Quantité\nA-2;Vis;5",
            0,
            Some(2),
            None,
            true,
            true,
        );
        check("Réf.;Désignation;Quantité\nA-2;Vis;5", 0, Some(2), None, true, false);
        check(
            "Bestelnummer;Aantal;Eenheid\nA-2;5;H87",
            0,
            Some(1),
            Some(2),
            true,
            true,
        );
        check("Best.-Nr.;Menge\nA-2;5", 0, Some(1), None, true, true);
        check(
            "Bestellnummer;Bezeichnung;Preis\nNW-1;Schraube;rot",
            0,
            None,
            None,
            true,
            false,
        );
        check("", 0, None, None, false, true);
    }
}
