//! REST of rebates, for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::RebateRequest;
use super::shapes::RebateView;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, PathId, created};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::RebateId;
use crate::kept::DecimalText;
use crate::state::AppState;

/// What is to be given back, of what was invoiced on some days.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleRebate {
    /// Code of the account.
    account: String,
    /// Days on which the invoices were issued, both included; at most 366.
    from: NaiveDate,
    to: NaiveDate,
    /// Of what is left of these invoices without tax, of each tax rate; or `net`.
    #[schema(example = "2.5")]
    percent: Option<DecimalText>,
    /// So much without tax, shared out by what is left of each tax rate.
    #[schema(example = "250.00")]
    net: Option<DecimalText>,
    /// What else stands on the credit notes; with the days before it 500 characters at most.
    note: Option<String>,
    /// True: also where a rebate was paid for one of these days before.
    #[serde(default)]
    again: bool,
}

/// Pay a rebate
///
/// By credit notes with the reason `rebate`, on the oldest invoices of these days that have something left of each tax rate: never more than is
/// left of an invoice, at its tax rates, and applied like every credit note. All of them are issued at once, on 100 invoices at most. For a day
/// a rebate is paid once, unless `again` says otherwise. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "settleRebate", security(("bearer" = ["books.keep"])), request_body = SettleRebate,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new rebate")),
    responses(
        (status = 201, body = RebateView, headers(("Location" = String, description = "Path of the rebate"))),
        (status = 409, description = "A rebate was paid for one of these days, or nothing is left of their invoices", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/rebates")]
pub async fn settle_rebate(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<SettleRebate>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/rebates", key, &body)?;
    let text = |text: Option<DecimalText>| text.map(|text| text.0);
    let request = RebateRequest {
        account: body.account,
        from: body.from,
        to: body.to,
        percent: text(body.percent),
        net: text(body.net),
        note: body.note,
        again: body.again,
    };
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::settle(tx, &key, &request, &actor, now());
    let (rebate, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/rebates/{}", rebate.head.id);
    Ok(created(Some(path), replayed, RebateView::from(rebate)))
}

/// One rebate
#[utoipa::path(tag = "supplier", operation_id = "getRebate", responses((status = 200, body = RebateView)))]
#[get("/supplier/rebates/{id}")]
pub async fn get_rebate(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<RebateId>,
) -> Result<web::Json<RebateView>> {
    let read = move |connection: &mut Connection| super::get(connection, id);
    Ok(web::Json(state.db.read(read).await?.into()))
}
