//! A pack of a product: made, changed, taken away after asking.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::catalogue::assortments;
use crate::catalogue::inputs::NewUnit;
use crate::catalogue::products;
use crate::catalogue::rules::Rounding;
use crate::catalogue::rules::keeping::{KeptProduct, KeptUnit};
use crate::catalogue::units;
use crate::catalogue::words::{choices, kept_content};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepCatalogue};
use crate::ids::{ProductId, SaleUnitId};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "catalogue/templates/unit_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    product: &'a KeptProduct,
    /// What it is counted in.
    base_unit: String,
    /// The pack that is changed; none for a new one.
    unit: Option<&'a KeptUnit>,
    version: i64,
    form: Form,
    accounts: Vec<(String, String)>,
    /// Whether lines without a unit mean it.
    defaults: [(String, String); 2],
    /// What becomes of a quantity that it isn't sold in.
    roundings: Vec<(String, String)>,
}

fn answer(
    shell: &Shell,
    product: &KeptProduct,
    unit: Option<&KeptUnit>,
    form: Form,
    accounts: Vec<(String, String)>,
) -> Result<HttpResponse> {
    let everybody = (String::new(), shell.t("unit-for-everybody"));
    shell.page_with(
        form.status(),
        &FormPage {
            shell,
            product,
            base_unit: shell.language.unit(&product.base_unit, Quantity::new(2, 0)),
            version: unit.map_or(0, units::version),
            unit,
            form,
            accounts: [everybody].into_iter().chain(accounts).collect(),
            roundings: Rounding::NAMES
                .iter()
                .map(|name| ((*name).to_owned(), shell.t(&format!("unit-rounding-{name}"))))
                .collect(),
            defaults: ["false", "true"].map(|value| (value.to_owned(), shell.t(&format!("unit-default-{value}")))),
        },
    )
}

/// The values as the reader types them.
fn stored(shell: &Shell, unit: &KeptUnit) -> Form {
    let mut form = Form::stored(shell, &NewUnit::from(unit));
    for decimal in DECIMALS {
        let typed = to_type(shell.language, form.value(decimal));
        form.set(decimal, typed);
    }
    form
}

/// Fields that people type as their language writes numbers.
const DECIMALS: [&str; 2] = ["base_quantity", "gross_weight_kg"];

type Facts = (KeptProduct, Vec<(String, String)>);

fn facts(connection: &mut Connection, id: ProductId) -> Result<Facts> {
    let accounts = assortments::extents(connection)?;
    Ok((products::get(connection, id)?, choices(&accounts)))
}

/// The form of a new pack
#[get("/desk/products/{id}/units/new")]
pub async fn show_new(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
) -> Result<HttpResponse> {
    let (product, accounts) = state.db.read(move |connection| facts(connection, id)).await?;
    let form = Form::of(&desk.shell, [("min_quantity", "1"), ("multiple", "1")]);
    answer(&desk.shell, &product, None, form, accounts)
}

/// Makes a pack
#[post("/desk/products/{id}/units/new")]
pub async fn create(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input(&DECIMALS) {
        let actor = desk.staff.actor();
        let make = move |tx: &mut Connection| units::add(tx, &actor, id, &given, now());
        match state.db.write(make).await {
            Ok(unit) => {
                let text = desk.shell.t1("unit-made", "unit", unit.unit.as_str());
                return Ok(see_other(format!("/desk/products/{id}")).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    let (product, accounts) = state.db.read(move |connection| facts(connection, id)).await?;
    answer(&desk.shell, &product, None, form, accounts)
}

fn of_unit(connection: &mut Connection, id: SaleUnitId) -> Result<(KeptUnit, KeptProduct)> {
    let unit = units::get(connection, id)?;
    let product = products::get(connection, unit.product_id)?;
    Ok((unit, product))
}

/// The form of a pack
#[get("/desk/units/{id}/edit")]
pub async fn show_edit(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
) -> Result<HttpResponse> {
    let (unit, product) = state.db.read(move |connection| of_unit(connection, id)).await?;
    answer(
        &desk.shell,
        &product,
        Some(&unit),
        stored(&desk.shell, &unit),
        Vec::new(),
    )
}

/// Changes a pack
#[post("/desk/units/{id}/edit")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input(&DECIMALS) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let change = move |tx: &mut Connection| units::change(tx, &actor, id, &seen, &given, now());
        match state.db.write(change).await {
            Ok(unit) => {
                let text = desk.shell.t1("unit-changed", "unit", unit.unit.as_str());
                let to = see_other(format!("/desk/products/{}", unit.product_id));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    let (unit, product) = state.db.read(move |connection| of_unit(connection, id)).await?;
    answer(&desk.shell, &product, Some(&unit), form, Vec::new())
}

#[derive(Template)]
#[template(path = "catalogue/templates/unit_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    product: &'a KeptProduct,
    unit: &'a KeptUnit,
    content: String,
    version: i64,
}

/// Asks before a pack goes
#[get("/desk/units/{id}/remove")]
pub async fn confirm_remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
) -> Result<HttpResponse> {
    let (unit, product) = state.db.read(move |connection| of_unit(connection, id)).await?;
    let shell = &desk.shell;
    shell.page(&RemovePage {
        shell,
        content: kept_content(shell, &unit, &product.base_unit),
        version: units::version(&unit),
        product: &product,
        unit: &unit,
    })
}

/// Takes a pack away
#[post("/desk/units/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let seen = fields.seen();
    let remove = move |tx: &mut Connection| units::remove(tx, &actor, id, &seen, now());
    match state.db.write(remove).await {
        Ok(unit) => {
            let text = desk.shell.t1("unit-removed", "unit", unit.unit.as_str());
            Ok(see_other(format!("/desk/products/{}", unit.product_id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            let again = see_other(format!("/desk/units/{id}/remove"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
