//! Assortments: what each account sees, under which number and label; changed row by row.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::{Form, values_of};
use crate::accounts;
use crate::accounts::rules::Account;
use crate::catalogue::keeping::assortments::{self, Edit, Extent};
use crate::catalogue::rules::keeping::{KeptArticle, Values};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::state::AppState;
use crate::version::Expected;
use crate::web::components::address;
use crate::web::{Banner, Fields, Pager, Shell, Tone, see_other};

/// The fields of a row that can be changed in place, called as the columns of the import file.
const CHANGEABLE: [&str; 4] = ["customer_part_number", "label_name", "label_brand", "label_gtin"];
/// The fields of a new row.
const NEW: [&str; 5] = ["sku", "customer_part_number", "label_name", "label_brand", "label_gtin"];

#[derive(Template)]
#[template(path = "catalogue/templates/assortments.html")]
struct AllPage<'a> {
    shell: &'a Shell,
    rows: Vec<Extent>,
}

/// The accounts and how much each sees
#[get("/desk/assortments")]
pub async fn show_all(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    let rows = state.db.read(assortments::extents).await?;
    desk.shell.page(&AllPage {
        shell: &desk.shell,
        rows,
    })
}

/// Which rows to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    cursor: Option<String>,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        Self {
            q: fields.get("q").to_owned(),
            cursor: fields.filled("cursor").map(str::to_owned),
        }
    }
}

fn path_of(id: AccountId, asked: &Asked) -> String {
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
    asked: &'a Asked,
    banner: Option<Banner>,
    new: Form,
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
    /// What the fields show, in the order of [`CHANGEABLE`], each with its name, its label and its fault.
    fields: Vec<(&'static str, String, String, String)>,
    /// What they showed when the row was read, one value a line.
    was: String,
    seen: i64,
    is_wrong: bool,
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

/// Rows of a form as they were sent and refused.
#[derive(Default)]
struct Sent {
    banner: Option<Banner>,
    new: Form,
    typed: HashMap<AssortmentId, [String; 4]>,
    faults: HashMap<AssortmentId, Vec<FieldError>>,
}

fn row(shell: &Shell, article: KeptArticle, sent: &Sent) -> Row {
    let stored = shown(&article);
    let was = stored.join("\n");
    let faults = sent.faults.get(&article.id);
    let values = match (faults, sent.typed.get(&article.id)) {
        (Some(_), Some(typed)) => typed.clone(),
        _ => stored,
    };
    let fault_of = |index: usize, field: &str| {
        let of_field = |fault: &&FieldError| match fault.pointer.strip_prefix('/') {
            Some(known) if CHANGEABLE.contains(&known) => known == field,
            // What is about the whole row stands at its first field.
            _ => index == 0,
        };
        let found = faults.into_iter().flatten().filter(of_field);
        found.map(|fault| shell.fault(fault)).collect::<Vec<_>>().join(" ")
    };
    let fields = CHANGEABLE
        .into_iter()
        .zip(values)
        .enumerate()
        .map(|(index, (field, value))| {
            let label = shell.name("assortment-field", field);
            (field, value, label, fault_of(index, field))
        });
    Row {
        id: article.id,
        seen: assortments::version(&article),
        fields: fields.collect(),
        was,
        is_wrong: faults.is_some(),
        product_id: article.product_id,
        sku: article.sku,
        name: article.name,
    }
}

async fn show(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    id: AccountId,
    asked: &Asked,
    sent: Sent,
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
    let rows: Vec<_> = articles.into_iter().map(|article| row(shell, article, &sent)).collect();
    let status = match sent.banner {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let answer = OnePage {
        shell,
        may_edit,
        account: &account,
        count,
        asked,
        banner: sent.banner,
        new: sent.new,
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
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MayKeepCatalogue>();
    show(&state, (&desk.shell, may_edit), id, &asked, Sent::default()).await
}

/// Adds an article
#[post("/desk/assortments/{id}/articles")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked, values) = (desk.staff.actor(), Asked::of(&fields), values_of(&fields, NEW));
    let given = values.clone();
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
    let new = Form::refused(shell, values, &Error::Invalid(faults));
    let sent = Sent {
        banner: new.banner.clone(),
        new,
        ..Sent::default()
    };
    show(&state, (shell, true), id, &asked, sent).await
}

fn edits(fields: &Fields) -> (HashMap<AssortmentId, [String; 4]>, Vec<Edit>) {
    let named: HashMap<_, _> = fields.pairs().collect();
    let value = |field: &str, id: AssortmentId| {
        let found = named.get(format!("{field}-{id}").as_str());
        found.map_or("", |text| text.trim())
    };
    let (mut typed, mut edits) = (HashMap::new(), Vec::new());
    for (name, was) in fields.pairs() {
        let Some(id) = name.strip_prefix("was-").and_then(|id| id.parse::<AssortmentId>().ok()) else {
            continue;
        };
        let now = CHANGEABLE.map(|field| value(field, id));
        let pairs = CHANGEABLE.iter().zip(now).zip(was.split('\n'));
        let changes: Values = pairs
            .filter(|((_, now), was)| *now != was.trim())
            .map(|((field, now), _)| (*field, now.to_owned()))
            .collect();
        if !changes.is_empty() {
            typed.insert(id, now.map(str::to_owned));
            edits.push(Edit {
                id,
                // A version that can't be read was never seen.
                seen: value("seen", id).parse().unwrap_or(-1),
                changes,
            });
        }
    }
    (typed, edits)
}

/// Changes numbers and labels
#[post("/desk/assortments/{id}/rows")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked) = (desk.staff.actor(), Asked::of(&fields));
    let (typed, edits) = edits(&fields);
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
    let sent = Sent {
        banner: Some(Banner::new(Tone::Bad, text)),
        typed,
        faults,
        ..Sent::default()
    };
    show(&state, (shell, true), id, &asked, sent).await
}

#[derive(Template)]
#[template(path = "catalogue/templates/assortment_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    article: &'a KeptArticle,
    is_last: bool,
    seen: i64,
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
        seen: assortments::version(&article),
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
    let seen = Expected::OneOf(fields.parse("seen").into_iter().collect());
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
