//! Rows come into a price change on the desk: typed, pasted, as a file or by a rule; and its plan changes.

use actix_web::{HttpResponse, post, web};

use super::one::{Reader, answered, page};
use super::typed;
use crate::audit::Actor;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::{PathId, UPLOAD_BYTES_MAX, Upload};
use crate::identity::caller::{Confirmed, Desk, MaySetPrices};
use crate::ids::PriceChangeId;
use crate::kept::DecimalText;
use crate::pricing::changes::ruling::Rule;
use crate::pricing::changes::supplier_api::rule;
use crate::pricing::changes::{self, Change, sentences};
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;
use crate::web::{Fields, Form};

/// Changes what it is for, and its day
#[post("/desk/price-changes/{id}/plan")]
pub async fn plan(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let reader = Reader::of(&desk);
    let mut form = Form::sent(reader.shell, fields);
    let Some(plan) = typed(&mut form) else {
        return page(&state, &reader, id, form).await;
    };
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| changes::plan(tx, id, &plan, &actor, now());
    let done = state.db.write(write).await;
    answered(&state, &reader, (id, form), (done, "price-change-planned")).await
}

async fn put(
    state: &AppState,
    id: PriceChangeId,
    (text, numbers): (Vec<u8>, Option<NumberStyle>),
    actor: Actor,
) -> Result<Change> {
    let write = move |tx: &mut Connection| changes::put_file(tx, id, (&text, numbers), &actor, now());
    state.db.write(write).await
}

/// Puts rows that were typed or pasted
#[post("/desk/price-changes/{id}/rows")]
pub async fn add_rows(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let reader = Reader::of(&desk);
    let form = Form::sent(reader.shell, fields);
    let rows = (
        form.value("rows").as_bytes().to_vec(),
        NumberStyle::from_name(form.value("numbers")),
    );
    let done = put(&state, id, rows, desk.staff.actor()).await;
    answered(&state, &reader, (id, form), (done, "price-change-rows-put")).await
}

/// Puts the rows of a file
#[post("/desk/price-changes/{id}/file")]
pub async fn upload(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    upload: Upload,
) -> Result<HttpResponse> {
    let reader = Reader::of(&desk);
    let received = upload.receive(UPLOAD_BYTES_MAX).await?;
    let numbers = NumberStyle::from_name(received.get("numbers"));
    let file = received
        .files
        .into_iter()
        .find(|file| file.field == "file" && !file.name.is_empty());
    let done = match file {
        Some(file) if !received.is_too_large => put(&state, id, (file.bytes, numbers), desk.staff.actor()).await,
        Some(_) | None => Err(Error::invalid(
            "/file",
            Code::Required,
            sentences::price_change_no_file(),
        )),
    };
    let form = Form::of(reader.shell, [("file", "")]);
    answered(&state, &reader, (id, form), (done, "price-change-rows-put")).await
}

fn codes(text: &str) -> Vec<String> {
    text.split([',', ';', '\n'])
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Makes rows by a rule
#[post("/desk/price-changes/{id}/rules")]
pub async fn add_rule(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let reader = Reader::of(&desk);
    let mut form = Form::sent(reader.shell, fields);
    let mut number = |name: &str| match form.value(name).is_empty() {
        true => None,
        false => form.number(name).map(DecimalText),
    };
    let (percent, amount, rounding) = (number("percent"), number("amount"), number("rounding"));
    if form.is_refused() {
        return page(&state, &reader, id, form).await;
    }
    let wanted = Rule {
        price_lists: codes(form.value("price_lists")),
        categories: codes(form.value("categories")),
        percent,
        amount,
        rounding,
    };
    let done = rule(&state, id, wanted, desk.staff.actor()).await;
    answered(&state, &reader, (id, form), (done, "price-change-rows-put")).await
}

/// Takes all rows out
#[post("/desk/price-changes/{id}/clear")]
pub async fn clear(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let (reader, actor) = (Reader::of(&desk), desk.staff.actor());
    let done = state.db.write(move |tx| changes::clear(tx, id, &actor, now())).await;
    let form = Form::new(reader.shell);
    answered(&state, &reader, (id, form), (done, "price-change-cleared")).await
}
