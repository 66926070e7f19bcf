//! REST of what is kept for an account.

use actix_web::get;
use actix_web::web::{Data, Json};

use super::shapes::QuotaView;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::List;
use crate::identity::caller::{Customer, MayRead};
use crate::state::AppState;

/// My quotas
///
/// What is kept for my account, or for it together with others of its tier, and how far it is drawn. Nobody else sees it.
#[utoipa::path(tag = "products", operation_id = "listQuotas", responses((status = 200, body = List<QuotaView>)))]
#[get("/quotas")]
pub async fn list_quotas(state: Data<AppState>, customer: Customer<MayRead>) -> Result<Json<List<QuotaView>>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        let today = super::today(connection, now())?;
        super::of_account(connection, account_id, None, today)
    };
    let quotas = state.db.read(read).await?;
    Ok(Json(List::new(quotas.into_iter().map(QuotaView::from).collect(), None)))
}
