//! All products, making one and changing one.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::catalogue::assortments;
use crate::catalogue::inputs::NewProduct;
use crate::catalogue::products::{self, Wanted};
use crate::catalogue::rules::keeping::{KeptProduct, Lack};
use crate::catalogue::view::{choices, lack_chips};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::ProductId;
use crate::state::AppState;
use crate::tax;
use crate::views;
use crate::web::list::{Cell, List, ListPage};
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/products";

/// What to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    category: String,
    lacks: String,
    cursor: Option<String>,
}

fn row(shell: &Shell, product: &KeptProduct) -> Vec<Cell> {
    let only_for = product
        .exclusive
        .as_ref()
        .map(|owner| shell.t1("catalogue-only-for", "account", owner.name.as_str()));
    let lacks = lack_chips(shell, product).into_iter();
    vec![
        Cell::code(format!("{PATH}/{}", product.id), &product.sku),
        Cell::text(&product.name).and_under(only_for.unwrap_or_default()),
        Cell::text(product.category.clone().unwrap_or_default()),
        Cell::text(&product.base_unit),
        lacks.fold(Cell::default(), |cell, chip| cell.and_chip(Some(chip))),
    ]
}

fn text(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// All products
#[get("/desk/products")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    let wanted = Wanted {
        text: text(&asked.q),
        category: text(&asked.category),
        lack: text(&asked.lacks).filter(|lack| Lack::from_name(lack).is_some()),
    };
    let page = Page::shown(asked.cursor.clone());
    let after: String = page.after(&wanted)?.unwrap_or_default();
    let (filter, fetch) = (wanted.clone(), page.fetch());
    let read = move |connection: &mut Connection| {
        let found = products::list(connection, &filter, &after, fetch)?;
        Ok((found, products::categories(connection)?))
    };
    let (found, categories) = state.db.read(read).await?;
    let shell = &desk.shell;
    let (found, next) = page.cut(&wanted, found, |product| product.sku.clone())?;
    let shown = shell.t1("catalogue-list-shown", "count", found.len());
    let categories = categories.into_iter().map(|name| (name.clone(), name));
    let lacks = Lack::ALL.iter();
    let lacks = lacks.map(|lack| (lack.name().to_owned(), shell.name("catalogue-lacks", lack.name())));
    let mut list = List::new(shell, PATH)
        .by_text("q", "catalogue-list-search", &asked.q)
        .by_choice(
            "category",
            "catalogue-category",
            &asked.category,
            "catalogue-list-all",
            categories,
        )
        .by_choice(
            "lacks",
            "catalogue-list-lacking",
            &asked.lacks,
            "catalogue-list-lacking-any",
            lacks,
        )
        .column("catalogue-sku", "id")
        .column("catalogue-name", "")
        .column("catalogue-category", "")
        .column("catalogue-base-unit", "p3")
        .column("catalogue-missing", "")
        .rows(found.iter().map(|product| row(shell, product)))
        .none("catalogue-list-none")
        .none_found("catalogue-list-none-found")
        .pages(shown, asked.cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    if desk.may::<MayKeepCatalogue>() {
        list = list.none_step("/desk/products/new", "catalogue-new");
        return ListPage::new("nav-products-desk", list)
            .primary("/desk/products/new", "catalogue-new")
            .answer();
    }
    ListPage::new("nav-products-desk", list).answer()
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
