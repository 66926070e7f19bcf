//! All products, making one and changing one.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::catalogue::assortments;
use crate::catalogue::inputs::NewProduct;
use crate::catalogue::products::{self, Wanted};
use crate::catalogue::rules::keeping::{KeptProduct, Lack};
use crate::catalogue::words::{choices, lack_chips, state_chip, state_choices};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::ProductId;
use crate::names::sets::ArticleState;
use crate::state::AppState;
use crate::tax;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/products";

/// What to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    category: String,
    state: String,
    lacks: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Wanted {
        Wanted {
            text: filled(&self.q),
            category: filled(&self.category),
            state: ArticleState::from_name(&self.state),
            lack: filled(&self.lacks).filter(|lack| Lack::from_name(lack).is_some()),
        }
    }
}

fn row(shell: &Shell, product: &KeptProduct) -> Vec<Cell> {
    let only_for = product
        .exclusive
        .as_ref()
        .map(|owner| shell.t1("catalogue-only-for", "account", owner.name.as_str()));
    let chips = state_chip(shell, product.state)
        .into_iter()
        .chain(lack_chips(shell, product));
    vec![
        Cell::code(format!("{PATH}/{}", product.id), &product.sku),
        Cell::text(&product.name).and_under(only_for.unwrap_or_default()),
        Cell::text(product.category.clone().unwrap_or_default()),
        Cell::text(&product.base_unit),
        chips.fold(Cell::default(), |cell, chip| cell.and_chip(Some(chip))),
    ]
}

const FILE: Export<KeptProduct> = Export {
    name: "products",
    columns: &[&[
        ("sku", |product| Value::text(&product.sku)),
        ("name", |product| Value::text(&product.name)),
        ("category", |product| {
            Value::maybe(product.category.as_ref(), Value::text)
        }),
        ("base_unit", |product| Value::text(&product.base_unit)),
        ("decimals", |product| Value::number(product.decimals)),
        ("tax_category", |product| Value::text(&product.tax_category)),
        ("description", |product| {
            Value::maybe(product.description.as_ref(), Value::text)
        }),
        ("gtin", |product| Value::maybe(product.gtin.as_ref(), Value::text)),
        ("exclusive_account", |product| {
            Value::maybe(product.exclusive.as_ref(), |owner| Value::text(&owner.code))
        }),
        ("lead_time_days", |product| Value::number(product.lead_time_days)),
        ("state", |product| Value::text(product.state.name())),
        ("price_on_request", |product| {
            Value::text(product.price_on_request.to_string())
        }),
        ("lacks", |product| {
            let lacks: Vec<_> = product.lacks.iter().map(|lack| lack.name()).collect();
            Value::text(lacks.join(" "))
        }),
    ]],
};

/// All products
#[get("/desk/products")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (part, categories) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |product: &KeptProduct| product.sku.clone(),
        |connection, filter, after: Option<String>, limit| {
            let found = products::list(connection, filter, &after.unwrap_or_default(), limit)?;
            Ok((found, products::categories(connection)?))
        },
    )
    .await?;
    let (shell, may_keep) = (&desk.shell, desk.may::<MayKeepCatalogue>());
    let categories = categories.into_iter().map(|name| (name.clone(), name));
    let lacks = Lack::ALL.iter();
    let lacks = lacks.map(|lack| (lack.name().to_owned(), shell.name("catalogue-lacks", lack.name())));
    let states = state_choices(shell);
    let any = ["catalogue-list-all", "catalogue-list-lacking-any", "article-state-any"];
    let mut list = List::new(shell, PATH)
        .by_text("q", "catalogue-list-search", &params.q)
        .by_choice("category", "catalogue-category", &params.category, any[0], categories)
        .by_choice("state", "article-state", &params.state, any[2], states)
        .by_choice("lacks", "catalogue-list-lacking", &params.lacks, any[1], lacks)
        .column("catalogue-sku", "id")
        .column("catalogue-name", "")
        .column("catalogue-category", "")
        .column("catalogue-base-unit", "p3")
        .column("catalogue-notes", "")
        .rows(part.rows.iter().map(|product| row(shell, product)))
        .none("catalogue-list-none")
        .none_found("catalogue-list-none-found")
        .export()
        .counted("catalogue-list-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    if may_keep {
        list = list.none_step("/desk/products/new", "catalogue-new");
    }
    ListPage::new("nav-products-desk", list)
        .primary_if(may_keep, "/desk/products/new", "catalogue-new")
        .answer()
}

/// The products of the list as a file
#[get("/desk/products/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut Connection| products::list(connection, &filter, "", READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "catalogue/templates/product_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    /// The product that is changed; none for a new one.
    product: Option<&'a KeptProduct>,
    version: i64,
    form: Form,
    accounts: Vec<(String, String)>,
    categories: Vec<String>,
    states: Vec<(String, String)>,
    on_request: Vec<(String, String)>,
}

fn answer(
    shell: &Shell,
    product: Option<&KeptProduct>,
    form: Form,
    (accounts, categories): Offered,
) -> Result<HttpResponse> {
    let everybody = (String::new(), shell.t("catalogue-for-everybody"));
    shell.page_with(
        form.status(),
        &FormPage {
            shell,
            version: product.map_or(0, products::version),
            product,
            form,
            accounts: [everybody].into_iter().chain(accounts).collect(),
            categories,
            states: state_choices(shell),
            on_request: ["false", "true"]
                .map(|flag| (flag.to_owned(), shell.name("catalogue-on-request", flag)))
                .into(),
        },
    )
}

/// Code and name of accounts, and categories, to choose from.
type Offered = (Vec<(String, String)>, Vec<String>);

fn offered(connection: &mut Connection) -> Result<Offered> {
    let accounts = assortments::extents(connection)?;
    Ok((choices(&accounts), products::categories(connection)?))
}

/// The form of a new product
#[get("/desk/products/new")]
pub async fn show_new(state: web::Data<AppState>, desk: Desk<MayKeepCatalogue>) -> Result<HttpResponse> {
    let offered = state.db.read(offered).await?;
    let usual = [
        ("base_unit", "H87"),
        ("decimals", "0"),
        ("tax_category", "S"),
        ("lead_time_days", "0"),
        ("state", ArticleState::Active.name()),
    ];
    answer(&desk.shell, None, Form::of(&desk.shell, usual), offered)
}

/// Makes a product
#[post("/desk/products/new")]
pub async fn create(state: web::Data<AppState>, desk: Desk<MayKeepCatalogue>, fields: Fields) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input(&[]) {
        let actor = desk.staff.actor();
        let make = move |tx: &mut Connection| {
            let is_taxed = tax::taxable(tx, now())?;
            products::add(tx, &actor, &given, &is_taxed, now())
        };
        match state.db.write(make).await {
            Ok(product) => {
                let text = desk.shell.t1("catalogue-made", "sku", product.sku.as_str());
                let to = see_other(format!("/desk/products/{}", product.id));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    answer(&desk.shell, None, form, state.db.read(offered).await?)
}

fn with_offers(connection: &mut Connection, id: ProductId) -> Result<(KeptProduct, Offered)> {
    Ok((products::get(connection, id)?, offered(connection)?))
}

/// The form of a product
#[get("/desk/products/{id}/edit")]
pub async fn show_edit(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
) -> Result<HttpResponse> {
    let (product, offered) = state.db.read(move |connection| with_offers(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewProduct::from(&product));
    answer(&desk.shell, Some(&product), form, offered)
}

/// Changes a product
#[post("/desk/products/{id}/edit")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen, given) = (desk.staff.actor(), fields.seen(), fields.input()?);
    let change = move |tx: &mut Connection| {
        let is_taxed = tax::taxable(tx, now())?;
        products::change(tx, &actor, id, &seen, &given, &is_taxed, now())
    };
    match state.db.write(change).await {
        Ok(product) => {
            let text = desk.shell.t1("catalogue-changed", "sku", product.sku.as_str());
            Ok(see_other(format!("/desk/products/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            let (product, offered) = state.db.read(move |connection| with_offers(connection, id)).await?;
            answer(&desk.shell, Some(&product), form, offered)
        }
    }
}
