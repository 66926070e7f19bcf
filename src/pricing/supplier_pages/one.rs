//! One price: what became of it, and taking it out of its list.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::lists::path_of;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::identity::words::{Act, acts, names_of};
use crate::ids::{PriceId, PriceListId};
use crate::pricing::editing;
use crate::pricing::rules::keeping::KeptPrice;
use crate::pricing::view::kept::{priced_unit, span};
use crate::state::AppState;
use crate::web::{Fields, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "pricing/templates/price_history.html")]
struct HistoryPage<'a> {
    shell: &'a Shell,
    list: Option<(PriceListId, String)>,
    title: String,
    now: Option<(String, String, String)>,
    acts: Vec<Act>,
}

fn told(shell: &Shell, price: &KeptPrice) -> (String, String, String) {
    let text = shell.language.price(price.price, price.currency.exponent());
    let per = shell.t2("price-per", "price", text, "base", price.price_base);
    let base_unit = shell.language.unit(&price.base_unit, price.min_quantity);
    let from = format!("{} {base_unit}", shell.language.quantity(price.min_quantity));
    let per_unit = format!("{per} {} {}", priced_unit(shell, price), price.currency.code());
    (per_unit, from, span(shell, price.validity))
}

/// What was done to a price
#[get("/desk/prices/{id}/history")]
pub async fn history(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let price = match editing::get_price(connection, id) {
            Ok(price) => Some(price),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        let recorded = editing::price_history(connection, id)?;
        if price.is_none() && recorded.is_empty() {
            return Err(Error::NotFound);
        }
        let names = names_of(connection, &recorded)?;
        Ok((price, recorded, names))
    };
    let (price, recorded, names) = state.db.read(read).await?;
    let shell = &desk.shell;
    let last = |name: &str| {
        let details = recorded.first().map(|recorded| &recorded.details);
        let side = details.and_then(|details| {
            details
                .get("after")
                .filter(|side| side.is_object())
                .or(details.get("before"))
        });
        side.and_then(|side| side.get(name)?.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let sku = price.as_ref().map_or_else(|| last("sku"), |price| price.sku.clone());
    let name = price.as_ref().map_or_else(String::new, |price| price.name.clone());
    shell.page(&HistoryPage {
        shell,
        list: price.as_ref().map(|price| (price.list_id, price.list_code.clone())),
        title: format!("{sku} {name}").trim().to_owned(),
        now: price.as_ref().map(|price| told(shell, price)),
        acts: acts(shell, recorded, &names, "price-field"),
    })
}

#[derive(Template)]
#[template(path = "pricing/templates/price_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    price: &'a KeptPrice,
    told: (String, String, String),
    version: i64,
}

/// Asks before a price goes
#[get("/desk/prices/{id}/remove")]
pub async fn confirm_remove(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<PriceId>,
) -> Result<HttpResponse> {
    let price = state
        .db
        .read(move |connection| editing::get_price(connection, id))
        .await?;
    let shell = &desk.shell;
    shell.page(&RemovePage {
        shell,
        told: told(shell, &price),
        version: editing::price_version(&price),
        price: &price,
    })
}

/// Takes a price out of its list
#[post("/desk/prices/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let seen = fields.seen();
    let remove = move |tx: &mut Connection| editing::remove_price(tx, &actor, id, &seen, now());
    match state.db.write(remove).await {
        Ok(price) => {
            let text = desk.shell.t1("price-removed", "sku", price.sku.as_str());
            Ok(see_other(path_of(price.list_id, &[])).flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("/desk/prices/{id}/remove"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
