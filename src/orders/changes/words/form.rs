//! The form for a change of an order and the page that shows what it comes to, for both sides. It works without script: what is typed
//! is sent, shown as what it would come to, and sent once more.

use actix_web::HttpResponse;
use askama::Template;

use super::written::{ADDED, AddedRow, Fitting, Row, Written, added_row, row, written};
use super::{Told, told};
use crate::accounts;
use crate::accounts::sites::Site;
use crate::audit::Actor;
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency;
use crate::ids::{AccountId, OrderId, PersonId};
use crate::names::sets::Side;
use crate::orders::changes::naming::{TypedLine, named};
use crate::orders::changes::rules::{AskedLine, Request, Way, way};
use crate::orders::changes::{self, Preview, Sent};
use crate::orders::rules::{Order, OrderClass};
use crate::orders::{self, words};
use crate::sentences::changed_since_read;
use crate::state::AppState;
use crate::web::{Banner, Fields, Form, Shell, Tone, see_other};

/// Lines on a page of the form.
const LINES_SHOWN: usize = 200;
/// Sites that can be chosen.
const SITES_MAX: i64 = 500;

#[derive(Template)]
#[template(path = "orders/changes/templates/form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    orders: &'static str,
    link: String,
    number: String,
    lead: String,
    by_staff: bool,
    currency: String,
    rows: Vec<Row>,
    added: Vec<AddedRow>,
    sites: Vec<(String, String)>,
    classes: Vec<(String, String)>,
    /// Which lines are shown, and links to those before and behind; nothing where all are.
    shown: String,
    before: Option<String>,
    behind: Option<String>,
    form: Form,
}

#[derive(Template)]
#[template(path = "orders/changes/templates/confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    orders: &'static str,
    link: String,
    number: String,
    banners: Vec<Banner>,
    told: Told,
    currency: String,
    /// What is left of the credit limit, where there is one.
    credit: Option<String>,
    is_request: bool,
    /// What was sent, to be sent once more.
    fields: Vec<(String, String)>,
    total: String,
    form_key: String,
}

/// Somebody who may change an order.
pub struct Changing<'a> {
    pub state: &'a AppState,
    pub shell: &'a Shell,
    pub id: OrderId,
    /// Whose orders they see: their account's, or all as staff.
    pub scope: Scope,
    pub person_id: PersonId,
    /// For the audit record.
    pub actor: Actor,
}

/// What the form shows.
struct Facts {
    order: Order,
    sites: Vec<Site>,
}

fn account_of(connection: &mut Connection, scope: Scope, id: OrderId) -> Result<AccountId> {
    match scope {
        Scope::Account(account_id) => Ok(account_id),
        Scope::All => orders::account_of(connection, id),
    }
}

impl Changing<'_> {
    fn side(&self) -> Side {
        match self.scope {
            Scope::Account(_) => Side::Account,
            Scope::All => Side::Supplier,
        }
    }

    fn orders(&self) -> &'static str {
        match self.side() {
            Side::Account => "/orders",
            Side::Supplier => "/desk/orders",
        }
    }

    fn link(&self) -> String {
        format!("{}/{}", self.orders(), self.id)
    }

    async fn facts(&self) -> Result<Facts> {
        let (scope, id) = (self.scope, self.id);
        let read = move |connection: &mut Connection| {
            let account_id = account_of(connection, scope, id)?;
            Ok(Facts {
                order: orders::get(connection, account_id, id)?,
                sites: accounts::list_sites(connection, account_id, Walk::First, SITES_MAX)?,
            })
        };
        self.state.db.read(read).await
    }

    /// The form as the order is, from the line behind so many.
    pub async fn ask(&self, from: usize) -> Result<HttpResponse> {
        let facts = self.facts().await?;
        if way(facts.order.state, self.side()).is_none() {
            let text = self.shell.t("change-too-late");
            return Ok(see_other(self.link()).flash(Tone::Warn, text).into());
        }
        let form = as_it_is(self.shell, &facts.order, from);
        self.page(&facts, form, &Fitting::default())
    }

    fn page(&self, facts: &Facts, form: Form, fitting: &Fitting) -> Result<HttpResponse> {
        let (shell, order) = (self.shell, &facts.order);
        let from = from_of(&form, order);
        let places = written(order, &mut Form::sent(shell, form.fields().clone())).places;
        let shown: Vec<_> = order.lines.iter().skip(from).take(LINES_SHOWN).collect();
        let to = |from: usize| format!("{}/change?from={from}", self.link());
        let words = [
            ("first", (from + 1).into()),
            ("last", (from + shown.len()).into()),
            ("count", order.lines.len().into()),
        ];
        let is_whole = order.lines.len() <= LINES_SHOWN;
        let lead = match way(order.state, self.side()) {
            Some(Way::OnRequest) => shell.t("change-lead-request"),
            _ => shell.t("change-lead"),
        };
        let page = FormPage {
            shell,
            orders: self.orders(),
            link: self.link(),
            number: order.number.to_string(),
            lead,
            by_staff: self.side() == Side::Supplier,
            currency: order.currency.code().to_owned(),
            rows: shown
                .iter()
                .map(|line| row(shell, order, line, &form, (&places, fitting)))
                .collect(),
            added: (1..=ADDED)
                .map(|number| added_row(shell, number, &form, (&places, fitting)))
                .collect(),
            sites: sites(&facts.sites, order),
            classes: OrderClass::ALL
                .map(|class| (class.name().to_owned(), shell.name("order-class", class.name())))
                .to_vec(),
            shown: match is_whole {
                true => String::new(),
                false => shell.language.text_with("draft-lines-shown", &words),
            },
            before: (from > 0).then(|| to(from.saturating_sub(LINES_SHOWN))),
            behind: (from + shown.len() < order.lines.len()).then(|| to(from + LINES_SHOWN)),
            form,
        };
        shell.page_with(page.form.status(), &page)
    }

    /// Shows what the form would come to, or does it.
    pub async fn take(self, fields: Fields) -> Result<HttpResponse> {
        let facts = self.facts().await?;
        let what = fields.get("do").to_owned();
        let mut form = Form::sent(self.shell, fields);
        // A button that sets a field to what fits.
        if let Some((field, quantity)) = what.strip_prefix("set:").and_then(|set| set.rsplit_once(':')) {
            form.set(field, quantity);
        }
        let written = written(&facts.order, &mut form);
        if form.is_refused() || what == "edit" {
            return self.page(&facts, form, &Fitting::default());
        }
        match what.as_str() {
            "confirm" => self.make(facts, written, form).await,
            _ => self.preview(facts, written, form).await,
        }
    }

    async fn preview(self, facts: Facts, written: Written, form: Form) -> Result<HttpResponse> {
        let (scope, id, by) = (self.scope, self.id, self.side());
        let Written { request, typed, .. } = written;
        let read = move |connection: &mut Connection| {
            let account_id = account_of(connection, scope, id)?;
            let mut request = request.clone();
            add(connection, account_id, &mut request, &typed)?;
            changes::preview(connection, (account_id, by), id, &request, now())
        };
        match self.state.db.read(read).await {
            Ok(preview) => self.confirm(&facts.order, &preview, &form),
            Err(error) => {
                let fitting = Fitting::of(&error);
                let form = form.refused(self.shell, error)?;
                self.page(&facts, form, &fitting)
            }
        }
    }

    fn confirm(&self, order: &Order, preview: &Preview, form: &Form) -> Result<HttpResponse> {
        let shell = self.shell;
        let mut banners = Vec::new();
        if preview.way == Way::OnRequest {
            banners.push(Banner::new(Tone::Info, shell.t("change-will-be-asked")));
        }
        if !preview.hold_reasons.is_empty() && preview.way == Way::Now {
            let reasons = preview.hold_reasons.iter();
            let reasons: Vec<_> = reasons.map(|reason| words::hold_reason(shell, *reason)).collect();
            banners.push(Banner::new(Tone::Warn, shell.t("change-will-be-held")).with_details(reasons));
        }
        let left = preview.credit_limit.map(|limit| {
            let left = limit.minor.saturating_sub(preview.exposure.minor);
            shell.money(crate::money::Money::new(left, limit.currency))
        });
        let sent = form.content();
        let sent = sent
            .into_iter()
            .filter(|(name, _)| !["do", "seen_total", "version"].contains(name));
        let mut fields: Vec<_> = sent.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        fields.push(("version".to_owned(), order.version.to_string()));
        let page = ConfirmPage {
            shell,
            orders: self.orders(),
            link: self.link(),
            number: order.number.to_string(),
            banners,
            told: told(shell, &preview.difference),
            currency: order.currency.code().to_owned(),
            credit: left,
            is_request: preview.way == Way::OnRequest,
            fields,
            total: total(&preview.difference.is),
            form_key: form.key(),
        };
        shell.page(&page)
    }

    async fn make(self, facts: Facts, written: Written, form: Form) -> Result<HttpResponse> {
        let (key, sent) = (form.fields().form_key()?, (self.id.to_string(), form.content()));
        let route = match self.side() {
            Side::Account => "POST /orders/{id}/change",
            Side::Supplier => "POST /desk/orders/{id}/change",
        };
        let key = idempotency::Request::new(self.person_id, route, key, &sent)?;
        let (scope, id, by, actor) = (self.scope, self.id, self.side(), self.actor.clone());
        let (seen, shown) = (form.fields().seen(), form.value("seen_total").to_owned());
        let reason = form.filled("reason");
        let Written { request, typed, .. } = written;
        let write = move |tx: &mut Connection| {
            let account_id = account_of(tx, scope, id)?;
            let mut request = request.clone();
            add(tx, account_id, &mut request, &typed)?;
            let sent = Sent {
                request: &request,
                reason: reason.as_deref(),
                key: Some(&key),
                seen: Some(&seen),
                is_agreed: false,
            };
            let done = changes::change(tx, (account_id, by), id, sent, &actor, now())?;
            // A price that became another since it was shown is nothing anybody agreed to.
            if !done.replayed && total(&done.change.difference.is) != shown {
                return Err(Error::conflict(Code::PreconditionFailed, changed_since_read()));
            }
            Ok(done)
        };
        match self.state.db.write(write).await {
            Ok(done) => {
                let key = match done.change.state.is_open() {
                    true => "change-is-asked",
                    false => "change-is-made",
                };
                let text = self.shell.t1(key, "number", done.order.number.to_string());
                Ok(see_other(self.link()).flash(Tone::Ok, text).into())
            }
            Err(error @ Error::Conflict { .. }) if error.code() != Code::PreconditionFailed => {
                let text = self.shell.error_text(&error);
                Ok(see_other(self.link()).flash(Tone::Warn, text).into())
            }
            Err(error) => {
                let fitting = Fitting::of(&error);
                let form = form.refused(self.shell, error)?;
                self.page(&facts, form, &fitting)
            }
        }
    }
}

/// Adds the lines that were typed.
fn add(connection: &mut Connection, account_id: AccountId, request: &mut Request, typed: &[TypedLine]) -> Result<()> {
    let added = named(connection, account_id, typed)?;
    request.lines.extend(added.into_iter().map(AskedLine::Add));
    Ok(())
}

/// Code and name of the places to choose from; the order's own is one of them, whatever became of it.
fn sites(sites: &[Site], order: &Order) -> Vec<(String, String)> {
    let own = (order.ship_to.clone(), order.ship_to.clone());
    let is_there = sites.iter().any(|site| site.code == order.ship_to);
    let named = sites.iter().map(|site| (site.code.clone(), site.name.clone()));
    Some(own).filter(|_| !is_there).into_iter().chain(named).collect()
}

fn total(sums: &crate::events::payloads::OrderSums) -> String {
    sums.gross_total.clone().unwrap_or_else(|| sums.net_total.clone())
}

/// The form with the order as it is.
fn as_it_is(shell: &Shell, order: &Order, from: usize) -> Form {
    Form::of(
        shell,
        [
            ("ship_to", order.ship_to.clone()),
            (
                "requested_date",
                order.requested_on.map(|day| day.to_string()).unwrap_or_default(),
            ),
            ("order_class", order.order_class.name().to_owned()),
            ("note", order.texts.note.clone().unwrap_or_default()),
            ("version", order.version.to_string()),
            ("from", from.to_string()),
        ],
    )
}

fn from_of(form: &Form, order: &Order) -> usize {
    form.value("from").parse().unwrap_or(0).min(order.lines.len())
}
