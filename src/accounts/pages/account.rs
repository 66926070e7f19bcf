//! The account's own facts: terms, what of the credit limit is left, sites.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::{Account, Tier, available};
use crate::accounts::sites::Site;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{MayManage, MayRead, Visitor};
use crate::ledger;
use crate::money::Money;
use crate::state::AppState;
use crate::web::{Chip, Pager, Shape, Shell, Tone};

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
    may_manage: bool,
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
fn tier_chip(shell: &Shell, tier: Tier) -> Chip {
    Chip::new(Tone::Priority, Shape::Square, shell.name("tier", tier.name()))
}

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
        may_manage: visitor.may::<MayManage>(),
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
pub struct Shown {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/templates/our_sites.html")]
struct SitesPage<'a> {
    shell: &'a Shell,
    may_manage: bool,
    rows: Vec<SiteRow>,
    pager: Pager,
}

struct SiteRow {
    code: String,
    name: String,
    address: String,
    country: String,
    is_default: bool,
}

fn site_row(shell: &Shell, site: Site, is_default: bool) -> SiteRow {
    SiteRow {
        address: site.address(),
        country: shell.language.country(&site.country),
        code: site.code,
        name: site.name,
        is_default,
    }
}

/// Where my account takes goods
#[get("/account/sites")]
pub async fn sites(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    Query(shown): Query<Shown>,
) -> Result<HttpResponse> {
    const FILTER: &str = "account-sites";
    let page = Page::shown(shown.cursor.clone());
    let after = page.after(FILTER)?;
    let (account_id, rows_max) = (visitor.customer.account_id, page.fetch());
    let read = move |connection: &mut _| accounts::list_sites(connection, account_id, after, rows_max);
    let sites: Vec<Site> = state.db.read(read).await?;
    let (sites, next) = page.cut(FILTER, sites, |site| site.id)?;
    let shell = &visitor.shell;
    let text = shell.t1("sites-shown", "sites", sites.len());
    let is_first_page = shown.cursor.is_none();
    let rows = sites.into_iter().enumerate();
    shell.page(&SitesPage {
        shell,
        may_manage: visitor.may::<MayManage>(),
        rows: rows
            .map(|(place, site)| site_row(shell, site, is_first_page && place == 0))
            .collect(),
        pager: Pager::new(
            shell,
            "/account/sites",
            &[],
            shown.cursor.as_deref(),
            next.as_deref(),
            text,
        ),
    })
}
