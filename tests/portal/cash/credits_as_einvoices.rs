//! Credit notes as e-invoices: like their invoices, in each syntax, by mail and for an access point.

use portal::clock;
use serde_json::{Value, json};

use super::einvoices::{change, files, open, taken, within, writer};
use super::{Shop, id, line};

const ENDPOINT: &str = "0088:4012345000009";

/// The documents of a credit note in each syntax: UBL by Peppol, CII, Factur-X.
async fn documents(shop: &Shop, credit: &Value) -> [String; 3] {
    let path = |format: &str| format!("/credit-notes/{}/{format}", id(credit));
    taken(&shop.gold, &path("ubl?profile=en16931")).await;
    [
        taken(&shop.gold, &path("ubl")).await,
        taken(&shop.gold, &path("cii")).await,
        taken(&shop.gold, &path("factur-x")).await,
    ]
}

#[tokio::test]
async fn a_credit_note_is_an_e_invoice_of_type_381() {
    let shop = open().await;
    change(&shop, "GOLD", json!({"endpoint": ENDPOINT, "buyer_reference": "R-1"}))
        .await
        .expect(200);
    let lines = [
        line("BOLT", "H87", "31"),
        line("CABLE", "MTR", "3.35"),
        line("FOOD", "H87", "3"),
        line("EXEMPT", "H87", "1"),
    ];
    let (_, invoice) = shop.billed(&lines).await;
    // A quantity, an amount of another line, what is left of that line by quantity, and the rest.
    let parts = [
        json!([{"position": 1, "quantity": "10"}]),
        json!([{"position": 2, "net": "0.40"}]),
        json!([{"position": 2, "quantity": "1.35"}, {"position": 3, "quantity": "1"}]),
        Value::Null,
    ];
    let mut payable = 0;
    for part in parts {
        let credit = shop.credit(&invoice, part).await;
        let [ubl, cii, pdf] = documents(&shop, &credit).await;
        assert!(ubl.contains("<cbc:CreditNoteTypeCode>381<"), "{ubl}");
        assert!(cii.contains("<ram:TypeCode>381<"), "{cii}");
        assert_eq!(within(&ubl, "cbc:PayableAmount"), credit["gross_total"]);
        assert_eq!(within(&cii, "ram:DuePayableAmount"), credit["gross_total"]);
        let (_, reference) = ubl.split_once("<cac:BillingReference>").unwrap();
        assert_eq!(within(reference, "cbc:ID"), invoice["number"]);
        assert_eq!(within(reference, "cbc:IssueDate"), invoice["issued_on"]);
        assert!(pdf.starts_with("%PDF-1.7") && pdf.contains("<fx:ConformanceLevel>EN 16931"));
        let of_staff = format!("/supplier/credit-notes/{}/ubl", id(&credit));
        assert_eq!(taken(&shop.finance, &of_staff).await, ubl);
        payable += within(&ubl, "cbc:PayableAmount")
            .replace('.', "")
            .parse::<i64>()
            .unwrap();
    }
    let gross = invoice["gross_total"].as_str().unwrap().replace('.', "");
    assert_eq!(payable.to_string(), gross);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_credit_note_of_an_invoice_that_went_on_paper_goes_on_paper() {
    let shop = open().await;
    let (_, old) = shop.billed(&[line("BOLT", "H87", "10")]).await;
    let wanted = json!({"einvoice": "peppol", "einvoice_by": "access_point", "endpoint": ENDPOINT});
    change(&shop, "GOLD", wanted).await.expect(200);
    let (_, new) = shop.billed(&[line("BOLT", "H87", "20")]).await;
    let on_paper = shop.credit(&old, Value::Null).await;
    let credit = shop.credit(&new, json!([{"position": 1, "quantity": "5"}])).await;
    let folder = tempfile::TempDir::new().unwrap();
    let written = writer(&shop, folder.path()).step(clock::now()).await.unwrap();
    let name = |of: &Value| format!("{}-{}.xml", of["number"].as_str().unwrap(), id(of));
    assert_eq!(files(folder.path()), [name(&new), name(&credit)]);
    assert_eq!(written, 2);
    let asked = taken(&shop.gold, &format!("/credit-notes/{}/ubl", id(&credit))).await;
    let file = std::fs::read_to_string(folder.path().join(name(&credit))).unwrap();
    assert_eq!(file, asked);
    let path = format!("/credit-notes/{}/ubl", id(&on_paper));
    shop.gold.get(&path).await.problem(409, "einvoice_incomplete");
    // The desk says where the file is.
    let desk = shop.app.browse_german_staff("finance").await;
    let page = desk.page(&format!("/desk/credit-notes/{}", id(&credit))).await;
    assert!(page.contains(&name(&credit)), "{page}");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_was_issued_in_a_language_stays_in_it() {
    let shop = open().await;
    change(&shop, "GOLD", json!({"endpoint": ENDPOINT, "buyer_reference": "R-1"}))
        .await
        .expect(200);
    let (_, invoice) = shop.billed(&[line("BOLT", "H87", "31")]).await;
    let credit = shop.credit(&invoice, json!([{"position": 1, "quantity": "3"}])).await;
    let of = |kind: &str, one: &Value| format!("/{kind}/{}/ubl", id(one));
    let before = [
        taken(&shop.gold, &of("invoices", &invoice)).await,
        taken(&shop.gold, &of("credit-notes", &credit)).await,
    ];
    change(&shop, "GOLD", json!({"locale": "de-DE"})).await.expect(200);
    let after = [
        taken(&shop.gold, &of("invoices", &invoice)).await,
        taken(&shop.gold, &of("credit-notes", &credit)).await,
    ];
    assert_eq!(before, after);
    assert!(before[1].contains("Settles invoice"), "{}", before[1]);
    let german = shop.credit(&invoice, json!([{"position": 1, "quantity": "3"}])).await;
    let german = taken(&shop.gold, &of("credit-notes", &german)).await;
    assert!(german.contains("verrechnet"), "{german}");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_profile_that_is_not_written_is_refused_with_those_that_are() {
    let shop = open().await;
    let (_, invoice) = shop.billed(&[line("BOLT", "H87", "1")]).await;
    let credit = shop.credit(&invoice, Value::Null).await;
    let documents = [
        format!("/invoices/{}", id(&invoice)),
        format!("/credit-notes/{}", id(&credit)),
    ];
    for document in &documents {
        for (format, unknown, known) in [
            ("ubl", "cius", "`peppol`, `en16931`, `xrechnung`"),
            ("cii", "peppol", "`en16931`"),
            ("factur-x", "extended", "`en16931`"),
            ("pdf", "extended", "`en16931`"),
        ] {
            for (client, side) in [(&shop.gold, ""), (&shop.finance, "/supplier")] {
                let path = format!("{side}{document}/{format}");
                let problem = client
                    .get(&format!("{path}?profile={unknown}"))
                    .await
                    .problem(422, "validation_failed");
                assert_eq!(problem["errors"][0]["pointer"], "/profile", "{problem}");
                assert!(problem["detail"].as_str().unwrap().contains(known), "{problem}");
                let taken = client.get(&format!("{path}?profile=en16931")).await;
                assert_eq!(taken.status, 200, "{path}: {}", taken.text);
            }
        }
    }
    shop.app.finish().await;
}
