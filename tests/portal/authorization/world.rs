//! Two accounts that must not see each other, a person in every role, and objects of the first account. Everything of
//! it carries its name, so that a hint at it is easy to find.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::NaiveDate;
use portal::accounts::recipients;
use portal::audit::Actor;
use portal::clock;
use portal::identity::one_time::Secrets;
use portal::identity::rules::StaffRole;
use portal::imports::runs::{self, Importer};
use portal::mail::rules::Kind;
use serde_json::json;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::client::{Client, unique};

pub const ACCOUNT_ROLES: &[&str] = &["admin", "buyer", "approver", "finance", "viewer"];
pub const STAFF_ROLES: &[&str] = &[
    "admin",
    "key_account_manager",
    "customer_service",
    "catalogue",
    "pricing",
    "warehouse",
    "finance",
];
/// Somebody who only signs in.
pub const SIGNING_IN: &str = "signing-in@acme.example";

const FILES: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,vat_id,street,city,postal_code,iban,endpoint,gs1_company_prefix\n\
         The Supplier,NL,EUR,NL000099998B57,Kade 1,Rotterdam,3011 AA,NL91ABNA0417164300,0106:12345678,4012345\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,endpoint\n\
         ACME,Acme Works,NL,EUR,gold,30,,0106:87654321\nRIVAL,Rival Works,NL,EUR,gold,30,,\n",
    ),
    (
        "sites.csv",
        "account,site,name,country,street,city,postal_code\n\
         ACME,MAIN,Acme Gate,NL,Gate 1,Delft,2611 AA\nRIVAL,MAIN,Rival Gate,NL,,,\n",
    ),
    (
        "contacts.csv",
        "account,contact,name\nACME,AP,Acme payables\nRIVAL,AP,Rival payables\n",
    ),
    (
        "team.csv",
        "email,account,function,position\nof-acme@supplier.example,ACME,key_account_manager,1\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin,exclusive_account\n\
         SHARED,Bolt,H87,0,S,,\n\
         ACME-ONLY,Acme bolt,H87,0,S,4006381333931,ACME\n\
         ACME-SCARCE,Acme nut,H87,0,S,,ACME\n\
         RIVAL-ONLY,Rival bolt,H87,0,S,,RIVAL\n",
    ),
    (
        "assortment.csv",
        "account,sku,customer_part_number,label_name\n\
         ACME,SHARED,ACME-1,Acme label\nACME,ACME-ONLY,ACME-2,\nACME,ACME-SCARCE,ACME-3,\n\
         RIVAL,SHARED,RIVAL-1,Rival label\nRIVAL,RIVAL-ONLY,RIVAL-2,\n",
    ),
    (
        "substitutes.csv",
        "sku,substitute,kind\nACME-SCARCE,SHARED,alternative\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\n\
         BASE,SHARED,H87,1,1\nBASE,ACME-ONLY,H87,1,2\nBASE,ACME-SCARCE,H87,1,2\nBASE,RIVAL-ONLY,H87,1,3\n",
    ),
    (
        "quotas.csv",
        "quota,scope,key,account,period,quantity\nACME-KEPT,category,None yet,ACME,month,5\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nNORTH,SHARED,100000\nNORTH,ACME-ONLY,100\nNORTH,RIVAL-ONLY,100\n",
    ),
];

/// Today where the supplier is, whose file names no zone: in UTC.
pub fn today() -> NaiveDate {
    clock::now().date()
}

pub fn id(object: &serde_json::Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

pub struct World {
    app: TestApp,
    members: BTreeMap<&'static str, Client>,
    staff: BTreeMap<&'static str, Client>,
    rival: Client,
    /// Where a buyer of ACME is at work.
    drafting: Browser,
    /// Of SHARED and of ACME-ONLY, as ACME sees them.
    shared_id: String,
    exclusive_id: String,
    /// What is only read, by the row that reads it.
    pub(super) read: Mutex<BTreeMap<String, String>>,
}

impl World {
    pub async fn start() -> Self {
        let app = TestApp::start().await;
        app.add_staff_named("of-acme@supplier.example", "key_account_manager")
            .await;
        app.import(FILES).await;
        let (mut members, mut staff) = (BTreeMap::new(), BTreeMap::new());
        for role in ACCOUNT_ROLES {
            members.insert(*role, app.person("ACME", role).await);
        }
        for role in STAFF_ROLES {
            staff.insert(*role, app.staff(role).await);
        }
        app.add_person_named(SIGNING_IN, "ACME", "buyer").await;
        let rival = app.person("RIVAL", "admin").await;
        let line = json!([{"sku": "SHARED", "unit": "H87", "quantity": "1"}]);
        let order = json!({"po_number": "ACME-PO", "lines": line});
        members["buyer"].place_order(order).await.expect(201);
        let invitation = json!({"email": "invited@acme.example", "role": "buyer"});
        members["admin"].post("/invitations", invitation).await.expect(201);
        let of_rival = json!({"po_number": "RIVAL-PO", "lines": line});
        rival.place_order(of_rival).await.expect(201);
        let products = members["buyer"].get("/products").await.expect(200);
        let id_of = |sku: &str| {
            let mut all = products["data"].as_array().unwrap().iter();
            let product = all.find(|product| product["sku"] == sku).unwrap();
            product["id"].as_str().unwrap().to_owned()
        };
        let world = Self {
            shared_id: id_of("SHARED"),
            exclusive_id: id_of("ACME-ONLY"),
            drafting: app.browse_as("ACME", "buyer").await,
            app,
            members,
            staff,
            rival,
            read: Mutex::default(),
        };
        // Something of ACME in every list.
        world.credit_note().await;
        world.claim().await;
        world.contract("/contracts").await;
        world.returned(false).await;
        world.reminder().await;
        world.program_at("/clients").await;
        world.bulk_job(true).await;
        world
    }

    /// What serves it.
    pub fn app(&self) -> &TestApp {
        &self.app
    }

    pub fn anonymous(&self) -> Client {
        self.app.anonymous()
    }

    /// The person of ACME in `role`.
    pub fn member(&self, role: &str) -> &Client {
        &self.members[role]
    }

    pub fn staff(&self, role: &str) -> &Client {
        &self.staff[role]
    }

    /// One more member of ACME.
    pub async fn new_member(&self, role: &str) -> Client {
        self.app.person("ACME", role).await
    }

    /// One more of the staff.
    pub async fn new_staff(&self, role: &str) -> Client {
        self.app.staff(role).await
    }

    /// The admin of the other account.
    pub fn rival(&self) -> &Client {
        &self.rival
    }

    /// An object of ACME that `path` or its body may name, as far on as what is asked needs; a new one each time, so
    /// that it can be changed. Sessions are those of `client`.
    pub async fn object(&self, path: &str, client: &Client) -> String {
        let admin = &self.members["admin"];
        if path.starts_with("/supplier/clients/{id}") {
            return id(&self.program_at("/supplier/clients").await["client"]);
        }
        if path.contains("/punchout") {
            return self.punchout().await;
        }
        if path.contains("/sandbox") {
            return self.sandbox(path, false).await;
        }
        if path.contains("/webhook") {
            return self.webhook(path).await;
        }
        let of_staff = path.starts_with("/supplier");
        match path.trim_start_matches("/supplier") {
            "/products/{id}" | "/products/{id}/availability" | "/products/{id}/units" => self.exclusive_id.clone(),
            "/account/contacts/{id}" => self.contact().await,
            path if path.starts_with("/clients/{id}") => id(&self.program_at("/clients").await["client"]),
            path if path.starts_with("/staff/{id}") => {
                let colleague = id(&self.new_staff("warehouse").await.get("/me").await.expect(200));
                self.with_factor(&colleague).await
            }
            path if path.ends_with("/members/{id}/second-factor") || path.ends_with("/members/{id}/sessions") => {
                let member = id(&self.new_member("viewer").await.get("/me").await.expect(200));
                self.with_factor(&member).await
            }
            "/account/members/{id}" | "/members/{id}" => {
                id(&self.new_member("viewer").await.get("/me").await.expect(200))
            }
            "/invitations/{id}" => {
                let invitation = json!({"email": format!("{}@acme.example", unique()), "role": "buyer"});
                id(&admin.post("/invitations", invitation).await.expect(201))
            }
            "/erasures/{id}" => self.erasure().await,
            "/me/sessions/{id}" => self.another_session(client).await,
            path if path.ends_with("/{token}") || path.ends_with("/{link}") => self.unsubscribe_token().await,
            path if path.starts_with("/imports/{id}") => self.import().await,
            path if path.starts_with("/bulk-jobs/{id}") => self.bulk_job(of_staff).await,
            "/accounts/{id}/close" => {
                let account = json!({"code": unique(), "name": "To close", "country": "NL", "currency": "EUR", "tier": "gold", "payment_terms_days": 30});
                self.made("accounts", account).await
            }
            "/sites/{id}" | "/sites/{id}/delivery-windows" => {
                let account = self.account().await;
                let path = format!("/supplier/accounts/{account}/sites");
                id(&self.staff["admin"].get(&path).await.expect(200)["data"][0])
            }
            path if path.starts_with("/accounts/{id}") => self.account().await,
            path if path.starts_with("/substitutes") => self.substitute(path).await,
            path if path.starts_with("/substitute-proposals/{id}") => self.proposal().await,
            "/orders/{id}/substitutes" => self.waiting().await,
            path if path.starts_with("/orders/{id}/lines/{line}/") => self.waiting().await,
            "/orders/{id}/release" => self.steered("hold").await,
            "/shipments" if path.starts_with("/supplier") => self.steered("accept").await,
            path if Self::is_of_shipping(path) => self.of_shipping(path).await,
            "/shipments/{id}/proof" => self.arrived().await,
            path if path.starts_with("/shipments/{id}") => self.shipment().await,
            "/invoices" if path.starts_with("/supplier") => self.shipment().await,
            "/invoices/{id}/undispute" => self.disputed().await,
            path if path.starts_with("/invoices/{id}") => self.invoice().await,
            path if path.starts_with("/units/{id}") => {
                let unit = json!({"unit": unique(), "unit_code": "XCT", "name": "A pack", "base_quantity": "10"});
                let path = format!("/supplier/products/{}/units", self.shared_id);
                id(&self.staff["admin"].post(&path, unit).await.expect(201))
            }
            path if path.starts_with("/assortments/{id}") => self.assortment_row().await,
            path if path.starts_with("/price-lists/{id}") => self.price_list().await,
            path if path.starts_with("/order-minimums") => self.order_minimum(path).await,
            path if path.starts_with("/discounts/{id}") => self.discount().await,
            path if path.starts_with("/prices/{id}") => self.price().await,
            path if path.starts_with("/costs/{id}") => self.cost().await,
            path if path.starts_with("/price-changes/{id}") => self.price_change(path).await,
            path if path.starts_with("/price-corrections/{id}") => self.price_correction().await,
            path if path.starts_with("/rebate-agreements/{id}") || path.starts_with("/rebate-settlements/{id}") => {
                self.agreed(path).await
            }
            "/rebates" | "/promises" | "/write-offs" => self.invoice().await,
            "/rebates/{id}" => self.rebate().await,
            "/claims" | "/returns" => self.shipment().await,
            path if path.starts_with("/order-changes") => self.change().await,
            "/returns/{id}/credit" => self.returned_to_credit().await,
            path if path.starts_with("/returns/{id}") => self.returned(path.ends_with("/inspect")).await,
            path if path.starts_with("/claim-files/{id}") => self.claim_file().await,
            "/claims/{id}/settle" | "/claims/{id}/return" => self.accepted_claim().await,
            path if path.starts_with("/claims/{id}") => self.claim().await,
            "/credit-notes" if path.starts_with("/supplier") => self.invoice().await,
            path if path.starts_with("/credit-notes/{id}") => self.credit_note().await,
            path if path.starts_with("/entitlements") => self.entitlement(path).await,
            path if path.starts_with("/early-access/{id}") => self.early_access().await,
            path if path.starts_with("/bank") => self.bank(path).await,
            path_below if path_below.starts_with("/contracts/{id}") => self.contract(path).await,
            path if path.starts_with("/quotas/{id}") || path.starts_with("/allocation-modes/{id}") => {
                self.shared(path).await
            }
            path if path.starts_with("/reminder-policies/{id}") => self.reminder_policy().await,
            path if path.starts_with("/reminder-runs/{id}") => self.reminder_run().await,
            path if path.starts_with("/reminders/runs/") => self.reminder_run().await,
            path if path.starts_with("/reminders/") => self.reminder().await,
            path if path.starts_with("/promises/{id}") => {
                let invoice = self.invoice().await;
                let promise = json!({"account": "ACME", "invoices": [invoice], "promised_on": today()});
                self.made("promises", promise).await
            }
            path if path.starts_with("/calendars/{id}") => {
                // A warehouse has one calendar: each has a warehouse of its own, which its first count makes.
                let warehouse = unique();
                let count = format!("warehouse,sku,on_hand\n{warehouse},SHARED,0\n");
                self.app.import(&[("stock.csv", count.as_str())]).await;
                let calendar = json!({"calendar": warehouse, "warehouse": warehouse, "weekdays": "mon-fri"});
                self.made("calendars", calendar).await
            }
            path if path.starts_with("/expected-receipts/{id}") => {
                let expected = json!({"reference": unique(), "warehouse": "NORTH", "sku": "SHARED", "quantity": "5", "expected_on": "2035-12-12"});
                self.made("expected-receipts", expected).await
            }
            "/refunds" => self.on_account().await,
            path if path.starts_with("/refunds/{id}") => self.refund().await,
            path if path.starts_with("/write-offs/{id}") => self.write_off().await,
            path if path.starts_with("/payments/{id}") => self.payment().await,
            path if path.starts_with("/messages/{id}") => self.sent_message().await,
            path if path.starts_with("/orders/{id}") => self.order().await,
            _ => String::new(),
        }
    }

    /// The account ACME.
    pub async fn account(&self) -> String {
        id(&self.members["admin"].get("/account").await.expect(200))
    }

    /// A new contact of the account ACME.
    pub async fn contact(&self) -> String {
        let contact = json!({"code": unique(), "name": "Acme contact"});
        id(&self.members["admin"]
            .post("/account/contacts", contact)
            .await
            .expect(201))
    }

    /// A new draft of a colleague.
    pub async fn draft(&self) -> String {
        let to = self.drafting.post("/drafts", &[]).await.goes_to();
        let id = to.trim_start_matches("/drafts/").to_owned();
        let line = [
            ("draft", id.as_str()),
            ("key", "SHARED"),
            ("quantity", "1"),
            ("unit", "H87"),
        ];
        self.drafting.post("/quick-order/lines", &line).await.goes_to();
        id
    }

    /// Goods that arrived.
    pub async fn receipt(&self) -> String {
        let receipt = json!({"warehouse": "NORTH", "lines": [{"sku": "SHARED", "quantity": "1"}]});
        self.made("receipts", receipt).await
    }

    /// An import of one of the staff that nobody works on.
    async fn import(&self) -> String {
        let staff = self.staff["admin"].get("/me").await.expect(200);
        let importer = Importer {
            person_id: id(&staff).parse().unwrap(),
            roles: [StaffRole::Admin].into(),
            scopes: None,
            actor: Actor::program("test"),
        };
        let files = [("stock.csv".to_owned(), Vec::new())];
        let create = move |tx: &mut _| runs::create(tx, &importer, &files, None, clock::now());
        self.app.db().write(create).await.unwrap().to_string()
    }

    async fn order(&self) -> String {
        let line = json!([{"sku": "SHARED", "unit": "H87", "quantity": "1"}]);
        let order = json!({"po_number": format!("ACME-{}", unique()), "lines": line});
        id(&self.members["buyer"].place_order(order).await.expect(201))
    }

    /// An order that is accepted or held.
    pub(super) async fn steered(&self, step: &str) -> String {
        let order = self.order().await;
        let body = if step == "hold" {
            json!({"reason": "to look at it"})
        } else {
            json!({})
        };
        let path = format!("/supplier/orders/{order}/{step}");
        self.staff["admin"].post(&path, body).await.expect(200);
        order
    }

    pub(super) async fn made(&self, what: &str, body: serde_json::Value) -> String {
        let path = format!("/supplier/{what}");
        let answer = self.staff["admin"].post_with_key(&path, &unique(), body).await;
        id(&answer.expect(201))
    }

    pub async fn shipment(&self) -> String {
        let order = self.steered("accept").await;
        self.made("shipments", json!({"order_id": order})).await
    }

    /// A session of the client's person beside the one they use; any text for nobody.
    async fn another_session(&self, client: &Client) -> String {
        let me = client.get("/me").await;
        if me.status != 200 {
            return "nobodys".to_owned();
        }
        let email = me.json()["email"].as_str().unwrap().to_owned();
        let sessions = self.app.sign_in(&email).await.get("/me/sessions").await.expect(200);
        let mut all = sessions["data"].as_array().unwrap().iter();
        let newest = all.find(|session| session["current"] == true).unwrap();
        newest["id"].as_str().unwrap().to_owned()
    }

    /// What a mail to a member of ACME carries.
    async fn unsubscribe_token(&self) -> String {
        let me = self.members["viewer"].get("/me").await.expect(200);
        let id = me["id"].as_str().unwrap().parse().unwrap();
        let read = move |connection: &mut _| {
            let secrets = Secrets::load(connection)?;
            recipients::unsubscribe_token(secrets.current()?, id, Kind::Shipped)
        };
        self.app.db().read(read).await.unwrap()
    }

    /// The keys of a line: an article of ACME by it, and one that nobody has.
    pub fn articles_of_acme(&self) -> [(&'static str, String, String); 4] {
        [
            ("sku", "ACME-ONLY".to_owned(), "NOBODYS".to_owned()),
            ("customer_part_number", "ACME-2".to_owned(), "NOBODYS".to_owned()),
            ("gtin", "4006381333931".to_owned(), "5901234123457".to_owned()),
            ("product_id", self.exclusive_id.clone(), unknown_id(&self.shared_id)),
        ]
    }
}

/// An id of the same kind that nothing has.
pub fn unknown_id(id: &str) -> String {
    let (prefix, _) = id.split_once('_').unwrap();
    format!("{prefix}_{}", portal::ids::encode(portal::ids::next()))
}

/// True when the text tells anything of ACME.
pub fn hints_at_acme(text: &str) -> bool {
    text.to_lowercase().contains("acme")
}
