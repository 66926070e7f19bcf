//! A draft on the screen: type a line, mend a line, see what it comes to.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::filling::{LoadCard, card};
use super::rows::{Row, rows};
use super::{draft_of, editor, or_placed, shown_at};
use crate::db::Connection;
use crate::drafts::editing::{self, Editor};
use crate::drafts::reading::{self, Sheet};
use crate::drafts::resolving::{Wanted, resolve};
use crate::drafts::rules::{Draft, TypedLine};
use crate::drafts::{self, filling, offering, suggesting};
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::{DraftId, PersonId};
use crate::orders::rules::HoldReason;
use crate::rebate_agreements::{Added, words};
use crate::state::AppState;
use crate::web::{Fields, Pager, Shell, Tone, see_other};

/// Lines on one page.
pub(super) const LINES_SHOWN: usize = 100;
/// Lines that the summary names.
const SUMMARY_MAX: usize = 5;

/// Which lines of a draft to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// From 1.
    page: usize,
    /// `open`: only lines that need somebody.
    show: String,
    /// `entry`: the next line is typed at once.
    at: String,
}

#[derive(Template)]
#[template(path = "drafts/templates/quick_order.html")]
struct QuickOrderPage<'a> {
    shell: &'a Shell,
    may_order: bool,
    is_current: bool,
    /// Where this page is; forms come back to it.
    here: String,
    draft: Option<&'a Draft>,
    title: String,
    saved: String,
    rows: Vec<Row>,
    /// Number, path and sentence of lines that need somebody.
    summary: Vec<(usize, String, String)>,
    bad: usize,
    ready: usize,
    total: usize,
    only_open: bool,
    focus_entry: bool,
    pager: Option<Pager>,
    bar: Option<Bar>,
    load: Option<LoadCard>,
    currency: String,
}

/// What the good lines come to.
struct Bar {
    net: String,
    tax: Option<String>,
    credit: Option<String>,
    /// The order would be held for what the account owes.
    is_held: bool,
    is_over: bool,
    /// What it adds to rebates.
    rebates: Vec<String>,
}

/// The draft the reader works on, or an empty page to begin one
#[get("/quick-order")]
pub async fn quick_order(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    shown: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let Editor {
        account_id, person_id, ..
    } = editor(&visitor);
    let find = move |connection: &mut Connection| drafts::find_current(connection, account_id, person_id);
    match state.db.read(find).await? {
        Some(id) => show(&state, visitor, id, &shown, true).await,
        None => {
            let page = empty_page(&visitor);
            visitor.shell.page(&page)
        }
    }
}

/// One draft of the account
#[get("/drafts/{id}")]
pub async fn show_draft(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<DraftId>,
    shown: web::Query<PageParams>,
) -> Result<HttpResponse> {
    show(&state, visitor, id, &shown, false).await
}

fn empty_page(visitor: &Visitor<MayRead>) -> QuickOrderPage<'_> {
    QuickOrderPage {
        shell: &visitor.shell,
        may_order: visitor.may::<MayOrder>(),
        is_current: true,
        here: "/quick-order".to_owned(),
        draft: None,
        title: visitor.shell.t("quick-order"),
        saved: String::new(),
        rows: Vec::new(),
        summary: Vec::new(),
        bad: 0,
        ready: 0,
        total: 0,
        only_open: false,
        focus_entry: true,
        pager: None,
        bar: None,
        load: None,
        currency: String::new(),
    }
}

/// The part of the lines that is shown: first line and one past the last, of those the filter lets through.
fn window(count: usize, page: usize) -> (usize, usize, usize) {
    let pages = count.div_ceil(LINES_SHOWN).max(1);
    // Whoever asks for a page behind the last one (where lines are added) gets the last.
    let page = page.clamp(1, pages);
    let first = (page - 1) * LINES_SHOWN;
    (page, first, (first + LINES_SHOWN).min(count))
}

async fn show(
    state: &AppState,
    visitor: Visitor<MayRead>,
    id: DraftId,
    shown: &PageParams,
    is_current: bool,
) -> Result<HttpResponse> {
    let Editor {
        account_id,
        person_id,
        now,
    } = editor(&visitor);
    let (only_open, page) = (shown.show == "open", shown.page);
    let read = move |connection: &mut Connection| {
        let mut sheet = reading::read(connection, account_id, Some(person_id), id, now)?;
        let places: Vec<_> = sheet
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !only_open || line.state.is_err())
            .map(|(place, _)| place)
            .collect();
        let (page, first, end) = window(places.len(), page);
        let places: Vec<_> = places.into_iter().take(end).skip(first).collect();
        // Lines that are shown lie close together unless only the bad ones are; suggestions are bounded either way.
        let (from, to) = (
            places.first().copied().unwrap_or(0),
            places.last().map_or(0, |last| last + 1),
        );
        if let Some(lines) = sheet.lines.get_mut(from..to) {
            suggesting::suggest(connection, account_id, lines)?;
        }
        offering::offer(connection, &mut sheet, &places, now)?;
        filling::fill(connection, &mut sheet, &places, now)?;
        let adds = filling::adds(connection, &sheet, now)?;
        Ok((sheet, places, page, adds))
    };
    let (sheet, places, page, adds) = state.db.read(read).await?;
    if let Some((order_id, number)) = sheet.draft.placed {
        let text = visitor.shell.t1("draft-was-placed", "number", number.to_string());
        return Ok(see_other(format!("/orders/{order_id}/confirmation"))
            .flash(Tone::Info, text)
            .into());
    }
    let shell = &visitor.shell;
    let here = if is_current {
        "/quick-order".to_owned()
    } else {
        format!("/drafts/{id}")
    };
    let shown_lines = places.iter().filter_map(|place| sheet.lines.get(*place));
    let rows = rows(shell, &sheet, shown_lines);
    let bad = sheet.bad().count();
    let listed = if only_open { bad } else { sheet.lines.len() };
    let page = QuickOrderPage {
        shell,
        may_order: visitor.may::<MayOrder>(),
        is_current,
        title: if is_current {
            shell.t("quick-order")
        } else {
            title(shell, &sheet.draft)
        },
        saved: saved(shell, &sheet.draft, person_id),
        summary: summary(shell, &sheet, &rows, &here),
        bad,
        ready: sheet.ready(),
        total: sheet.lines.len(),
        only_open,
        focus_entry: shown.at == "entry" || sheet.lines.is_empty(),
        pager: pager(shell, &here, only_open, page, listed),
        bar: bar(shell, &sheet, &adds),
        load: card(shell, &sheet),
        currency: sheet.estimate.order.currency.code().to_owned(),
        rows,
        draft: Some(&sheet.draft),
        here,
    };
    shell.page(&page)
}

/// When the draft was last changed, and by whom if it wasn't the reader.
fn saved(shell: &Shell, draft: &Draft, reader: PersonId) -> String {
    let time = shell.moment(draft.changed_at);
    if draft.changed_by == reader {
        shell.t1("draft-saved", "time", time)
    } else {
        shell.t2("draft-saved-by", "time", time, "who", draft.changer.as_str())
    }
}

/// What a draft is called: its title, its purchase order number, or when it was begun.
pub(super) fn title(shell: &Shell, draft: &Draft) -> String {
    let name = draft.title.clone().or_else(|| draft.po_number.clone());
    name.unwrap_or_else(|| shell.t1("draft-of", "moment", shell.moment(draft.created_at)))
}

/// The first lines that need somebody, with links to them; lines of other pages without their sentence.
fn summary(shell: &Shell, sheet: &Sheet, rows: &[Row], here: &str) -> Vec<(usize, String, String)> {
    let bad = sheet.bad().take(SUMMARY_MAX);
    let entry = |line: &reading::SheetLine| {
        let id = line.line.id.to_string();
        let row = rows.iter().find(|row| row.id == id);
        let (path, text) = match row.and_then(|row| row.problem.as_ref()) {
            Some(problem) => (format!("#line-{id}"), problem.text.clone()),
            None => {
                let page = (line.number - 1) / LINES_SHOWN + 1;
                (format!("{here}?page={page}#line-{id}"), line.line.typed.key.clone())
            }
        };
        (
            line.number,
            path,
            shell.t2("draft-line-text", "number", line.number, "text", text),
        )
    };
    bad.map(entry).collect()
}

fn pager(shell: &Shell, here: &str, only_open: bool, page: usize, count: usize) -> Option<Pager> {
    let (page, first, end) = window(count, page);
    if count <= LINES_SHOWN {
        return None;
    }
    let link = |page: usize| {
        let filter = if only_open { "&show=open" } else { "" };
        format!("{here}?page={page}{filter}#lines-heading")
    };
    let text = shell.language.text_with(
        "draft-lines-shown",
        &[
            ("first", (first + 1).into()),
            ("last", end.into()),
            ("count", shell.language.decimal(count).into()),
        ],
    );
    Some(Pager {
        shown: text,
        first: (page > 1).then(|| link(1)),
        next: (end < count).then(|| link(page + 1)),
        words: ["pager-first", "word-next", "pager-label"].map(|key| shell.t(key)),
    })
}

fn bar(shell: &Shell, sheet: &Sheet, adds: &[Added]) -> Option<Bar> {
    let estimate = &sheet.estimate;
    let left = estimate.credit_left();
    (!sheet.lines.is_empty()).then(|| Bar {
        net: shell.money(estimate.order.net),
        tax: estimate.order.tax.map(|tax| shell.money(tax)),
        credit: left.map(|left| shell.money(left)),
        is_held: estimate.order.hold_reasons.contains(&HoldReason::Overdue),
        is_over: left.is_some_and(|left| left.minor < 0) && sheet.ready() > 0,
        rebates: words::adds(shell, adds),
    })
}

/// Types a line: into the draft named, else into the one the person works on
#[post("/quick-order/lines")]
pub async fn type_line(state: web::Data<AppState>, visitor: Visitor<MayOrder>, fields: Fields) -> Result<HttpResponse> {
    let line = TypedLine {
        key: fields.get("key").to_owned(),
        quantity: fields.get("quantity").to_owned(),
        unit: fields.get("unit").to_owned(),
        note: String::new(),
    };
    let id = draft_of(&fields)?;
    if line == TypedLine::default() {
        let to = id.map_or_else(|| "/quick-order".to_owned(), |id| shown_at(&fields, id));
        return Ok(see_other(format!("{to}?at=entry")).into());
    }
    match add(&state, &visitor, id, vec![line], false).await {
        Ok(added) => {
            let page = added.total.div_ceil(LINES_SHOWN);
            let to = shown_at(&fields, added.draft_id);
            Ok(see_other(format!("{to}?page={page}&at=entry")).into())
        }
        Err(error) => Ok(or_placed(&visitor, id, error)?.into()),
    }
}

/// Adds lines as somebody typed or pasted them, perhaps with blanks alone between key and quantity.
pub(super) async fn add(
    state: &AppState,
    visitor: &Visitor<MayOrder>,
    id: Option<DraftId>,
    lines: Vec<TypedLine>,
    is_by_blanks: bool,
) -> Result<editing::Added> {
    let wanted = move || {
        editing::check_lines(&lines)?;
        let wanted = lines.iter().cloned().map(|line| Wanted {
            is_by_blanks,
            ..Wanted::from(line)
        });
        Ok(wanted.collect())
    };
    add_wanted(state, editor(visitor), id, wanted).await
}

/// Looks lines up, then stores them; nothing is locked while they are looked up. What is wanted is made where it is looked
/// up, too: of thousands of lines it takes long enough to hold up others.
pub(super) async fn add_wanted(
    state: &AppState,
    editor: Editor,
    id: Option<DraftId>,
    wanted: impl Fn() -> Result<Vec<Wanted>> + Send + 'static,
) -> Result<editing::Added> {
    let lines = state
        .db
        .read(move |connection| resolve(connection, editor.account_id, wanted()?, editor.now))
        .await?;
    state
        .db
        .write(move |tx| editing::add(tx, &editor, id, lines.clone()))
        .await
}
