//! What accounts see: four choose from their own assortment under their own part numbers, two of them sell some of it
//! under their own brand.

use std::collections::HashMap;

use super::products::{Pack, Product, with_check_digit};
use super::sheet::Sheet;

/// The indexes of the articles each account chooses from; an account that isn't there chooses from all.
pub type Assortments = HashMap<&'static str, Vec<usize>>;

/// An account's assortment: families of articles.
struct Choice {
    account: &'static str,
    /// Family codes; with a finish behind a dash only articles of that finish.
    families: &'static [&'static str],
    /// How the account numbers the article with this index.
    part_number: fn(usize) -> String,
    label: Option<Label>,
}

/// A private label.
struct Label {
    brand: &'static str,
    families: &'static [&'static str],
    /// The account's own GTIN prefix.
    prefix: &'static str,
}

const CHOICES: [Choice; 4] = [
    Choice {
        account: "ELBTOR",
        families: &[
            "HXS-ZP", "HXN-ZP", "LKN-ZP", "WSH-ZP", "WSL", "TRD-ZP", "CSY", "TSW", "DKS", "DWS", "WDA", "WDS", "NYP",
            "FRF", "INJ", "MSL", "RWN", "RWG", "CLN", "FST", "CHG", "WRG", "PPR", "RLS", "RLE", "EDP", "ASM", "SPR",
            "CTD", "BKT",
        ],
        part_number: |index| format!("41{:05}", 10_000 + index * 37),
        label: Some(Label {
            brand: "Elbtor Profi",
            families: &["CSY", "DKS", "NYP", "RWG", "PPR", "RLS", "RLE"],
            prefix: "9525233",
        }),
    },
    Choice {
        account: "GLASOORD",
        families: &[
            "HXS", "HXN", "LKN", "WSH", "TRD", "GBS", "WDA", "WDS", "INJ", "WRG", "WRC", "WRP", "THM", "TBK", "SNH",
            "CWH", "EYB", "SPR", "TLK", "LUB", "CTD", "BKT",
        ],
        part_number: |index| format!("GL.{:02}.{:04}", 10 + index / 50, 100 + index),
        label: None,
    },
    Choice {
        account: "MARVAUX",
        families: &[
            "HXS-A2", "SCS", "HXN-A2", "LKN-A2", "WSH-A2", "TRD-A2", "DKS", "WDS", "ARN", "CHG", "CHS", "WRS", "WRC",
            "PES", "BSH", "WRP", "THM", "TBK", "SNH", "EYB", "TLK", "LUB", "SG2", "CTD", "BKT",
        ],
        part_number: |index| format!("MVX-{}", 10_245 + index * 11),
        label: Some(Label {
            brand: "Atelier Marvaux",
            families: &["HXS-A2", "HXN-A2", "WSH-A2", "BSH", "TBK"],
            prefix: "9526114",
        }),
    },
    Choice {
        account: "ALDWICK",
        families: &[
            "HXS-ZP", "HXN-ZP", "WSH-ZP", "CSY", "TSW", "DWS", "WDA", "NYP", "FRF", "RWN", "RWG", "CLN", "CHG", "PPR",
            "PES", "BSH", "RLS", "RSL", "WSG", "EDP", "ASM", "SPR", "TLK", "BKT",
        ],
        part_number: |index| format!("AW/{:05}", 20_100 + index * 7),
        label: None,
    },
];

/// True if the article belongs to one of the families.
fn is_of(product: &Product, families: &[&str]) -> bool {
    let mut parts = product.sku.split('-');
    let (code, finish) = (parts.next(), parts.next_back());
    families.iter().any(|family| match family.split_once('-') {
        Some((family, wanted)) => code == Some(family) && finish == Some(wanted),
        None => code == Some(family),
    })
}

/// What each account chooses from.
pub fn all(products: &[Product]) -> Assortments {
    let of = |choice: &Choice| {
        let chosen = products
            .iter()
            .enumerate()
            .filter(|(_, product)| is_of(product, choice.families));
        (choice.account, chosen.map(|(index, _)| index).collect())
    };
    CHOICES.iter().map(of).collect()
}

/// The indexes of the articles an account may order.
pub fn visible(account: &str, products: &[Product], assortments: &Assortments) -> Vec<usize> {
    match assortments.get(account) {
        Some(chosen) => chosen.clone(),
        None => (0..products.len())
            .filter(|index| {
                products[*index]
                    .exclusive
                    .as_deref()
                    .is_none_or(|owner| owner == account)
            })
            .collect(),
    }
}

/// Cartons that accounts have packed differently: half as many of what Elbtor sells from its own shelves.
pub(super) fn own_cartons<'a>(
    products: &'a [Product],
    assortments: &Assortments,
) -> impl Iterator<Item = (&'static str, &'a Product, Pack)> {
    let chosen = assortments.get("ELBTOR").cloned().unwrap_or_default();
    let of_shelves = chosen
        .into_iter()
        .map(|index| &products[index])
        .filter(|product| is_of(product, &["CSY"]));
    of_shelves.filter_map(|product| {
        let general = product.packs.iter().find(|pack| pack.unit == "CTN")?;
        Some(("ELBTOR", product, general.half()))
    })
}

/// `assortment.csv`.
pub(super) fn sheet(products: &[Product], assortments: &Assortments) -> Sheet {
    let columns = "account,sku,customer_part_number,label_name,label_brand,label_gtin";
    let mut sheet = Sheet::new("assortment.csv", columns);
    for choice in &CHOICES {
        for index in assortments.get(choice.account).into_iter().flatten() {
            let product = &products[*index];
            let label = choice.label.as_ref().filter(|label| is_of(product, label.families));
            let [name, brand, gtin] = label.map_or_else(Default::default, |label| {
                let gtin = with_check_digit(format!("{}{:05}", label.prefix, 100 + index));
                [label.name(product), label.brand.to_owned(), gtin]
            });
            sheet.row([
                choice.account,
                &product.sku,
                &(choice.part_number)(*index),
                &name,
                &brand,
                &gtin,
            ]);
        }
    }
    sheet
}

impl Label {
    /// The article's name under the brand: `Elbtor Profi nylon plug 8 x 40`.
    fn name(&self, product: &Product) -> String {
        let mut letters = product.name.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        format!("{} {}{}", self.brand, first.collect::<String>(), letters.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::products;

    #[test]
    fn every_family_of_a_choice_exists() {
        let products = products::all();
        for choice in &CHOICES {
            let labelled = choice.label.iter().flat_map(|label| label.families);
            for family in choice.families.iter().chain(labelled) {
                assert!(products.iter().any(|product| is_of(product, &[family])), "{family}");
            }
            for family in choice.label.iter().flat_map(|label| label.families) {
                assert!(choice.families.contains(family), "{family} is labelled but not chosen");
            }
        }
    }

    #[test]
    fn accounts_without_a_choice_see_all_but_what_is_made_for_others() {
        let products = products::all();
        let seen = visible("SAENTIS", &products, &all(&products));
        let owners: Vec<_> = seen
            .iter()
            .filter_map(|index| products[*index].exclusive.as_deref())
            .collect();
        assert_eq!(owners, ["SAENTIS"]);
        assert_eq!(seen.len(), 300 - 4);
    }
}
