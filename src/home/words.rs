//! What a search found, as the pages of the portal and of the desk show it.

use super::searching::ROWS;
use crate::web::Shell;

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its kind: `orders`, `products`.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// The first of it.
    pub rows: Vec<Row>,
    /// Where all of it is and what that is called, if there is more.
    pub all: Option<(String, String)>,
}

/// An object that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub path: String,
    /// What people call it.
    pub number: String,
    /// Its name, or whose it is.
    pub name: String,
    /// What else is known of it.
    pub under: String,
}

impl Group {
    /// The first [`ROWS`] of what was found; `list` is where all of it is.
    pub fn new(shell: &Shell, id: &'static str, mut rows: Vec<Row>, list: String) -> Self {
        let all = (rows.len() > ROWS).then(|| (list, shell.t(&format!("search-all-{id}"))));
        rows.truncate(ROWS);
        Self {
            id,
            title: shell.t(&format!("search-{id}")),
            rows,
            all,
        }
    }
}
