//! The terms of an account: changed, and an account opened or closed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::{Form, Head, Reader, choices, flat, seen, told};
use crate::accounts::editing::terms::{self, ChangeAccount, NewAccount};
use crate::accounts::rules::{Account, Part, Tier, may_edit};
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayEditTerms, MayManageAccounts};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::web::{Fields, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "accounts/templates/terms.html")]
struct TermsPage<'a> {
    shell: &'a Shell,
    head: Head,
    tiers: Vec<(String, String)>,
    form: Form,
    version: i64,
    /// Key of the text and value, for who changes nothing here.
    facts: Vec<(&'static str, String)>,
    credit: Vec<(&'static str, String)>,
    currency: String,
}

fn stored(shell: &Shell, account: &Account) -> Form {
    let limit = account.credit_limit.map(|limit| shell.language.amount(limit));
    Form::of([
        ("name", account.name.clone()),
        ("country", account.country.clone()),
        ("currency", account.currency.code().to_owned()),
        ("tier", account.tier.name().to_owned()),
        ("vat_id", account.vat_id.clone().unwrap_or_default()),
        ("locale", account.locale.clone()),
        ("time_zone", account.time_zone.name().to_owned()),
        ("payment_terms_days", account.payment_terms_days.to_string()),
        ("credit_limit", limit.unwrap_or_default()),
    ])
}

fn tiers(shell: &Shell) -> Vec<(String, String)> {
    choices(shell, "acct-tier", Tier::ALL.iter().map(|tier| tier.name()))
}

async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: AccountId,
    typed: Option<Form>,
    status: StatusCode,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| super::account(connection, id);
    let account = state.db.read(read).await?;
    let shell = &desk.shell;
    let mut form = stored(shell, &account);
    if let Some(typed) = typed {
        form.values.extend(typed.values);
        (form.faults, form.banner) = (typed.faults, typed.banner);
    }
    let days = i64::from(account.payment_terms_days);
    let limit = account.credit_limit;
    let page = TermsPage {
        shell,
        head: Head::new(desk, &account, "terms"),
        tiers: tiers(shell),
        form,
        version: terms::version(&account)?,
        facts: vec![
            ("acct-name", account.name.clone()),
            ("acct-country", shell.language.country(&account.country)),
            ("acct-currency", account.currency.code().to_owned()),
            ("acct-tier", shell.name("acct-tier", account.tier.name())),
            (
                "acct-vat-id",
                account.vat_id.clone().unwrap_or_else(|| shell.t("acct-none")),
            ),
            ("acct-locale", account.locale.clone()),
            ("acct-zone", account.time_zone.name().to_owned()),
        ],
        credit: vec![
            ("acct-terms-days", shell.t1("acct-days", "days", days)),
            (
                "acct-limit",
                limit.map_or_else(|| shell.t("acct-no-limit"), |limit| shell.money(limit)),
            ),
        ],
        currency: account.currency.code().to_owned(),
    };
    shell.page_with(status, &page)
}

/// The terms of the account
#[get("/desk/accounts/{id}/terms")]
pub async fn show(state: web::Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    page(&state, &desk, id, None, StatusCode::OK).await
}

/// What a form says of an account; a field it doesn't have stays.
fn change_of(shell: &Shell, fields: &Fields) -> ChangeAccount {
    let text = |name: &str| fields.has(name).then(|| fields.get(name).to_owned());
    ChangeAccount {
        name: text("name"),
        country: text("country").map(|code| code.to_uppercase()),
        currency: text("currency").map(|code| code.to_uppercase()),
        tier: text("tier"),
        payment_terms_days: text("payment_terms_days"),
        credit_limit: text("credit_limit").map(|amount| shell.language.plain_decimal(&amount)),
        vat_id: text("vat_id"),
        locale: text("locale"),
        time_zone: text("time_zone"),
    }
}

/// Changes the account or its credit
#[post("/desk/accounts/{id}/terms")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayEditTerms>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, expected) = (desk.staff.editor(), seen(&fields));
    let change = change_of(&desk.shell, &fields);
    let changed = state
        .db
        .write(move |tx| terms::change(tx, &editor, id, &expected, &change, clock::now()))
        .await;
    match changed {
        Ok(_) => {
            let to = format!("/desk/accounts/{id}/terms");
            Ok(see_other(to).flash(Tone::Ok, desk.shell.t("acct-saved")).into())
        }
        Err(error) => {
            let (error, status) = told(error)?;
            let form = Form::refused(&desk.shell, &fields, &error, flat);
            page(&state, &desk, id, Some(form), status).await
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/close.html")]
struct ClosePage<'a> {
    shell: &'a Shell,
    head: Head,
}

/// Asks before an account is closed
#[get("/desk/accounts/{id}/close")]
pub async fn confirm_close(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| super::account(connection, id);
    let account = state.db.read(read).await?;
    let head = Head::new(&desk, &account, "terms");
    desk.shell.page(&ClosePage {
        shell: &desk.shell,
        head,
    })
}

/// Closes an account
#[post("/desk/accounts/{id}/close")]
pub async fn close(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let editor = desk.staff.editor();
    let account = state
        .db
        .write(move |tx| terms::close(tx, &editor, id, clock::now()))
        .await?;
    let text = desk.shell.t1("acct-closed-now", "name", account.name.as_str());
    Ok(see_other(format!("/desk/accounts/{id}")).flash(Tone::Ok, text).into())
}

#[derive(Template)]
#[template(path = "accounts/templates/open.html")]
struct OpenPage<'a> {
    shell: &'a Shell,
    tiers: Vec<(String, String)>,
    form: Form,
    lends: bool,
}

fn open_page(desk: &Desk<MayManageAccounts>, form: Form, status: StatusCode) -> Result<HttpResponse> {
    let page = OpenPage {
        shell: &desk.shell,
        tiers: tiers(&desk.shell),
        form,
        lends: may_edit(&desk.staff.roles, Part::Credit),
    };
    desk.shell.page_with(status, &page)
}

/// A form for a new account
#[get("/desk/accounts/new")]
pub async fn new(desk: Desk<MayManageAccounts>) -> Result<HttpResponse> {
    let form = Form::of([
        ("tier", Tier::Silver.name().to_owned()),
        ("payment_terms_days", "30".to_owned()),
    ]);
    open_page(&desk, form, StatusCode::OK)
}

/// Opens an account
#[post("/desk/accounts/new")]
pub async fn open(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let (editor, shell) = (desk.staff.editor(), &desk.shell);
    let wanted = NewAccount {
        code: fields.get("code").to_owned(),
        terms: change_of(shell, &fields),
    };
    let opened = state
        .db
        .write(move |tx| terms::open(tx, &editor, &wanted, clock::now()))
        .await;
    match opened {
        Ok(account) => {
            let text = shell.t1("acct-opened", "name", account.name.as_str());
            let to = format!("/desk/accounts/{}/people", account.id);
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let (error, status) = told(error)?;
            open_page(&desk, Form::refused(shell, &fields, &error, flat), status)
        }
    }
}
