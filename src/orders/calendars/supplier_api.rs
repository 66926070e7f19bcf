//! REST of calendars, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::inputs::{CalendarChange, Holidays, NewCalendar};
use crate::calendars::rules::{Weekdays, cut_off_text};
use crate::calendars::{self, Calendar, Filter};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag, tag};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::ids::CalendarId;
use crate::state::AppState;

/// On which days a warehouse sends, the supplier works or a site takes goods.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    #[schema(example = "cal_0B9Q4Z8K2M3N4")]
    id: String,
    #[schema(example = "NORTH")]
    calendar: String,
    /// Code of the warehouse it is of.
    #[schema(required)]
    warehouse: Option<String>,
    /// Code of the account whose site it is of; the supplier's where neither warehouse nor account is named.
    #[schema(required)]
    account: Option<String>,
    #[schema(required)]
    site: Option<String>,
    /// Names of the days from Monday on, parted by blanks.
    #[schema(example = "mon tue wed thu fri")]
    weekdays: String,
    /// Until when on a day; in the supplier's time zone, of a site in its account's.
    #[schema(required, example = "14:30")]
    cut_off: Option<String>,
    /// Working days on the way.
    #[schema(required)]
    transit_days: Option<i32>,
    /// Days off, in their order.
    holidays: Vec<NaiveDate>,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl From<Calendar> for CalendarView {
    fn from(calendar: Calendar) -> Self {
        let etag = tag(super::version(&calendar));
        let kept = calendar.kept;
        let weekdays = Weekdays::of_bits(kept.weekdays).map(Weekdays::names);
        Self {
            id: kept.id.to_string(),
            calendar: kept.code,
            warehouse: kept.warehouse,
            account: kept.account,
            site: kept.site,
            weekdays: weekdays.unwrap_or_default().join(" "),
            cut_off: kept.cut_off.map(cut_off_text),
            transit_days: kept.transit_days,
            holidays: calendar.holidays,
            etag,
        }
    }
}

/// Which calendars to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListCalendars {
    /// Only of the warehouse with this code.
    warehouse: Option<String>,
    /// Only of the sites of the account with this code.
    account: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Calendars
///
/// In the order in which they were added, with their days off.
#[utoipa::path(tag = "supplier", operation_id = "listCalendars", params(ListCalendars), responses((status = 200, body = List<CalendarView>)))]
#[get("/supplier/calendars")]
pub async fn list_calendars(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListCalendars>,
) -> Result<Json<List<CalendarView>>> {
    let filter = Filter {
        warehouse: params.warehouse,
        account: params.account,
    };
    let asked = filter.clone();
    let read = move |connection: &mut Connection, walk: Walk<CalendarId>, fetch| {
        calendars::list_whole(connection, &asked, walk, fetch)
    };
    let id = |calendar: &Calendar| calendar.kept.id;
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let list = (Followed::all("calendars"), &filter);
    let list = page.list(&state.db, list, read, (id, id, CalendarView::from));
    Ok(Json(list.await?))
}

fn answer(mut answer: actix_web::HttpResponseBuilder, calendar: Calendar) -> HttpResponse {
    let tag = etag(super::version(&calendar));
    answer.insert_header(tag).json(CalendarView::from(calendar))
}

/// One calendar
#[utoipa::path(tag = "supplier", operation_id = "getCalendar", responses(
    (status = 200, body = CalendarView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/calendars/{id}")]
pub async fn get_calendar(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CalendarId>,
) -> Result<HttpResponse> {
    let calendar = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), calendar))
}

/// Add a calendar
///
/// Of a warehouse, of an account's site, or of the supplier where neither is named; each has at most one. Checked as a row of
/// `calendars.csv`. What is promised of expected goods is promised again within a second or two; whoever's promise changes is told.
#[utoipa::path(tag = "supplier", operation_id = "addCalendar", security(("bearer" = ["goods.move"])), request_body = NewCalendar, responses(
    (status = 201, body = CalendarView, headers(("Location" = String, description = "Path of the calendar"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/calendars")]
pub async fn add_calendar(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    Body(new): Body<NewCalendar>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut Connection| super::add(tx, &new, &actor, now());
    let calendar = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/calendars/{}", calendar.kept.id)));
    Ok(answer(created, calendar))
}

/// Change a calendar
///
/// Its weekdays, cut-off and days on the way; whose it is stays. A day that was promised of stock stays, too; what is promised of
/// expected goods is promised again.
#[utoipa::path(tag = "supplier", operation_id = "changeCalendar", security(("bearer" = ["goods.move"])), request_body = CalendarChange,
    params(("If-Match" = String, Header, description = "The calendar's ETag")),
    responses((status = 200, body = CalendarView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/calendars/{id}")]
pub async fn change_calendar(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    IfMatch(seen): IfMatch,
    Body(wanted): Body<CalendarChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| super::change(tx, id, &seen, &wanted, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Say the days off of a calendar
///
/// All of them anew: what is left out is a day off no more. At most 1,000.
#[utoipa::path(tag = "supplier", operation_id = "putHolidays", security(("bearer" = ["goods.move"])), request_body = Holidays,
    params(("If-Match" = String, Header, description = "The calendar's ETag")),
    responses((status = 200, body = CalendarView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/calendars/{id}/holidays")]
pub async fn put_holidays(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    IfMatch(seen): IfMatch,
    Body(holidays): Body<Holidays>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let set = move |tx: &mut Connection| super::set_holidays(tx, id, &seen, &holidays.days, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(set).await?))
}

/// Remove a calendar
///
/// With its days off. What it was of works by the supplier's calendar, or every day where there is none.
#[utoipa::path(tag = "supplier", operation_id = "removeCalendar", security(("bearer" = ["goods.move"])),
    params(("If-Match" = String, Header, description = "The calendar's ETag")),
    responses((status = 204, description = "Removed")))]
#[delete("/supplier/calendars/{id}")]
pub async fn remove_calendar(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    IfMatch(seen): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
