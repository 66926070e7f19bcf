//! Programs of the two accounts and of the supplier.

use portal::db::sql;
use portal::ids::PersonId;
use reqwest::Method;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// The same person, who has a second factor.
    pub async fn with_factor(&self, id: &str) -> String {
        let person: PersonId = id.parse().unwrap();
        let insert = move |tx: &mut _| {
            sql(
                "INSERT INTO second_factors (person_id, secret, created_at, confirmed_at, last_step) \
                 SELECT id, 'AAAA', created_at, created_at, 0 FROM people WHERE id = $1",
            )
            .bind(person)
            .run(tx)
        };
        assert_eq!(self.app().db().write(insert).await.unwrap(), 1);
        id.to_owned()
    }

    /// A bulk job of the account ACME; where it is for staff one that is over.
    pub async fn bulk_job(&self, is_over: bool) -> String {
        let admin = self.member("admin");
        let key = unique();
        let headers = [
            ("content-type", "application/x-ndjson"),
            ("Idempotency-Key", key.as_str()),
        ];
        let sent = admin.send(Method::POST, "/bulk/orders", &headers, Some("{}".to_owned()));
        let id = id(&sent.await.expect(202));
        if is_over {
            admin
                .post(&format!("/bulk-jobs/{id}/cancel"), json!({}))
                .await
                .expect(200);
        }
        id
    }

    /// A new program of ACME, or of the supplier, with its secret.
    pub async fn program_at(&self, path: &str) -> serde_json::Value {
        let scope = if path.starts_with("/supplier/clients") {
            "stock:read"
        } else {
            "orders:read"
        };
        let by = if path.starts_with("/supplier") {
            self.staff("admin")
        } else {
            self.member("admin")
        };
        let client = json!({"name": "Acme program", "scopes": [scope]});
        by.post(path, client).await.expect(201)
    }

    /// The path with a program of ACME and a secret of the program in it, where it names them; `id` is what it names first.
    pub async fn with_program(&self, path: String, id: &str) -> String {
        let below = path.replacen("/desk/", "/supplier/", 1);
        let (collection, own) = match below.split_once("/clients/") {
            Some((before, _)) => (
                format!("{before}/clients").replace("{id}", id),
                path.contains("{client}"),
            ),
            None => return path,
        };
        let by = if below.starts_with("/supplier") {
            self.staff("admin")
        } else {
            self.member("admin")
        };
        let client = match own {
            true => self.program_at(&collection).await["client"].clone(),
            false => by.get(&format!("{collection}/{id}")).await.json(),
        };
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("nobodys").to_owned();
        path.replace("{client}", &text(&client["id"]))
            .replace("{which}", &text(&client["secrets"][0]["id"]))
    }

    /// A program of ACME, or of the supplier, with every scope there is for it: its id and its secret.
    pub async fn program(&self, path: &str, scopes: &[&str]) -> (String, String) {
        let by = if path.starts_with("/supplier") {
            self.staff("admin")
        } else {
            self.member("admin")
        };
        let added = by
            .post(path, json!({"name": "Acme program", "scopes": scopes}))
            .await
            .expect(201);
        (
            id(&added["client"]),
            added["secret"]["secret"].as_str().unwrap().to_owned(),
        )
    }
}
