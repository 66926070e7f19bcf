//! The import files: made of numbers, so any amount of them.

use super::Amounts;
use crate::demo::products::with_check_digit;
use crate::demo::sequence::Sequence;
use crate::demo::sheet::{Sheet, decimal};

/// Country and time zone of accounts, one after the other.
/// Countries with their time zones and what their VAT ids have around eight digits.
const COUNTRIES: [(&str, &str, &str, &str); 5] = [
    ("NL", "Europe/Amsterdam", "0", "B01"),
    ("DE", "Europe/Berlin", "9", ""),
    ("FR", "Europe/Paris", "009", ""),
    ("BE", "Europe/Brussels", "09", ""),
    ("AT", "Europe/Vienna", "U", ""),
];
const TIERS: [&str; 4] = ["bronze", "silver", "gold", "platinum"];
const KINDS: [&str; 12] = [
    "Hexagon screw",
    "Socket screw",
    "Wood screw",
    "Lock nut",
    "Washer",
    "Wedge anchor",
    "Nylon plug",
    "Round nail",
    "Blind rivet",
    "Pipe clamp",
    "Threaded rod",
    "Cable tie",
];
const FINISHES: [&str; 5] = [
    "zinc plated",
    "A2 stainless",
    "A4 stainless",
    "hot-dip galvanised",
    "plain",
];
/// Articles that hardly lie in stock: every how manieth.
const SCARCE_EVERY: u64 = 97;
/// The GS1 prefix kept for examples.
const PREFIX: u64 = 952;

/// The article number of the article with this place.
pub fn sku(place: u64) -> String {
    format!("P{place:07}")
}

/// The code of the account with this place.
pub fn code(place: u64) -> String {
    format!("A{place:06}")
}

/// All files.
pub fn all(amounts: Amounts) -> Vec<(String, Vec<u8>)> {
    let mut sequence = Sequence::new(amounts.seed);
    let costs: Vec<_> = (0..amounts.products).map(|_| sequence.between(40, 9_000)).collect();
    let sheets = [
        supplier(),
        accounts(amounts),
        products(amounts),
        units(amounts),
        lists(amounts),
        prices(amounts, &costs),
        stock(amounts),
    ];
    sheets.into_iter().map(Sheet::into_file).collect()
}

fn of<T: Copy>(choices: &[T], place: u64) -> T {
    let count = u64::try_from(choices.len()).expect("a length in memory fits");
    let index = usize::try_from(place % count).expect("it is smaller than a length");
    *choices.get(index).expect("it is smaller than the length")
}

fn supplier() -> Sheet {
    let mut sheet = Sheet::new("supplier.csv", "name,country,currency,vat_id,time_zone");
    sheet.row(["Measuring Supplies", "NL", "EUR", "NL009876543B21", "Europe/Amsterdam"]);
    sheet
}

fn accounts(amounts: Amounts) -> Sheet {
    let columns = "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id,time_zone";
    let mut sheet = Sheet::new("accounts.csv", columns);
    for place in 0..amounts.accounts {
        let (country, zone, before, behind) = of(&COUNTRIES, place);
        let terms = of(&["14", "30", "45", "60"], place);
        let vat_id = format!("{country}{before}{place:08}{behind}");
        let name = format!("Account {place}");
        sheet.row([
            &code(place),
            &name,
            country,
            "EUR",
            of(&TIERS, place),
            terms,
            "",
            &vat_id,
            zone,
        ]);
    }
    sheet
}

fn name(place: u64) -> String {
    let size = format!("M{} x {}", 3 + place % 22, 10 + place / 22 % 300);
    format!("{} {size}, {}", of(&KINDS, place), of(&FINISHES, place / 12))
}

/// A number of twelve digits with its check digit.
fn gtin(number: u64) -> String {
    with_check_digit(format!("{PREFIX}{number:09}"))
}

fn products(amounts: Amounts) -> Sheet {
    let columns = "sku,name,base_unit,decimals,tax_category,gtin,category,lead_time_days";
    let mut sheet = Sheet::new("products.csv", columns);
    for place in 0..amounts.products {
        let category = of(&KINDS, place);
        let days = (1 + place % 5).to_string();
        sheet.row([
            &sku(place),
            &name(place),
            "H87",
            "0",
            "S",
            &gtin(place * 2),
            category,
            &days,
        ]);
    }
    sheet
}

fn units(amounts: Amounts) -> Sheet {
    let mut sheet = Sheet::new("units.csv", "sku,unit,unit_code,name,base_quantity,gtin");
    for place in 0..amounts.products {
        let content = of(&["50", "100", "200", "500"], place);
        let name = format!("Carton of {content}");
        sheet.row([&sku(place), "CTN", "XCT", &name, content, &gtin(place * 2 + 1)]);
    }
    sheet
}

fn lists(amounts: Amounts) -> Sheet {
    let mut sheet = Sheet::new("price_lists.csv", "price_list,name,currency,kind,account,tier");
    sheet.row(["BASE", "List prices", "EUR", "base", "", ""]);
    for tier in TIERS {
        sheet.row([
            &format!("TIER-{tier}"),
            &format!("Prices {tier}"),
            "EUR",
            "tier",
            "",
            tier,
        ]);
    }
    for place in 0..amounts.accounts {
        let account = code(place);
        sheet.row([&format!("ACC-{account}"), "Net prices", "EUR", "account", &account, ""]);
    }
    sheet
}

/// Every article has a list price; the rest goes to the lists of tiers and accounts in turn, and then to quantity breaks.
fn prices(amounts: Amounts, costs: &[i64]) -> Sheet {
    let mut sheet = Sheet::new("prices.csv", "price_list,sku,unit,min_quantity,price,price_base");
    for (place, cost) in (0..).zip(costs) {
        sheet.row(["BASE", &sku(place), "H87", "1", &decimal(*cost, 2), "100"]);
    }
    let lists = amounts.accounts + 4;
    for row in 0..amounts.prices.saturating_sub(amounts.products) {
        let (list, turn) = (row % lists, row / lists);
        let place = (turn + list * 17) % amounts.products;
        let step = turn / amounts.products;
        let cost = costs
            .get(usize::try_from(place).unwrap_or_default())
            .copied()
            .unwrap_or(100);
        let percent = 92 - i64::try_from(step.min(40)).unwrap_or(40);
        let list = match list {
            0..=3 => format!("TIER-{}", of(&TIERS, list)),
            other => format!("ACC-{}", code(other - 4)),
        };
        let from = (1 + step * 100).to_string();
        sheet.row([
            &list,
            &sku(place),
            "H87",
            &from,
            &decimal((cost * percent / 100).max(1), 2),
            "100",
        ]);
    }
    sheet
}

fn stock(amounts: Amounts) -> Sheet {
    let mut sheet = Sheet::new("stock.csv", "warehouse,sku,on_hand");
    for place in 0..amounts.products {
        let on_hand = if place % SCARCE_EVERY == 5 { "60" } else { "1000000000" };
        sheet.row(["MAIN", &sku(place), on_hand]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_rows_as_asked_for_and_no_price_twice() {
        let amounts = Amounts {
            products: 30,
            accounts: 7,
            prices: 700,
            orders: 0,
            seed: 1,
        };
        let files = all(amounts);
        assert_eq!(files, all(amounts));
        let rows = |name: &str| {
            let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("the file is there");
            let text = std::str::from_utf8(bytes).expect("text");
            text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!((rows("products.csv").len(), rows("accounts.csv").len()), (30, 7));
        assert_eq!(rows("prices.csv").len(), 700);
        let keys: std::collections::BTreeSet<_> = rows("prices.csv")
            .iter()
            .map(|row| row.split(',').take(4).collect::<Vec<_>>().join(","))
            .collect();
        assert_eq!(keys.len(), 700);
    }
}
