//! The terms of an account: changed, and an account opened or closed.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::accounts::choices::pages::told;
use crate::accounts::rules::{Account, EinvoiceFormat, EinvoiceWay, Tier, VatState};
use crate::accounts::supplier_pages::{Head, Reader, choices};
use crate::accounts::terms::editing::{self, ChangeAccount, NewAccount};
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayEditTerms, MayLend, MayManageAccounts};
use crate::ids::AccountId;
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "accounts/templates/terms.html")]
struct TermsPage<'a> {
    shell: &'a Shell,
    head: Head,
    tiers: Vec<(String, String)>,
    vat_states: Vec<(String, String)>,
    formats: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    needs: Vec<(String, String)>,
    strategies: Vec<(String, String)>,
    strategy: String,
    deliveries: Vec<(String, String)>,
    backorders: Vec<(String, String)>,
    /// What it usually decides about what is not there, for who changes nothing here.
    usual: Vec<(String, String)>,
    /// It has a VAT id that can be checked.
    has_vat_id: bool,
    form: Form,
    version: i64,
    /// Key of the text and value, for who changes nothing here.
    facts: Vec<(&'static str, String)>,
    credit: Vec<(&'static str, String)>,
    currency: String,
}

fn stored(shell: &Shell, account: &Account) -> Form {
    let limit = account
        .credit_limit
        .map(|limit| to_type(shell.language, &limit.to_string()));
    let values = [
        ("name", account.name.clone()),
        ("country", account.country.clone()),
        ("currency", account.currency.code().to_owned()),
        ("tier", account.tier.name().to_owned()),
        ("vat_id", account.vat_id.clone().unwrap_or_default()),
        ("vat_check", account.vat_check.state.name().to_owned()),
        (
            "vat_checked_on",
            account.vat_check.on.map(|on| on.to_string()).unwrap_or_default(),
        ),
        ("vat_evidence", account.vat_check.evidence.clone().unwrap_or_default()),
        ("einvoice", account.einvoicing.format.name().to_owned()),
        ("einvoice_by", account.einvoicing.way.name().to_owned()),
        ("endpoint", account.einvoicing.endpoint.clone().unwrap_or_default()),
        ("legal_id", account.einvoicing.legal_id.clone().unwrap_or_default()),
        (
            "buyer_reference",
            account.einvoicing.buyer_reference.clone().unwrap_or_default(),
        ),
        (
            "needs_buyer_reference",
            account.einvoicing.needs_buyer_reference.to_string(),
        ),
        (
            "contract_reference",
            account.einvoicing.contract.clone().unwrap_or_default(),
        ),
        (
            "claim_answer_days",
            account
                .claim_answer_days
                .map(|days| days.to_string())
                .unwrap_or_default(),
        ),
        ("einvoice_also", account.einvoicing.also_text().unwrap_or_default()),
        ("einvoice_email", account.einvoicing.email.clone().unwrap_or_default()),
        (
            "mandate_reference",
            account.einvoicing.mandate_reference.clone().unwrap_or_default(),
        ),
        (
            "mandate_iban",
            account.einvoicing.mandate_iban.clone().unwrap_or_default(),
        ),
        ("delivery", account.usual.delivery.name().to_owned()),
        ("backorder", account.usual.backorder.name().to_owned()),
        (
            "cancel_after_days",
            account
                .usual
                .cancel_after_days
                .map(|days| days.to_string())
                .unwrap_or_default(),
        ),
        ("price_strategy", account.price_strategy.name().to_owned()),
        ("locale", account.locale.clone()),
        ("time_zone", account.time_zone.name().to_owned()),
        ("payment_terms_days", account.payment_terms_days.to_string()),
        ("credit_limit", limit.unwrap_or_default()),
    ];
    Form::of(shell, values)
}

fn tiers(shell: &Shell) -> Vec<(String, String)> {
    choices(shell, "tier", Tier::ALL.iter().map(|tier| tier.name()))
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, typed: Option<Form>) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| accounts::get(connection, id);
    let account = state.db.read(read).await?;
    let shell = &desk.shell;
    let stored = stored(shell, &account);
    // Each of the two forms has some of the fields.
    let form = match typed {
        Some(typed) => typed.or(&stored),
        None => stored,
    };
    let status = form.status();
    let days = i64::from(account.payment_terms_days);
    let limit = account.credit_limit;
    let page = TermsPage {
        shell,
        head: Head::new(desk, &account, "terms"),
        tiers: tiers(shell),
        vat_states: choices(shell, "acct-vat", VatState::ALL.iter().map(|state| state.name())),
        formats: choices(shell, "acct-einvoice", EinvoiceFormat::NAMES.iter().copied()),
        ways: choices(shell, "acct-einvoice-way", EinvoiceWay::NAMES.iter().copied()),
        needs: choices(shell, "acct-needs-reference", ["false", "true"]),
        deliveries: choices(shell, "order-delivery", DeliveryChoice::NAMES.iter().copied()),
        backorders: choices(shell, "order-backorder", BackorderChoice::NAMES.iter().copied()),
        strategies: choices(shell, "price-strategy", PriceStrategy::NAMES.iter().copied()),
        strategy: shell.name("price-strategy", account.price_strategy.name()),
        usual: told(shell, account.usual),
        has_vat_id: account.vat_id.is_some(),
        form,
        version: editing::version(&account)?,
        facts: vec![
            ("word-name", account.name.clone()),
            ("word-country", shell.language.country(&account.country)),
            ("word-currency", account.currency.code().to_owned()),
            ("acct-tier", shell.name("tier", account.tier.name())),
            (
                "acct-vat-id",
                account.vat_id.clone().unwrap_or_else(|| shell.t("acct-none")),
            ),
            ("acct-vat-check", shell.name("acct-vat", account.vat_check.state.name())),
            (
                "acct-einvoice",
                shell.name("acct-einvoice", account.einvoicing.format.name()),
            ),
            (
                "acct-einvoice-by",
                shell.name("acct-einvoice-way", account.einvoicing.way.name()),
            ),
            (
                "acct-endpoint",
                account
                    .einvoicing
                    .endpoint
                    .clone()
                    .unwrap_or_else(|| shell.t("acct-none")),
            ),
            (
                "acct-claim-days",
                account
                    .claim_answer_days
                    .map_or_else(|| shell.t("acct-claim-days-all"), |days| days.to_string()),
            ),
            ("acct-locale", account.locale.clone()),
            ("word-time-zone", account.time_zone.name().to_owned()),
        ],
        credit: vec![
            ("word-payment-terms", shell.t1("acct-days", "days", days)),
            (
                "word-credit-limit",
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
    page(&state, &desk, id, None).await
}

/// Codes are typed in small letters too.
fn upper<'c>(codes: impl IntoIterator<Item = &'c mut String>) {
    for code in codes {
        *code = code.to_uppercase();
    }
}

/// Changes the account or its credit
#[post("/desk/accounts/{id}/terms")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayEditTerms>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, expected) = (desk.staff.editor(), fields.seen());
    let mut form = Form::sent(&desk.shell, fields);
    let Some(mut wanted) = form.input::<ChangeAccount>(&["credit_limit"]) else {
        return page(&state, &desk, id, Some(form)).await;
    };
    upper([&mut wanted.country, &mut wanted.currency].into_iter().flatten());
    let changed = state
        .db
        .write(move |tx| editing::change(tx, &editor, id, &expected, &wanted, clock::now()))
        .await;
    match changed {
        Ok(_) => {
            let to = format!("/desk/accounts/{id}/terms");
            Ok(see_other(to).flash(Tone::Ok, desk.shell.t("acct-saved")).into())
        }
        Err(error) => page(&state, &desk, id, Some(form.refused(&desk.shell, error)?)).await,
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
    let read = move |connection: &mut Connection| accounts::get(connection, id);
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
        .write(move |tx| editing::close(tx, &editor, id, clock::now()))
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

fn open_page(desk: &Desk<MayManageAccounts>, form: Form) -> Result<HttpResponse> {
    let status = form.status();
    let page = OpenPage {
        shell: &desk.shell,
        tiers: tiers(&desk.shell),
        form,
        lends: desk.may::<MayLend>(),
    };
    desk.shell.page_with(status, &page)
}

/// A form for a new account
#[get("/desk/accounts/new")]
pub async fn new(desk: Desk<MayManageAccounts>) -> Result<HttpResponse> {
    let usual = [("tier", Tier::Silver.name()), ("payment_terms_days", "30")];
    open_page(&desk, Form::of(&desk.shell, usual))
}

/// Opens an account
#[post("/desk/accounts/new")]
pub async fn open(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, shell) = (desk.staff.editor(), &desk.shell);
    let mut form = Form::sent(shell, fields);
    let Some(mut wanted) = form.input::<NewAccount>(&["credit_limit"]) else {
        return open_page(&desk, form);
    };
    upper([&mut wanted.country, &mut wanted.currency]);
    let opened = state
        .db
        .write(move |tx| editing::open(tx, &editor, &wanted, clock::now()))
        .await;
    match opened {
        Ok(account) => {
            let text = shell.t1("acct-opened", "name", account.name.as_str());
            let to = format!("/desk/accounts/{}/people", account.id);
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => open_page(&desk, form.refused(shell, error)?),
    }
}
