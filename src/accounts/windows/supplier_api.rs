//! REST of delivery windows for supplier staff.

use actix_web::{HttpResponse, get, put, web};
use serde::{Deserialize, Serialize};

use super::rules::{Window, minute, weekday};
use super::shapes::DeliveryWindow;
use crate::accounts::sentences;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Body, IfMatch, PathId, versioned};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::SiteId;
use crate::state::AppState;
use crate::version::of_content;

/// When a site takes goods in.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryWindows {
    /// At any time if there is none. 50 at most, none over another.
    #[schema(max_items = 50)]
    windows: Vec<DeliveryWindow>,
}

fn answer(windows: &[Window]) -> Result<HttpResponse> {
    let view = DeliveryWindows {
        windows: windows.iter().map(DeliveryWindow::from).collect(),
    };
    Ok(versioned(HttpResponse::Ok(), of_content(windows)?, &view))
}

fn read(body: &DeliveryWindows) -> Result<Vec<Window>> {
    let (mut windows, mut faults) = (Vec::new(), Vec::new());
    for (place, one) in body.windows.iter().enumerate() {
        let at = |field: &str| format!("/windows/{place}/{field}");
        let days = super::rules::WEEKDAYS.join(", ");
        let day = weekday(&one.weekday);
        if day.is_none() {
            let detail = sentences::write_the_weekday(days);
            faults.push(FieldError::new(at("weekday"), Code::ValueInvalid, detail));
        }
        let (from, to) = (minute(&one.from), minute(&one.to));
        for (field, read) in [("from", from), ("to", to)] {
            if read.is_none() {
                faults.push(FieldError::new(
                    at(field),
                    Code::ValueInvalid,
                    sentences::write_the_time(),
                ));
            }
        }
        if let (Some(weekday), Some(from), Some(to)) = (day, from, to) {
            windows.push(Window { weekday, from, to });
        }
    }
    match faults.is_empty() {
        true => Ok(windows),
        false => Err(Error::Invalid(faults)),
    }
}

/// When a site takes goods in
#[utoipa::path(tag = "supplier", operation_id = "getDeliveryWindows", responses(
    (status = 200, body = DeliveryWindows, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/sites/{id}/delivery-windows")]
pub async fn get_windows(
    _staff: Staff<MayReadDesk>,
    state: web::Data<AppState>,
    PathId(id): PathId<SiteId>,
) -> Result<HttpResponse> {
    let (_, windows) = state.db.read(move |connection| super::get(connection, id)).await?;
    answer(&windows)
}

/// Say when a site takes goods in
///
/// All of it anew. Pick lists, labels and delivery notes say it, and what is promised from now on keeps to these weekdays, unless the site's calendar has none of them. The rules are those of `delivery_windows.csv`.
#[utoipa::path(tag = "supplier", operation_id = "putDeliveryWindows", security(("bearer" = ["accounts.manage"])), request_body = DeliveryWindows,
    params(("If-Match" = String, Header, description = "The ETag of the windows")),
    responses(
        (status = 200, body = DeliveryWindows, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/sites/{id}/delivery-windows")]
pub async fn put_windows(
    staff: Staff<MayManageAccounts>,
    state: web::Data<AppState>,
    PathId(id): PathId<SiteId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<DeliveryWindows>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let windows = read(&body)?;
    let write = move |tx: &mut Connection| {
        let (account_id, _) = super::get(tx, id)?;
        super::replace(tx, (account_id, id), &expected, &windows, &actor, now())
    };
    answer(&state.db.write(write).await?)
}
