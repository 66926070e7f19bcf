//! A purchasing system to click through: it asks for a session, shows the shop, takes the basket back and makes an order of
//! it. What it sends goes the way of all documents; nothing of it is ordered.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use data_encoding::BASE64;
use url::Url;

use super::open_account;
use crate::accounts::words::Head;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::AccountId;
use crate::punchout::cxml::{self, Element, model, writing};
use crate::punchout::pages::answer_staff;
use crate::punchout::setup::{self, Setup};
use crate::state::AppState;
use crate::web::{Fields, Shell, see_other};

/// What the page may show beside itself: the shop.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
     frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

#[derive(Template)]
#[template(path = "punchout/templates/try.html")]
struct TryPage<'a> {
    shell: &'a Shell,
    head: Head,
    /// Where the shop opens.
    start: Option<String>,
    /// Documents with what they are.
    documents: Vec<(String, String)>,
    /// Number, article, quantity, price, of a basket that came back.
    lines: Vec<[String; 4]>,
    total: String,
    /// The basket as it came, for the order.
    returned: Option<String>,
    notice: String,
}

impl<'a> TryPage<'a> {
    fn new(shell: &'a Shell, head: Head) -> Self {
        Self {
            shell,
            head,
            start: None,
            documents: Vec::new(),
            lines: Vec::new(),
            total: String::new(),
            returned: None,
            notice: String::new(),
        }
    }

    fn answer(&self) -> Result<HttpResponse> {
        let mut answer = self.shell.page(self)?;
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
        Ok(answer)
    }
}

async fn setup_of(state: &AppState, id: AccountId) -> Result<Option<Setup>> {
    let read = move |connection: &mut Connection| setup::find(connection, id);
    state.db.read(read).await
}

/// Where an account is set up, when it is not.
fn not_set_up(id: AccountId) -> HttpResponse {
    see_other(format!("/desk/accounts/{id}/punchout")).into()
}

/// A purchasing system to click through
#[get("/desk/accounts/{id}/punchout/try")]
pub async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let (account, _) = open_account(&state, &request, id).await?;
    if setup_of(&state, id).await?.is_none() {
        return Ok(not_set_up(id));
    }
    TryPage::new(&desk.shell, Head::new(&desk, &account, "punchout")).answer()
}

fn request_of(setup: &Setup, inner: Element, payload_id: &str) -> Element {
    let own = &setup.setup;
    let header = writing::header(
        (&own.buyer_domain, &own.buyer_identity),
        (&own.supplier_domain, &own.supplier_identity),
        Some("…"),
    );
    let request = Element::new("Request").with("deploymentMode", "test").holding(inner);
    writing::document([header, request], payload_id, now())
}

/// Asks for a session and shows the shop
#[post("/desk/accounts/{id}/punchout/try")]
pub async fn begin(
    state: Data<AppState>,
    request: HttpRequest,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account, base) = open_account(&state, &request, id).await?;
    let Some(setup) = setup_of(&state, id).await? else {
        return Ok(not_set_up(id));
    };
    let shell = &desk.shell;
    let back = base.join(&format!("/desk/accounts/{id}/punchout/try/return"));
    let back = back.map(String::from).unwrap_or_default();
    let payload_id = writing::payload_id(now());
    let asked = Element::new("PunchOutSetupRequest")
        .with("operation", "create")
        .holding(Element::text_of("BuyerCookie", &payload_id))
        .holding(Element::new("BrowserFormPost").holding(Element::text_of("URL", back)));
    let document = request_of(&setup, asked, &payload_id);
    let answer = answer_staff(&state, id, base.clone(), writing::written(&document, "cXML")).await;
    let mut page = TryPage::new(shell, Head::new(&desk, &account, "punchout"));
    let read = cxml::read(answer.as_bytes()).unwrap_or_default();
    page.start = read
        .value_at(&["Response", "PunchOutSetupResponse", "StartPage", "URL"])
        .and_then(|url| Url::parse(&url).ok())
        .map(|url| url.path().to_owned());
    if fields.get("in") == "window"
        && let Some(start) = &page.start
    {
        return Ok(see_other(start.as_str()).into());
    }
    page.documents = vec![
        (shell.t("punchout-try-setup"), document.to_lines()),
        (shell.t("punchout-try-answer"), read.to_lines()),
    ];
    page.answer()
}

/// The document that a form brought back.
fn brought(fields: &Fields) -> Option<String> {
    match fields.filled("cXML-base64") {
        Some(packed) => String::from_utf8(BASE64.decode(packed.as_bytes()).ok()?).ok(),
        None => Some(fields.raw("cXML-urlencoded").to_owned()).filter(|text| !text.is_empty()),
    }
}

/// Takes the basket back and shows it
#[post("/desk/accounts/{id}/punchout/try/return")]
pub async fn take_back(
    state: Data<AppState>,
    request: HttpRequest,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account, _) = open_account(&state, &request, id).await?;
    let shell = &desk.shell;
    let mut page = TryPage::new(shell, Head::new(&desk, &account, "punchout"));
    let text = brought(&fields).unwrap_or_default();
    match cxml::read(text.as_bytes()) {
        Ok(document) if model::check(&document).is_ok() => {
            page.documents = vec![(shell.t("punchout-try-returned"), document.to_lines())];
            let message = document
                .at(&["Message", "PunchOutOrderMessage"])
                .cloned()
                .unwrap_or_default();
            let total = message.at(&["PunchOutOrderMessageHeader", "Total", "Money"]);
            page.total = total.map(money).unwrap_or_default();
            page.lines = message.all("ItemIn").map(line).collect();
            match page.lines.is_empty() {
                true => page.notice = shell.t("punchout-try-nothing"),
                false => page.returned = Some(BASE64.encode(text.as_bytes())),
            }
        }
        _ => page.notice = shell.t("punchout-try-unreadable"),
    }
    page.answer()
}

fn money(money: &Element) -> String {
    format!("{} {}", money.attribute("currency").unwrap_or_default(), money.value())
}

fn line(item: &Element) -> [String; 4] {
    let text = |path: &[&str]| item.value_at(path).unwrap_or_default();
    let unit = text(&["ItemDetail", "UnitOfMeasure"]);
    let price = item
        .at(&["ItemDetail", "UnitPrice", "Money"])
        .map(money)
        .unwrap_or_default();
    let basis = item.at(&["ItemDetail", "PriceBasisQuantity"]).map(|basis| {
        let of = |name| basis.attribute(name).unwrap_or_default();
        format!(
            " / {} {}",
            of("quantity"),
            basis.value_at(&["UnitOfMeasure"]).unwrap_or_default()
        )
    });
    [
        item.attribute("lineNumber").unwrap_or_default().to_owned(),
        format!(
            "{} {}",
            text(&["ItemID", "SupplierPartID"]),
            text(&["ItemDetail", "Description"])
        ),
        format!("{} {unit}", item.attribute("quantity").unwrap_or_default()),
        format!("{price}{}", basis.unwrap_or_default()),
    ]
}

/// Makes an order of the basket and shows what is said of it
#[post("/desk/accounts/{id}/punchout/try/order")]
pub async fn order(
    state: Data<AppState>,
    request: HttpRequest,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account, base) = open_account(&state, &request, id).await?;
    let Some(setup) = setup_of(&state, id).await? else {
        return Ok(not_set_up(id));
    };
    let shell = &desk.shell;
    let mut page = TryPage::new(shell, Head::new(&desk, &account, "punchout"));
    let returned = brought(&fields).and_then(|text| cxml::read(text.as_bytes()).ok());
    let message = returned.and_then(|document| document.at(&["Message", "PunchOutOrderMessage"]).cloned());
    let Some(message) = message.filter(|message| message.all("ItemIn").next().is_some()) else {
        page.notice = shell.t("punchout-try-unreadable");
        return page.answer();
    };
    let payload_id = writing::payload_id(now());
    let document = request_of(&setup, purchase(&message, &payload_id), &payload_id);
    let answer = answer_staff(&state, id, base, writing::written(&document, "cXML")).await;
    let read = cxml::read(answer.as_bytes()).unwrap_or_default();
    if let Some(status) = read.at(&["Response", "Status"]) {
        let of = |name| status.attribute(name).unwrap_or_default();
        page.notice = format!("{} {}. {}", of("code"), of("text"), status.value());
    }
    page.documents = vec![
        (shell.t("punchout-try-order-sent"), document.to_lines()),
        (shell.t("punchout-try-answer"), read.to_lines()),
    ];
    page.answer()
}

/// The order that a purchasing system makes of a basket.
fn purchase(message: &Element, payload_id: &str) -> Element {
    let number: String = payload_id.chars().filter(char::is_ascii_digit).take(13).collect();
    let total = message
        .at(&["PunchOutOrderMessageHeader", "Total"])
        .cloned()
        .unwrap_or_default();
    let address = Element::new("Address").holding(Element::text_of("Name", "Test").with("xml:lang", "en"));
    let header = Element::new("OrderRequestHeader")
        .with("orderID", format!("TEST-{number}"))
        .with("orderDate", writing::moment(now()))
        .with("type", "new")
        .holding(total)
        .holding(Element::new("BillTo").holding(address));
    let items = message.all("ItemIn").map(|item| {
        let of = |name| item.attribute(name).unwrap_or_default();
        Element::new("ItemOut")
            .with("quantity", of("quantity"))
            .with("lineNumber", of("lineNumber"))
            .holding_all(item.at(&["ItemID"]).cloned())
            .holding_all(item.at(&["ItemDetail"]).cloned())
    });
    Element::new("OrderRequest").holding(header).holding_all(items)
}
