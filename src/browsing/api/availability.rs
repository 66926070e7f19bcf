//! When so much of an article would come, for accounts and partners.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts;
use crate::accounts::terms;
use crate::catalogue;
use crate::catalogue::rules::order_quantity;
use crate::catalogue::sentences;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::ProductId;
use crate::orders::promising::asking::ask;
use crate::orders::rules::order::PromiseKind;
use crate::orders::sentences::no_own_site;
use crate::pricing::rules::shown_quantity;
use crate::state::AppState;

/// Of how much, and where to.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskAvailability {
    /// How much, in `unit`, as it would be ordered; the smallest order if left out.
    #[param(example = "400")]
    quantity: Option<String>,
    /// The unit; the article's base unit if left out.
    unit: Option<String>,
    /// Code of one of your sites; the first one if left out.
    site: Option<String>,
}

/// When so much of an article would come if you ordered it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityAnswer {
    product_id: String,
    sku: String,
    unit: String,
    /// In `unit`.
    quantity: String,
    /// The same in base units.
    base_quantity: String,
    /// The day from which you may order the article; null if you may already.
    #[schema(required)]
    orderable_from: Option<NaiveDate>,
    /// When all of it would come; null while some of it has no day, and before you may order it.
    #[schema(required)]
    promised_date: Option<NaiveDate>,
    /// How much would come on which day.
    promises: Vec<AvailabilityPart>,
    /// What has no day yet, in base units.
    open_quantity: String,
}

/// So much on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityPart {
    date: NaiveDate,
    /// In base units.
    quantity: String,
    #[schema(inline)]
    kind: PromiseKind,
}

/// When so much would come
///
/// What ordering it now would promise, in the standard class, and nothing is kept for you by asking.
#[utoipa::path(tag = "products", operation_id = "getAvailability", params(AskAvailability), responses((status = 200, body = AvailabilityAnswer)))]
#[get("/products/{id}/availability")]
pub async fn get_availability(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ProductId>,
    Params(asked): Params<AskAvailability>,
) -> Result<web::Json<AvailabilityAnswer>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        let article = catalogue::get(connection, account_id, id)?;
        let terms = terms::load(connection, account_id)?;
        let key = asked.unit.as_deref().unwrap_or(article.base_unit.as_str());
        let mut faults = Vec::new();
        let unit = article.unit(key);
        let quantity = match unit {
            Some(unit) => match (&asked.quantity, shown_quantity(&article, unit)) {
                (None, Some(smallest)) => Some(smallest),
                (asked, _) => order_quantity(&article, unit, asked.as_deref().unwrap_or("1"))
                    .map_err(|fault| faults.push(FieldError::new("/quantity", fault.code, fault.detail)))
                    .ok(),
            },
            None => {
                let units = article.units.iter().map(|unit| unit.unit.as_str());
                let detail = sentences::not_sold_in(&article.sku, key, units);
                faults.push(FieldError::new("/unit", Code::UnknownUnit, detail));
                None
            }
        };
        let site = accounts::ship_to(connection, account_id, asked.site.as_deref())?;
        if site.is_none() {
            let detail = no_own_site(asked.site.as_deref().unwrap_or_default());
            faults.push(FieldError::new("/site", Code::UnknownSite, detail));
        }
        let (Some(unit), Some(quantity), Some(site)) = (unit, quantity, site) else {
            return Err(Error::Invalid(faults));
        };
        let orderable_from = article.coming(day_in(terms.supplier_zone, now()));
        let answer = ask(connection, &terms, &site, (&article, unit, quantity), now())?;
        // Until then others order what lies there.
        let promises = match orderable_from {
            Some(_) => Vec::new(),
            None => answer.promises,
        };
        let base = |steps| article.base_quantity(steps).to_string();
        let parts = promises.iter().map(|promise| AvailabilityPart {
            date: promise.on,
            quantity: base(promise.quantity),
            kind: promise.kind,
        });
        Ok(AvailabilityAnswer {
            product_id: article.product_id.to_string(),
            sku: article.sku.clone(),
            unit: unit.unit.clone(),
            quantity: quantity.ordered.to_string(),
            base_quantity: base(quantity.base_steps),
            orderable_from,
            promised_date: answer.promised_on.filter(|_| orderable_from.is_none()),
            promises: parts.collect(),
            open_quantity: base(match orderable_from {
                Some(_) => quantity.base_steps,
                None => answer.open,
            }),
        })
    };
    Ok(web::Json(state.db.read(read).await?))
}
