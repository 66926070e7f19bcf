//! One account at a glance.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::accounts::rules::{self, Account};
use crate::accounts::words::{Head, Reader};
use crate::accounts::{self, members, team};
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::ids::AccountId;
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::orders;
use crate::orders::entitlements::{self, words};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Banner, Shell, Tone};

/// Members that are counted; more are "more than".
const MEMBERS_COUNTED: i64 = 200;

/// Key of the text and address.
type Links = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "home/templates/account.html")]
struct OverviewPage<'a> {
    shell: &'a Shell,
    head: Head,
    banners: Vec<Banner>,
    /// Key of the text and value.
    facts: Vec<(&'static str, String)>,
    /// Order class and what is left of it this month.
    entitlements: Vec<(String, String)>,
    credit: Credit,
    /// Open orders, members, sites: how many, and of what.
    counts: [(String, String); 3],
    overdue: String,
    /// What else there is of the account, by key of the text and address, grouped as the navigation is.
    lists: Vec<(&'static str, Links)>,
    team: Vec<Colleague>,
}

/// What counts against the limit.
struct Credit {
    exposure: String,
    limit: Option<String>,
    available: String,
    /// Of a hundred; more where the limit is exceeded.
    percent: i64,
    over: bool,
}

/// Somebody behind the account.
struct Colleague {
    name: String,
    function: String,
    phone: String,
    email: String,
    note: String,
}

/// Everything the desk has about the account beside its tabs.
fn lists(head: &Head, account: &Account) -> Vec<(&'static str, Links)> {
    let of = |path, name| address(path, [(name, account.code.as_str())]);
    vec![
        (
            "nav-group-daily",
            vec![
                ("nav-desk-queue", of("/desk/queue", "account")),
                ("acct-list-orders", of("/desk/orders", "account")),
                ("word-shipments", of("/desk/shipments", "q")),
            ],
        ),
        (
            "nav-group-catalogue",
            vec![
                ("acct-list-assortment", format!("/desk/assortments/{}", account.id)),
                ("nav-contracts", of("/desk/contracts", "account")),
                ("nav-price-lists", of("/desk/price-lists", "account")),
                ("nav-early-access", of("/desk/early-access", "account")),
                ("acct-list-entitlements", of("/desk/entitlements", "account")),
            ],
        ),
        (
            "nav-group-money",
            vec![
                ("statement", head.at("/statement")),
                ("invoices", of("/desk/invoices", "account")),
                ("credit-notes", of("/desk/credit-notes", "account")),
                ("word-payments", of("/desk/payments", "account")),
                ("reminders", of("/desk/reminders/sent", "account")),
            ],
        ),
        (
            "acct-group-record",
            vec![
                ("acct-list-mails", of("/desk/messages", "account")),
                ("acct-list-audit", of("/desk/audit", "account")),
            ],
        ),
    ]
}

fn credit(shell: &Shell, account: &Account, exposure: Money) -> Credit {
    let available = rules::available(account.credit_limit, exposure);
    let percent = match account.credit_limit {
        Some(limit) if limit.minor > 0 => {
            let percent = i128::from(exposure.minor.max(0)) * 100 / i128::from(limit.minor);
            i64::try_from(percent).unwrap_or(i64::MAX)
        }
        Some(_) => 100,
        None => 0,
    };
    Credit {
        exposure: shell.money(exposure),
        limit: account.credit_limit.map(|limit| shell.money(limit)),
        over: available.is_some_and(|left| left.minor < 0),
        available: available.map(|left| shell.money(left)).unwrap_or_default(),
        percent,
    }
}

/// The account with its terms, its credit and who stands behind it
#[get("/desk/accounts/{id}")]
pub async fn overview(state: web::Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let today = team::today(connection, clock::now())?;
        let exposure = ledger::exposure(connection, id)?;
        let overdue = open_items::overdue(connection, &[id], today)?.remove(&id).unwrap_or(0);
        let open_orders = orders::count_open(connection, &[id])?.remove(&id).unwrap_or(0);
        let members = members::list(connection, id, None, MEMBERS_COUNTED)?.len();
        let sites = accounts::list_sites(connection, id, None, MEMBERS_COUNTED)?.len();
        let team = team::of_account(connection, id)?;
        let standings = entitlements::standings(connection, id, clock::now())?;
        let counts = (members, sites);
        Ok((
            account,
            (exposure, overdue, open_orders),
            counts,
            (team, standings),
            today,
        ))
    };
    let (account, (exposure, overdue, open_orders), (members, sites), (team, standings), today) =
        state.db.read(read).await?;
    let shell = &desk.shell;
    let money = |minor| Money::new(minor, account.currency);
    let head = Head::new(&desk, &account, "overview");
    let mut banners = Vec::new();
    if head.closed {
        banners.push(Banner::new(Tone::Neutral, shell.t("acct-closed-text")));
    } else if members == 0 {
        banners.push(Banner::new(Tone::Warn, shell.t("acct-no-people")));
    }
    let colleague = |place: &rules::Place| {
        let away = team.absence(place, today).filter(|absence| absence.covers(today));
        let note = match (away, team.stand_in(place, today)) {
            (Some(_), Some(deputy)) => shell.t1("acct-away-deputy", "name", deputy.name.as_str()),
            (Some(_), None) => shell.t("word-away-today"),
            (None, _) => String::new(),
        };
        Colleague {
            name: place.staff.name.clone(),
            function: shell.name("acct-function", place.function.name()),
            phone: place.staff.phone.clone().unwrap_or_default(),
            email: place.staff.email.clone(),
            note,
        }
    };
    let days = i64::from(account.payment_terms_days);
    shell.page(&OverviewPage {
        shell,
        lists: lists(&head, &account),
        banners,
        facts: vec![
            ("acct-code", account.code.clone()),
            ("word-country", shell.language.country(&account.country)),
            ("word-currency", account.currency.code().to_owned()),
            ("word-payment-terms", shell.t1("acct-days", "days", days)),
            (
                "acct-vat-id",
                account.vat_id.clone().unwrap_or_else(|| shell.t("acct-none")),
            ),
            ("acct-locale", account.locale.clone()),
            ("word-time-zone", account.time_zone.name().to_owned()),
        ],
        entitlements: words::facts(shell, &standings),
        credit: credit(shell, &account, money(exposure)),
        counts: [
            (
                shell.language.decimal(open_orders),
                shell.t1("acct-label-orders", "count", open_orders),
            ),
            (
                shell.language.decimal(members),
                shell.t1("acct-label-members", "count", members),
            ),
            (
                shell.language.decimal(sites),
                shell.t1("acct-label-sites", "count", sites),
            ),
        ],
        overdue: if overdue > 0 {
            shell.money(money(overdue))
        } else {
            String::new()
        },
        team: team.places.iter().map(colleague).collect(),
        head,
    })
}
