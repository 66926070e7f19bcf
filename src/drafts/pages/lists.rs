//! Pasted lists and uploaded files. What is clear goes into the draft at once; what isn't is shown as a table first,
//! whose columns people correct. Nothing is kept between the two: the table travels in the form.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::quick_order::add;
use super::{draft_of, or_placed, sentences};
use crate::drafts::rules::columns::{Columns, Guess, Meaning};
use crate::drafts::rules::pasting::Table;
use crate::drafts::rules::{LINES_MAX, TypedLine};
use crate::drafts::spreadsheets::{self, BYTES_MAX, FileFault, Uploaded};
use crate::drafts::suggesting;
use crate::error::Result;
use crate::http::Upload;
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::DraftId;
use crate::languages::Language;
use crate::state::AppState;
use crate::web::shell::html_of;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// Rows of a table that the check page shows.
const ROWS_SHOWN: usize = 20;
/// Characters of a cell and of a heading that it shows.
const CELL_CHARS_SHOWN: usize = 200;
const HEADING_CHARS_SHOWN: usize = 60;
/// What a form with a file has beside it, in bytes.
const FORM_BYTES_MAX: usize = 20_000;
/// Most text of a table that travels in a form, in bytes.
const TABLE_BYTES_MAX: usize = 600_000;

/// The draft a list goes to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Target {
    draft: String,
}

#[derive(Template)]
#[template(path = "drafts/templates/paste.html")]
struct PastePage<'a> {
    shell: &'a Shell,
    form: Form,
}

#[derive(Template)]
#[template(path = "drafts/templates/upload.html")]
struct UploadPage<'a> {
    shell: &'a Shell,
    form: Form,
    limits: String,
}

#[derive(Template)]
#[template(path = "drafts/templates/check.html")]
struct CheckPage<'a> {
    shell: &'a Shell,
    draft: String,
    table: String,
    has_header: bool,
    columns: Vec<Choice>,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    more: usize,
    lines: usize,
    without_quantity: usize,
    about: Vec<String>,
}

/// Which column means something: name and label of the field, what is chosen, value and text of what can be.
struct Choice {
    name: &'static str,
    label: String,
    value: String,
    options: Vec<(String, String)>,
}

/// Bytes of a pasted list that is read at once.
const SHORT_BYTES: usize = 16 * 1024;

/// What a list turned out to be.
enum Pasted {
    /// Its lines, where nobody needs to be asked, and whether blanks alone part what stands in them.
    Lines(Vec<TypedLine>, bool),
    /// Whose columns somebody has to look at.
    Table(Table, Guess),
    Empty,
    Faulty(FileFault),
}

impl Pasted {
    fn read(text: &str) -> Self {
        match spreadsheets::of_text(text) {
            Err(fault) => Self::Faulty(fault),
            Ok(table) if table.rows.is_empty() => Self::Empty,
            Ok(table) => match table.guess() {
                guess if guess.is_certain => {
                    Self::Lines(table.lines(guess.columns, guess.has_header), table.is_by_blanks)
                }
                guess => Self::Table(table, guess),
            },
        }
    }
}

/// A field for a pasted list
#[get("/quick-order/paste")]
pub async fn paste(visitor: Visitor<MayOrder>, target: web::Query<Target>) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let form = Form::of(shell, [("draft", target.into_inner().draft)]);
    shell.page(&PastePage { shell, form })
}

/// Takes a pasted list
#[post("/quick-order/paste")]
pub async fn take_paste(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    fields: Fields,
) -> Result<HttpResponse> {
    let id = draft_of(&fields)?;
    let shell = &visitor.shell;
    let text = fields.raw("text").to_owned();
    let bytes = text.len();
    // A short list is read at once; a long one in its turn, as a file is.
    let read = move || Ok(Pasted::read(&text));
    let read = if bytes < SHORT_BYTES {
        read()?
    } else {
        state.uploads.run(read).await?
    };
    let fault = match read {
        Pasted::Lines(lines, is_by_blanks) => return put_in(&state, &visitor, id, lines, is_by_blanks).await,
        Pasted::Table(table, guess) => {
            let checked = Checked::new(fields.get("draft"), table, guess.columns, guess.has_header);
            return check_page(&state, shell, checked).await;
        }
        Pasted::Empty => shell.t("paste-empty"),
        Pasted::Faulty(fault) => sentences::file_fault(shell, &fault),
    };
    // The page has all that was pasted in it.
    let mut form = Form::sent(shell, fields);
    form.note("text", fault);
    let (status, own) = (form.status(), shell.clone());
    let write = move || html_of(&PastePage { shell: &own, form });
    Ok(shell.answer(status, state.long_bodies.beside(bytes, write).await?))
}

async fn put_in(
    state: &AppState,
    visitor: &Visitor<MayOrder>,
    id: Option<DraftId>,
    lines: Vec<TypedLine>,
    is_by_blanks: bool,
) -> Result<HttpResponse> {
    match add(state, visitor, id, lines, is_by_blanks).await {
        Ok(added) => {
            let text = visitor.shell.t1("draft-added", "lines", added.count);
            let to = id.map_or_else(|| "/quick-order".to_owned(), |id| format!("/drafts/{id}"));
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => Ok(or_placed(visitor, id, error)?.into()),
    }
}

fn upload_page(shell: &Shell, form: Form) -> Result<HttpResponse> {
    let megabytes = (BYTES_MAX / 1024 / 1024).to_string();
    let rows = shell.language.decimal(LINES_MAX);
    let limits = shell.t2("upload-limits", "megabytes", megabytes, "rows", rows);
    shell.page_with(form.status(), &UploadPage { shell, form, limits })
}

/// A field for a file
#[get("/quick-order/upload")]
pub async fn upload(visitor: Visitor<MayOrder>, target: web::Query<Target>) -> Result<HttpResponse> {
    let form = Form::of(&visitor.shell, [("draft", target.into_inner().draft)]);
    upload_page(&visitor.shell, form)
}

/// Takes a file and shows what is in it
#[post("/quick-order/upload")]
pub async fn take_upload(state: web::Data<AppState>, visitor: Visitor<MayOrder>, form: Upload) -> Result<HttpResponse> {
    let mut received = form.receive(BYTES_MAX + FORM_BYTES_MAX).await?;
    let shell = &visitor.shell;
    let (draft, sheet) = (received.get("draft").to_owned(), received.get("sheet").to_owned());
    let read = match received.files.pop() {
        _ if received.is_too_large => Err(FileFault::TooLarge),
        None => Err(FileFault::Empty),
        Some(file) => {
            let wanted = Some(sheet.clone()).filter(|name| !name.is_empty());
            let read = move || Ok(spreadsheets::read(&file.bytes, wanted.as_deref()).and_then(Uploaded::settled));
            state.uploads.run(read).await?
        }
    };
    match read {
        Ok((mut uploaded, guess)) if text_of(&uploaded.table).len() <= TABLE_BYTES_MAX => {
            let (account_id, pairs) = (visitor.customer.account_id, uploaded.two_numbers(guess.columns.key));
            let read = move |connection: &mut _| suggesting::two_articles(connection, account_id, pairs.clone());
            uploaded.ask(guess.columns.key, &state.db.read(read).await?);
            let about = about(shell, &uploaded);
            let checked = Checked::new(&draft, uploaded.table, guess.columns, guess.has_header);
            check_page(&state, shell, Checked { about, ..checked }).await
        }
        unfit => {
            let fault = unfit.err().unwrap_or(FileFault::TooLarge);
            let mut form = Form::of(shell, [("draft", draft.as_str()), ("file", ""), ("sheet", &sheet)]);
            let place = if matches!(fault, FileFault::UnknownSheet(_) | FileFault::EmptySheet(..)) {
                "sheet"
            } else {
                "file"
            };
            form.note(place, sentences::file_fault(shell, &fault));
            upload_page(shell, form)
        }
    }
}

/// What the table doesn't show of the file it came from.
fn about(shell: &Shell, uploaded: &Uploaded) -> Vec<String> {
    let mut about = Vec::new();
    if let Some(sheet) = uploaded.sheet.as_ref().filter(|_| !uploaded.others.is_empty()) {
        let others = uploaded.others.join(", ");
        about.push(shell.t2("check-sheet", "sheet", sheet.as_str(), "others", others));
    }
    if uploaded.hidden_rows > 0 {
        about.push(shell.t1("check-hidden", "rows", uploaded.hidden_rows));
    }
    if uploaded.hidden_columns > 0 {
        about.push(shell.t1("check-hidden-columns", "columns", uploaded.hidden_columns));
    }
    about
}

/// The beginning of a text, for where it stands several times in a page.
fn start_of(text: &str, chars_max: usize) -> String {
    let mut start: String = text.chars().take(chars_max).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// A table as a text whose lines and tabs are its own.
fn text_of(table: &Table) -> String {
    let cell = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
    let rows = table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"));
    rows.collect::<Vec<_>>().join("\n")
}

/// A table whose columns somebody looks at.
struct Checked {
    draft: String,
    table: Table,
    columns: Columns,
    has_header: bool,
    /// What the table doesn't show of the file it came from.
    about: Vec<String>,
}

impl Checked {
    fn new(draft: &str, table: Table, columns: Columns, has_header: bool) -> Self {
        Self {
            draft: draft.to_owned(),
            table,
            columns,
            has_header,
            about: Vec::new(),
        }
    }

    fn heading(&self, shell: &Shell, column: usize) -> String {
        let first = self.table.rows.first().filter(|_| self.has_header);
        let name = first.and_then(|row| row.get(column)).map(|name| name.trim());
        let name = name.filter(|name| !name.is_empty());
        name.map_or_else(
            || shell.t1("check-column", "number", column + 1),
            |name| start_of(name, HEADING_CHARS_SHOWN),
        )
    }

    fn html(self, shell: &Shell) -> Result<String> {
        let headings: Vec<_> = (0..self.table.width())
            .map(|column| self.heading(shell, column))
            .collect();
        let choice = |meaning: Meaning| {
            let none = (meaning != Meaning::Key).then(|| (String::new(), shell.t("check-none")));
            let places = headings.iter().enumerate();
            let places = places.map(|(place, heading)| (place.to_string(), heading.clone()));
            let chosen = self.columns.place(meaning).map(|place| place.to_string());
            Choice {
                name: meaning.name(),
                label: shell.name("check", meaning.name()),
                value: chosen.unwrap_or_default(),
                options: none.into_iter().chain(places).collect(),
            }
        };
        let lines = self.table.lines(self.columns, self.has_header);
        let below = self.table.rows.iter().skip(usize::from(self.has_header));
        let rows: Vec<_> = below
            .take(ROWS_SHOWN)
            .map(|row| row.iter().map(|cell| start_of(cell, CELL_CHARS_SHOWN)).collect())
            .collect();
        html_of(&CheckPage {
            shell,
            table: text_of(&self.table),
            has_header: self.has_header,
            columns: Meaning::ALL.into_iter().map(choice).collect(),
            more: lines.len().saturating_sub(rows.len()),
            without_quantity: lines.iter().filter(|line| line.quantity.is_empty()).count(),
            lines: lines.len(),
            headings,
            rows,
            draft: self.draft,
            about: self.about,
        })
    }
}

/// The page has all of the table in it, so a long one is written beside.
async fn check_page(state: &AppState, shell: &Shell, checked: Checked) -> Result<HttpResponse> {
    let cells = checked.table.rows.iter().flatten();
    let bytes = cells.map(|cell| cell.len() + 1).sum();
    let own = shell.clone();
    let html = state.long_bodies.beside(bytes, move || checked.html(&own)).await?;
    Ok(shell.answer(StatusCode::OK, html))
}

/// The table of the check page with its columns as people corrected them
#[post("/quick-order/check")]
pub async fn check(state: web::Data<AppState>, visitor: Visitor<MayOrder>, fields: Fields) -> Result<HttpResponse> {
    let text = fields.raw("table").to_owned();
    let columns = Columns {
        key: fields.parse_filled("key")?.unwrap_or(0),
        quantity: fields.parse_filled("quantity")?,
        unit: fields.parse_filled("unit")?,
        note: fields.parse_filled("note")?,
    };
    let (has_header, is_added) = (fields.has("header"), fields.get("do") == "add");
    let read = move || {
        Ok(spreadsheets::of_tabs(&text).map(|table| {
            let lines = is_added.then(|| table.lines(columns, has_header));
            (table, lines)
        }))
    };
    match state.long_bodies.beside(fields.raw("table").len(), read).await? {
        Ok((_, Some(lines))) => put_in(&state, &visitor, draft_of(&fields)?, lines, false).await,
        Ok((table, None)) => {
            let checked = Checked::new(fields.get("draft"), table, columns, has_header);
            check_page(&state, &visitor.shell, checked).await
        }
        Err(fault) => {
            let mut form = Form::of(&visitor.shell, [("draft", fields.get("draft"))]);
            form.note("file", sentences::file_fault(&visitor.shell, &fault));
            upload_page(&visitor.shell, form)
        }
    }
}

/// A file to begin with
#[get("/quick-order/sample.csv")]
pub async fn sample(visitor: Visitor<MayOrder>) -> HttpResponse {
    let text = match visitor.shell.language {
        Language::En => "\u{feff}Part number;Quantity;Unit;Note\r\nNW-40012;16;carton;Gate 4\r\nNW-40020;40;;\r\n",
        Language::De => {
            "\u{feff}Artikelnummer;Menge;Einheit;Bemerkung\r\nNW-40012;16;Karton;Tor 4\r\nNW-40020;40;;\r\n"
        }
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"quick-order.csv\""))
        .body(text)
}
