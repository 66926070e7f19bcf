//! What the account's orders usually do about what is not there: a page of the account.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::rules::UsualChoices;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::{MayManage, MayRead, Visitor};
use crate::names::sets::{BackorderChoice, DeliveryChoice};
use crate::state::AppState;
use crate::typed::{Typed, quantity};
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/account/order-choices";

#[derive(Template)]
#[template(path = "accounts/templates/order_choices.html")]
struct ChoicesPage<'a> {
    shell: &'a Shell,
    may_change: bool,
    deliveries: Vec<(String, String)>,
    backorders: Vec<(String, String)>,
    /// Label and text, for who changes nothing here.
    facts: Vec<(String, String)>,
    version: i64,
    form: Form,
}

/// The names of a set as a field offers them.
pub(in crate::accounts) fn offered(shell: &Shell, set: &str, names: &[&str]) -> Vec<(String, String)> {
    let offer = |name: &&str| ((*name).to_owned(), shell.name(set, name));
    names.iter().map(offer).collect()
}

/// What an account usually decides, in words: label and text.
pub(in crate::accounts) fn told(shell: &Shell, choices: UsualChoices) -> Vec<(String, String)> {
    let days = choices.cancel_after_days;
    let days = days.map(|days| (shell.t("usual-days"), shell.t1("usual-days-count", "days", days)));
    let delivery = shell.name("order-delivery", choices.delivery.name());
    let backorder = shell.name("order-backorder", choices.backorder.name());
    let all = [
        Some((shell.t("order-delivery"), delivery)),
        Some((shell.t("order-backorder"), backorder)),
        days,
    ];
    all.into_iter().flatten().collect()
}

fn page(shell: &Shell, choices: UsualChoices, may_change: bool, typed: Option<Form>) -> Result<HttpResponse> {
    let days = choices.cancel_after_days.map(|days| days.to_string());
    let stored = || {
        let values = [
            ("delivery", choices.delivery.name().to_owned()),
            ("backorder", choices.backorder.name().to_owned()),
            ("cancel_after_days", days.unwrap_or_default()),
        ];
        Form::of(shell, values)
    };
    let page = ChoicesPage {
        shell,
        may_change,
        deliveries: offered(shell, "order-delivery", DeliveryChoice::NAMES),
        backorders: offered(shell, "order-backorder", BackorderChoice::NAMES),
        facts: told(shell, choices),
        version: super::version(choices)?,
        form: typed.unwrap_or_else(stored),
    };
    shell.page_with(page.form.status(), &page)
}

/// What my account's orders do about what is not there
#[get("/account/order-choices")]
pub async fn show(state: Data<AppState>, visitor: Visitor<MayRead>) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| super::get(connection, account_id);
    let choices = state.db.read(read).await?;
    page(&visitor.shell, choices, visitor.may::<MayManage>(), None)
}

/// The choices of a form; `None` after noting what is wrong with them.
fn wanted(form: &mut Form, shell: &Shell) -> Option<UsualChoices> {
    let typed = form.value("cancel_after_days").to_owned();
    let days = match quantity(&typed) {
        Typed::Missing => None,
        Typed::Value(number) => Some(number.parse().unwrap_or(0)),
        Typed::Bad | Typed::Ambiguous(..) => Some(0),
    };
    let delivery = DeliveryChoice::from_name(form.value("delivery")).unwrap_or_default();
    let backorder = BackorderChoice::from_name(form.value("backorder"));
    match UsualChoices::new(delivery, backorder, days) {
        Ok(choices) => Some(choices),
        Err(fault) => {
            form.note("cancel_after_days", shell.fault(&fault));
            None
        }
    }
}

/// Decides what my account's orders do about what is not there
#[post("/account/order-choices")]
pub async fn change(state: Data<AppState>, visitor: Visitor<MayManage>, fields: Fields) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let (account_id, actor, seen) = (visitor.customer.account_id, visitor.customer.actor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    if let Some(choices) = wanted(&mut form, shell) {
        let write = move |tx: &mut Connection| super::put(tx, account_id, &seen, choices, &actor, now());
        match state.db.write(write).await {
            Ok(_) => return Ok(see_other(PATH).flash(Tone::Ok, shell.t("usual-saved")).into()),
            Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => form = form.refused(shell, error)?,
            Err(error) => return Err(error),
        }
    }
    let read = move |connection: &mut Connection| super::get(connection, account_id);
    let choices = state.db.read(read).await?;
    page(shell, choices, true, Some(form))
}
