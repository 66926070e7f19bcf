//! An invoice on paper.

use std::sync::Arc;

use portal::accounts;
use portal::db::Connection;
use portal::documents::{Paper, Typesetter};
use portal::ids::InvoiceId;
use portal::invoices::einvoice::{self, Source};
use portal::seed::sheets;

use super::{Sides, over_http};
use crate::client::Client;
use crate::load::{self, Timer};
use crate::world::World;

/// Beside the same papers, read beforehand, typeset and written as PDF on one thread.
pub fn invoice(world: &World) -> Sides {
    let mut client = Client::connect(world.address);
    let answer = client.send(&world.get(0, "/api/v1/invoices?limit=10"));
    let list: serde_json::Value = serde_json::from_slice(answer.body).unwrap();
    let ids: Vec<String> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|invoice| invoice["id"].as_str().unwrap().to_owned())
        .collect();
    let papers: Vec<_> = ids.iter().map(|id| read(world, id.parse().unwrap())).collect();
    let typesetter = Typesetter::new(None).unwrap();
    let turn = |count: u64, of: usize| usize::try_from(count).unwrap() % of;
    Sides {
        product: over_http(
            world.address,
            1,
            Arc::new(move |world, _, count| {
                let id = &ids[turn(count, ids.len())];
                world.get(0, &format!("/api/v1/invoices/{id}/pdf"))
            }),
        ),
        floor: Box::new(move |_, measured| {
            load::by_threads(1, measured, |_| {
                let (papers, typesetter) = (&papers, &typesetter);
                move |timer: &mut Timer<'_>| {
                    let paper = &papers[turn(load::next(), papers.len())];
                    timer.time(|| drop(typesetter.pdf(paper).unwrap()));
                }
            })
        }),
    }
}

fn read(world: &World, id: InvoiceId) -> Paper {
    let code = sheets::code(world.account_of(0));
    let read = move |connection: &mut Connection| {
        let account = accounts::find_by_code(connection, &code)?.expect("imported");
        einvoice::paper(connection, account.id, Source::Invoice(id))
    };
    world.db.read_now(read).unwrap()
}
