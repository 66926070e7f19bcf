//! What banks told.

use portal::audit::Actor;
use portal::bank::reading::csv::Mapping;
use portal::bank::{self, EntryFilter, deciding, importing};
use portal::clock;

use super::world::World;
use crate::client::unique;

impl World {
    /// A statement of a bank, or an entry that nobody knows, ignored where it is to be looked at again.
    pub async fn bank(&self, path: &str) -> String {
        let list = format!("Day;Sum;Text\n2026-11-02;1,50;{}\n", unique());
        let mapping = Mapping {
            account: "NL91ABNA0417164300".to_owned(),
            currency: "EUR".to_owned(),
            columns: "booked_on=Day; amount=Sum; text=Text".to_owned(),
            ..Mapping::default()
        };
        let file = importing::read("list.csv", list.as_bytes(), &mapping).unwrap();
        let is_reopened = path.ends_with("/reopen");
        let import = move |tx: &mut _| {
            let actor = Actor::program("test");
            let (statements, _) = importing::import(tx, &file, &actor, clock::now())?;
            let statement_id = statements[0].row.id;
            let filter = EntryFilter {
                statement_id: Some(statement_id),
                ..EntryFilter::default()
            };
            let entry_id = bank::list_entries(tx, &filter, None, 1)?[0].row.own.id;
            if is_reopened {
                deciding::ignore(tx, entry_id, "because", &actor, clock::now())?;
            }
            Ok((statement_id, entry_id))
        };
        let (statement_id, entry_id) = self.app().db().write(import).await.unwrap();
        match path.starts_with("/bank-statements") {
            true => statement_id.to_string(),
            false => entry_id.to_string(),
        }
    }
}
