//! A page that is a list, under its heading and views.

use actix_web::HttpResponse;
use askama::Template;
use askama::filters::HtmlSafe;

use super::List;
use crate::error::Result;
use crate::web::Shell;
use crate::web::lists::Tab;
use crate::web::navigation::Tabs;

/// A page that is a list and nothing else.
#[derive(Template)]
#[template(path = "web/templates/list_page.html")]
pub struct ListPage<'a> {
    shell: &'a Shell,
    title: String,
    /// What the way to the page calls it.
    crumb: String,
    /// A sentence beside the heading.
    summary: String,
    /// Links beside the heading: path, text, and whether it is what most come for.
    actions: Vec<(String, String, bool)>,
    /// HTML of a part of ours beside the heading, such as a form that begins something.
    tool: String,
    /// A sentence under the heading and the views.
    lead: String,
    tiles: Vec<(String, String)>,
    tabs: Vec<Tab>,
    /// What stands above the views, such as a short list of what is to do.
    first: Option<List<'a>>,
    /// The page between this one and the first: path and name.
    between: Option<(String, String)>,
    list: List<'a>,
}

impl<'a> ListPage<'a> {
    /// The page under this heading.
    pub fn new(title: &str, list: List<'a>) -> Self {
        Self::called(list.shell.t(title), list)
    }

    /// The page under a heading that says more than what is listed.
    pub fn called(title: String, list: List<'a>) -> Self {
        Self {
            shell: list.shell,
            crumb: title.clone(),
            title,
            summary: String::new(),
            actions: Vec::new(),
            tool: String::new(),
            lead: String::new(),
            tiles: Vec::new(),
            tabs: Vec::new(),
            first: None,
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
    pub fn primary(self, path: &str, key: &str) -> Self {
        self.primary_if(true, path, key)
    }

    /// The same for those who may follow it.
    #[must_use]
    pub fn primary_if(mut self, may: bool, path: &str, key: &str) -> Self {
        if may {
            self.actions.push((path.to_owned(), self.shell.t(key), true));
        }
        self
    }

    /// A part of a page beside the heading.
    #[must_use]
    pub fn tool(mut self, part: impl HtmlSafe) -> Self {
        self.tool = part.to_string();
        self
    }

    /// What the list is for, a sentence above it.
    #[must_use]
    pub fn lead(mut self, key: &str) -> Self {
        self.lead = self.shell.t(key);
        self
    }

    /// Another list above this one and its views.
    #[must_use]
    pub fn first(mut self, list: List<'a>) -> Self {
        self.first = Some(list);
        self
    }

    /// Sums above the list: what they are called and what they say.
    #[must_use]
    pub fn tiles(mut self, tiles: Vec<(String, String)>) -> Self {
        self.tiles = tiles;
        self
    }

    /// The page is one of those that the tabs of `path` lead to.
    #[must_use]
    pub fn among(mut self, path: &str) -> Self {
        let Tabs { label, current, tabs } = self.shell.tabs(path);
        self.between = tabs.first().map(|first| (first.path.clone(), label));
        self.crumb = current;
        self.tabs = tabs;
        self
    }

    /// Views above the list.
    #[must_use]
    pub fn tabs(mut self, tabs: impl IntoIterator<Item = Tab>) -> Self {
        self.tabs = tabs.into_iter().collect();
        self
    }

    /// The views of the list, by the first parameter it keeps; one that shows all has no name, as a text it is
    /// `{family}-all`.
    #[must_use]
    pub fn views(mut self, family: &str, names: &[&str]) -> Self {
        self.tabs = names.iter().filter_map(|name| self.list.view(family, name)).collect();
        self
    }

    /// The page's HTML.
    pub fn answer(self) -> Result<HttpResponse> {
        self.shell.page(&self)
    }
}
