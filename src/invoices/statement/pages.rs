//! What the account owes, and since when.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Limit, Page, Params};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::AccountId;
use crate::invoices::statement::files::{self, running};
use crate::invoices::statement::{After, Document, Entry, Period, Statement, documents, load};
use crate::money::{Currency, Money};
use crate::state::AppState;
use crate::web::charts::{Caption, Figure, Share};
use crate::web::components::address;
use crate::web::export::READ_MAX;
use crate::web::lists::typed_day;
use crate::web::{Pager, Shell};

const PATH: &str = "/statement";

/// Where a statement stands: the account's own, or the desk's of an account.
pub(in crate::invoices) struct Place {
    /// Its address.
    pub path: String,
    /// What is above it: address and text.
    pub above: Vec<(String, String)>,
    /// Where invoices are listed; each is below.
    pub invoices: &'static str,
    /// Where credit notes are listed; each is below.
    pub credit_notes: &'static str,
    /// Where reminders are listed; each is below.
    pub reminders: &'static str,
    /// The list that its button leads to.
    pub list: String,
    /// Whose it is, on the desk.
    pub of: Option<String>,
}

impl Place {
    fn own(shell: &Shell) -> Self {
        Self {
            path: PATH.to_owned(),
            above: vec![
                ("/".to_owned(), shell.t("nav-home")),
                ("/invoices".to_owned(), shell.t("invoices")),
            ],
            invoices: "/invoices",
            credit_notes: "/credit-notes",
            reminders: "/reminders",
            list: "/invoices".to_owned(),
            of: None,
        }
    }
}

/// Which part of the statement somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    from: String,
    to: String,
    cursor: Option<String>,
}

impl ListParams {
    fn query(&self) -> [(&str, &str); 2] {
        [("from", self.from.trim()), ("to", self.to.trim())]
    }

    /// The period, and the faults of the fields `from` and `to`; the statement is then shown without them.
    pub(super) fn period(&self, shell: &Shell) -> (Period, [String; 2]) {
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, mut to_fault)) = (day(&self.from), day(&self.to));
        let mut period = Period { from, to };
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            to_fault = shell.t("statement-backwards");
            period.to = None;
        }
        (period, [from_fault, to_fault])
    }
}

struct Row {
    day: String,
    text: String,
    path: Option<String>,
    about: String,
    debit: String,
    credit: String,
    balance: String,
}

struct Bucket {
    text: String,
    minor: i64,
    amount: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "invoices/templates/statement.html")]
struct StatementPage<'a> {
    shell: &'a Shell,
    place: &'a Place,
    asked: &'a ListParams,
    faults: [String; 2],
    is_filtered: bool,
    currency: String,
    balance: String,
    on_account: Option<String>,
    /// Fees and interest of reminders.
    charges: Option<String>,
    /// The level of the last reminder, in words.
    reminded: Option<String>,
    chart: Option<Share>,
    buckets: Vec<Bucket>,
    opening: String,
    closing: String,
    is_first: bool,
    is_last: bool,
    rows: Vec<Row>,
    files: Vec<(String, String)>,
    pager: Pager,
}

fn row(shell: &Shell, place: &Place, currency: Currency, (entry, balance): &(Entry, i64)) -> Row {
    let amount = |minor| shell.language.amount(Money::new(minor, currency));
    let (text, path, about) = match &entry.document {
        Document::Invoice {
            id, number, po_number, ..
        } => (
            shell.t1("order-invoice", "number", number.as_str()),
            Some(format!("{}/{id}", place.invoices)),
            po_number.clone(),
        ),
        Document::CreditNote { id, number, po_number } => (
            shell.t1("credit-note", "number", number.as_str()),
            Some(format!("{}/{id}", place.credit_notes)),
            po_number.clone(),
        ),
        Document::Reminder { id, number } => (
            shell.name("statement-kind", entry.kind.name()),
            Some(format!("{}/{id}", place.reminders)),
            number.clone(),
        ),
        Document::WriteOff { invoice_id, number, .. } => (
            shell.name("statement-kind", entry.kind.name()),
            Some(format!("{}/{invoice_id}", place.invoices)),
            number.clone(),
        ),
        Document::Payment { reference, .. } | Document::Refund { reference, .. } => (
            shell.name("statement-kind", entry.kind.name()),
            None,
            reference.clone().unwrap_or_default(),
        ),
    };
    let (debit, credit) = if entry.minor >= 0 {
        (amount(entry.minor), String::new())
    } else {
        (String::new(), amount(entry.minor.saturating_neg()))
    };
    Row {
        day: shell.day(entry.booked_on),
        text,
        path,
        about,
        debit,
        credit,
        balance: amount(*balance),
    }
}

fn buckets(shell: &Shell, statement: &Statement) -> Vec<Bucket> {
    let ageing = statement.ageing;
    let bucket = |(key, minor, is_late): (&str, i64, bool)| Bucket {
        text: shell.t(key),
        minor,
        amount: shell.language.amount(Money::new(minor, statement.currency)),
        is_late: is_late && minor > 0,
    };
    [
        ("statement-not-due", ageing.not_due, false),
        ("statement-late-30", ageing.late_1_30, true),
        ("statement-late-60", ageing.late_31_60, true),
        ("statement-late-90", ageing.late_61_90, true),
        ("statement-late-more", ageing.late_over_90, true),
    ]
    .map(bucket)
    .into()
}

/// How late what is open is, as a bar; nothing where nothing is open.
fn chart(shell: &Shell, statement: &Statement, buckets: &[Bucket]) -> Option<Share> {
    let money = |minor| shell.money(Money::new(minor, statement.currency));
    let sum = |buckets: &mut dyn Iterator<Item = &Bucket>| {
        buckets.fold(0_i64, |sum, bucket| sum.saturating_add(bucket.minor))
    };
    let all = sum(&mut buckets.iter());
    let late = sum(&mut buckets.iter().filter(|bucket| bucket.is_late));
    let finding = match late {
        0 => shell.t("statement-nothing-late"),
        late => shell.t2("statement-late", "late", money(late), "all", money(all)),
    };
    let part = |bucket: &Bucket| (Figure::new(&bucket.text, bucket.minor, &bucket.amount), None);
    let caption = Caption::new(shell.t("statement-open"), finding);
    (all > 0).then(|| Share::new(shell, caption, buckets.iter().map(part).collect()))
}

async fn read(
    state: &AppState,
    account_id: AccountId,
    period: Period,
    after: Option<After>,
    limit: i64,
) -> Result<Statement> {
    let read = move |connection: &mut Connection| load(connection, account_id, period, after, limit, now());
    match state.db.read(read).await {
        // A first day after today: nothing was booked since.
        Err(Error::Invalid(_)) if period.to.is_none() => {
            let period = Period {
                to: period.from,
                ..period
            };
            let read = move |connection: &mut Connection| load(connection, account_id, period, after, limit, now());
            state.db.read(read).await
        }
        read => read,
    }
}

/// My statement
#[get("/statement")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let place = Place::own(&visitor.shell);
    answer(&state, &visitor.shell, &place, visitor.customer.account_id, params).await
}

/// Answers with the page of an account's statement.
pub(in crate::invoices) async fn answer(
    state: &AppState,
    shell: &Shell,
    place: &Place,
    account_id: AccountId,
    params: ListParams,
) -> Result<HttpResponse> {
    let (period, faults) = params.period(shell);
    let page = Page::new(Limit::default(), params.cursor.clone());
    // A cursor of another period begins the list anew.
    let after: Option<After> = page.after(&period).unwrap_or_default();
    let is_first = after.is_none();
    let mut statement = read(state, account_id, period, after, page.fetch()).await?;
    let entries = running(statement.opening_minor, std::mem::take(&mut statement.entries));
    let keys = |(entry, after): &(Entry, i64)| (entry.booked_on, entry.id, *after);
    let (entries, next) = page.cut(&period, entries, keys)?;
    let closing = entries.last().map_or(statement.opening_minor, |(_, after)| *after);
    let currency = statement.currency;
    let amount = |minor| shell.language.amount(Money::new(minor, currency));
    let query = params.query();
    let file = |ending: &'static str| {
        let path = format!("{}/export.{}", place.path, ending.to_lowercase());
        (ending.to_owned(), address(&path, query))
    };
    let paper = |name: String, what: &str| (name, address(&format!("{}/{what}", place.path), query));
    let papers = std::iter::once(paper("PDF".to_owned(), "pdf"));
    let confirmation = place
        .of
        .is_some()
        .then(|| paper(shell.t("statement-confirmation"), "confirmation"));
    let papers = papers.chain(confirmation);
    let buckets = buckets(shell, &statement);
    let told = shell.t1("statement-entries", "count", entries.len());
    let page = StatementPage {
        shell,
        place,
        faults,
        is_filtered: query.iter().any(|(_, value)| !value.is_empty()),
        currency: currency.code().to_owned(),
        balance: shell.money(Money::new(statement.balance_minor, currency)),
        on_account: (statement.on_account_minor != 0)
            .then(|| shell.money(Money::new(statement.on_account_minor, currency))),
        charges: (statement.charges_minor != 0).then(|| shell.money(Money::new(statement.charges_minor, currency))),
        reminded: (statement.reminder_level > 0)
            .then(|| shell.name("reminder-level", &statement.reminder_level.to_string())),
        chart: chart(shell, &statement, &buckets),
        buckets,
        opening: amount(statement.opening_minor),
        closing: amount(closing),
        is_first,
        is_last: next.is_none(),
        rows: entries.iter().map(|entry| row(shell, place, currency, entry)).collect(),
        files: papers.chain(["CSV", "XLSX"].map(file)).collect(),
        pager: Pager::new(
            shell,
            &place.path,
            &query,
            params.cursor.as_deref(),
            next.as_deref(),
            told,
        ),
        asked: &params,
    };
    shell.page(&page)
}

/// My statement on paper
#[get("/statement/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (account_id, (period, _)) = (visitor.customer.account_id, params.period(&visitor.shell));
    let read = move |connection: &mut Connection| documents::statement(connection, account_id, period, now());
    Ok(state.print(read).await?.into())
}

/// The entries of the period as a file
#[get("/statement/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    file(&state, &visitor.shell, visitor.customer.account_id, &request, &params).await
}

/// Answers with the entries of an account's statement as a file.
pub(in crate::invoices) async fn file(
    state: &AppState,
    shell: &Shell,
    account_id: AccountId,
    request: &HttpRequest,
    params: &ListParams,
) -> Result<HttpResponse> {
    let (period, _) = params.period(shell);
    let statement = read(state, account_id, period, None, READ_MAX).await?;
    let rows = files::rows(statement);
    files::FILE.answer(&state.exports, shell, request, rows).await
}
