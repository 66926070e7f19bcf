//! Staying in step with lists by `updated_since`: nothing that was added, changed or removed is missed, and nobody hears of what
//! is foreign.

mod early_access;
mod every_list;
mod mirrors;
mod planned;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::Client;

/// What a program keeps of a list: its rows by what tells them apart.
pub type Rows = BTreeMap<String, Value>;

/// A list that a program keeps a copy of.
pub struct Mirror {
    path: &'static str,
    /// The field that tells rows apart.
    key: &'static str,
    pub rows: Rows,
    /// What to ask with next.
    pub since: String,
}

/// All rows of a list, page by page.
pub async fn whole(client: &Client, path: &str, key: &str) -> Rows {
    let (mut rows, mut cursor) = (Rows::new(), String::new());
    let joint = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = client.get(&format!("{path}{joint}limit=3{cursor}")).await.expect(200);
        for row in page["data"].as_array().unwrap() {
            rows.insert(row[key].as_str().unwrap().to_owned(), row.clone());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}

/// The present as a program would write it.
pub fn present() -> String {
    portal::clock::rfc3339(portal::clock::now())
}

impl Mirror {
    /// Reads all of a list and begins to follow it.
    pub async fn begin(client: &Client, path: &'static str, key: &'static str) -> Self {
        let joint = if path.contains('?') { '&' } else { '?' };
        // Asked before reading, so that whatever comes meanwhile is told later.
        let begun = client
            .get(&format!("{path}{joint}updated_since={}", present()))
            .await
            .expect(200);
        Self {
            path,
            key,
            rows: whole(client, path, key).await,
            since: begun["next_updated_since"].as_str().unwrap().to_owned(),
        }
    }

    /// Takes over what changed; the ids of what is gone.
    pub async fn poll(&mut self, client: &Client) -> Vec<String> {
        let (mut cursor, mut next_since, mut gone) = (String::new(), self.since.clone(), Vec::new());
        let joint = if self.path.contains('?') { '&' } else { '?' };
        loop {
            let path = format!("{}{joint}limit=2&updated_since={}{cursor}", self.path, self.since);
            let page = client.get(&path).await.expect(200);
            for row in page["data"].as_array().unwrap() {
                self.rows
                    .insert(row[self.key].as_str().unwrap().to_owned(), row.clone());
            }
            for row in page["removed"].as_array().unwrap() {
                let id = row["id"].as_str().unwrap().to_owned();
                self.rows.retain(|_, kept| kept["id"] != row["id"]);
                gone.push(id);
            }
            page["next_updated_since"].as_str().unwrap().clone_into(&mut next_since);
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        self.since = next_since;
        gone
    }

    /// The copy is the list as it is, but for these fields, which show something of another thing.
    pub async fn same(&self, client: &Client, but: &[&str]) {
        let own = |mut rows: Rows| {
            for row in rows.values_mut() {
                let row = row.as_object_mut().unwrap();
                row.retain(|name, _| !but.contains(&name.as_str()));
            }
            rows
        };
        let now = whole(client, self.path, self.key).await;
        assert_eq!(own(self.rows.clone()), own(now), "{}", self.path);
    }
}
