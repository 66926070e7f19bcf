//! The account's own facts: terms, what of the credit limit is left, sites.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::{Account, available};
use crate::accounts::sites::Site;
use crate::accounts::words::tier_chip;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{MayRead, Visitor};
use crate::ledger;
use crate::money::Money;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Shell};

const SITES: &str = "/account/sites";

/// How much of the credit limit is used.
struct Meter {
    /// In minor units.
    used: i64,
    limit: i64,
    /// From here on it is shown as nearly used up.
    high: i64,
    text: String,
}

impl Meter {
    /// Nothing without a limit, or with one of zero, of which there are no parts.
    fn new(shell: &Shell, limit: Option<Money>, exposure: Money) -> Option<Self> {
        let limit = limit.filter(|limit| limit.minor > 0)?.minor;
        let percent = i128::from(exposure.minor) * 100 / i128::from(limit);
        Some(Self {
            used: exposure.minor.clamp(0, limit),
            limit,
            high: limit - limit / 10,
            text: shell.t1("account-used", "percent", percent.to_string()),
        })
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/our_account.html")]
struct AccountPage<'a> {
    shell: &'a Shell,
    account: Account,
    tier: Chip,
    country: String,
    terms: String,
    limit: Option<String>,
    exposure: String,
    available: Option<String>,
    exceeded: bool,
    meter: Option<Meter>,
}

/// What a tier is called, with its sign.
/// My account
#[get("/account")]
pub async fn show(state: Data<AppState>, visitor: Visitor<MayRead>) -> Result<HttpResponse> {
    let id = visitor.customer.account_id;
    let read = move |connection: &mut _| Ok((accounts::get(connection, id)?, ledger::exposure(connection, id)?));
    let (account, exposure_minor) = state.db.read(read).await?;
    let shell = &visitor.shell;
    let exposure = Money::new(exposure_minor, account.currency);
    let left = available(account.credit_limit, exposure);
    shell.page(&AccountPage {
        shell,
        tier: tier_chip(shell, account.tier),
        country: shell.language.country(&account.country),
        terms: shell.t1("account-terms-days", "days", account.payment_terms_days),
        limit: account.credit_limit.map(|limit| shell.money(limit)),
        exposure: shell.money(exposure),
        available: left.map(|left| shell.money(left)),
        exceeded: left.is_some_and(|left| left.minor < 0),
        meter: Meter::new(shell, account.credit_limit, exposure),
        account,
    })
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn site_row(shell: &Shell, site: &Site, is_default: bool) -> Vec<Cell> {
    let default = if is_default {
        shell.t("sites-default")
    } else {
        String::new()
    };
    vec![
        Cell::text(&site.name).and_under(default),
        Cell::mono(&site.code),
        Cell::text(site.address()),
        Cell::text(shell.language.country(&site.country)),
    ]
}

const FILE: Export<Site> = Export {
    name: "sites",
    columns: &[&[
        ("code", |site| Value::text(&site.code)),
        ("name", |site| Value::text(&site.name)),
        ("street", |site| Value::maybe(site.street.as_ref(), Value::text)),
        ("postal_code", |site| {
            Value::maybe(site.postal_code.as_ref(), Value::text)
        }),
        ("city", |site| Value::maybe(site.city.as_ref(), Value::text)),
        ("country", |site| Value::text(&site.country)),
    ]],
};

/// Where my account takes goods
#[get("/account/sites")]
pub async fn sites(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor, account_id) = (&visitor.shell, params.cursor.as_deref(), visitor.customer.account_id);
    let read = |connection: &mut _, id: &_, after, limit| accounts::list_sites(connection, *id, after, limit);
    let part = Part::read(&state.db, cursor, account_id, |site: &Site| site.id, read).await?;
    let rows = part.rows.iter().enumerate();
    let list = List::new(shell, SITES)
        .column("sites-name", "id")
        .column("sites-code", "")
        .column("sites-address", "")
        .column("word-country", "")
        .rows(rows.map(|(place, site)| site_row(shell, site, cursor.is_none() && place == 0)))
        .none("sites-empty")
        .export()
        .none_step("/team", "account-to-team")
        .counted("sites-shown", &part);
    ListPage::new("sites", list).among(SITES).lead("sites-text").answer()
}

/// The same as a file
#[get("/account/sites/export.{format}")]
pub async fn export_sites(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| accounts::list_sites(connection, account_id, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
