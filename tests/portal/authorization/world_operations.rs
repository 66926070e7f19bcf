//! Somebody who is forgotten, and what is made once for all who read it.

use portal::audit::Actor;
use portal::clock;
use portal::ids::ErasureId;
use portal::operations::erasing;

use super::world::World;
use crate::client::unique;

impl World {
    /// What a row only reads is made once for all its readers, but for what goes as the next of its kind is made.
    pub(super) async fn once(&self, row: &str, made: impl Future<Output = String>) -> String {
        if ["/entitlements", "/order-minimums", "/substitutes", "/webhook"]
            .iter()
            .any(|kind| row.contains(kind))
        {
            return made.await;
        }
        if let Some(id) = self.read.lock().unwrap().get(row) {
            return id.clone();
        }
        let id = made.await;
        self.read.lock().unwrap().insert(row.to_owned(), id.clone());
        id
    }

    /// The erasure of somebody who was just invited.
    pub async fn erasure(&self) -> String {
        let email = format!("{}@acme.example", unique());
        let invitation = serde_json::json!({"email": email, "role": "buyer"});
        self.member("admin").post("/invitations", invitation).await.expect(201);
        let begin = move |tx: &mut _| {
            erasing::begin(
                tx,
                &Actor::program("test"),
                None,
                ErasureId::new(),
                &email,
                clock::now(),
            )
        };
        self.app().db().write(begin).await.unwrap().to_string()
    }
}
