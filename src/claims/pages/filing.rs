//! The form for a new claim about a shipment, or about its invoice: lines are ticked, and less than all can be written.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::claims::filing::{self, About, ClaimRequest, Claimable};
use crate::claims::rules::reading::{Asked, Delivered};
use crate::claims::rules::{Kind, Outcome};
use crate::claims::words;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::identity::idempotency;
use crate::ids::{InvoiceId, ShipmentId};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};
use crate::{invoices, shipments};

struct Row {
    position: i32,
    article: String,
    name: String,
    /// What no other claim is about.
    left: String,
    unit: String,
    is_ticked: bool,
    /// As typed, at first all of it.
    value: String,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "claims/templates/form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
    /// Path of the shipment or invoice, and what that is called.
    link: String,
    about: String,
    /// Value and text.
    kinds: Vec<(String, String)>,
    wishes: Vec<(String, String)>,
    rows: Vec<Row>,
}

/// The ticked lines and what is typed for them.
fn written(form: &Form) -> Vec<(i32, String)> {
    let fields = form.fields();
    let ticked = fields
        .pairs()
        .filter_map(|(name, _)| name.strip_prefix("line-")?.parse::<i32>().ok());
    ticked
        .map(|position| (position, fields.get(&format!("quantity-{position}")).to_owned()))
        .collect()
}

/// What a form is about.
#[derive(Debug, Clone, Copy)]
enum Thing {
    Shipment(ShipmentId),
    Invoice(InvoiceId),
}

impl Thing {
    fn about(self) -> About {
        match self {
            Self::Shipment(id) => About::Shipment(Some(id)),
            Self::Invoice(id) => About::Invoice(Some(id)),
        }
    }

    fn path(self) -> String {
        match self {
            Self::Shipment(id) => format!("/shipments/{id}"),
            Self::Invoice(id) => format!("/invoices/{id}"),
        }
    }
}

async fn read(state: &AppState, visitor: &Visitor<MayOrder>, thing: Thing) -> Result<Claimable> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        // What is not the account's is not found.
        match thing {
            Thing::Shipment(id) => drop(shipments::get(connection, account_id, id)?),
            Thing::Invoice(id) => drop(invoices::get(connection, account_id, id)?),
        }
        filing::claimable(connection, account_id, thing.about())
    };
    state.db.read(read).await
}

fn page(shell: &Shell, thing: Thing, found: &Claimable, form: Form) -> Result<HttpResponse> {
    let written = written(&form);
    let row = |of: &Delivered<'_>| {
        let (left, line) = (of.left(), of.line);
        let index = written.iter().position(|(position, _)| *position == of.position);
        let name = format!("quantity-{}", of.position);
        Row {
            position: of.position,
            article: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
            name: line.name.clone(),
            left: shell.quantity(left.ordered, &line.unit_code),
            unit: shell.language.unit(&line.unit_code, left.ordered),
            is_ticked: index.is_some(),
            value: match form.fields().has(&name) {
                true => form.value(&name).to_owned(),
                false => to_type(shell.language, &left.ordered.to_string()),
            },
            place: index.map_or_else(String::new, |index| format!("lines/{index}/quantity")),
        }
    };
    let delivered = found.delivered();
    let rows = delivered.iter().filter(|of| of.left().base_steps > 0).map(row);
    let about = match (thing, &found.invoice) {
        (Thing::Invoice(_), Some((_, number))) => shell.t1("order-invoice", "number", number.as_str()),
        _ => shell.t1("order-shipment", "number", found.shipment.number.to_string()),
    };
    let page = FormPage {
        shell,
        link: thing.path(),
        about,
        kinds: words::kinds(shell),
        wishes: words::outcomes(shell),
        rows: rows.collect(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// Reads what is claimed; notes at the form what can't be read.
fn request(shell: &Shell, form: &mut Form, thing: Thing) -> Option<ClaimRequest> {
    let (kind, wish) = (
        Kind::from_name(form.value("kind")),
        Outcome::from_name(form.value("wish")),
    );
    let mut lines = Vec::new();
    for (index, (position, quantity)) in written(form).into_iter().enumerate() {
        let quantity = form.quantity_at(&format!("lines/{index}/quantity"), &quantity)?;
        lines.push(Asked {
            position,
            quantity: Some(quantity),
        });
    }
    if lines.is_empty() {
        form.note("lines", shell.say(&crate::claims::sentences::claim_without_lines()));
    }
    if form.is_refused() {
        return None;
    }
    Some(ClaimRequest {
        about: thing.about(),
        kind: kind?,
        wish: wish?,
        text: form.text("text").to_owned(),
        lines,
    })
}

async fn ask(state: &AppState, visitor: &Visitor<MayOrder>, thing: Thing) -> Result<HttpResponse> {
    let found = read(state, visitor, thing).await?;
    page(&visitor.shell, thing, &found, Form::new(&visitor.shell))
}

async fn take(
    state: &AppState,
    visitor: &Visitor<MayOrder>,
    (thing, route): (Thing, &'static str),
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let found = read(state, visitor, thing).await?;
    let mut form = Form::sent(shell, fields);
    let Some(request) = request(shell, &mut form, thing) else {
        return page(shell, thing, &found, form);
    };
    let (key, sent) = (form.fields().form_key()?, (thing.path(), form.content()));
    let customer = &visitor.customer;
    let key = idempotency::Request::new(customer.person_id, route, key, &sent)?;
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| filing::file(tx, &key, account_id, &request, &actor, now());
    match state.db.write(write).await {
        Ok((claim, _)) => {
            let text = shell.t1("claim-is-filed", "number", claim.number.as_str());
            Ok(see_other(format!("/claims/{}", claim.id)).flash(Tone::Ok, text).into())
        }
        Err(error) => page(shell, thing, &found, form.refused(shell, error)?),
    }
}

/// A form for a claim about a delivery
#[get("/shipments/{id}/claim")]
pub async fn ask_of_shipment(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    ask(&state, &visitor, Thing::Shipment(id)).await
}

/// Files it
#[post("/shipments/{id}/claim")]
pub async fn take_of_shipment(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ShipmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let of = (Thing::Shipment(id), "POST /shipments/{id}/claim");
    take(&state, &visitor, of, fields).await
}

/// A form for a claim about an invoice
#[get("/invoices/{id}/claim")]
pub async fn ask_of_invoice(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    ask(&state, &visitor, Thing::Invoice(id)).await
}

/// Files it
#[post("/invoices/{id}/claim")]
pub async fn take_of_invoice(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<InvoiceId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let of = (Thing::Invoice(id), "POST /invoices/{id}/claim");
    take(&state, &visitor, of, fields).await
}
