//! E-invoices in several formats, to an address of their own, collected by a mandate, exempt by a code.

use portal::clock;
use serde_json::{Value, json};

use super::einvoices::{change, files, open, taken, within, writer};
use super::{Shop, id, line};

const ENDPOINT: &str = "0088:4012345000009";

/// The supplier's data with what collects and exempts.
const SUPPLIER: &str = "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone,email,phone,contact,endpoint,legal_id,\
     creditor_id,exemption_code\n\
     The Supplier,NL,EUR,NL001234567B01,Kade 1,Rotterdam,3011,NL91ABNA0417164300,ABNANL2A,Europe/Amsterdam,\
     sales@supplier.example,+31 10 1234567,Ada Byron,0106:12345678,0106:12345678,NL79ZZZ999999990000,VATEX-EU-132-1I\n";

async fn sold(shop: &Shop, sku: &str) -> Value {
    let order = shop.accepted(&shop.gold, &[line(sku, "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    shop.invoice(&shipment).await
}

#[tokio::test]
async fn an_access_point_gets_a_file_of_each_format() {
    let shop = open().await;
    let wanted = json!({
        "einvoice": "peppol", "einvoice_also": "factur_x cii", "einvoice_by": "access_point", "endpoint": ENDPOINT,
    });
    let kept = change(&shop, "GOLD", wanted).await.expect(200);
    assert_eq!(kept["einvoice_also"], "cii factur_x");
    let invoice = sold(&shop, "RARE").await;
    let credit = shop.credit(&invoice, Value::Null).await;
    let folder = tempfile::TempDir::new().unwrap();
    let writer = writer(&shop, folder.path());
    assert_eq!(writer.step(clock::now()).await.unwrap(), 6);
    let named = |document: &Value| {
        let base = format!("{}-{}", document["number"].as_str().unwrap(), id(document));
        [
            format!("{base}-cii.xml"),
            format!("{base}-factur_x.pdf"),
            format!("{base}.xml"),
        ]
    };
    let mut names = [named(&invoice), named(&credit)].concat();
    names.sort();
    assert_eq!(files(folder.path()), names);
    let [cii, _, ubl] = named(&invoice);
    for (file, format) in [(cii, "cii"), (ubl, "ubl")] {
        let written = std::fs::read_to_string(folder.path().join(file)).unwrap();
        let asked = taken(&shop.gold, &format!("/invoices/{}/{format}", id(&invoice))).await;
        assert_eq!(written, asked, "{format}");
    }
    let page = shop.app.browse_staff("finance").await;
    let html = page.page(&format!("/desk/invoices/{}", id(&invoice))).await;
    assert!(named(&invoice).iter().all(|name| html.contains(name)), "{html}");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_one_of_the_formats_would_refuse_gets_no_number() {
    let shop = open().await;
    let wanted = json!({"einvoice": "cii", "einvoice_also": "peppol"});
    change(&shop, "GOLD", wanted).await.expect(200);
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    let body = json!({"shipment_id": id(&shipment)});
    let refused = shop.finance.post_with_key("/supplier/invoices", "one", body).await;
    let problem = refused.problem(422, "einvoice_refused");
    assert_eq!(problem["params"]["rules"], "PEPPOL-EN16931-R010", "{problem}");
    for (field, wrong) in [
        ("einvoice_also", "cii pdf"),
        ("einvoice_email", "nobody"),
        ("mandate_reference", "Ä"),
        ("mandate_iban", "DE00"),
    ] {
        let faults = change(&shop, "GOLD", json!({ field: wrong })).await.faults();
        assert!(
            faults.iter().any(|(at, _)| at == &format!("/{field}")),
            "{field}: {faults:?}"
        );
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn invoices_and_credit_notes_go_to_the_address_that_is_set() {
    let shop = open().await;
    let payer = shop.app.add_person("GOLD", "finance").await;
    let email = "invoices@gold.example";
    let wanted = json!({
        "einvoice": "cii", "einvoice_also": "ubl factur_x", "einvoice_by": "mail", "einvoice_email": email,
    });
    change(&shop, "GOLD", wanted).await.expect(200);
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    let before = shop.app.mails().await;
    assert!(before.iter().all(|mail| mail.email != email), "it gets invoices alone");
    let invoice = shop.invoice(&shipment).await;
    let mails = shop.app.mails().await;
    let number = invoice["number"].as_str().unwrap();
    for address in [email, &payer] {
        let own: Vec<_> = mails.iter().filter(|mail| mail.email == address).collect();
        assert_eq!(own.len(), 1, "{address}");
        assert_eq!(
            own[0].files,
            [
                format!("invoice-{number}.pdf"),
                format!("invoice-{number}-cii.xml"),
                format!("invoice-{number}-ubl.xml"),
            ],
            "{address}"
        );
    }
    let credit = shop.credit(&invoice, Value::Null).await;
    let mails = shop.app.mails().await;
    let mail = mails.iter().find(|mail| mail.email == email).expect("it is told of it");
    let number = credit["number"].as_str().unwrap();
    assert!(mail.texts.subject.contains(number), "{}", mail.texts.subject);
    assert_eq!(mail.files.len(), 3, "{:?}", mail.files);
    // Nobody there signs in: there are no settings to lead to.
    assert!(
        !mail.texts.text.contains("/account/notifications"),
        "{}",
        mail.texts.text
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_collected_says_so_in_every_document() {
    let shop = open().await;
    shop.app.import(&[("supplier.csv", SUPPLIER)]).await;
    let half = change(&shop, "GOLD", json!({"mandate_reference": "MREF-1"})).await;
    assert_eq!(half.faults(), [("/mandate_iban".to_owned(), "required".to_owned())]);
    let mandate = json!({
        "mandate_reference": "MREF-1", "mandate_iban": "DE75512108001245126199", "einvoice": "peppol", "endpoint": ENDPOINT,
        "buyer_reference": "R-1",
    });
    change(&shop, "GOLD", mandate).await.expect(200);
    let invoice = sold(&shop, "RARE").await;
    let path = |format: &str| format!("/invoices/{}/{format}", id(&invoice));
    for profile in ["peppol", "en16931", "xrechnung"] {
        let ubl = taken(&shop.gold, &path(&format!("ubl?profile={profile}"))).await;
        assert_eq!(within(&ubl, "cbc:PaymentMeansCode"), "59", "{profile}");
        let (_, mandate) = ubl.split_once("<cac:PaymentMandate>").unwrap();
        assert_eq!(within(mandate, "cbc:ID"), "MREF-1");
        assert!(mandate.contains("DE75512108001245126199"), "{ubl}");
        assert!(
            ubl.contains("<cbc:ID schemeID=\"SEPA\">NL79ZZZ999999990000</cbc:ID>"),
            "{ubl}"
        );
        assert!(
            !ubl.contains("PayeeFinancialAccount"),
            "nothing is to be transferred: {ubl}"
        );
    }
    let cii = taken(&shop.gold, &path("cii")).await;
    assert_eq!(within(&cii, "ram:CreditorReferenceID"), "NL79ZZZ999999990000");
    assert_eq!(within(&cii, "ram:DirectDebitMandateID"), "MREF-1");
    taken(&shop.gold, &path("factur-x")).await;
    // Which invoices were collected stays as it was.
    let none = json!({"mandate_reference": null, "mandate_iban": null});
    change(&shop, "GOLD", none).await.expect(200);
    let same = taken(&shop.gold, &path("ubl?profile=xrechnung")).await;
    assert_eq!(within(&same, "cbc:PaymentMeansCode"), "59");
    let next = sold(&shop, "RARE").await;
    let ubl = taken(&shop.gold, &format!("/invoices/{}/ubl?profile=xrechnung", id(&next))).await;
    assert_eq!(within(&ubl, "cbc:PaymentMeansCode"), "58");
    assert_eq!(within(&ubl, "cbc:PaymentID"), next["payment_reference"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn an_exemption_says_by_which_article() {
    let shop = open().await;
    let before = sold(&shop, "EXEMPT").await;
    for wrong in ["VATEX-EU-AE", "132"] {
        let file = SUPPLIER.replace("VATEX-EU-132-1I", wrong);
        let report = shop
            .app
            .try_import(&[("supplier.csv", &file)], portal::imports::Options::default())
            .await;
        assert_eq!(report.faults[0].column.to_string(), "exemption_code", "{wrong}");
    }
    shop.app.import(&[("supplier.csv", SUPPLIER)]).await;
    let invoice = sold(&shop, "EXEMPT").await;
    for (invoice, told) in [(&before, false), (&invoice, true)] {
        let path = |format: &str| format!("/invoices/{}/{format}", id(invoice));
        let ubl = taken(&shop.gold, &path("ubl?profile=en16931")).await;
        let cii = taken(&shop.gold, &path("cii")).await;
        let code = |xml: &str, element: &str| xml.contains(element).then(|| within(xml, element).to_owned());
        let wanted = told.then(|| "VATEX-EU-132-1I".to_owned());
        assert_eq!(code(&ubl, "cbc:TaxExemptionReasonCode"), wanted);
        assert_eq!(code(&cii, "ram:ExemptionReasonCode"), wanted);
    }
    // What is credited of it is exempt by the same.
    let credit = shop.credit(&invoice, Value::Null).await;
    let path = format!("/credit-notes/{}/ubl?profile=en16931", id(&credit));
    assert_eq!(
        within(&taken(&shop.gold, &path).await, "cbc:TaxExemptionReasonCode"),
        "VATEX-EU-132-1I"
    );
    shop.app.finish().await;
}
