//! Punchout: documents of a buyer's system, the shop that it shows, baskets that go back, orders that come.

mod dtd;
mod documents;
mod oci;
mod orders;
mod outgoing;
mod sessions;
mod substitutes;
mod updates;

use data_encoding::BASE64;
use portal::punchout::cxml::{Element, read};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Shown};
use crate::client::{Client, unique};

/// BOLT: 3.25 for 100, 40 a carton of 12 pieces by its own price, pallets of 480 by the piece; CABLE: metres with two decimals.
const FILES: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone\n\
         The Supplier,NL,EUR,NL001234567B01,Kade 1,Rotterdam,3011,NL91ABNA0417164300,ABNANL2A,Europe/Amsterdam\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         ACME,Acme Works,NL,EUR,gold,30,\nRIVAL,Rival Works,NL,EUR,silver,30,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,category\n\
         BOLT,Schraube M8 für Ständer aus Stahl – weißüberzogen,H87,0,S,\nCABLE,Kabel <3×1.5> & Co,MTR,2,S,Cables\n",
    ),
    (
        "units.csv",
        "sku,unit,unit_code,name,base_quantity,min_quantity,multiple\n\
         BOLT,CT12,XCT,Carton of 12,12,1,1\nBOLT,PAL,XPX,Pallet,480,1,1\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         BASE,BOLT,H87,1,3.25,100\nBASE,BOLT,CT12,1,0.40,1\nBASE,CABLE,MTR,0.01,1.2,1\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nNORTH,BOLT,9600\nNORTH,CABLE,500\n"),
];

/// Where the buyer's system is.
pub const BACK: &str = "https://erp.acme.example/back?x=1";

/// A set-up of the buyer with this identity.
pub fn setup(identity: &str) -> Value {
    json!({
        "buyer_domain": "DUNS", "buyer_identity": identity, "supplier_domain": "NetworkID", "supplier_identity": "AN1",
        "mode": "production", "return_hosts": ["erp.acme.example"], "frame_ancestors": ["https://erp.acme.example"],
        "units": {"H87": "EA", "XCT": "CT"}, "sites": {"4711": "MAIN"}, "classifications": {"Cables": "26121600"}, "classification_code": "31161500",
        "oci_user": format!("oci-{identity}"), "oci_vendor": "100042",
    })
}

/// A document with what it asks for.
pub fn document(identity: &str, secret: &str, payload_id: &str, asked: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.060/cXML.dtd">
<cXML payloadID="{payload_id}" timestamp="2026-11-29T10:00:00+00:00" xml:lang="en">
<Header><From><Credential domain="duns"><Identity>{identity}</Identity></Credential></From>
<To><Credential domain="NetworkID"><Identity>AN1</Identity></Credential></To>
<Sender><Credential domain="DUNS"><Identity>{identity}</Identity><SharedSecret>{secret}</SharedSecret></Credential><UserAgent>ERP 1</UserAgent></Sender></Header>
<Request deploymentMode="production">{asked}</Request></cXML>"#
    )
}

/// Sends a document; the answer, which is one too, with HTTP 200.
pub async fn send(client: &Client, text: String) -> Element {
    let headers = [("content-type", "text/xml; charset=UTF-8")];
    let answer = client
        .send_anywhere(Method::POST, "/punchout/cxml", &headers, Some(text))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/xml; charset=UTF-8");
    let read = read(answer.text.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}: {}", answer.text));
    dtd::assert_valid(&read);
    read
}

/// What stands as the status of an answer.
pub fn code(answer: &Element) -> (String, String) {
    let status = answer.at(&["Response", "Status"]).expect("a status");
    (status.attribute("code").unwrap().to_owned(), status.value())
}

pub async fn ask_profile(client: &Client, identity: &str, secret: &str) -> Element {
    send(client, document(identity, secret, &unique(), "<ProfileRequest/>")).await
}

/// A shop whose account ACME punches out.
pub struct Buyer {
    pub app: TestApp,
    pub staff: Client,
    pub secret: String,
    pub account: String,
}

impl Buyer {
    pub async fn start() -> Self {
        let app = TestApp::start().await;
        app.import(FILES).await;
        let staff = app.staff("admin").await;
        let accounts = staff.get("/supplier/accounts?limit=50").await.expect(200);
        let own = accounts["data"]
            .as_array()
            .unwrap()
            .iter()
            .find(|account| account["code"] == "ACME");
        let account = own.unwrap()["id"].as_str().unwrap().to_owned();
        let mut buyer = Self {
            app,
            staff,
            secret: String::new(),
            account,
        };
        buyer.put(setup("acme")).await;
        let rotated = buyer
            .staff
            .post(&buyer.at("/rotate-secret"), json!({}))
            .await
            .expect(200);
        buyer.secret = rotated["secret"].as_str().unwrap().to_owned();
        buyer
    }

    pub fn at(&self, rest: &str) -> String {
        format!("/supplier/accounts/{}/punchout{rest}", self.account)
    }

    pub async fn put(&self, setup: Value) {
        let headers = [("If-Match", "*")];
        let put = self
            .staff
            .send(Method::PUT, &self.at(""), &headers, Some(setup.to_string()))
            .await;
        put.expect(200);
    }

    pub async fn send_as(&self, payload_id: &str, asked: &str) -> Element {
        send(&self.app.anonymous(), document("acme", &self.secret, payload_id, asked)).await
    }

    pub async fn send(&self, asked: &str) -> Element {
        self.send_as(&unique(), asked).await
    }

    /// Asks for a session; the path of the link to it.
    pub async fn asked(&self, operation: &str, cookie: &str, rest: &str) -> String {
        let answer = self.send(&setup_request(operation, cookie, BACK, rest)).await;
        assert_eq!(code(&answer), ("200".to_owned(), String::new()));
        let url = answer
            .value_at(&["Response", "PunchOutSetupResponse", "StartPage", "URL"])
            .unwrap();
        url.split_once("/punchout/")
            .map(|(_, rest)| format!("/punchout/{rest}"))
            .unwrap()
    }

    /// Opens a session; a browser without anything, and the path of the shop.
    pub async fn shop(&self, operation: &str, cookie: &str, rest: &str) -> (Browser, String) {
        let browser = self.app.browser();
        let start = self.asked(operation, cookie, rest).await;
        let to = browser.get(&start).await.goes_to();
        let path = to.split('?').next().unwrap().to_owned();
        (browser, path)
    }

    pub async fn orders(&self) -> Vec<Value> {
        let orders = self.staff.get("/supplier/orders").await.expect(200);
        orders["data"].as_array().unwrap().clone()
    }
}

pub fn setup_request(operation: &str, cookie: &str, url: &str, rest: &str) -> String {
    format!(
        r#"<PunchOutSetupRequest operation="{operation}"><BuyerCookie>{cookie}</BuyerCookie><Extrinsic name="UserEmail">shopper@acme.example</Extrinsic><Extrinsic name="Odd"><Any/></Extrinsic><BrowserFormPost><URL>{url}</URL></BrowserFormPost>{rest}</PunchOutSetupRequest>"#
    )
}

/// The fields of the form that leads back, and where to.
pub fn form(shown: &Shown) -> (String, Vec<(String, String)>) {
    assert_eq!(shown.status, 200, "{}", shown.html);
    let text = |html: &str| {
        let plain = [
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#38;", "&"),
        ];
        plain
            .iter()
            .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let (_, rest) = shown
        .html
        .split_once("<form method=\"post\" action=\"")
        .expect("a form");
    let url = text(rest.split('"').next().unwrap());
    let inputs = rest.split("<input type=\"hidden\" name=\"").skip(1);
    let fields = inputs.map(|input| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (text(name), text(rest.split("\">").next().unwrap()))
    });
    (url, fields.collect())
}

/// The message that a form brings back.
pub fn message(shown: &Shown) -> Element {
    let (url, fields) = form(shown);
    assert_eq!(url, BACK);
    let [(name, value)] = fields.as_slice() else {
        panic!("{fields:?}")
    };
    let text = match name.as_str() {
        "cXML-base64" => String::from_utf8(BASE64.decode(value.as_bytes()).unwrap()).unwrap(),
        "cXML-urlencoded" => value.clone(),
        name => panic!("{name}"),
    };
    let message = read(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}: {text}"));
    dtd::assert_valid(&message);
    message
}
