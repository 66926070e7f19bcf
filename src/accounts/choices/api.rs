//! REST: what my account usually decides about what is not there. Staff change it with the account's terms.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::UsualChoices;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::http::{Body, IfMatch, versioned};
use crate::identity::caller::{Customer, MayManage, MayRead};
use crate::names::sets::{BackorderChoice, DeliveryChoice};
use crate::state::AppState;

/// What an order does that says nothing else.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderChoices {
    /// Whether orders leave in parts.
    delivery: DeliveryChoice,
    /// What becomes of what is not there.
    backorder: BackorderChoice,
    /// How many days from the day of placing it waits, where `backorder` is `until`; else null.
    #[schema(required, minimum = 1, maximum = 365, example = 14)]
    cancel_after_days: Option<i32>,
}

fn answer(choices: UsualChoices) -> Result<HttpResponse> {
    let view = OrderChoices {
        delivery: choices.delivery,
        backorder: choices.backorder,
        cancel_after_days: choices.cancel_after_days,
    };
    Ok(versioned(HttpResponse::Ok(), super::version(choices)?, &view))
}

/// What my orders do about what is not there
///
/// Orders, and lines of them, that say nothing else.
#[utoipa::path(tag = "account", operation_id = "getOrderChoices", responses(
    (status = 200, body = OrderChoices, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/account/order-choices")]
pub async fn get_order_choices(customer: Customer<MayRead>, state: Data<AppState>) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    answer(
        state
            .db
            .read(move |connection| super::get(connection, account_id))
            .await?,
    )
}

/// Decide what my orders do about what is not there
///
/// For whatever is ordered from now on; orders that were placed stay as they are.
#[utoipa::path(tag = "account", operation_id = "putOrderChoices", security(("bearer" = ["account.manage"])), request_body = OrderChoices,
    params(("If-Match" = String, Header, description = "The ETag of `GET`")),
    responses(
        (status = 200, body = OrderChoices, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/account/order-choices")]
pub async fn put_order_choices(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    IfMatch(expected): IfMatch,
    Body(body): Body<OrderChoices>,
) -> Result<HttpResponse> {
    let (account_id, actor) = (customer.account_id, customer.actor());
    let days = body.cancel_after_days.map(i64::from);
    let choices = UsualChoices::new(body.delivery, Some(body.backorder), days);
    let choices = choices.map_err(|fault| Error::Invalid(vec![fault]))?;
    let write = move |tx: &mut _| super::put(tx, account_id, &expected, choices, &actor, now());
    answer(state.db.write(write).await?)
}
