//! One product: what it is, its packs, its prices, who has it in the assortment, what is in stock, what was changed.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::catalogue::rules::Rounding;
use crate::catalogue::rules::keeping::{KeptArticle, KeptProduct, KeptUnit};
use crate::catalogue::words::{kept_content, lack_chips, pack_size, state_chip};
use crate::catalogue::{assortments, products, units};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::identity::words::{Act, acts, names_of};
use crate::ids::{PriceListId, ProductId, SaleUnitId};
use crate::inventory;
use crate::pricing::editing;
use crate::pricing::rules::keeping::KeptPrice;
use crate::pricing::view::kept::{priced_unit, span, validity_chip};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::substitutes;
use crate::substitutes::rules::Substitute;
use crate::substitutes::words::kind;
use crate::web::{Chip, Shell};

/// Warehouses that are shown.
const WAREHOUSES_MAX: i64 = 100;

#[derive(Template)]
#[template(path = "browsing/templates/supplier_product.html")]
struct ProductPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    product: &'a KeptProduct,
    chips: Vec<Chip>,
    base_unit: String,
    lead_time: String,
    units: Vec<UnitRow>,
    prices: Vec<PriceRow>,
    assortments: Vec<KeptArticle>,
    stock: Vec<(String, String, String, String)>,
    acts: Vec<Act>,
    /// What is offered instead of it, and what it is offered instead of: path and text, kind, ratio.
    substitutes: Vec<(String, String, String, String)>,
}

struct UnitRow {
    id: SaleUnitId,
    unit: String,
    name: String,
    content: String,
    code: String,
    gtin: String,
    ordered: String,
    /// What becomes of a quantity that doesn't fit, unless it is refused; from when it is sold.
    notes: Vec<String>,
    /// Weight, sides and layer, as far as they are known.
    size: Vec<String>,
    owner: Option<String>,
}

struct PriceRow {
    list_id: PriceListId,
    list: String,
    unit: String,
    from: String,
    price: String,
    currency: &'static str,
    span: String,
    validity: Chip,
    history: String,
}

fn unit_row(shell: &Shell, unit: KeptUnit, base_unit: &str) -> UnitRow {
    let ordered = match (unit.min_quantity, unit.multiple) {
        (1, 1) => shell.t("unit-any"),
        (least, 1) => shell.t1("unit-least", "least", least),
        (least, multiple) => shell.t2("unit-multiples", "least", least, "multiple", multiple),
    };
    let ordered = match unit.max_quantity {
        Some(most) => shell.t2("product-at-most", "order", ordered, "most", most),
        None => ordered,
    };
    let from = unit
        .valid_from
        .map(|day| shell.t1("unit-from-day", "day", shell.day(day)));
    let rounding = (unit.rounding != Rounding::Refuse).then(|| shell.name("product-rounding", unit.rounding.name()));
    UnitRow {
        notes: rounding.into_iter().chain(from).collect(),
        size: pack_size(shell, &unit.size),
        id: unit.id,
        content: kept_content(shell, &unit, base_unit),
        unit: unit.unit,
        name: unit.name,
        code: unit.unit_code,
        gtin: unit.gtin.unwrap_or_default(),
        ordered,
        owner: unit.owner.map(|owner| owner.name),
    }
}

fn price_row(shell: &Shell, price: KeptPrice) -> PriceRow {
    let text = shell.language.price(price.price, price.currency.exponent());
    PriceRow {
        list_id: price.list_id,
        list: price.list_code.clone(),
        from: shell.language.quantity(price.min_quantity),
        span: span(shell, price.validity),
        validity: validity_chip(shell, price.validity),
        price: match price.price_base {
            1 => text,
            base => shell.t2("price-per", "price", text, "base", base),
        },
        currency: price.currency.code(),
        unit: priced_unit(shell, &price),
        history: format!("/desk/prices/{}/history", price.id),
    }
}

fn substitute_row(shell: &Shell, id: ProductId, one: &Substitute) -> (String, String, String, String) {
    let text = match one.article.id == id {
        true => shell.t1("substitute-offers-product", "substitute", one.substitute.sku.as_str()),
        false => shell.t1("substitute-is-offered-for", "sku", one.article.sku.as_str()),
    };
    let ratio = shell.language.decimal(one.ratio().to_string());
    (
        format!("/desk/substitutes/{}", one.id),
        text,
        kind(shell, one.kind),
        ratio,
    )
}

/// One product
#[get("/desk/products/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ProductId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let product = products::get(connection, id)?;
        let stock = inventory::list_stock(connection, Some(&product.sku), &Walk::First, WAREHOUSES_MAX)?;
        let recorded = products::history(connection, id)?;
        let names = names_of(connection, &recorded)?;
        Ok((
            (units::list(connection, id)?, editing::list_of_product(connection, id)?),
            assortments::with_product(connection, id)?,
            (stock, substitutes::list_of_product(connection, id)?),
            (recorded, names),
            product,
        ))
    };
    let ((units, prices), assortments, (stock, substitutes), (recorded, names), product) = state.db.read(read).await?;
    let shell = &desk.shell;
    let quantity = |steps: i64| shell.language.quantity(Quantity::new(steps, product.decimals));
    let stock = stock.into_iter().map(|line| {
        let free = quantity(line.on_hand - line.reserved);
        (line.warehouse, quantity(line.on_hand), quantity(line.reserved), free)
    });
    let many = Quantity::new(2, 0);
    shell.page(&ProductPage {
        shell,
        may_edit: desk.may::<MayKeepCatalogue>(),
        chips: state_chip(shell, product.state)
            .into_iter()
            .chain(lack_chips(shell, &product))
            .collect(),
        base_unit: format!(
            "{} ({})",
            shell.language.unit(&product.base_unit, many),
            product.base_unit
        ),
        lead_time: shell.t1("catalogue-days", "days", product.lead_time_days),
        units: units
            .into_iter()
            .map(|unit| unit_row(shell, unit, &product.base_unit))
            .collect(),
        prices: prices.into_iter().map(|price| price_row(shell, price)).collect(),
        stock: stock.collect(),
        substitutes: substitutes.iter().map(|one| substitute_row(shell, id, one)).collect(),
        assortments,
        acts: acts(shell, recorded, &names, "catalogue-field"),
        product: &product,
    })
}
