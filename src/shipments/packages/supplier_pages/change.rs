//! One package on the desk, to be changed: what it is, how heavy and how large, and all that lies in it. Its number stays.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::{asked, labelled_line, shown, written};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods};
use crate::ids::PackageId;
use crate::shipments::packages;
use crate::shipments::packages::Contents;
use crate::shipments::packages::rules::{Kind, Package, lines_of, packed, sscc};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// A line of which something lies in it, or in none.
struct Row {
    id: String,
    number: String,
    article: String,
    name: String,
    /// What may lie in it at most.
    most: String,
    unit: String,
    value: String,
    place: String,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_package.html")]
struct PackagePage<'a> {
    shell: &'a Shell,
    link: String,
    back: String,
    sscc: String,
    position: i32,
    version: i64,
    rows: Vec<Row>,
    kinds: Vec<(String, String)>,
    form: &'a Form,
}

/// What is stored of a package, as a form shows it.
fn stored(shell: &Shell, package: &Package) -> Form {
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let side = |value: Option<i32>| number(value.map(i64::from));
    let mut values = vec![
        ("kind".to_owned(), package.kind.name().to_owned()),
        ("weight_grams".to_owned(), number(package.size.weight_grams)),
        ("length_mm".to_owned(), side(package.size.length_mm)),
        ("width_mm".to_owned(), side(package.size.width_mm)),
        ("height_mm".to_owned(), side(package.size.height_mm)),
    ];
    let item = |item: &packages::rules::Item| {
        let quantity = to_type(shell.language, &item.quantity.ordered.to_string());
        (format!("quantity-{}", item.order_line_id), quantity)
    };
    values.extend(package.items.iter().map(item));
    Form::of(shell, values)
}

/// The lines of which something lies in the package, or in no other one.
fn rows(shell: &Shell, contents: &Contents, package: &Package, form: &Form) -> Vec<Row> {
    let lines = lines_of(&contents.orders);
    let others = contents.packages.iter().filter(|other| other.id != package.id);
    let others: Vec<_> = others.cloned().collect();
    let elsewhere = packed(&others);
    let written: Vec<_> = written(form).into_iter().map(|(id, _)| id).collect();
    let row = |(id, whole): &(crate::ids::OrderLineId, crate::catalogue::rules::OrderQuantity)| {
        let line = lines.get(id)?;
        let most = whole.base_steps - elsewhere.get(id).copied().unwrap_or_default();
        if most <= 0 {
            return None;
        }
        let most = line.part(most).ordered;
        let place = written.iter().position(|written| written == id);
        Some(Row {
            value: form.value(&format!("quantity-{id}")).to_owned(),
            place: place.map_or_else(String::new, |place| format!("items/{place}/quantity")),
            id: id.to_string(),
            number: labelled_line(&contents.orders, line),
            article: line.sku.clone(),
            name: line.name.clone(),
            most: shell.quantity(most, &line.unit_code),
            unit: shell.language.unit(&line.unit_code, most),
        })
    };
    contents.load.lines.iter().filter_map(row).collect()
}

async fn page(state: &AppState, desk: &Desk<MayMoveGoods>, id: PackageId, sent: Option<Form>) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| packages::of_package(connection, id);
    let (package, contents) = state.db.read(read).await?;
    let shell = &desk.shell;
    let form = sent.unwrap_or_else(|| stored(shell, &package));
    let status = form.status();
    let kinds = Kind::ALL.map(|kind| {
        let text = shell.t(&format!("package-kind-{}", kind.name()));
        (kind.name().to_owned(), text)
    });
    let page = PackagePage {
        shell,
        link: format!("/desk/packages/{id}"),
        back: shown(contents.load.of),
        sscc: sscc::printed(&package.sscc),
        position: package.position,
        version: package.version,
        rows: rows(shell, &contents, &package, &form),
        kinds: kinds.to_vec(),
        form: &form,
    };
    shell.page_with(status, &page)
}

/// A package
#[get("/desk/packages/{id}")]
pub async fn edit(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackageId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, None).await
}

/// Changes a package
#[post("/desk/packages/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackageId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    let Some(asked) = asked(&mut form) else {
        return page(&state, &desk, id, Some(form)).await;
    };
    let write = move |tx: &mut Connection| packages::change(tx, id, &expected, &asked, &actor, now());
    match state.db.write(write).await {
        Ok((_, contents)) => {
            let to = see_other(shown(contents.load.of));
            Ok(to.flash(Tone::Ok, shell.t("package-changed")).into())
        }
        Err(error) => page(&state, &desk, id, Some(form.refused(shell, error)?)).await,
    }
}
