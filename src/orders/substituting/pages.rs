//! An account says what is sent instead of what waits, in the browser: what is offered, what it would come to, and its yes.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::proposing::{self, Proposal};
use super::{Standing, Wish, waiting};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::identity::idempotency;
use crate::ids::{OrderId, OrderLineId, ProposalId};
use crate::orders;
use crate::orders::changes::Preview;
use crate::orders::changes::rules::Way;
use crate::orders::changes::words::{Told as Difference, told as difference};
use crate::orders::rules::{Order, OrderLine};
use crate::orders::words::{hold_reason, progress, shortage};
use crate::state::AppState;
use crate::substitutes::offering::Offer;
use crate::substitutes::words::{Told, told};
use crate::web::{Area, Banner, Fields, Form, Shell, Tone, see_other};

/// Something that could be taken.
pub(super) struct Choice {
    /// Our number of the article, which the form sends.
    sku: String,
    /// What it is shown to cost, as the form sends it.
    net: String,
    told: Told,
    is_proposed: bool,
}

/// A line of which something waits.
pub(super) struct Line {
    pub(super) position: i32,
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) choices: Vec<Choice>,
    /// Id and note of what staff propose.
    pub(super) proposal: Option<(ProposalId, String)>,
}

impl Choice {
    pub(super) fn told(&self) -> &Told {
        &self.told
    }

    pub(super) fn is_proposed(&self) -> bool {
        self.is_proposed
    }
}

fn choice(shell: &Shell, offer: &Offer, proposal: Option<&Proposal>) -> Choice {
    let told = told(shell, offer);
    Choice {
        sku: offer.article.sku.clone(),
        net: crate::money::Money::new(offer.priced.net_minor, offer.currency).to_string(),
        told,
        is_proposed: proposal.is_some_and(|proposal| proposal.product_id == offer.article.product_id),
    }
}

fn line(shell: &Shell, standing: &Standing, line: &OrderLine) -> Line {
    let proposal = standing.proposals.get(&line.id);
    let offers = standing.offers.get(&line.id).map(Vec::as_slice).unwrap_or_default();
    // Staff know articles by our numbers, and are not spoken to as the buyer is.
    let (number, text) = match shell.area {
        Area::Desk => (&line.sku, progress(shell, line).join(", ")),
        Area::Portal | Area::Entry => (
            line.customer_part_number.as_ref().unwrap_or(&line.sku),
            shortage(shell, line),
        ),
    };
    Line {
        position: line.position,
        heading: format!("{number} {}", line.name),
        text,
        choices: offers.iter().map(|offer| choice(shell, offer, proposal)).collect(),
        proposal: proposal.map(|proposal| (proposal.id, proposal.note.clone().unwrap_or_default())),
    }
}

/// The waiting lines of an order with what could be taken instead.
pub(super) fn lines(shell: &Shell, standing: &Standing) -> Vec<Line> {
    waiting(&standing.order).map(|one| line(shell, standing, one)).collect()
}

#[derive(Template)]
#[template(path = "orders/substituting/templates/offers.html")]
struct OffersPage<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
    lines: Vec<Line>,
    /// Lines of which something waits and for which nothing is offered.
    without: usize,
    form: Form,
}

fn page(shell: &Shell, standing: &Standing, form: Form) -> Result<HttpResponse> {
    let mut lines = lines(shell, standing);
    let all = lines.len();
    lines.retain(|line| !line.choices.is_empty());
    let page = OffersPage {
        shell,
        id: standing.order.id,
        number: standing.order.number.to_string(),
        without: all - lines.len(),
        lines,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

async fn show(state: &AppState, visitor: &Visitor<MayOrder>, id: OrderId, form: Form) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| super::standing(connection, account_id, id, now());
    let standing = state.db.read(read).await?;
    if waiting(&standing.order).next().is_none() {
        let text = visitor.shell.t("substitute-nothing-waits");
        return Ok(see_other(format!("/orders/{id}")).flash(Tone::Info, text).into());
    }
    page(&visitor.shell, &standing, form)
}

/// What could be sent instead of what waits
#[get("/orders/{id}/substitutes")]
pub async fn show_offers(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    show(&state, &visitor, id, Form::new(&visitor.shell)).await
}

#[derive(Template)]
#[template(path = "orders/substituting/templates/confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
    banners: Vec<Banner>,
    told: Difference,
    currency: String,
    is_request: bool,
    line: String,
    sku: String,
    quantity: String,
    net: String,
    version: i64,
    form_key: String,
}

fn confirm(shell: &Shell, order: &Order, preview: &Preview, form: &Form) -> Result<HttpResponse> {
    let mut banners = Vec::new();
    if preview.way == Way::OnRequest {
        banners.push(Banner::new(Tone::Info, shell.t("change-will-be-asked")));
    }
    if !preview.hold_reasons.is_empty() && preview.way == Way::Now {
        let reasons = preview.hold_reasons.iter();
        let reasons: Vec<_> = reasons.map(|reason| hold_reason(shell, *reason)).collect();
        banners.push(Banner::new(Tone::Warn, shell.t("change-will-be-held")).with_details(reasons));
    }
    let value = |name: &str| form.value(name).to_owned();
    shell.page(&ConfirmPage {
        shell,
        id: order.id,
        number: order.number.to_string(),
        banners,
        told: difference(shell, &preview.difference),
        currency: order.currency.code().to_owned(),
        is_request: preview.way == Way::OnRequest,
        line: value("line"),
        sku: value("sku"),
        quantity: value("quantity"),
        net: value("net"),
        version: preview.version,
        form_key: form.key(),
    })
}

fn wish_of(form: &Form) -> Wish {
    Wish {
        sku: form.value("sku").to_owned(),
        quantity: form.filled("quantity"),
        net: form.filled("net"),
    }
}

/// The line in the position that a form names.
pub(super) fn line_at(order: &Order, position: &str) -> Result<OrderLineId> {
    let position: Option<i32> = position.trim().parse().ok();
    let line = order.lines.iter().find(|line| Some(line.position) == position);
    line.map(|line| line.id).ok_or(Error::NotFound)
}

/// Shows what taking something else would come to, or takes it
#[post("/orders/{id}/substitutes")]
pub async fn look_or_take(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let form = Form::sent(shell, fields);
    let (position, wish) = (form.value("line").to_owned(), wish_of(&form));
    let account_id = visitor.customer.account_id;
    if form.value("do") != "confirm" {
        let read = move |connection: &mut Connection| {
            let order = orders::get(connection, account_id, id)?;
            let line = line_at(&order, &position)?;
            Ok((super::preview(connection, account_id, (id, line), &wish, now())?, order))
        };
        return match state.db.read(read).await {
            Ok((preview, order)) => confirm(shell, &order, &preview, &form),
            Err(error) => refused(&state, &visitor, id, form, error).await,
        };
    }
    let (key, seen) = (form.fields().form_key()?, form.fields().seen());
    let sent = (id.to_string(), form.content());
    let key = idempotency::Request::new(visitor.customer.person_id, "POST /orders/{id}/substitutes", key, &sent)?;
    let actor = visitor.customer.actor();
    let write = move |tx: &mut Connection| {
        let line = line_at(&orders::get(tx, account_id, id)?, &position)?;
        super::take(tx, account_id, (id, line), &wish, (&key, Some(&seen)), &actor, now())
    };
    match state.db.write(write).await {
        Ok(done) => {
            let text = match done.change.state.is_open() {
                true => shell.t("substitute-is-asked"),
                false => shell.t("substitute-is-taken"),
            };
            Ok(see_other(format!("/orders/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error) => refused(&state, &visitor, id, form, error).await,
    }
}

/// What is offered now, with what was wrong.
async fn refused(
    state: &AppState,
    visitor: &Visitor<MayOrder>,
    id: OrderId,
    form: Form,
    error: Error,
) -> Result<HttpResponse> {
    let form = form.refused(&visitor.shell, error)?;
    show(state, visitor, id, form).await
}

/// Says no to what the supplier proposes
#[post("/substitute-proposals/{id}/decline")]
pub async fn say_no(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ProposalId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account_id, actor) = (visitor.customer.account_id, visitor.customer.actor());
    let reason = fields.filled("reason").map(str::to_owned);
    let order = state
        .db
        .read(move |connection| proposing::get(connection, account_id, id))
        .await?
        .order_id;
    let write = move |tx: &mut Connection| proposing::decline(tx, account_id, id, reason.as_deref(), &actor, now());
    let to = see_other(format!("/orders/{order}"));
    match state.db.write(write).await {
        Ok(_) => Ok(to.flash(Tone::Ok, visitor.shell.t("substitute-is-declined")).into()),
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            Ok(to.flash(Tone::Warn, visitor.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
