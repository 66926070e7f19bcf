//! What is given up when money comes in, on the desk.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::rules::Bearer;
use super::{GRACE_DAYS_MAX, SettingsInput};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::invoices::settling;
use crate::money::Money;
use crate::state::AppState;
use crate::tax::rules::percent;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/settlement-settings";
/// Empty rows of the form for further currencies.
const ROWS_MORE: usize = 2;

#[derive(Template)]
#[template(path = "invoices/templates/settlement_settings.html")]
struct SettingsPage<'a> {
    shell: &'a Shell,
    form: Form,
    /// Currency and amount of each row, and what is wrong with them.
    rows: Vec<(String, String, String, String)>,
    bearers: Vec<(String, String)>,
    bearer: String,
    grace_max: i32,
    may_keep: bool,
}

/// The rows as typed, currency and amount, those without either left out.
fn typed(form: &Form) -> Vec<(String, String)> {
    let fields = form.fields();
    let rows = fields.all("currency").zip(fields.all("amount"));
    rows.map(|(code, amount)| (code.trim().to_uppercase(), amount.trim().to_owned()))
        .filter(|(code, amount)| !code.is_empty() || !amount.is_empty())
        .collect()
}

async fn page<R>(state: &AppState, desk: &Desk<R>, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let settings = state.db.read(settling::settings).await?;
    let mut rows = match form.is_refused() {
        true => typed(&form),
        false => settings
            .limits
            .iter()
            .map(|limit| {
                let amount = shell.language.amount(Money::new(limit.max_minor, limit.currency));
                (limit.currency.code().to_owned(), amount)
            })
            .collect(),
    };
    rows.extend(std::iter::repeat_n((String::new(), String::new()), ROWS_MORE));
    let row = |(place, (code, amount)): (usize, (String, String))| {
        let fault = |field: &str| form.fault(&format!("tolerances/{place}/{field}")).to_owned();
        (code, amount, fault("currency"), fault("amount"))
    };
    let rows = rows.into_iter().enumerate().map(row).collect();
    let share = settings.tolerance_ppm.map(percent).unwrap_or_default();
    let stored = [
        ("tolerance_percent", shell.language.decimal(&share)),
        ("cash_discount_grace_days", settings.grace_days.to_string()),
    ];
    let bearer = |bearer: Bearer| {
        (
            bearer.name().to_owned(),
            shell.name("bank-charges-bearer", bearer.name()),
        )
    };
    shell.page_with(
        form.status(),
        &SettingsPage {
            shell,
            may_keep: desk.may::<MayKeepBooks>(),
            form: form.or(&Form::of(shell, stored)),
            rows,
            bearers: Bearer::ALL.into_iter().map(bearer).collect(),
            bearer: settings.bank_charges.name().to_owned(),
            grace_max: GRACE_DAYS_MAX,
        },
    )
}

/// What is given up when money comes in
#[get("/desk/settlement-settings")]
pub async fn show(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    page(&state, &desk, Form::new(&desk.shell)).await
}

/// Sets it
#[post("/desk/settlement-settings")]
pub async fn set(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let mut form = Form::sent(shell, fields);
    let mut tolerances = Vec::new();
    for (place, (code, amount)) in typed(&form).into_iter().enumerate() {
        let at = format!("tolerances/{place}/amount");
        if let Some(amount) = form.amount_at(&at, &amount, &code) {
            tolerances.push((code, amount));
        }
    }
    let grace_days = form.value("cash_discount_grace_days").trim().parse::<i32>();
    if grace_days.is_err() {
        form.note("cash_discount_grace_days", shell.t("settlement-grace-missing"));
    }
    let share = match form.filled("tolerance_percent") {
        Some(_) => form.number("tolerance_percent"),
        None => None,
    };
    if form.is_refused() {
        return page(&state, &desk, form).await;
    }
    let input = SettingsInput {
        tolerance_percent: share,
        grace_days: grace_days.unwrap_or_default(),
        bank_charges: Bearer::from_name(form.value("bank_charges")).unwrap_or(Bearer::Supplier),
        tolerances,
    };
    let write = move |tx: &mut Connection| settling::set(tx, &input, &actor, now());
    match state.db.write(write).await {
        Ok(_) => Ok(see_other(PATH.to_owned())
            .flash(Tone::Ok, shell.t("settlement-set"))
            .into()),
        Err(error @ Error::Invalid(_)) => page(&state, &desk, form.refused(shell, error)?).await,
        Err(error) => Err(error),
    }
}
