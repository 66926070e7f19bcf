//! A page that lists: heading, views, filters, a table whose head sorts, pager, links to files, what stands there where
//! nothing is, and the filters a person saved. A page says what its columns and rows are; all else is here.

mod cells;
mod page;
mod part;

use askama::Template;
use askama::filters::HtmlSafe;

pub use self::cells::Cell;
pub use self::page::ListPage;
pub use self::part::Part;

use super::Shell;
use super::components::{Pager, address};
use super::lists::{Heading, Tab};
use crate::ids::SavedViewId;

/// Something a list can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filter {
    /// The parameter.
    name: &'static str,
    label: String,
    value: String,
    kind: Kind,
    fault: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Text,
    Day,
    /// Values and what they are called, the one that filters nothing first.
    Choice(Vec<(String, String)>),
}

/// A column: its heading and the class of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    text: String,
    class: &'static str,
    heading: Option<Heading>,
    is_hidden: bool,
    /// What ticks all rows, in a column of ticks.
    all: String,
}

impl Column {
    /// Its cells lead to what the rows are of; on a narrow page they are headings without a label.
    fn is_id(&self) -> bool {
        self.class.split(' ').any(|class| class == "id")
    }
}

/// What stands where nothing is, and the next step: a link and its text, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Empty {
    text: String,
    step: Option<(String, String)>,
}

/// A list under its heading. A template prints it.
#[derive(Template)]
#[template(path = "web/templates/list.html")]
pub struct List<'a> {
    shell: &'a Shell,
    /// Where it is; nothing for what is no list of its own.
    path: String,
    /// Parameters that are kept though they filter nothing, such as the view.
    kept: Vec<(&'static str, String)>,
    sort: &'static str,
    filters: Vec<Filter>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    empty: Empty,
    none_found: String,
    files: Vec<(String, String)>,
    pager: Option<Pager>,
    /// HTML of a part of ours under the table, such as what may be done with what is ticked.
    under: String,
    /// Id, name and query of the filters that the reader saved, where the list can be filtered.
    saved: Option<Vec<(SavedViewId, String, String)>>,
    heading: Option<(&'static str, String)>,
    /// A link beside its own heading: path and text.
    all: Option<(String, String)>,
}

impl HtmlSafe for List<'_> {}

impl<'a> List<'a> {
    /// The list at `path`.
    pub fn new(shell: &'a Shell, path: impl Into<String>) -> Self {
        Self {
            shell,
            path: path.into(),
            kept: Vec::new(),
            sort: "",
            filters: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            empty: Empty::default(),
            none_found: shell.t("list-none-found"),
            files: Vec::new(),
            pager: None,
            under: String::new(),
            saved: None,
            heading: None,
            all: None,
        }
    }

    /// A table on the page of something, under a heading of its own.
    pub fn section(shell: &'a Shell, id: &'static str, heading: impl Into<String>) -> Self {
        Self {
            heading: Some((id, heading.into())),
            ..Self::new(shell, "")
        }
    }

    /// A parameter that filters nothing and is kept: the view.
    #[must_use]
    pub fn keep(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.kept.push((name, value.into()));
        self
    }

    /// Sorted so.
    #[must_use]
    pub fn sorted(mut self, sort: &'static str) -> Self {
        self.sort = sort;
        self
    }

    /// Can be filtered by a text. Filters come before sorting columns and files, whose links hold them.
    #[must_use]
    pub fn by_text(self, name: &'static str, key: &str, value: &str) -> Self {
        self.by(name, key, value, Kind::Text, String::new())
    }

    /// Can be filtered by a day; `fault` says what is wrong with what was typed.
    #[must_use]
    pub fn by_day(self, name: &'static str, key: &str, value: &str, fault: &str) -> Self {
        self.by(name, key, value, Kind::Day, fault.to_owned())
    }

    /// Can be filtered by one of several values with what they are called; `any` is what filters nothing.
    #[must_use]
    pub fn by_choice(
        self,
        name: &'static str,
        key: &str,
        value: &str,
        any: &str,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let any = (String::new(), self.shell.t(any));
        let options: Vec<_> = std::iter::once(any).chain(options).collect();
        self.by(name, key, value, Kind::Choice(options), String::new())
    }

    /// Tells at the filter `name` what is wrong with it.
    #[must_use]
    pub fn fault(mut self, name: &str, fault: &str) -> Self {
        if let Some(filter) = self.filters.iter_mut().find(|filter| filter.name == name) {
            fault.clone_into(&mut filter.fault);
        }
        self
    }

    fn by(mut self, name: &'static str, key: &str, value: &str, kind: Kind, fault: String) -> Self {
        self.filters.push(Filter {
            name,
            label: self.shell.t(key),
            value: value.trim().to_owned(),
            kind,
            fault,
        });
        self
    }

    /// A column with the class `num`, `p3`, `id` and the like, or none.
    #[must_use]
    pub fn column(self, key: &str, class: &'static str) -> Self {
        let text = self.shell.t(key);
        self.column_called(text, class)
    }

    /// The same with a heading that says more than its name, such as the currency.
    #[must_use]
    pub fn column_called(mut self, text: String, class: &'static str) -> Self {
        self.columns.push(Column {
            text,
            class,
            heading: None,
            is_hidden: false,
            all: String::new(),
        });
        self
    }

    /// A column whose heading only readers of screens hear.
    #[must_use]
    pub fn hidden_column(mut self, key: &str, class: &'static str) -> Self {
        self = self.column(key, class);
        if let Some(column) = self.columns.last_mut() {
            column.is_hidden = true;
        }
        self
    }

    /// A column of ticks ([`Cell::tick`]); `all` says what ticks all of them.
    #[must_use]
    pub fn tick_column(mut self, key: &str, all: &str) -> Self {
        self = self.hidden_column(key, "pick");
        if let Some(column) = self.columns.last_mut() {
            column.all = self.shell.t(all);
        }
        self
    }

    /// A column to sort by: the values of `sort` for up and down.
    #[must_use]
    pub fn sorting_column(mut self, key: &str, class: &'static str, ways: (&'static str, &'static str)) -> Self {
        let query = self.query();
        let heading = Heading::new(self.shell.t(key), class, &self.path, &borrowed(&query), ways, self.sort);
        self.columns.push(Column {
            text: heading.text.clone(),
            class,
            heading: Some(heading),
            is_hidden: false,
            all: String::new(),
        });
        self
    }

    /// What it shows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows = rows.into_iter().collect();
        self
    }

    /// What stands where nothing is though nothing is filtered.
    #[must_use]
    pub fn none(mut self, key: &str) -> Self {
        self.empty.text = self.shell.t(key);
        self
    }

    /// The next step there.
    #[must_use]
    pub fn none_step(mut self, path: &str, key: &str) -> Self {
        self.empty.step = Some((path.to_owned(), self.shell.t(key)));
        self
    }

    /// What stands there where the filter leaves nothing.
    #[must_use]
    pub fn none_found(mut self, key: &str) -> Self {
        self.none_found = self.shell.t(key);
        self
    }

    /// A file of what is sought: the text of its link, and where it is.
    #[must_use]
    pub fn file(mut self, text: impl Into<String>, path: &str) -> Self {
        self.files
            .push((text.into(), address(path, borrowed(&self.sorted_query()))));
        self
    }

    /// Files of all that is sought, at `export.csv` and `export.xlsx` below the list.
    #[must_use]
    pub fn export(self) -> Self {
        let path = |ending| format!("{}/export.{ending}", self.path);
        let (csv, xlsx) = (path("csv"), path("xlsx"));
        self.file("CSV", &csv).file("XLSX", &xlsx)
    }

    /// The pager of a part whose rows the text `key` counts.
    #[must_use]
    pub fn counted<R>(self, key: &str, part: &Part<R>) -> Self {
        let shown = self.shell.t1(key, "count", part.rows.len());
        self.paged(shown, part)
    }

    /// The same with another word for what is shown.
    #[must_use]
    pub fn paged<R>(self, shown: impl Into<String>, part: &Part<R>) -> Self {
        self.pages(shown, part.cursor.as_deref(), part.next.as_deref())
    }

    /// The pager: what it says is shown, the cursor of this page and of the next one.
    #[must_use]
    pub fn pages(mut self, shown: impl Into<String>, cursor: Option<&str>, next: Option<&str>) -> Self {
        let query = self.sorted_query();
        let pager = Pager::new(self.shell, &self.path, &borrowed(&query), cursor, next, shown);
        self.pager = Some(pager);
        self
    }

    /// A part of a page under the table.
    #[must_use]
    pub fn under(mut self, part: impl HtmlSafe) -> Self {
        self.under = part.to_string();
        self
    }

    /// Id of the heading of the list, where it isn't the page's own.
    #[must_use]
    pub fn headed(mut self, id: &'static str, key: &str) -> Self {
        self.heading = Some((id, self.shell.t(key)));
        self
    }

    /// A link beside that heading, such as to all of what is listed in part.
    #[must_use]
    pub fn all(mut self, path: impl Into<String>, key: &str) -> Self {
        self.all = Some((path.into(), self.shell.t(key)));
        self
    }

    /// The filters that the reader saved: id, name and query.
    #[must_use]
    pub fn saved(mut self, views: Vec<(SavedViewId, String, String)>) -> Self {
        self.saved = Some(views);
        self
    }

    /// True if something is filtered.
    pub fn is_filtered(&self) -> bool {
        self.filters.iter().any(|filter| !filter.value.is_empty())
    }

    /// Where the list is without its filter.
    pub fn clear(&self) -> String {
        address(
            &self.path,
            self.kept.iter().map(|(name, value)| (*name, value.as_str())),
        )
    }

    /// All parameters but `sort` and `cursor`.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let filters = self.filters.iter().map(|filter| (filter.name, filter.value.clone()));
        self.kept.iter().cloned().chain(filters).collect()
    }

    /// Where its view `name` is, with what is filtered: a tab above it.
    fn view(&self, family: &str, name: &str) -> Option<Tab> {
        let (parameter, shown) = self.kept.first()?;
        let filters = self.filters.iter().map(|filter| (filter.name, filter.value.as_str()));
        Some(Tab {
            text: self.shell.name(family, if name.is_empty() { "all" } else { name }),
            count: String::new(),
            path: address(&self.path, std::iter::once((*parameter, name)).chain(filters)),
            is_current: name == shown,
        })
    }

    fn sorted_query(&self) -> Vec<(&'static str, String)> {
        let mut query = self.query();
        query.push(("sort", self.sort.to_owned()));
        query
    }

    /// What a saved view remembers: all parameters but the cursor.
    fn remembered(&self) -> String {
        let address = address("", borrowed(&self.sorted_query()));
        address.trim_start_matches('?').to_owned()
    }

    /// The rows with the columns of their cells.
    fn body(&self) -> impl Iterator<Item = impl Iterator<Item = (&Column, &Cell)>> {
        self.rows.iter().map(|row| self.columns.iter().zip(row))
    }
}

fn borrowed<'q>(query: &'q [(&'static str, String)]) -> Vec<(&'static str, &'q str)> {
    query.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
