//! Somebody who is forgotten.

use portal::audit::Actor;
use portal::clock;
use portal::ids::ErasureId;
use portal::operations::erasing;

use super::world::World;
use crate::client::unique;

impl World {
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
