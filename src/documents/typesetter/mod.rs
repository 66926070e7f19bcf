//! Templates, fonts and a paper become a PDF.
//!
//! Archives take PDF/A. It is part 3, because only that may carry a file of another kind, which the XML of an
//! electronic invoice is. It is level b, which is about what is seen: the others refuse a document for letters of
//! scripts whose shapes have no code of their own, and no invoice fails for a name. The text is tagged, with a language
//! and an order for readers who listen, all the same.
//!
//! The same paper gives the same bytes: its date is its own, its id is made of its seller, kind and number.

mod factur_x;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use chrono::Datelike;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_kit::fonts::{FontPath, FontStore};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::content::{Content, content};
use super::letters::{self, Alphabet};
use super::paper::{Document, Paper};
use crate::cpu::caught;
use crate::error::{Error, Result};

const LETTER: &str = "letter.typ";
const CREDIT_NOTE: &str = "credit-note.typ";
const INVOICE: &str = "invoice.typ";
const QR_BILL: &str = "qr-bill.typ";
const ORDER_CONFIRMATION: &str = "order-confirmation.typ";
const DELIVERY_NOTE: &str = "delivery-note.typ";
const STATEMENT: &str = "statement.typ";
const RETURN_LABEL: &str = "return-label.typ";
const REMINDER: &str = "reminder.typ";
const CONTRACT: &str = "contract.typ";
const PACKAGE_LABELS: &str = "package-labels.typ";
const PICK_LIST: &str = "pick-list.typ";
const BUILT_IN: [(&str, &str); 12] = [
    (LETTER, include_str!("../templates/letter.typ")),
    (CREDIT_NOTE, include_str!("../templates/credit-note.typ")),
    (INVOICE, include_str!("../templates/invoice.typ")),
    (QR_BILL, include_str!("../templates/qr-bill.typ")),
    (ORDER_CONFIRMATION, include_str!("../templates/order-confirmation.typ")),
    (DELIVERY_NOTE, include_str!("../templates/delivery-note.typ")),
    (STATEMENT, include_str!("../templates/statement.typ")),
    (RETURN_LABEL, include_str!("../templates/return-label.typ")),
    (REMINDER, include_str!("../templates/reminder.typ")),
    (CONTRACT, include_str!("../templates/contract.typ")),
    (PACKAGE_LABELS, include_str!("../templates/package-labels.typ")),
    (PICK_LIST, include_str!("../templates/pick-list.typ")),
];
/// The paper, as templates read it.
const PAPER: &str = "paper.json";
const LINES: &str = "lines.json";
/// Files that stand in the letterhead without a template that says so.
const LOGOS: [&str; 2] = ["logo.svg", "logo.png"];

/// Tags take two kilobytes a line. Nobody listens to a table of more lines than this, and mail must carry it.
const TAGGED_LINES_MAX: usize = 1_000;

/// Letters that can't be drawn show in the first turn; marks that hid others in the second.
const TURNS_MAX: usize = 4;

/// Folders of the data directory.
const TEMPLATES_DIR: &str = "templates";
const FONTS_DIR: &str = "fonts";
/// Where systems have Noto for Chinese, Japanese and Korean.
const EAST_ASIAN: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
    "/usr/local/share/fonts/NotoSansCJK-Regular.ttc",
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
/// Parsed once for the whole process.
static EMBEDDED_FONTS: LazyLock<Vec<(Font, FontInfo)>> = LazyLock::new(|| typst_kit::fonts::embedded().collect());

/// Makes PDFs of papers. Blocks and takes a core while it does: [`super::Press`] is the way in for whoever serves.
pub struct Typesetter {
    files: HashMap<FileId, File>,
    own_fonts: Vec<Font>,
    /// Made at the first paper: most commands print none.
    fonts: OnceLock<FontStore>,
    logo: Option<&'static str>,
}

/// A file templates may use.
#[derive(Clone)]
struct File {
    bytes: Bytes,
    /// Where it lies, for messages.
    name: String,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.files.values().map(|file| file.name.as_str()).collect();
        f.debug_struct("Typesetter").field("files", &names).finish()
    }
}

impl Typesetter {
    /// With the built-in templates and fonts and those in the data directory, if one is given.
    pub fn new(data_dir: Option<&Path>) -> Result<Self> {
        let mut files = HashMap::new();
        for (name, text) in BUILT_IN {
            let file = File {
                bytes: Bytes::from_string(text),
                name: format!("built-in {name}"),
            };
            files.insert(file_id(name)?, file);
        }
        let mut logo = None;
        for (path, name, bytes) in folder(data_dir, TEMPLATES_DIR)? {
            logo = logo.or_else(|| LOGOS.into_iter().find(|logo| *logo == name));
            tracing::info!(file = %path.display(), "used by templates");
            let file = File {
                bytes: Bytes::new(bytes),
                name: path.display().to_string(),
            };
            files.insert(file_id(&name)?, file);
        }
        let mut own_fonts = Vec::new();
        for (path, _, bytes) in folder(data_dir, FONTS_DIR)? {
            let before = own_fonts.len();
            own_fonts.extend(Font::iter(Bytes::new(bytes)));
            match own_fonts.len() - before {
                0 => tracing::warn!(file = %path.display(), "is no font"),
                faces => tracing::info!(file = %path.display(), faces, "font"),
            }
        }
        Ok(Self {
            files,
            own_fonts,
            fonts: OnceLock::new(),
            logo,
        })
    }

    /// The letters of the paper that no font has: a box stands in their place.
    pub fn unprintable(&self, paper: &Paper) -> String {
        let Content { paper: head, lines } = content(paper);
        let mut lost = letters::lost(&head, self.fonts().book());
        lost.extend(letters::lost(&lines, self.fonts().book()));
        lost.into_iter().collect()
    }

    /// The paper as PDF/A-3b.
    pub fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
        // Scripts in mixtures that nobody writes have made the typesetter fail.
        let made = caught(|| self.typeset(paper, Alphabet::default())?.export()).or_else(|refusal| {
            tracing::warn!(paper = %paper.file_name(), %refusal, "once more with Latin letters alone");
            self.typeset(paper, Alphabet::latin())?.export()
        });
        // What typesetting remembers is for a document that changes a little; kept, it would grow with every paper.
        typst::comemo::evict(0);
        match &paper.xml {
            Some(_) => factur_x::described(made?),
            None => made,
        }
    }

    /// The paper on its pages, once more for as long as letters are found that can't be drawn.
    #[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
    fn typeset(&self, paper: &Paper, mut alphabet: Alphabet) -> Result<Typeset<'_>> {
        let Content { paper: mut head, lines } = content(paper);
        head["logo"] = self.logo.into();
        let mut missing = letters::unlisted(&head, self.fonts().book());
        missing.extend(letters::unlisted(&lines, self.fonts().book()));
        for _ in 0..TURNS_MAX {
            if let Some(letters) = alphabet.leave_out(missing) {
                tracing::warn!(paper = %paper.file_name(), %letters, "no font has these letters");
            }
            let typeset = self.typeset_in(&alphabet, paper, head.clone(), lines.clone())?;
            missing = letters::undrawn(&typeset.document);
            if missing.is_empty() {
                return Ok(typeset);
            }
            typst::comemo::evict(0);
        }
        Err(Error::internal(format!("letters can't be drawn: {missing:?}")))
    }

    fn fonts(&self) -> &FontStore {
        self.fonts.get_or_init(|| font_store(&self.own_fonts))
    }

    #[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
    fn typeset_in(&self, alphabet: &Alphabet, paper: &Paper, mut head: Value, mut lines: Value) -> Result<Typeset<'_>> {
        letters::clean(&mut head, alphabet);
        letters::clean(&mut lines, alphabet);
        let desk = Desk {
            files: &self.files,
            fonts: self.fonts(),
            main: file_id(template(paper))?,
            data: data(paper, &head, &lines)?,
            is_attached: paper.xml.is_some(),
            today: date(paper),
        };
        let compiled = typst::compile::<PagedDocument>(&desk);
        for warning in &compiled.warnings {
            tracing::warn!(paper = %paper.file_name(), "{}", desk.describe(warning));
        }
        let mut document = compiled.output.map_err(|errors| desk.refusal(&errors))?;
        // What a template leaves unsaid.
        let info = document.info_mut();
        let title = || format!("{} {}", text(&head["title"]), text(&head["number"]));
        info.title.get_or_insert_with(|| title().into());
        if info.author.is_empty() {
            info.author = vec![text(&head["seller"]["name"]).into()];
        }
        if info.date.is_auto() {
            info.date = Smart::Custom(desk.today);
        }
        Ok(Typeset {
            document,
            options: PdfOptions {
                ident: Smart::Custom(format!("{}/{}", text(&head["seller"]["name"]), paper.file_name())),
                creator: Smart::Custom(Some("Portal".to_owned())),
                standards: PdfStandards::new(&[PdfStandard::A_3b])
                    .map_err(|error| Error::internal(error.message().to_string()))?,
                tagged: lines.as_array().is_none_or(|lines| lines.len() <= TAGGED_LINES_MAX),
                ..PdfOptions::default()
            },
            #[cfg(test)]
            warnings: compiled.warnings.iter().map(|warning| desk.describe(warning)).collect(),
            desk,
        })
    }
}

/// A paper on its pages.
struct Typeset<'a> {
    desk: Desk<'a>,
    document: PagedDocument,
    options: PdfOptions,
    #[cfg(test)]
    warnings: Vec<String>,
}

impl Typeset<'_> {
    fn export(&self) -> Result<Vec<u8>> {
        typst_pdf::pdf(&self.document, &self.options).map_err(|errors| self.desk.refusal(&errors))
    }
}

/// The built-in fonts, then the operator's, then what the machine has for Chinese, Japanese and Korean.
fn font_store(own: &[Font]) -> FontStore {
    let mut store = FontStore::new();
    store.extend(EMBEDDED_FONTS.iter().cloned());
    store.extend(own.iter().map(|font| (font.clone(), font.info().clone())));
    store.extend(of_machine(EAST_ASIAN.iter().map(Path::new)));
    store
}

/// The fonts of the first of these files that is there; they are loaded once a paper needs them.
fn of_machine<'p>(mut files: impl Iterator<Item = &'p Path>) -> Vec<(FontPath, FontInfo)> {
    let found = files.find_map(|path| Some((path, std::fs::read(path).ok()?)));
    let Some((path, bytes)) = found else { return Vec::new() };
    let face = |(index, info)| {
        let path = path.to_owned();
        Some((
            FontPath {
                path,
                index: u32::try_from(index).ok()?,
            },
            info,
        ))
    };
    FontInfo::iter(&bytes).enumerate().filter_map(face).collect()
}

fn template(paper: &Paper) -> &'static str {
    match paper.document {
        Document::Invoice(_) => INVOICE,
        Document::CreditNote(_) => CREDIT_NOTE,
        Document::OrderConfirmation(_) => ORDER_CONFIRMATION,
        Document::DeliveryNote(_) => DELIVERY_NOTE,
        Document::Statement(_) => STATEMENT,
        Document::ReturnLabel(_) => RETURN_LABEL,
        Document::Reminder(_) => REMINDER,
        Document::Contract(_) => CONTRACT,
        Document::PackageLabels(_) => PACKAGE_LABELS,
        Document::PickList(_) => PICK_LIST,
    }
}

fn date(paper: &Paper) -> Option<Datetime> {
    let date = paper.date();
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd(date.year(), month, day)
}

/// What the templates read.
fn data(paper: &Paper, head: &Value, lines: &Value) -> Result<Vec<(FileId, Bytes)>> {
    let mut data = vec![(file_id(PAPER)?, as_file(head)), (file_id(LINES)?, as_file(lines))];
    if let Some(xml) = &paper.xml {
        data.push((file_id(factur_x::FILE)?, Bytes::new(xml.clone())));
    }
    Ok(data)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn as_file(data: &Value) -> Bytes {
    Bytes::from_string(data.to_string())
}

fn file_id(name: &str) -> Result<FileId> {
    let path = VirtualPath::new(name).map_err(|error| Error::internal(format!("{name}: {error}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The files of a folder of the data directory with their names; none where there is no such folder.
fn folder(data_dir: Option<&Path>, name: &str) -> Result<Vec<(PathBuf, String, Vec<u8>)>> {
    let Some(folder) = data_dir.map(|dir| dir.join(name)).filter(|dir| dir.is_dir()) else {
        return Ok(Vec::new());
    };
    let unreadable = |path: &Path, error| Error::Unavailable(format!("{} can't be read: {error}", path.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
        let path = entry.map_err(|error| unreadable(&folder, error))?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            let name = name.to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
            files.push((path, name, bytes));
        }
    }
    // The folder gives them in any order.
    files.sort();
    Ok(files)
}

/// Everything typesetting one paper may look at.
struct Desk<'a> {
    files: &'a HashMap<FileId, File>,
    fonts: &'a FontStore,
    main: FileId,
    data: Vec<(FileId, Bytes)>,
    /// The paper has a file in it.
    is_attached: bool,
    today: Option<Datetime>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        let text = bytes.as_str().ok().ok_or(FileError::InvalidUtf8)?;
        let mut text = text.to_owned();
        if self.is_attached && id == self.main {
            text.push_str(factur_x::ATTACHED);
        }
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some((_, data)) = self.data.iter().find(|(data_id, _)| *data_id == id) {
            return Ok(data.clone());
        }
        let not_found = || FileError::NotFound(id.vpath().get_without_slash().into());
        self.files.get(&id).map(|file| file.bytes.clone()).ok_or_else(not_found)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// The paper's own day, so that it looks the same on every day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

impl Desk<'_> {
    /// Why there is no PDF: a fault of a template, so of the operator or of ours.
    fn refusal(&self, errors: &[SourceDiagnostic]) -> Error {
        let text: Vec<_> = errors.iter().map(|error| self.describe(error)).collect();
        Error::internal(text.join("; "))
    }

    /// `portal-data/templates/invoice.typ:12:5: unknown variable: total (hint: …)`
    fn describe(&self, diagnostic: &SourceDiagnostic) -> String {
        let mut text = self.place(diagnostic).map(|place| place + ": ").unwrap_or_default();
        text.push_str(&diagnostic.message);
        for hint in &diagnostic.hints {
            text.push_str(&format!(" (hint: {})", hint.v));
        }
        text
    }

    fn place(&self, diagnostic: &SourceDiagnostic) -> Option<String> {
        let id = diagnostic.span.id()?;
        let name = match self.files.get(&id) {
            Some(file) => file.name.as_str(),
            None => id.vpath().get_without_slash(),
        };
        let start = self.range(diagnostic.span)?.start;
        let (line, column) = self.source(id).ok()?.lines().byte_to_line_column(start)?;
        Some(format!("{name}:{}:{}", line + 1, column + 1))
    }
}

#[cfg(test)]
mod tests;
