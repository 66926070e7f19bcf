//! Sandboxes: nothing of one is in the portal, its clock moves alone, its failures and its supplier come on request, and
//! what programs show there is judged.

mod conformance;
mod failing;
mod planned;
mod separation;
mod turning;

use actix_web::web::Data;
use portal::documents::Typesetter;
use portal::outbound::{Courier, Names};
use portal::state::AppState;
use portal::worker::sandboxes::Sandboxes;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::app::{Node, TestApp};
use crate::client::Client;
use crate::clients;
use crate::webhooks::here;

const GOODS: &[(&str, &str)] = &[
    (
        "sites.csv",
        "account,site,name,country\nACME,MAIN,Gate,NL\nRIVAL,MAIN,Gate,NL\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,exclusive_account\nBOLT,Bolt,H87,0,S,\nNUT,Nut,H87,0,S,\nTHEIRS,Theirs,H87,0,S,RIVAL\n",
    ),
    ("tax_rates.csv", "country,category,rate\nNL,AA,9\n"),
    (
        "assortment.csv",
        "account,sku,customer_part_number\nACME,BOLT,A-1\nACME,NUT,A-2\nRIVAL,BOLT,R-1\nRIVAL,THEIRS,R-2\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\nOWN,Agreed,EUR,contract,ACME\nSECRET,Agreed,EUR,contract,RIVAL\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,1,2\nBASE,NUT,H87,1,3\nOWN,BOLT,H87,1,1.50\nSECRET,BOLT,H87,1,0.10\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nNORTH,BOLT,5\nNORTH,NUT,5\n"),
];

/// A portal with a sandbox of ACME.
pub struct Boxed {
    pub app: TestApp,
    pub node: Node,
    pub staff: Client,
    /// An admin of ACME.
    pub admin: Client,
    pub account: String,
    /// Below the portal's address.
    pub path: String,
    end: watch::Sender<bool>,
}

impl Boxed {
    pub async fn start() -> Self {
        let app = TestApp::with_accounts().await;
        app.import(GOODS).await;
        let node = app.node_with(|state| state.reaching(here())).await;
        let staff = app.staff("admin").await.at(&node.anonymous());
        let admin = app.person("ACME", "admin").await.at(&node.anonymous());
        let account = id(&admin.get("/account").await.expect(200)).to_owned();
        let made = staff
            .post(&format!("/supplier/accounts/{account}/sandbox"), json!({}))
            .await;
        let path = made.expect(201)["path"].as_str().unwrap().to_owned();
        Self {
            end: worker(&app),
            app,
            node,
            staff,
            admin,
            account,
            path,
        }
    }

    /// Whoever calls the sandbox without a token.
    pub fn inside(&self) -> Client {
        Client::anonymous(&format!("{}{}", self.node.base, self.path))
    }

    /// A new program in the sandbox, with a token for all that it needs.
    pub async fn program(&self) -> Client {
        let scopes = [
            "catalogue:read",
            "events:read",
            "invoices:read",
            "members:read",
            "orders:read",
            "orders:write",
            "prices:read",
            "sandbox:use",
            "shipments:read",
            "stock:read",
            "webhooks:read",
            "webhooks:write",
        ];
        let (program, secret) = clients::add(&self.admin, "/sandbox/clients", &scopes).await;
        clients::token(&self.inside(), &program, &secret, "").await
    }

    /// Something staff do to the sandbox.
    pub async fn keep(&self, what: &str) -> Value {
        let path = format!("/supplier/accounts/{}/sandbox/{what}", self.account);
        self.staff.post(&path, json!({})).await.expect(200)
    }
}

impl Drop for Boxed {
    fn drop(&mut self) {
        let _ = self.end.send(true);
    }
}

/// Sends what sandboxes have to send until the sender is told to end.
fn worker(app: &TestApp) -> watch::Sender<bool> {
    let state = AppState::new(app.db().clone(), 0, Typesetter::new(None).unwrap()).unwrap();
    state.readiness.set_ready();
    let courier = Courier::new(here(), Names::System).unwrap();
    let url = "https://portal.example/".parse().unwrap();
    let sandboxes = Sandboxes::new(Data::new(state), courier, url).unwrap();
    let (end, ended) = watch::channel(false);
    tokio::spawn(sandboxes.run(ended));
    end
}

pub fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

pub fn bolts(quantity: &str) -> Value {
    json!({"lines": [{"sku": "BOLT", "unit": "H87", "quantity": quantity}]})
}
