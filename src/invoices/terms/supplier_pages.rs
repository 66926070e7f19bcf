//! What is set for an account about paying, on the desk.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::TermsInput;
use super::rules::{STEPS_MAX, StatementMail, Step};
use crate::accounts;
use crate::accounts::words::Head;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::AccountId;
use crate::invoices::terms;
use crate::state::AppState;
use crate::tax::rules::percent;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "invoices/templates/payment_terms.html")]
struct TermsPage<'a> {
    shell: &'a Shell,
    head: Head,
    form: Form,
    terms_days: i32,
    /// Place of each step that may be filled in.
    places: Vec<usize>,
    /// In words.
    steps: Vec<String>,
    mails: Vec<(String, String)>,
    mail: String,
    may_keep: bool,
}

/// How a step is written in the form.
fn field(what: &str, place: usize) -> String {
    format!("{what}-{place}")
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = move |connection: &mut Connection| {
        let (terms, days) = terms::of_account(connection, id)?;
        Ok((accounts::get(connection, id)?, terms, days))
    };
    let (account, own, terms_days) = state.db.read(read).await?;
    let mut stored = Vec::new();
    for (place, step) in own.steps.iter().enumerate() {
        stored.push((field("days", place), step.days.to_string()));
        stored.push((
            field("percent", place),
            shell.language.decimal(percent(step.percent_ppm)),
        ));
    }
    let words = |step: &Step| {
        let percent = shell.language.percent(step.percent_ppm);
        shell.t2("payment-terms-step", "percent", percent, "days", step.days)
    };
    let mail = |mail: StatementMail| (mail.name().to_owned(), shell.name("statement-mail", mail.name()));
    shell.page_with(
        form.status(),
        &TermsPage {
            shell,
            head: Head::new(desk, &account, "payment-terms"),
            may_keep: desk.may::<MayKeepBooks>(),
            form: form.or(&Form::of(shell, stored)),
            terms_days,
            places: (0..STEPS_MAX).collect(),
            steps: own.steps.iter().map(words).collect(),
            mails: StatementMail::ALL.into_iter().map(mail).collect(),
            mail: own.statement_mail.name().to_owned(),
        },
    )
}

/// What an account may pay less, and whether its statement goes out by mail
#[get("/desk/accounts/{id}/payment-terms")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

/// Reads the steps; notes at the form what can't be read.
fn steps(shell: &Shell, form: &mut Form) -> Vec<(i32, String)> {
    let mut steps = Vec::new();
    for place in 0..STEPS_MAX {
        let (days_field, percent_field) = (field("days", place), field("percent", place));
        let (days, percent) = (form.filled(&days_field), form.filled(&percent_field));
        if days.is_none() && percent.is_none() {
            continue;
        }
        match days.as_deref().map(str::parse::<i32>) {
            Some(Ok(days)) => {
                let percent = form.number(&percent_field).unwrap_or_default();
                steps.push((days, percent));
            }
            _ => form.note(days_field, shell.t("payment-terms-days-missing")),
        }
    }
    steps
}

/// Sets it
#[post("/desk/accounts/{id}/payment-terms")]
pub async fn set(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let mut form = Form::sent(shell, fields);
    let steps = steps(shell, &mut form);
    if form.is_refused() {
        return page(&state, &desk, id, form).await;
    }
    let input = TermsInput {
        steps,
        statement_mail: StatementMail::from_name(form.value("statement_mail")).unwrap_or(StatementMail::Off),
    };
    let write = move |tx: &mut Connection| terms::set(tx, id, &input, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = format!("/desk/accounts/{id}/payment-terms");
            Ok(see_other(to).flash(Tone::Ok, shell.t("payment-terms-set")).into())
        }
        Err(error @ Error::Invalid(_)) => {
            let mut form = form.refused(shell, error)?;
            for place in 0..STEPS_MAX {
                for what in ["days", "percent"] {
                    let fault = form.fault(&format!("cash_discount/{place}/{what}")).to_owned();
                    if !fault.is_empty() {
                        form.note(field(what, place), fault);
                    }
                }
            }
            page(&state, &desk, id, form).await
        }
        Err(error) => Err(error),
    }
}
