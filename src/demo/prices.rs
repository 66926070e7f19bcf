//! What things cost: a base list for each currency, lists of tiers, of accounts, and contracts.

use chrono::{Datelike, Days, NaiveDate};

use super::assortments::Assortments;
use super::products::Product;
use super::sheet::{Sheet, cents, decimal};

/// The currencies of the base lists and what a euro of the list is in them, in thousandths.
const CURRENCIES: [(&str, i64); 3] = [("EUR", 1000), ("GBP", 865), ("CHF", 945)];

/// Tiers with a list of their own: tier, currency, thousandths of the base price.
const TIERS: [(&str, &str, i64); 4] = [
    ("platinum", "EUR", 860),
    ("gold", "EUR", 905),
    ("silver", "GBP", 950),
    ("silver", "CHF", 955),
];

/// What tiers are cheaper in.
const TIER_CATEGORIES: [&str; 5] = [
    "Hexagon screws",
    "Socket screws",
    "Nuts",
    "Washers",
    "Wood and construction screws",
];

/// Thousandths of the price from ten of the smallest packs on, from four of the next on, and from the largest on.
const BREAKS: [i64; 3] = [965, 940, 900];

/// The list of the offer on lashings.
const OFFER: &str = "OFFER-LASHING";

/// An account's agreement: list, account, thousandths of the list price, every how manieth article it holds for.
struct Agreement {
    list: String,
    account: &'static str,
    permille: i64,
    every: usize,
}

fn agreement(list: String, account: &'static str, permille: i64, every: usize) -> Agreement {
    Agreement {
        list,
        account,
        permille,
        every,
    }
}

/// This year's contract and the next one, two and a half percent up.
fn elbtor_contracts(year: i32) -> [(i32, Agreement); 2] {
    [(year, 768), (year + 1, 787)]
        .map(|(year, permille)| (year, agreement(format!("CON-ELBTOR-{year}"), "ELBTOR", permille, 3)))
}

fn marvaux_contract(year: i32) -> Agreement {
    agreement(format!("CON-MARVAUX-{year}"), "MARVAUX", 830, 4)
}

fn glasoord_contract(year: i32) -> Agreement {
    agreement(format!("CON-GLASOORD-{year}"), "GLASOORD", 845, 5)
}

/// `price_lists.csv`.
pub(super) fn lists_sheet(today: NaiveDate) -> Sheet {
    let columns = "price_list,name,currency,kind,account,tier,rank,valid_from,valid_to";
    let mut sheet = Sheet::new("price_lists.csv", columns);
    for (currency, _) in CURRENCIES {
        let (list, name) = (format!("BASE-{currency}"), format!("List prices {currency}"));
        sheet.row([&list, &name, currency, "base", "", "", "", "", ""]);
    }
    let (from, to) = offer_days(today);
    sheet.row([
        OFFER,
        "Autumn offer: lashing and lifting",
        "EUR",
        "base",
        "",
        "",
        "10",
        &from,
        &to,
    ]);
    for (tier, currency, _) in TIERS {
        let name = format!("{}{} customers {currency}", tier[..1].to_uppercase(), &tier[1..]);
        sheet.row([
            &tier_list(tier, currency),
            &name,
            currency,
            "tier",
            "",
            tier,
            "",
            "",
            "",
        ]);
    }
    let name = "Net prices Aldwick Trade Supplies";
    sheet.row(["NET-ALDWICK", name, "GBP", "account", "ALDWICK", "", "", "", ""]);
    let year = today.year();
    let mut contract = |year: i32, name: &str, agreement: &Agreement, rank: &str| {
        let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let name = format!("{name} {year}");
        sheet.row([
            &agreement.list,
            &name,
            "EUR",
            "contract",
            agreement.account,
            "",
            rank,
            &from,
            &to,
        ]);
    };
    for (year, elbtor) in elbtor_contracts(year) {
        contract(year, "Frame contract Elbtor Baubedarf", &elbtor, "10");
    }
    contract(year, "Contract Quincaillerie Marvaux", &marvaux_contract(year), "");
    contract(year, "Greenhouse projects Glasoord", &glasoord_contract(year), "");
    sheet
}

fn tier_list(tier: &str, currency: &str) -> String {
    format!("{}-{currency}", tier.to_uppercase())
}

fn offer_days(today: NaiveDate) -> (String, String) {
    let from = today.checked_sub_days(Days::new(14)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(60)).unwrap_or(today);
    (from.to_string(), to.to_string())
}

/// `prices.csv`.
pub(super) fn prices_sheet(products: &[Product], assortments: &Assortments, today: NaiveDate) -> Sheet {
    let columns = "price_list,sku,unit,min_quantity,price,price_base,valid_from,valid_to";
    let mut prices = Prices {
        sheet: Sheet::new("prices.csv", columns),
        products,
        assortments,
    };
    for (currency, permille) in CURRENCIES {
        let list = format!("BASE-{currency}");
        products
            .iter()
            .for_each(|product| prices.scale(&list, product, permille));
    }
    for product in products
        .iter()
        .filter(|product| product.category == "Lashing and lifting")
    {
        prices.add(OFFER, product, 0, &cents(product.list_cents * 880 / 1000), ["", ""]);
    }
    for (tier, currency, permille) in TIERS {
        let of_currency = CURRENCIES
            .iter()
            .find(|(known, _)| *known == currency)
            .map_or(1000, |(_, rate)| *rate);
        let cheaper = products
            .iter()
            .filter(|product| TIER_CATEGORIES.contains(&product.category.as_str()));
        cheaper.for_each(|product| prices.scale(&tier_list(tier, currency), product, permille * of_currency / 1000));
    }
    prices.agree(&agreement("NET-ALDWICK".to_owned(), "ALDWICK", 770, 4), ["", ""]);
    let year = today.year();
    for (_, elbtor) in elbtor_contracts(year) {
        prices.agree(&elbtor, ["", ""]);
        prices.agree_on_pallets(&elbtor);
    }
    let (june, july) = (format!("{year}-06-30"), format!("{year}-07-01"));
    let first_half = marvaux_contract(year);
    prices.agree(&first_half, ["", &june]);
    let second_half = Agreement {
        permille: first_half.permille + 15,
        ..first_half
    };
    prices.agree(&second_half, [&july, ""]);
    prices.agree(&glasoord_contract(year), ["", ""]);
    prices.sheet
}

struct Prices<'a> {
    sheet: Sheet,
    products: &'a [Product],
    assortments: &'a Assortments,
}

impl Prices<'_> {
    /// A price for base units.
    fn add(&mut self, list: &str, product: &Product, min_quantity: i64, price: &str, [from, to]: [&str; 2]) {
        let (quantity, base) = (min_quantity.to_string(), product.price_base.to_string());
        self.sheet.row([
            list,
            &product.sku,
            product.base.code(),
            &quantity,
            price,
            &base,
            from,
            to,
        ]);
    }

    /// The list price times `permille` thousandths, with its breaks; in cents.
    fn scale(&mut self, list: &str, product: &Product, permille: i64) {
        for (min_quantity, of_break) in breaks(product) {
            let price = product.list_cents * permille * of_break / 1_000_000;
            self.add(list, product, min_quantity, &cents(price), ["", ""]);
        }
    }

    /// Every so many articles of an account's assortment, and all that is made for it alone; in hundredths of cents.
    fn agree(&mut self, agreement: &Agreement, days: [&str; 2]) {
        for product in self.agreed(agreement) {
            for (min_quantity, of_break) in breaks(product) {
                let price = product.list_cents * agreement.permille * of_break / 10_000;
                self.add(&agreement.list, product, min_quantity, &decimal(price, 4), days);
            }
        }
    }

    /// Whole pallets of some of it, priced by the pallet.
    fn agree_on_pallets(&mut self, agreement: &Agreement) {
        for product in self.agreed(agreement).into_iter().step_by(4) {
            let Some(pallet) = product.packs.iter().find(|pack| pack.unit == "PAL") else {
                continue;
            };
            let price = product.value_cents(pallet.numerator) * (agreement.permille - 120) / 1000;
            let price = cents(price / 100 * 100);
            self.sheet
                .row([&agreement.list, &product.sku, pallet.unit, "0", &price, "1", "", ""]);
        }
    }

    fn agreed<'b>(&self, agreement: &Agreement) -> Vec<&'b Product>
    where
        Self: 'b,
    {
        let chosen = self.assortments.get(agreement.account).into_iter().flatten();
        let products = chosen.map(|index| &self.products[*index]).enumerate();
        let agreed = products
            .filter(|(position, product)| position.is_multiple_of(agreement.every) || product.exclusive.is_some());
        agreed.map(|(_, product)| product).collect()
    }
}

/// From how many base units on which part of the price, in thousandths.
fn breaks(product: &Product) -> Vec<(i64, i64)> {
    let content = |position: usize, packs| product.packs.get(position).map_or(0, |pack| pack.content_of(packs));
    let quantities = [content(0, 10), content(1, 4), content(2, 1)];
    let mut breaks = vec![(0, 1000)];
    for (quantity, permille) in quantities.into_iter().zip(BREAKS) {
        if breaks.last().is_none_or(|(last, _)| quantity > *last) {
            breaks.push((quantity, permille));
        }
    }
    breaks
}
