//! Assortments: what each account sees, under which number and label; changed row by row.

pub mod pasting;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::catalogue::assortments::{self, Extent};
use crate::catalogue::rules::keeping::KeptArticle;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::filled;
use crate::web::{Cells, Fields, Form, Pager, Shell, Tone, see_other};

/// The fields of a row that can be changed in place, called as the columns of the import file.
const CHANGEABLE: [&str; 4] = ["customer_part_number", "label_name", "label_brand", "label_gtin"];

const FILE: Export<Extent> = Export {
    name: "assortments",
    columns: &[&[
        ("account", |extent| Value::text(&extent.code)),
        ("account_name", |extent| Value::text(&extent.name)),
        ("articles", |extent| Value::number(extent.articles)),
    ]],
};

/// The accounts and how much each sees
#[get("/desk/assortments")]
pub async fn show_all(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let row = |extent: Extent| {
        vec![
            Cell::link(format!("/desk/assortments/{}", extent.account_id), extent.name),
            Cell::mono(extent.code),
            Cell::text(shell.t1("assortment-sees", "count", extent.articles)),
        ]
    };
    let rows = state.db.read(assortments::extents).await?;
    let list = List::new(shell, "/desk/assortments")
        .column("plist-account", "id")
        .column("plist-code", "")
        .column("assortment-extent", "")
        .rows(rows.into_iter().map(row))
        .none("assortments-none")
        .export();
    ListPage::new("nav-assortments", list).lead("assortments-text").answer()
}

/// The same as a file
#[get("/desk/assortments/export.{format}")]
pub async fn export(state: web::Data<AppState>, desk: Desk<MayReadDesk>, request: HttpRequest) -> Result<HttpResponse> {
    let rows = state.db.read(assortments::extents).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Which rows to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    q: String,
    cursor: Option<String>,
}

impl PageParams {
    fn of(fields: &Fields) -> Self {
        Self {
            q: fields.get("q").to_owned(),
            cursor: fields.filled("cursor").map(str::to_owned),
        }
    }
}

fn path_of(id: AccountId, asked: &PageParams) -> String {
    let cursor = asked.cursor.as_deref().unwrap_or_default();
    address(
        &format!("/desk/assortments/{id}"),
        [("q", asked.q.as_str()), ("cursor", cursor)],
    )
}

#[derive(Template)]
#[template(path = "catalogue/templates/assortment.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    account: &'a Account,
    count: i64,
    asked: &'a PageParams,
    /// The form of a new row.
    new: Form,
    /// The form of the rows.
    form: Form,
    rows: Vec<Row>,
    pager: Pager,
}

impl OnePage<'_> {
    /// True where the account sees all products.
    fn is_open(&self) -> bool {
        self.count == 0
    }
}

struct Row {
    id: AssortmentId,
    product_id: ProductId,
    sku: String,
    name: String,
    cells: Cells<4>,
    seen: i64,
}

fn shown(article: &KeptArticle) -> [String; 4] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        text(&article.customer_part_number),
        text(&article.label_name),
        text(&article.label_brand),
        text(&article.label_gtin),
    ]
}

fn row(article: KeptArticle, form: &Form) -> Row {
    Row {
        id: article.id,
        seen: assortments::version(&article),
        cells: Cells::new(form, article.id, CHANGEABLE, shown(&article)),
        product_id: article.product_id,
        sku: article.sku,
        name: article.name,
    }
}

async fn show(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    id: AccountId,
    asked: &PageParams,
    (new, form): (Form, Form),
) -> Result<HttpResponse> {
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-assortment", id, asked.q.as_str());
    let (after, fetch, text) = (page.after(&filter)?, page.fetch(), asked.q.trim().to_owned());
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let text = Some(text.as_str()).filter(|text| !text.is_empty());
        let articles = assortments::list(connection, id, text, after, fetch)?;
        Ok((account, assortments::count(connection, id)?, articles))
    };
    let (account, count, articles) = state.db.read(read).await?;
    let (articles, next) = page.cut(&filter, articles, |article| article.product_id)?;
    let shown = shell.t2("assortment-shown", "shown", articles.len(), "count", count);
    let query = [("q", asked.q.as_str())];
    let path = format!("/desk/assortments/{id}");
    let rows: Vec<_> = articles.into_iter().map(|article| row(article, &form)).collect();
    let status = new.status().max(form.status());
    let answer = OnePage {
        shell,
        may_edit,
        account: &account,
        count,
        asked,
        new,
        form,
        rows,
        pager: Pager::new(shell, &path, &query, asked.cursor.as_deref(), next.as_deref(), shown),
    };
    shell.page_with(status, &answer)
}

/// The assortment of an account
#[get("/desk/assortments/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MayKeepCatalogue>();
    show(&state, (&desk.shell, may_edit), id, &asked, Default::default()).await
}

/// It has the columns of the import file.
const ARTICLES: Export<KeptArticle> = Export {
    name: "assortment",
    columns: &[&[
        ("account", |article| Value::text(&article.owner.code)),
        ("sku", |article| Value::text(&article.sku)),
        ("customer_part_number", |article| {
            Value::maybe(article.customer_part_number.as_ref(), Value::text)
        }),
        ("label_name", |article| {
            Value::maybe(article.label_name.as_ref(), Value::text)
        }),
        ("label_brand", |article| {
            Value::maybe(article.label_brand.as_ref(), Value::text)
        }),
        ("label_gtin", |article| {
            Value::maybe(article.label_gtin.as_ref(), Value::text)
        }),
    ]],
};

/// The assortment of an account as a file
#[get("/desk/assortments/{id}/export.{format}")]
pub async fn export_one(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    PathId(id): PathId<AccountId>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let text = filled(&asked.q);
    let read = move |connection: &mut Connection| {
        accounts::get(connection, id)?;
        assortments::list(connection, id, text.as_deref(), None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    ARTICLES.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Adds an article
#[post("/desk/assortments/{id}/articles")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked, given) = (desk.staff.actor(), PageParams::of(&fields), fields.input()?);
    let put = move |tx: &mut Connection| {
        let account = accounts::get(tx, id)?;
        assortments::put(tx, &actor, &account, std::slice::from_ref(&given), now())
    };
    let outcome = state.db.write(put).await?;
    let shell = &desk.shell;
    let Some((_, faults)) = outcome.faults.into_iter().next() else {
        let text = shell.t1("assortment-added", "sku", fields.get("sku"));
        return Ok(see_other(path_of(id, &asked)).flash(Tone::Ok, text).into());
    };
    let new = Form::sent(shell, fields).refused(shell, Error::Invalid(faults))?;
    show(&state, (shell, true), id, &asked, (new, Form::default())).await
}

/// Changes numbers and labels
#[post("/desk/assortments/{id}/rows")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked) = (desk.staff.actor(), PageParams::of(&fields));
    let mut form = Form::sent(&desk.shell, fields);
    let edits = form.edits(&CHANGEABLE, &[])?.clear;
    let change = move |tx: &mut Connection| {
        let account = accounts::get(tx, id)?;
        assortments::edit(tx, &actor, &account, &edits, now())
    };
    let (changed, faults) = state.db.write(change).await?;
    let shell = &desk.shell;
    if faults.is_empty() {
        let said = match changed {
            0 => (Tone::Info, shell.t("price-none-changed")),
            changed => (Tone::Ok, shell.t1("assortment-changed", "count", changed)),
        };
        return Ok(see_other(path_of(id, &asked)).flash(said.0, said.1).into());
    }
    let text = shell.t2("assortment-some-refused", "changed", changed, "refused", faults.len());
    form.refuse_rows(shell, &faults, &CHANGEABLE, "customer_part_number");
    form.say(Tone::Bad, text);
    show(&state, (shell, true), id, &asked, (Form::default(), form)).await
}

#[derive(Template)]
#[template(path = "catalogue/templates/assortment_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    article: &'a KeptArticle,
    is_last: bool,
    version: i64,
}

/// Asks before an article goes
#[get("/desk/assortment-rows/{id}/remove")]
pub async fn confirm_remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AssortmentId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let article = assortments::get(connection, id)?;
        let count = assortments::count(connection, article.owner.id)?;
        Ok((article, count))
    };
    let (article, count) = state.db.read(read).await?;
    desk.shell.page(&RemovePage {
        shell: &desk.shell,
        is_last: count == 1,
        version: assortments::version(&article),
        article: &article,
    })
}

/// Takes an article out of an assortment
#[post("/desk/assortment-rows/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AssortmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let seen = fields.seen();
    let remove = move |tx: &mut Connection| assortments::remove(tx, &actor, id, &seen, now());
    match state.db.write(remove).await {
        Ok(article) => {
            let text = desk.shell.t1("assortment-removed", "sku", article.sku.as_str());
            let to = see_other(format!("/desk/assortments/{}", article.owner.id));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("/desk/assortment-rows/{id}/remove"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
