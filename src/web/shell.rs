//! What stands around a page: language, zone, theme, navigation, who reads it. Templates get it as `shell`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use askama::Template;
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use super::assets::{self, Asset};
use super::components::{Banner, Tone};
use super::cookies;
use super::navigation::{self, Item, Tabs};
use crate::clock::{self, Timestamp};
use crate::error::{Error, FieldError, Result};
use crate::languages::{Argument, Language};
use crate::money::Money;
use crate::names::names;
use crate::parties::Contact;
use crate::quantity::Quantity;
use crate::sentences::Sentence;

/// Which part of the portal a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Signing in and what comes before it: no navigation.
    Entry,
    /// For the people of an account.
    Portal,
    /// For the supplier's staff.
    Desk,
}

names! {
    /// Light or dark.
    #[derive(Default)]
    pub enum Theme as Theme {
        /// As the reader's device is set.
        #[default]
        System = "system",
        Light = "light",
        Dark = "dark",
    }
}

/// Who reads the page.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they are called.
    pub name: String,
    /// The account's name; nothing for staff.
    pub company: Option<String>,
    /// True for those who manage the people of their account.
    pub manages_people: bool,
}

/// Staff who act for an account.
#[derive(Debug, Clone)]
pub struct Acting {
    /// The account's name.
    pub account: String,
    /// Who acts.
    pub staff: String,
}

/// The page shows a sandbox.
#[derive(Debug, Clone, Copy)]
pub struct InSandbox {
    /// How many days its clock is ahead.
    pub days_ahead: i64,
}

/// Numbers beside entries of the navigation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Badges {
    /// Lines of the reader's current draft.
    pub draft_lines: i64,
}

/// A page as it goes out; for one that is written on another thread than the one that answers.
pub fn html_of(page: &impl Template) -> Result<String> {
    page.render().map_err(Error::internal)
}

/// What stands around a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The reader's language.
    pub language: Language,
    /// The zone of the times they read.
    pub zone: Tz,
    /// Light or dark.
    pub theme: Theme,
    /// What the supplier is called.
    pub supplier: String,
    /// The page's own path, for the navigation.
    pub path: String,
    /// Which part it belongs to.
    pub area: Area,
    /// Who reads it; nobody before they sign in.
    pub person: Option<Person>,
    /// Set while staff act for an account.
    pub acting: Option<Acting>,
    /// Set where the page shows a sandbox.
    pub sandbox: Option<InSandbox>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Numbers of the navigation.
    pub badges: Badges,
    /// When the reader's session ends.
    pub session_ends_at: Option<Timestamp>,
    /// What the step before this page has to say.
    pub flash: Option<Banner>,
    /// The reader chose the language just now; the page's cookie keeps it.
    is_language_chosen: bool,
}

impl Shell {
    /// The shell of somebody who isn't signed in.
    pub fn anonymous(language: Language, theme: Theme, path: &str) -> Self {
        Self {
            language,
            zone: Tz::UTC,
            theme,
            supplier: String::new(),
            path: path.to_owned(),
            area: Area::Entry,
            person: None,
            acting: None,
            sandbox: None,
            contact: None,
            badges: Badges::default(),
            session_ends_at: None,
            flash: None,
            is_language_chosen: false,
        }
    }

    /// The portal of this supplier, whose days begin in this zone.
    pub fn supplied_by(&mut self, supplier: Option<&(String, Tz)>) {
        if let Some((name, zone)) = supplier {
            self.supplier.clone_from(name);
            self.zone = *zone;
        }
    }

    /// Answers with the page.
    pub fn page(&self, page: &impl Template) -> Result<HttpResponse> {
        self.page_with(StatusCode::OK, page)
    }

    /// Answers with the page and another status: 422 for a form that was refused, 404 for nothing there.
    pub fn page_with(&self, status: StatusCode, page: &impl Template) -> Result<HttpResponse> {
        Ok(self.answer(status, html_of(page)?))
    }

    /// Answers with a page that is written already, see [`html_of`].
    pub fn answer(&self, status: StatusCode, html: String) -> HttpResponse {
        let mut answer = HttpResponse::build(status);
        answer.content_type(ContentType::html());
        if self.flash.is_some() {
            answer.cookie(cookies::removed(cookies::FLASH));
        }
        if self.is_language_chosen {
            answer.cookie(cookies::choice(cookies::LANGUAGE, self.language.name()));
        }
        answer.body(html)
    }

    /// Answers with a part of a page, for the script that puts it into one.
    pub fn fragment(&self, part: &impl Template) -> Result<HttpResponse> {
        let html = part.render().map_err(Error::internal)?;
        Ok(HttpResponse::Ok().content_type(ContentType::html()).body(html))
    }

    /// The same shell for another page than the one that was asked for.
    #[must_use]
    pub fn without_flash(mut self) -> Self {
        self.flash = None;
        self
    }

    /// The same shell for a page before signing in, whoever reads it.
    #[must_use]
    pub fn signed_out(mut self) -> Self {
        self.area = Area::Entry;
        self.person = None;
        self.session_ends_at = None;
        self.acting = None;
        self.badges = Badges::default();
        self
    }

    /// Reads on in the language with this tag, if it is one of ours.
    pub fn choose_language(&mut self, tag: &str) {
        if let Some(chosen) = Language::ALL.into_iter().find(|language| language.name() == tag) {
            self.language = chosen;
            self.is_language_chosen = true;
        }
    }

    /// Tag and own name of the language to change to.
    pub fn other_language(&self) -> (&'static str, &'static str) {
        match self.language {
            Language::En => ("de", "Deutsch"),
            Language::De => ("en", "English"),
        }
    }

    /// What is said shortly before the reader's session ends, and in how many seconds it does.
    pub fn session_end(&self) -> Option<(Banner, i64)> {
        let ends_at = self.session_ends_at?;
        let text = self.t1("session-ends", "time", self.time(ends_at));
        Some((Banner::new(Tone::Warn, text), (ends_at - clock::now()).num_seconds()))
    }

    /// The text with this key.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The text with this key and one argument.
    pub fn t1<'a>(&self, key: &str, name: &'static str, value: impl Into<Argument<'a>>) -> String {
        self.language.text_with(key, &[(name, value.into())])
    }

    /// The text with this key and two arguments.
    pub fn t2<'a>(
        &self,
        key: &str,
        name: &'static str,
        value: impl Into<Argument<'a>>,
        other: &'static str,
        other_value: impl Into<Argument<'a>>,
    ) -> String {
        self.language
            .text_with(key, &[(name, value.into()), (other, other_value.into())])
    }

    /// What a name of the program (a state, a role, a class) is called: the text `{family}-{name}`.
    pub fn name(&self, family: &str, name: &str) -> String {
        self.language.text(&format!("{family}-{}", name.replace('_', "-")))
    }

    /// `Thu 3 Dec`, with the year where it is another one.
    pub fn day(&self, date: NaiveDate) -> String {
        let this_year = clock::day_in(self.zone, clock::now()).year();
        self.language.day(date, date.year() != this_year)
    }

    /// `Thu 3 Dec, 09:41` in the reader's zone.
    pub fn moment(&self, at: Timestamp) -> String {
        let local = at.and_utc().with_timezone(&self.zone);
        format!("{}, {}", self.day(local.date_naive()), local.format("%H:%M"))
    }

    /// `09:41` in the reader's zone.
    pub fn time(&self, at: Timestamp) -> String {
        at.and_utc().with_timezone(&self.zone).format("%H:%M").to_string()
    }

    /// Today in the reader's zone.
    pub fn today(&self) -> NaiveDate {
        clock::day_in(self.zone, clock::now())
    }

    /// `EUR 1,234.50`
    pub fn money(&self, money: Money) -> String {
        self.language.money(money)
    }

    /// `16 cartons`: a quantity with the word for its unit.
    pub fn quantity(&self, quantity: Quantity, unit_code: &str) -> String {
        let unit = self.language.unit(unit_code, quantity);
        format!("{}\u{a0}{unit}", self.language.quantity(quantity))
    }

    /// A sentence, in the reader's language.
    pub fn say(&self, sentence: &Sentence) -> String {
        sentence.in_language(self.language)
    }

    /// What is wrong with a field, in the reader's language.
    pub fn fault(&self, fault: &FieldError) -> String {
        self.say(&fault.detail)
    }

    /// What went wrong, in the reader's language.
    pub fn error_text(&self, error: &Error) -> String {
        match error {
            Error::Invalid(faults) if !faults.is_empty() => {
                let texts: Vec<_> = faults.iter().map(|fault| self.fault(fault)).collect();
                texts.join(" ")
            }
            Error::Internal(_) => self.t("error-internal-text"),
            Error::Unavailable(_) => self.t("error-unavailable-text"),
            other => self.say(&other.sentence()),
        }
    }

    /// A banner that says what went wrong.
    pub fn banner_of(&self, error: &Error) -> Banner {
        Banner::new(Tone::Bad, self.error_text(error))
    }

    // What the base template asks for.

    /// Entries of the navigation for this reader.
    pub fn navigation(&self) -> Vec<Item> {
        navigation::items(self)
    }

    /// The tabs of the pages that the one at `path` belongs to.
    pub fn tabs(&self, path: &str) -> Tabs {
        navigation::tabs(self, path)
    }

    /// Path and name of the first page.
    pub fn above(&self) -> (&'static str, String) {
        match self.area {
            Area::Desk => ("/desk", self.t("nav-today")),
            Area::Portal | Area::Entry => ("/", self.t("nav-home")),
        }
    }

    /// True for somebody who manages the people of their account.
    pub fn manages_people(&self) -> bool {
        let person = self.person.as_ref();
        self.area == Area::Portal && person.is_some_and(|person| person.manages_people)
    }

    /// Where the brand leads.
    pub fn start(&self) -> &'static str {
        self.above().0
    }

    /// Where the search box asks.
    pub fn search(&self) -> Option<&'static str> {
        match self.area {
            Area::Desk => navigation::DESK_SEARCH,
            Area::Portal => navigation::PORTAL_SEARCH,
            Area::Entry => None,
        }
    }

    /// Address of the sheet.
    pub fn sheet(&self) -> &'static str {
        assets::path(Asset::Sheet)
    }

    /// Address of the script.
    pub fn script(&self) -> &'static str {
        assets::path(Asset::Script)
    }

    /// Address of the icons.
    pub fn icons(&self) -> &'static str {
        assets::path(Asset::Icons)
    }

    /// Address of the page's own icon.
    pub fn favicon(&self) -> &'static str {
        assets::path(Asset::Favicon)
    }
}
