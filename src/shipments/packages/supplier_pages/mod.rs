//! Packages on the desk: what lies in which, what lies in none, a form for the next one, and the labels.
//!
//! - [`change`]: one of them

pub mod change;

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use askama::filters::HtmlSafe;

use super::rules::{Asked, Kind, Of, Package, Size, lines_of, sscc, zpl};
use super::shapes::{Format, labels};
use super::{Contents, of_any};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::{OrderLineId, PackageId, PackingId, ShipmentId};
use crate::orders::rules::{Order, OrderLine};
use crate::shipments::{self, packages, words};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

/// Lines of which something can be put into a package one by one; more are packed by REST.
const LINES_MAX: usize = 200;

/// A line of which something lies in no package.
struct Row {
    id: String,
    /// Its position, with the order's number where there are several.
    number: String,
    article: String,
    name: String,
    left: String,
    unit: String,
    /// As typed, at first all that is left.
    value: String,
    /// Where its faults are told.
    place: String,
}

struct PackageRow {
    id: PackageId,
    position: i32,
    sscc: String,
    what: String,
    items: Vec<String>,
    version: i64,
}

/// The packages of something: a part of its page.
#[derive(Template)]
#[template(path = "shipments/templates/packages.html")]
pub struct PackagesPart<'a> {
    shell: &'a Shell,
    /// Below it lie `packages` and `labels`.
    link: String,
    packages: Vec<PackageRow>,
    rows: Vec<Row>,
    /// Lines beyond those of the form.
    more: usize,
    may_pack: bool,
    kinds: Vec<(String, String)>,
    form: &'a Form,
}

impl HtmlSafe for PackagesPart<'_> {}

/// What of the lines is to lie in the new package, as typed: line and quantity.
fn written(form: &Form) -> Vec<(OrderLineId, String)> {
    let pairs = form.fields().pairs().filter_map(|(name, value)| {
        let id = name.strip_prefix("quantity-")?.parse().ok()?;
        Some((id, value.trim().to_owned())).filter(|(_, value)| !matches!(value.as_str(), "" | "0"))
    });
    pairs.collect()
}

/// What a line is called among these orders: its position, with its order's number where there are several.
fn labelled_line(orders: &[Order], line: &OrderLine) -> String {
    let has = |order: &&Order| order.lines.iter().any(|own| own.id == line.id);
    match orders.iter().find(has).filter(|_| orders.len() > 1) {
        Some(order) => format!("{}/{}", order.number, line.position),
        None => line.position.to_string(),
    }
}

/// The part of a page.
pub fn part<'a>(shell: &'a Shell, link: &str, contents: &Contents, may_pack: bool, form: &'a Form) -> PackagesPart<'a> {
    let lines = lines_of(&contents.orders);
    let written: Vec<_> = written(form).into_iter().map(|(id, _)| id).collect();
    let unpacked = contents.unpacked();
    let row = |(id, left): &(OrderLineId, i64)| {
        let line = lines.get(id)?;
        let left = line.part(*left).ordered;
        let name = format!("quantity-{id}");
        let place = written.iter().position(|written| written == id);
        Some(Row {
            value: match form.fields().has(&name) {
                true => form.value(&name).to_owned(),
                false => to_type(shell.language, &left.to_string()),
            },
            place: place.map_or_else(String::new, |place| format!("items/{place}/quantity")),
            id: id.to_string(),
            number: labelled_line(&contents.orders, line),
            article: line.sku.clone(),
            name: line.name.clone(),
            left: shell.quantity(left, &line.unit_code),
            unit: shell.language.unit(&line.unit_code, left),
        })
    };
    let package = |package: &Package| PackageRow {
        id: package.id,
        position: package.position,
        sscc: sscc::printed(&package.sscc),
        what: what(shell, package.kind, package.size),
        items: package
            .items
            .iter()
            .filter_map(|item| {
                let line = lines.get(&item.order_line_id)?;
                let quantity = shell.quantity(item.quantity.ordered, &line.unit_code);
                let article = format!("{} {}: {quantity}", line.sku, line.name);
                Some(match contents.orders.len() {
                    1 => article,
                    _ => format!("{} · {article}", labelled_line(&contents.orders, line)),
                })
            })
            .collect(),
        version: package.version,
    };
    PackagesPart {
        shell,
        link: link.to_owned(),
        packages: contents.packages.iter().map(package).collect(),
        rows: unpacked.iter().take(LINES_MAX).filter_map(row).collect(),
        more: unpacked.len().saturating_sub(LINES_MAX),
        may_pack,
        kinds: Kind::ALL
            .map(|kind| {
                (
                    kind.name().to_owned(),
                    shell.t(&format!("package-kind-{}", kind.name())),
                )
            })
            .to_vec(),
        form,
    }
}

/// What a package is, how heavy and how large.
pub fn what(shell: &Shell, kind: Kind, size: Size) -> String {
    let sides: Vec<_> = [size.length_mm, size.width_mm, size.height_mm]
        .iter()
        .flatten()
        .map(i32::to_string)
        .collect();
    let parts = [
        Some(shell.t(&format!("package-kind-{}", kind.name()))),
        size.weight_grams.map(zpl::kilograms),
        Some(format!("{} mm", sides.join(" × "))).filter(|_| !sides.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_packages.html")]
struct PackagesPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    chip: Chip,
    form: &'a Form,
    part: PackagesPart<'a>,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: ShipmentId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let shipment = shipments::get_for_staff(connection, id)?;
        Ok((shipment, of_any(connection, Of::Shipment(id))?))
    };
    let (shipment, contents) = state.db.read(read).await?;
    let shell = &desk.shell;
    let link = format!("/desk/shipments/{id}");
    let may_pack = desk.may::<MayMoveGoods>() && shipment.state == shipments::rules::State::Shipped;
    let status = form.status();
    let page = PackagesPage {
        shell,
        number: shipment.number.to_string(),
        chip: words::state_chip(shell, shipment.state),
        part: part(shell, &link, &contents, may_pack, &form),
        form: &form,
        link,
    };
    shell.page_with(status, &page)
}

/// The packages of a shipment
#[get("/desk/shipments/{id}/packages")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

/// What the form asks for; none after noting what can't be read.
pub fn asked(form: &mut Form) -> Option<Asked> {
    let mut number = |name: &'static str| match form.value(name).is_empty() {
        true => Some(None),
        false => form.number(name).map(|text| text.parse::<i64>().ok().or(Some(-1))),
    };
    let weight = number("weight_grams");
    let sides = ["length_mm", "width_mm", "height_mm"].map(&mut number);
    let count = number("count");
    let mut items = Vec::new();
    for (place, (id, text)) in written(form).into_iter().enumerate() {
        let quantity = form.quantity_at(&format!("items/{place}/quantity"), &text);
        items.extend(quantity.map(|quantity| (Some(id), quantity)));
    }
    if form.is_refused() {
        return None;
    }
    let side = |side: Option<Option<i64>>| side.flatten().map(|side| i32::try_from(side).unwrap_or(-1));
    let [length_mm, width_mm, height_mm] = sides.map(side);
    Some(Asked {
        kind: form.value("kind").to_owned(),
        size: Size {
            weight_grams: weight.flatten(),
            length_mm,
            width_mm,
            height_mm,
        },
        items,
        count: count.flatten(),
    })
}

/// Packs something of a shipment
#[post("/desk/shipments/{id}/packages")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let Some(asked) = asked(&mut form) else {
        return page(&state, &desk, id, form).await;
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/shipments/{id}/packages", key, &sent)?;
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| packages::add(tx, &key, Of::Shipment(id), &asked, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("/desk/shipments/{id}/packages"));
            Ok(to.flash(Tone::Ok, shell.t("package-added")).into())
        }
        Err(error) => page(&state, &desk, id, form.refused(shell, error)?).await,
    }
}

/// Where the packages of something are shown.
fn shown(of: Of) -> String {
    match of {
        Of::Shipment(id) => format!("/desk/shipments/{id}/packages"),
        Of::Packing(id) => format!("/desk/packings/{id}"),
        Of::Consignment(id) => format!("/desk/consignments/{id}"),
    }
}

/// Takes a package away
#[post("/desk/packages/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackageId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let (_, of) = state
        .db
        .read(move |connection| packages::place_of(connection, id))
        .await?;
    let write = move |tx: &mut Connection| packages::remove(tx, id, &expected, &actor, now());
    let to = see_other(shown(of));
    match state.db.write(write).await {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t("package-removed")).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

/// What labels are written in.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct LabelParams {
    format: String,
}

impl LabelParams {
    /// PDF where nothing else is asked for.
    pub fn format(&self) -> Format {
        Format::from_name(&self.format).unwrap_or_default()
    }
}

/// The label of a package
#[get("/desk/packages/{id}/label")]
pub async fn print_label(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<PackageId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    let (_, of) = state
        .db
        .read(move |connection| packages::place_of(connection, id))
        .await?;
    labels(&state, of, Some(id), params.format()).await
}

/// The labels of all packages of a shipment
#[get("/desk/shipments/{id}/labels")]
pub async fn labels_of_shipment(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Shipment(id), None, params.format()).await
}

/// The labels of all packages of what is being packed
#[get("/desk/packings/{id}/labels")]
pub async fn labels_of_packing(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<PackingId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Packing(id), None, params.format()).await
}
