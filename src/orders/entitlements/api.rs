//! What an account may use of the order classes, by REST.

use actix_web::get;
use actix_web::web::{Data, Json};

use super::shapes::{EntitlementView, EntitlementsView};
use crate::clock::now;
use crate::error::Result;
use crate::identity::caller::{Customer, MayRead};
use crate::state::AppState;

/// My order classes
///
/// How many orders of each class above `standard` are left this month, in the account's time zone. A class that the supplier
/// grants to nobody is everybody's.
#[utoipa::path(tag = "orders", operation_id = "listEntitlements", responses((status = 200, body = EntitlementsView)))]
#[get("/entitlements")]
pub async fn list_entitlements(state: Data<AppState>, customer: Customer<MayRead>) -> Result<Json<EntitlementsView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| super::standings(connection, account_id, now());
    let standings = state.db.read(read).await?.into_iter();
    Ok(Json(EntitlementsView {
        data: standings.map(EntitlementView::from).collect(),
    }))
}
