//! A pack of a product: made, changed, taken away after asking.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::{Form, choices, values_of};
use crate::catalogue::keeping::{assortments, products, units};
use crate::catalogue::rules::keeping::{KeptProduct, KeptUnit, Values};
use crate::catalogue::view::kept_content;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepCatalogue};
use crate::ids::{ProductId, SaleUnitId};
use crate::pricing::view::kept::{number, typed};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::version::Expected;
use crate::web::{Fields, Shell, Tone, see_other};

/// The fields of the form, called as the columns of the import file.
const FIELDS: [&str; 10] = [
    "unit",
    "name",
    "base_quantity",
    "numerator",
    "denominator",
    "unit_code",
    "gtin",
    "min_quantity",
    "multiple",
    "account",
];

#[derive(Template)]
#[template(path = "catalogue/templates/unit_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    product: &'a KeptProduct,
    /// What it is counted in.
    base_unit: String,
    /// The pack that is changed; none for a new one.
    unit: Option<&'a KeptUnit>,
    seen: i64,
    form: Form,
    accounts: Vec<(String, String)>,
}

fn form_page<'a>(
    shell: &'a Shell,
    product: &'a KeptProduct,
    unit: Option<&'a KeptUnit>,
    form: Form,
    accounts: Vec<(String, String)>,
) -> FormPage<'a> {
    let everybody = (String::new(), shell.t("unit-for-everybody"));
    FormPage {
        shell,
        product,
        base_unit: shell.language.unit(&product.base_unit, Quantity::new(2, 0)),
        seen: unit.map_or(0, units::version),
        unit,
        form,
        accounts: [everybody].into_iter().chain(accounts).collect(),
    }
}

/// The content as the reader writes numbers.
fn as_shown(shell: &Shell, mut values: Values) -> Values {
    for (field, value) in &mut values {
        if *field == "base_quantity" {
            *value = typed(shell.language, value);
        }
    }
    values
}

/// The content as a plain decimal.
fn as_meant(mut values: Values) -> Result<Values> {
    for (field, value) in &mut values {
        if *field == "base_quantity" {
            *value = number(field, value).map_err(|fault| Error::Invalid(vec![fault]))?;
        }
    }
    Ok(values)
}

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
    let form = Form::new(vec![("min_quantity", "1".to_owned()), ("multiple", "1".to_owned())]);
    desk.shell.page(&form_page(&desk.shell, &product, None, form, accounts))
}

/// Makes a pack
#[post("/desk/products/{id}/units/new")]
pub async fn create(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, values) = (desk.staff.actor(), values_of(&fields, FIELDS));
    let made = match as_meant(values.clone()) {
        Ok(given) => {
            let make = move |tx: &mut Connection| units::add(tx, &actor, id, &given, now());
            state.db.write(make).await
        }
        Err(unclear) => Err(unclear),
    };
    match made {
        Ok(unit) => {
            let text = desk.shell.t1("unit-made", "unit", unit.unit.as_str());
            Ok(see_other(format!("/desk/products/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Invalid(_)) => {
            let (product, accounts) = state.db.read(move |connection| facts(connection, id)).await?;
            let form = Form::refused(&desk.shell, values, &error);
            let page = form_page(&desk.shell, &product, None, form, accounts);
            desk.shell.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
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
    let form = Form::new(as_shown(&desk.shell, unit.values()));
    desk.shell
        .page(&form_page(&desk.shell, &product, Some(&unit), form, Vec::new()))
}

/// Changes a pack
#[post("/desk/units/{id}/edit")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, mut values) = (desk.staff.actor(), values_of(&fields, FIELDS));
    values.retain(|(field, _)| !["unit", "account"].contains(field));
    let seen = Expected::OneOf(fields.parse("seen").into_iter().collect());
    let changed = match as_meant(values.clone()) {
        Ok(given) => {
            let change = move |tx: &mut Connection| units::change(tx, &actor, id, &seen, &given, now());
            state.db.write(change).await
        }
        Err(unclear) => Err(unclear),
    };
    match changed {
        Ok(unit) => {
            let text = desk.shell.t1("unit-changed", "unit", unit.unit.as_str());
            Ok(see_other(format!("/desk/products/{}", unit.product_id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            let (unit, product) = state.db.read(move |connection| of_unit(connection, id)).await?;
            let form = Form::refused(&desk.shell, values, &error);
            let page = form_page(&desk.shell, &product, Some(&unit), form, Vec::new());
            desk.shell.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "catalogue/templates/unit_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    product: &'a KeptProduct,
    unit: &'a KeptUnit,
    content: String,
    seen: i64,
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
        seen: units::version(&unit),
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
    let seen = Expected::OneOf(fields.parse("seen").into_iter().collect());
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
