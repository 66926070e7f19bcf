//! What placing a draft would come to, and placing it.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Serialize;

use super::changing::{Action, act};
use super::editor;
use super::filling::facts;
use super::quick_order::title;
use super::rows::{offer_button, promised};
use crate::accounts;
use crate::catalogue::words::amount;
use crate::db::Connection;
use crate::drafts;
use crate::drafts::editing::{self, Editor, Head};
use crate::drafts::filling;
use crate::drafts::offering;
use crate::drafts::placing::{self, Outcome};
use crate::drafts::reading::{self, PriceRise, Sheet};
use crate::drafts::rules::supply::supply;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::identity::idempotency;
use crate::ids::DraftId;
use crate::orders::entitlements::rules::{IfNotEntitled, Right};
use crate::orders::entitlements::{self, words};
use crate::orders::rules::{
    BackorderChoice, Choices, DeliveryChoice, HoldReason, Order, OrderClass, OrderLine, OrderTexts, State,
};
use crate::orders::words::{price, wishes};
use crate::state::AppState;
use crate::substitutes::words::Told;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

/// Sites that can be chosen from; more than an account has.
const SITES_MAX: i64 = 500;

/// A line as the preview and the confirmation print it.
pub(super) struct Line {
    pub(super) number: i32,
    pub(super) article: String,
    pub(super) name: String,
    pub(super) sku: String,
    /// What was typed for the article.
    pub(super) typed: Option<String>,
    pub(super) quantity: String,
    pub(super) base: Option<String>,
    pub(super) price: String,
    pub(super) net: String,
    pub(super) promise: Vec<String>,
    pub(super) chip: Chip,
    /// What is decided of it other than of the order.
    pub(super) choices: String,
    pub(super) offers: Vec<Offered>,
}

/// What could be taken instead of a line.
pub(super) struct Offered {
    /// Where its button leads to, what that sends and what it says.
    pub(super) to: String,
    pub(super) value: String,
    pub(super) text: String,
    /// What is said beside it.
    pub(super) told: Told,
}

#[derive(Template)]
#[template(path = "drafts/templates/preview.html")]
struct PreviewPage<'a> {
    shell: &'a Shell,
    id: DraftId,
    title: String,
    back: String,
    form: Form,
    sign: String,
    lines: Vec<Line>,
    bad: usize,
    short: usize,
    rises: Vec<String>,
    sites: Vec<(String, String)>,
    classes: Vec<(String, String)>,
    /// What becomes of the order where the class can't be had; empty where everybody may use every class.
    otherwise: Vec<(String, String)>,
    deliveries: Vec<(String, String)>,
    backorders: Vec<(String, String)>,
    /// The order will be standard instead.
    as_standard: bool,
    currency: String,
    net: String,
    tax: Option<String>,
    gross: Option<String>,
    credit: Option<String>,
    /// Weight and pallets, and what they leave out.
    load: Vec<(String, String)>,
    load_notes: Vec<String>,
    next_step: String,
}

pub(super) fn line(shell: &Shell, order: &Order, line: &OrderLine) -> Line {
    let (promise, chip) = promised(shell, line, supply(line, order.state.is_served()));
    let base = (line.unit != line.base_unit).then(|| {
        amount(
            shell.language,
            line.base_quantity(line.quantity.base_steps),
            &line.base_unit,
        )
    });
    Line {
        number: line.position,
        article: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
        name: line.name.clone(),
        sku: line.sku.clone(),
        typed: line
            .typed
            .as_ref()
            .map(|typed| shell.t1("line-typed", "typed", typed.as_str())),
        quantity: amount(shell.language, line.quantity.ordered, &line.unit_code),
        base,
        price: price(shell.language, line, order.currency),
        net: shell.language.amount(line.net),
        promise,
        chip,
        choices: wishes(shell, line.own).join(", "),
        offers: Vec::new(),
    }
}

/// The lines that are good, each with what could be taken instead of it.
fn lines(shell: &Shell, sheet: &Sheet) -> Vec<Line> {
    let order = &sheet.estimate.order;
    let mut lines: Vec<_> = order.lines.iter().map(|one| line(shell, order, one)).collect();
    for of_sheet in sheet.lines.iter().filter(|line| !line.offers.is_empty()) {
        let id = of_sheet.line.id.to_string();
        let at = of_sheet.state.as_ref().ok();
        if let Some(line) = at.and_then(|at| lines.get_mut(*at)) {
            let offered = |(value, text, told)| Offered {
                to: format!("/drafts/{}/preview", sheet.draft.id),
                value,
                text,
                told,
            };
            let offers = of_sheet.offers.iter().map(|offer| offer_button(shell, &id, offer));
            line.offers = offers.map(offered).collect();
        }
    }
    lines
}

/// The page; `typed` is a form that was not taken, and the head that it says.
async fn page(
    state: &AppState,
    visitor: &Visitor<MayOrder>,
    id: DraftId,
    typed: Option<(Head, Form)>,
) -> Result<HttpResponse> {
    let Editor {
        account_id,
        person_id,
        now,
    } = editor(visitor);
    let head = typed.as_ref().map(|(head, _)| head.clone());
    let read = move |connection: &mut Connection| {
        let draft = drafts::get(connection, account_id, id)?;
        if draft.placed.is_some() {
            return Ok((None, draft));
        }
        let lines = drafts::list_lines(connection, account_id, id)?;
        let shown = match head.clone() {
            Some(head) => head.on(draft.clone()),
            None => draft.clone(),
        };
        let mut sheet = reading::assess(connection, shown, lines, Some(person_id), now)?;
        let places: Vec<_> = (0..sheet.lines.len()).collect();
        offering::offer(connection, &mut sheet, &places, now)?;
        let sites = accounts::list_sites(connection, account_id, None, SITES_MAX)?;
        let standings = entitlements::standings(connection, account_id, now)?;
        Ok((Some((sheet, sites, standings)), draft))
    };
    let (found, draft) = state.db.read(read).await?;
    let Some((sheet, sites, standings)) = found else {
        return Ok(see_other(format!("/drafts/{id}")).into());
    };
    let shell = &visitor.shell;
    if sheet.ready() == 0 {
        let text = shell.t("preview-nothing-ready");
        return Ok(see_other(format!("/drafts/{id}")).flash(Tone::Warn, text).into());
    }
    let order = &sheet.estimate.order;
    let site = |site: &accounts::sites::Site| (site.code.clone(), format!("{} ({})", site.name, site.code));
    let first = sites.first().map(|site| site.code.clone());
    let mut form = match typed {
        Some((_, form)) => form,
        None => stored(shell, Head::of(&sheet.draft), order.choices, first),
    };
    if let Some(number) = sheet.estimate.used_by {
        form.warn("po_number", shell.t1("preview-po-used", "number", number.to_string()));
    }
    for fault in &sheet.estimate.faults {
        if fault.pointer == "/order_class" && form.fault("order_class").is_empty() {
            form.warn("order_class", shell.fault(fault));
        }
        if fault.pointer == "/cancel_after" {
            form.warn("cancel_after", shell.fault(fault));
        }
    }
    let load = filling::load(&sheet).map(|load| facts(shell, &load, sheet.ready()));
    let (load, load_notes) = load.unwrap_or_default();
    let is_granted = standings.iter().any(|standing| standing.right != Right::Free);
    let otherwise = match is_granted {
        true => IfNotEntitled::NAMES,
        false => &[],
    };
    let preview = PreviewPage {
        shell,
        id,
        title: title(shell, &draft),
        back: format!("/drafts/{id}"),
        sign: sheet.sign(),
        lines: lines(shell, &sheet),
        bad: sheet.bad().count(),
        short: order
            .lines
            .iter()
            .filter(|line| line.backordered > 0 && order.state.is_served())
            .count(),
        rises: sheet.rises().iter().map(|rise| rise_text(shell, rise)).collect(),
        sites: sites.iter().map(site).collect(),
        classes: words::choices(shell, &standings),
        otherwise: choices(shell, "entitlement-if-not", otherwise),
        deliveries: choices(shell, "order-delivery", DeliveryChoice::NAMES),
        backorders: choices(shell, "order-backorder", BackorderChoice::NAMES),
        as_standard: sheet.estimate.settled.shortfall.is_some(),
        currency: order.currency.code().to_owned(),
        net: shell.language.amount(order.net),
        tax: order.tax.map(|tax| shell.language.amount(tax)),
        gross: order.gross.map(|gross| shell.language.amount(gross)),
        credit: sheet.estimate.credit_left().map(|left| shell.money(left)),
        load,
        load_notes,
        next_step: next_step(shell, &sheet),
        form,
    };
    shell.page_with(preview.form.status(), &preview)
}

/// The names of a set as a field offers them.
fn choices(shell: &Shell, set: &str, names: &[&str]) -> Vec<(String, String)> {
    let choice = |name: &&str| ((*name).to_owned(), shell.name(set, name));
    names.iter().map(choice).collect()
}

/// The head of a draft as its form shows it.
fn stored(shell: &Shell, head: Head, usual: Choices, first_site: Option<String>) -> Form {
    let text = Option::unwrap_or_default;
    let choices = head.choices.unwrap_or(usual);
    let keys = [
        ("po_number", text(head.po_number)),
        ("ship_to", text(head.ship_to.or(first_site))),
        ("requested_date", text(head.requested_on.map(|on| on.to_string()))),
        ("order_class", head.order_class.name().to_owned()),
        ("if_not_entitled", head.if_not_entitled.name().to_owned()),
        ("delivery", choices.delivery.name().to_owned()),
        ("backorder", choices.backorder.name().to_owned()),
        ("cancel_after", text(choices.cancel_after.map(|on| on.to_string()))),
    ];
    let texts = head
        .texts
        .each()
        .map(|(name, _, text)| (name, text.unwrap_or_default().to_owned()));
    Form::of(shell, keys.into_iter().chain(texts))
}

fn rise_text(shell: &Shell, rise: &PriceRise) -> String {
    let places = [
        ("number", rise.number.into()),
        ("article", rise.article.clone().into()),
        ("was", shell.language.amount(rise.was).into()),
        ("is", shell.language.amount(rise.is).into()),
    ];
    shell.language.text_with("preview-rise", &places)
}

fn next_step(shell: &Shell, sheet: &Sheet) -> String {
    match sheet.estimate.order.state {
        State::OnHold if sheet.estimate.order.hold_reasons.contains(&HoldReason::Overdue) => {
            shell.t("preview-next-hold-overdue")
        }
        State::OnHold => shell.t("preview-next-hold"),
        _ => shell.t("preview-next-placed"),
    }
}

/// What placing the draft would come to
#[get("/drafts/{id}/preview")]
pub async fn show_preview(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
) -> Result<HttpResponse> {
    page(&state, &visitor, id, None).await
}

/// What the form says of the head; an ill-formed date is noted, and one that what is chosen has no use for.
fn head_of(form: &mut Form, shell: &Shell) -> Head {
    let backorder = BackorderChoice::from_name(form.value("backorder")).unwrap_or_default();
    let cancel_after = form.optional_day("cancel_after").flatten();
    if backorder != BackorderChoice::Until && cancel_after.is_some() {
        form.note("cancel_after", shell.t("preview-day-only-until"));
    }
    Head {
        po_number: form.filled("po_number"),
        ship_to: form.filled("ship_to"),
        requested_on: form.optional_day("requested_date").flatten(),
        order_class: OrderClass::from_name(form.value("order_class")).unwrap_or_default(),
        if_not_entitled: IfNotEntitled::from_name(form.value("if_not_entitled")).unwrap_or_default(),
        choices: Some(Choices {
            delivery: DeliveryChoice::from_name(form.value("delivery")).unwrap_or_default(),
            backorder,
            cancel_after,
        }),
        texts: OrderTexts::read(|name| form.filled(name)),
    }
}

/// The form after a refusal.
fn refused(form: Form, shell: &Shell, error: Error) -> Result<Form> {
    let says_itself = match &error {
        // The page itself says which order uses the number.
        Error::Conflict { code, .. } => *code != Code::PoNumberUsed,
        Error::Refused { .. } => true,
        _ => false,
    };
    let mut form = form.refused(shell, error)?;
    if !says_itself {
        form.say(Tone::Bad, shell.t("preview-not-placed"));
    }
    Ok(form)
}

/// Keeps what the form says, takes what is offered instead of a line where that was pressed, and shows what it comes to
#[post("/drafts/{id}/preview")]
pub async fn save(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = Form::sent(&visitor.shell, fields);
    let head = head_of(&mut form, &visitor.shell);
    if form.is_refused() {
        return page(&state, &visitor, id, Some((head, form))).await;
    }
    let action = Action::parse(form.value("do")).ok_or(Error::NotFound)?;
    let (editor, kept) = (editor(&visitor), head.clone());
    let write = move |tx: &mut Connection| {
        editing::set_head(tx, &editor, id, kept.clone())?;
        act(tx, &editor, id, &action)
    };
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(format!("/drafts/{id}/preview")).into()),
        Err(Error::Conflict {
            code: Code::DraftPlaced,
            ..
        }) => Ok(see_other(format!("/drafts/{id}")).into()),
        Err(error) => {
            let form = refused(form, &visitor.shell, error)?;
            page(&state, &visitor, id, Some((head, form))).await
        }
    }
}

/// What makes two sendings of a form the same.
#[derive(Serialize)]
struct Sent<'a> {
    draft: String,
    po_number: &'a str,
    seen: &'a str,
}

/// Places the good lines of the draft
#[post("/drafts/{id}/place")]
pub async fn place(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let mut form = Form::sent(shell, fields);
    let head = head_of(&mut form, shell);
    if form.fields().has("rises") && !form.fields().has("accept") {
        form.note("accept", shell.t("preview-accept-first"));
    }
    if form.is_refused() {
        form.say(Tone::Bad, shell.t("preview-not-placed"));
        return page(&state, &visitor, id, Some((head, form))).await;
    }
    let (editor, actor) = (editor(&visitor), visitor.customer.actor());
    let sent = Sent {
        draft: id.to_string(),
        po_number: form.value("po_number"),
        seen: form.value("sign"),
    };
    let form_key = form.filled("form_key").unwrap_or_else(|| "none".to_owned());
    let key = idempotency::Request::new(editor.person_id, "POST /drafts/{id}/place", form_key, &sent)?;
    let (asked, seen) = (head.clone(), form.value("sign").to_owned());
    let placed = state
        .db
        .write(move |tx| placing::place(tx, &editor, &actor, &key, id, asked.clone(), &seen))
        .await;
    match placed {
        Ok(Outcome::Placed(order, _)) => Ok(see_other(format!("/orders/{}/confirmation", order.id)).into()),
        Ok(Outcome::Earlier(_)) => Ok(see_other(format!("/drafts/{id}")).into()),
        Ok(Outcome::Different) => {
            form.say(Tone::Warn, shell.t("preview-different"));
            page(&state, &visitor, id, Some((head, form))).await
        }
        Err(error) => {
            let form = refused(form, shell, error)?;
            page(&state, &visitor, id, Some((head, form))).await
        }
    }
}
