//! A page that is a list, under its heading and views.

use actix_web::HttpResponse;
use askama::Template;

use super::List;
use crate::error::Result;
use crate::web::lists::Tab;
use crate::web::{Area, Shell};

/// A page that is a list and nothing else.
#[derive(Template)]
#[template(path = "web/templates/list_page.html")]
pub struct ListPage<'a> {
    shell: &'a Shell,
    title: String,
    /// A sentence beside the heading.
    summary: String,
    /// Links beside the heading: path, text, and whether it is what most come for.
    actions: Vec<(String, String, bool)>,
    tiles: Vec<(String, String)>,
    tabs: Vec<Tab>,
    /// The page between this one and the first: path and name.
    between: Option<(String, String)>,
    list: List<'a>,
}

impl<'a> ListPage<'a> {
    /// The page under this heading.
    pub fn new(title: &str, list: List<'a>) -> Self {
        Self {
            shell: list.shell,
            title: list.shell.t(title),
            summary: String::new(),
            actions: Vec::new(),
            tiles: Vec::new(),
            tabs: Vec::new(),
            between: None,
            list,
        }
    }

    /// A sentence beside the heading.
    #[must_use]
    pub fn summary(mut self, text: String) -> Self {
        self.summary = text;
        self
    }

    /// The page stands below another one that isn't the first.
    #[must_use]
    pub fn below(mut self, path: &str, key: &str) -> Self {
        self.between = Some((path.to_owned(), self.shell.t(key)));
        self
    }

    /// A link beside the heading.
    #[must_use]
    pub fn action(mut self, path: &str, key: &str) -> Self {
        self.actions.push((path.to_owned(), self.shell.t(key), false));
        self
    }

    /// The link that most come for.
    #[must_use]
    pub fn primary(mut self, path: &str, key: &str) -> Self {
        self.actions.push((path.to_owned(), self.shell.t(key), true));
        self
    }

    /// Sums above the list: what they are called and what they say.
    #[must_use]
    pub fn tiles(mut self, tiles: Vec<(String, String)>) -> Self {
        self.tiles = tiles;
        self
    }

    /// Views above the list.
    #[must_use]
    pub fn tabs(mut self, tabs: impl IntoIterator<Item = Tab>) -> Self {
        self.tabs = tabs.into_iter().collect();
        self
    }

    /// The page's HTML.
    pub fn answer(self) -> Result<HttpResponse> {
        self.shell.page(&self)
    }

    /// Name and path of the page above.
    fn above(&self) -> (&'static str, String) {
        match self.shell.area {
            Area::Desk => ("/desk", self.shell.t("nav-today")),
            _ => ("/", self.shell.t("nav-home")),
        }
    }
}
