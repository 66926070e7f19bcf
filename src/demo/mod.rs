//! The demonstration: an invented supplier of fasteners and rigging with its accounts, articles, prices, stock and
//! orders, as the import files a real supplier would bring.
//!
//! Everything is a function of the day it is made for: the same day gives the same bytes. Companies, people, addresses
//! and articles are invented; mail addresses end in `.example`, and GTINs begin with 952, which GS1 keeps for examples.
//!
//! - [`products`]: the articles and their sale units, which stand in `articles.csv`
//! - [`accounts`]: who buys, where, and the people who sign in; [`team`]: who of the staff is behind each account
//! - [`assortments`]: what an account sees, under which number and label
//! - [`prices`], [`stock`]: what it costs, what lies there
//! - [`orders`], `year`: what was ordered in the year before, and what became of it
//! - `contracts`: what was agreed with two accounts
//! - `desks`: what waits for somebody
//! - `privileges`: what the better accounts get before others
//! - `together`: days on which the supplier works, and two orders that travel together
//! - [`setting_up`]: makes it in a database
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tables of this folder are indexed by themselves; a test makes all of it"
)]

pub mod accounts;
pub mod assortments;
mod contracts;
mod desks;
mod habits;
pub mod orders;
pub mod prices;
mod privileges;
pub mod products;
pub mod sequence;
pub mod setting_up;
mod settling;
pub mod sheet;
pub mod stock;
mod team;
mod together;
mod year;

use chrono::NaiveDate;

use self::sheet::Sheet;

pub use self::setting_up::{is_set_up, set_up};

/// What the supplier is called; tells the demonstration's database from others.
pub const SUPPLIER: &str = "Kessemeer Fastening & Rigging B.V.";

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "have-a-look-around";

/// Every import file with its name, for a demonstration that begins on `today`: contracts hold for that day's year.
pub fn files(today: NaiveDate) -> Vec<(String, Vec<u8>)> {
    let products = products::all();
    let assortments = assortments::all(&products);
    let sheets = [
        supplier(),
        tax_rates(),
        accounts::accounts_sheet(),
        accounts::credit_sheet(),
        accounts::sites_sheet(),
        accounts::contacts_sheet(),
        products::products_sheet(&products),
        products::units_sheet(&products, &assortments),
        prices::lists_sheet(today),
        prices::prices_sheet(&products, &assortments, today),
        assortments::sheet(&products, &assortments),
        products::substitutes_sheet(&products),
        team::sheet(today),
        stock::sheet(&products),
    ];
    sheets.into_iter().map(Sheet::into_file).collect()
}

fn supplier() -> Sheet {
    let columns = "name,country,currency,vat_id,street,city,postal_code,iban,bic,email,phone,time_zone,endpoint,contact,\
         gs1_company_prefix";
    let mut sheet = Sheet::new("supplier.csv", columns);
    sheet.row([
        SUPPLIER,
        "NL",
        "EUR",
        "NL009876543B21",
        "Smederijkade 18",
        "Nijmegen",
        "6541 XK",
        "NL93DEMO0123456789",
        "DEMONL2A",
        "sales@kessemeer.example",
        "+31 24 555 01 00",
        "Europe/Amsterdam",
        "9944:NL009876543B21",
        "Willem Kessemeer",
        "8712345",
    ]);
    sheet
}

/// Printed books carry the reduced rate of the Netherlands.
fn tax_rates() -> Sheet {
    let mut sheet = Sheet::new("tax_rates.csv", "country,category,rate,valid_from");
    sheet.row(["NL", "AA", "9", "2019-01-01"]);
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The rows of a file by column.
    fn rows(files: &[(String, Vec<u8>)], name: &str) -> Vec<BTreeMap<String, String>> {
        let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("the file is there");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        reader.deserialize().collect::<Result<_, _>>().expect("well-formed")
    }

    fn column(rows: &[BTreeMap<String, String>], name: &str) -> BTreeSet<String> {
        rows.iter().map(|row| row[name].clone()).collect()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
    }

    #[test]
    fn the_same_day_gives_the_same_bytes() {
        assert_eq!(files(today()), files(today()));
    }

    #[test]
    fn every_row_refers_to_what_exists() {
        let files = files(today());
        let accounts = column(&rows(&files, "accounts.csv"), "account");
        let products = rows(&files, "products.csv");
        let skus = column(&products, "sku");
        let lists = column(&rows(&files, "price_lists.csv"), "price_list");
        let mut units: BTreeSet<_> = products
            .iter()
            .map(|row| (row["sku"].clone(), row["base_unit"].clone()))
            .collect();
        units.extend(
            rows(&files, "units.csv")
                .iter()
                .map(|row| (row["sku"].clone(), row["unit"].clone())),
        );
        for name in [
            "sites.csv",
            "contacts.csv",
            "team.csv",
            "assortment.csv",
            "units.csv",
            "price_lists.csv",
        ] {
            for row in rows(&files, name) {
                assert!(
                    row["account"].is_empty() || accounts.contains(&row["account"]),
                    "{name}: {row:?}"
                );
            }
        }
        for name in ["units.csv", "prices.csv", "assortment.csv", "stock.csv"] {
            for row in rows(&files, name) {
                assert!(skus.contains(&row["sku"]), "{name}: {row:?}");
            }
        }
        for row in rows(&files, "prices.csv") {
            let unit = (row["sku"].clone(), row["unit"].clone());
            assert!(units.contains(&unit), "{row:?}");
        }
        for row in rows(&files, "prices.csv") {
            assert!(lists.contains(&row["price_list"]), "{row:?}");
        }
    }

    #[test]
    fn accounts_order_only_what_they_see() {
        let files = files(today());
        let mut seen = BTreeMap::<_, BTreeSet<_>>::new();
        for row in rows(&files, "assortment.csv") {
            seen.entry(row["account"].clone())
                .or_default()
                .insert(row["sku"].clone());
        }
        let owners: BTreeMap<_, _> = rows(&files, "products.csv")
            .into_iter()
            .map(|row| (row["sku"].clone(), row["exclusive_account"].clone()))
            .collect();
        let may_see = |account: &str, sku: &str| {
            let owner = owners[sku].as_str();
            (owner.is_empty() || owner == account) && seen.get(account).is_none_or(|skus| skus.contains(sku))
        };
        for row in rows(&files, "assortment.csv") {
            assert!(may_see(&row["account"], &row["sku"]), "{row:?}");
        }
        let products = products::all();
        let now = today().and_time(chrono::NaiveTime::MIN);
        for order in orders::all(&products, &assortments::all(&products), now) {
            for (sku, _, _) in &order.lines {
                assert!(may_see(order.account, sku), "{order:?}");
            }
        }
        assert_eq!(seen.len(), 4);
    }

    #[test]
    fn numbers_mean_one_article_and_have_their_check_digit() {
        let files = files(today());
        let mut meanings = BTreeMap::new();
        let mut carried = 0;
        for (name, column) in [
            ("products.csv", "gtin"),
            ("units.csv", "gtin"),
            ("assortment.csv", "label_gtin"),
        ] {
            for row in rows(&files, name).into_iter().filter(|row| !row[column].is_empty()) {
                let gtin = crate::catalogue::rules::gtin14(&row[column]);
                let sku = row["sku"].clone();
                let holder = meanings.insert(gtin.unwrap_or_else(|| panic!("{name}: {row:?}")), sku.clone());
                // An account's own pack carries the number of the pack it stands for.
                assert!(holder.is_none_or(|holder| holder == sku), "{name}: {row:?}");
                carried += 1;
            }
        }
        assert!(carried > 900, "{carried}");
        let numbers: Vec<_> = rows(&files, "assortment.csv")
            .iter()
            .map(|row| (row["account"].clone(), row["customer_part_number"].clone()))
            .collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    }

    #[test]
    fn the_supplier_is_as_large_as_promised() {
        let files = files(today());
        let count = |name| rows(&files, name).len();
        let products = rows(&files, "products.csv");
        assert_eq!((count("accounts.csv"), products.len()), (6, 300));
        assert_eq!(column(&products, "sku").len(), 300);
        assert_eq!(column(&products, "name").len(), 300);
        assert_eq!(column(&products, "category").len(), 13);
        assert_eq!(column(&products, "base_unit").len(), 3);
        assert_eq!(column(&rows(&files, "accounts.csv"), "tier").len(), 4);
        assert_eq!(column(&rows(&files, "price_lists.csv"), "kind").len(), 4);
    }

    #[test]
    fn every_article_has_a_price_in_every_currency() {
        let files = files(today());
        let priced: BTreeSet<_> = rows(&files, "prices.csv")
            .into_iter()
            .map(|row| (row["price_list"].clone(), row["sku"].clone()))
            .collect();
        for product in rows(&files, "products.csv") {
            for list in ["BASE-EUR", "BASE-GBP", "BASE-CHF"] {
                let key = (list.to_owned(), product["sku"].clone());
                assert!(priced.contains(&key), "{key:?}");
            }
        }
    }

    #[test]
    fn prices_fall_with_the_quantity() {
        let files = files(today());
        let mut breaks = BTreeMap::<_, Vec<(i64, i64)>>::new();
        let micros = |text: &str| crate::money::UnitPrice::parse(text).expect("a price").micros;
        for row in rows(&files, "prices.csv") {
            let key = ["price_list", "sku", "unit", "valid_from", "price_base"].map(|name| row[name].clone());
            breaks
                .entry(key)
                .or_default()
                .push((micros(&row["min_quantity"]), micros(&row["price"])));
        }
        for (key, mut row) in breaks {
            row.sort_unstable();
            let falls = row
                .windows(2)
                .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1);
            assert!(falls, "{key:?}: {row:?}");
        }
    }
}
