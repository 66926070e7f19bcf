//! What lists on pages share: headings that sort, counts, days typed into filters.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;

use super::Shell;
use super::assets::{self, Asset};
use super::components::address;
use crate::clock::Days;

/// The heading of a column by which a list can be sorted; a template prints it in place of its `th`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<th role="columnheader" scope="col"{% if !class.is_empty() %} class="{{ class }}"{% endif %}{% if let Some(way) = sorted %} aria-sort="{{ way }}"{% endif %}><a href="{{ path }}">{{ text }}<svg class="icon" aria-hidden="true"><use href="{{ self.icons() }}#{{ self.icon() }}"/></svg></a></th>"#,
    ext = "html"
)]
pub struct Heading {
    /// Name of the column.
    pub text: String,
    /// `num`, `p2`, `p3`.
    pub class: &'static str,
    /// Where its link leads: sorted by it, or the other way round.
    pub path: String,
    /// `ascending` or `descending`, if the list is sorted by it.
    pub sorted: Option<&'static str>,
}

impl HtmlSafe for Heading {}

impl Heading {
    /// The heading of the list at `path` with the parameters `query` (without `sort` and `cursor`). `ways` are the values
    /// of `sort` for ascending and descending, `sort` is the one shown; the first click sorts by `ways.0`, unless that
    /// is shown.
    pub fn new(
        text: impl Into<String>,
        class: &'static str,
        path: &str,
        query: &[(&str, &str)],
        ways: (&'static str, &'static str),
        sort: &str,
    ) -> Self {
        let next = if sort == ways.0 { ways.1 } else { ways.0 };
        let sorted = match sort {
            sort if sort == ways.0 => Some("ascending"),
            sort if sort == ways.1 => Some("descending"),
            _ => None,
        };
        Self {
            text: text.into(),
            class,
            path: address(path, query.iter().copied().chain([("sort", next)])),
            sorted,
        }
    }

    fn icon(&self) -> &'static str {
        match self.sorted {
            Some("ascending") => "up",
            Some(_) => "down",
            None => "sort",
        }
    }

    fn icons(&self) -> &'static str {
        assets::path(Asset::Icons)
    }
}

/// A tab above a list: a view of it with how many it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub text: String,
    /// How many, as written.
    pub count: String,
    /// Where it leads.
    pub path: String,
    /// It is the one shown.
    pub is_current: bool,
}

/// A count as written; where it goes beyond what is counted, `10,000+`.
pub fn count_text(shell: &Shell, count: i64, count_max: i64) -> String {
    if count > count_max {
        format!("{}+", shell.language.decimal(count_max))
    } else {
        shell.language.decimal(count)
    }
}

/// A text typed into a filter; nothing where it is empty.
pub fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A day typed into a filter: nothing where it is empty, a fault in the reader's words where it is none.
pub fn typed_day(shell: &Shell, text: &str) -> Result<Option<NaiveDate>, String> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(day) => Ok(Some(day)),
            Err(_) => Err(shell.t1("list-no-day", "text", text)),
        },
    }
}

/// The days typed into the two fields of a filter, and what is wrong with each.
pub fn typed_days(shell: &Shell, from: &str, to: &str) -> (Days, [String; 2]) {
    let day = |text: &str| match typed_day(shell, text) {
        Ok(day) => (day, String::new()),
        Err(fault) => (None, fault),
    };
    let ((from, from_fault), (to, to_fault)) = (day(from), day(to));
    (Days { from, to }, [from_fault, to_fault])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_leads_to_the_other_way_round() {
        let heading = |sort| Heading::new("Placed", "", "/orders", &[("q", "a")], ("oldest", "newest"), sort);
        for (sort, sorted, path) in [
            ("newest", Some("descending"), "/orders?q=a&sort=oldest"),
            ("oldest", Some("ascending"), "/orders?q=a&sort=newest"),
            ("wanted", None, "/orders?q=a&sort=oldest"),
        ] {
            let heading = heading(sort);
            assert_eq!((heading.sorted, heading.path.as_str()), (sorted, path));
        }
    }
}
