//! Calendars, on the desk: the list of them. What is kept of one is changed where its promises are made again.

use actix_web::web::Query;
use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::Kept;
use super::rules::{Weekdays, cut_off_text};
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::state::AppState;
use crate::web::Shell;
use crate::web::list::{Cell, List, ListPage, Part};

/// From where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn calendar(shell: &Shell, kept: &Kept) -> Vec<Cell> {
    let of = match (&kept.warehouse, &kept.account, &kept.site) {
        (Some(warehouse), ..) => shell.t1("calendars-of-warehouse", "warehouse", warehouse.as_str()),
        (None, Some(account), Some(site)) => {
            shell.t2("calendars-of-site", "site", site.as_str(), "account", account.as_str())
        }
        _ => shell.t("calendars-of-supplier"),
    };
    let weekdays = Weekdays::of_bits(kept.weekdays)
        .map(Weekdays::names)
        .unwrap_or_default();
    let days: Vec<_> = weekdays.into_iter().map(|day| shell.name("weekday", day)).collect();
    let number = |days: i32| shell.language.decimal(i64::from(days));
    vec![
        Cell::code(format!("/desk/calendars/{}", kept.id), &kept.code),
        Cell::text(of),
        Cell::text(days.join(" ")),
        Cell::text(kept.cut_off.map(cut_off_text).unwrap_or_default()),
        Cell::text(kept.transit_days.map(number).unwrap_or_default()),
        Cell::text(shell.language.decimal(kept.holidays)),
    ]
}

/// Calendars
#[get("/desk/calendars")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, _: &&str, after: Option<String>, limit| {
        super::list(connection, &after.unwrap_or_default(), limit)
    };
    let code = |kept: &Kept| kept.code.clone();
    let part = Part::read(&state.db, params.cursor.as_deref(), "/desk/calendars", code, read).await?;
    let calendars = List::new(shell, "/desk/calendars")
        .column("calendars-code", "id")
        .column("calendars-of", "")
        .column("calendars-weekdays", "")
        .column("calendars-cut-off", "")
        .column("calendars-transit", "num")
        .column("calendars-holidays", "num")
        .rows(part.rows.iter().map(|kept| calendar(shell, kept)))
        .none("calendars-none")
        .counted("calendars-shown", &part);
    ListPage::new("calendars", calendars)
        .below("/desk/expected-receipts", "expected")
        .lead("calendars-text")
        .primary_if(desk.may::<MayMoveGoods>(), "/desk/calendars/new", "calendar-new")
        .answer()
}
