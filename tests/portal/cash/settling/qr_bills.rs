//! Invoices that are paid to an account in Switzerland have the payment part of a QR-bill.

use serde_json::json;

use super::{Shop, id, line};
use crate::cash::bank::{entries, take};

fn supplier(iban: &str) -> String {
    format!(
        "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone\n\
         Der Lieferant AG,CH,CHF,CHE123456788MWST,Bahnhofstrasse 12a,Biel,2501,{iban},,Europe/Zurich\n"
    )
}

const TAX_RATES: &str = "country,category,rate\nNL,AA,9\nCH,AA,2.6\n";
const ACCOUNTS: &str = "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
     HELVETIA,Helvetia Werke,CH,CHF,gold,30,\n";
const SITES: &str = "account,site,name,country,street,city,postal_code\nHELVETIA,MAIN,Helvetia Werke,CH,Grosse Marktgasse 28,Rorschach,9400\n";
const PRICES: &str = "price_list,name,currency,kind,account\nCHF,Franken,CHF,base,\n";
const PRICE: &str = "price_list,sku,unit,min_quantity,price,price_base\nCHF,RARE,H87,1,10,1\n";

/// The invoice over 108.10 CHF of a Swiss account.
async fn invoiced(shop: &Shop, iban: &str) -> (serde_json::Value, crate::client::Client) {
    let supplier = supplier(iban);
    shop.app
        .import(&[
            ("tax_rates.csv", TAX_RATES),
            ("supplier.csv", &supplier),
            ("accounts.csv", ACCOUNTS),
            ("sites.csv", SITES),
            ("price_lists.csv", PRICES),
            ("prices.csv", PRICE),
        ])
        .await;
    let buyer = shop.app.person("HELVETIA", "admin").await;
    let order = shop.accepted(&buyer, &[line("RARE", "H87", "10")]).await;
    let shipment = shop.ship(&order).await;
    shop.deliver(&shipment).await;
    (shop.invoice(&shipment).await, buyer)
}

#[tokio::test]
async fn the_paper_has_a_page_more_for_the_bill() {
    let shop = Shop::open().await;
    let (invoice, buyer) = invoiced(&shop, "CH4431999123000889012").await;
    let path = format!("/invoices/{}/pdf", id(&invoice));
    let with = buyer.get(&path).await;
    assert!(with.bytes.starts_with(b"%PDF"), "{}", with.text);
    // Without an account in Switzerland there is none.
    let (other, _) = invoiced(&shop, "NL91ABNA0417164300").await;
    let without = buyer.get(&format!("/invoices/{}/pdf", id(&other))).await;
    let pages = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.matches("/Type/Page\n").count()
            + text.matches("/Type /Page\n").count()
            + text.matches("/Type/Page/").count()
    };
    assert!(
        pages(&with.bytes) == pages(&without.bytes) + 1 || with.bytes.len() > without.bytes.len() + 5_000,
        "{} and {}",
        with.bytes.len(),
        without.bytes.len()
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn the_reference_of_a_bill_names_its_invoice_to_the_bank() {
    let shop = Shop::open().await;
    let (invoice, _) = invoiced(&shop, "CH4431999123000889012").await;
    let digits: String = invoice["number"]
        .as_str()
        .unwrap()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let reference = portal::values::references::qr(&digits).unwrap();
    let gross = invoice["gross_total"].as_str().unwrap();
    let day = super::days_ago(1);
    let file = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N1</Id>\
         <Acct><Id><IBAN>CH4431999123000889012</IBAN></Id><Ccy>CHF</Ccy></Acct><Ntry><Amt Ccy=\"CHF\">{gross}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef>\
         <NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Prtry>QRR</Prtry></CdOrPrtry></Tp><Ref>{reference}</Ref>\
         </CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    );
    take(&shop, &file).await;
    let entry = &entries(&shop, "").await[0];
    assert_eq!(
        (&entry["state"], &entry["is_sure"]),
        (&json!("booked"), &json!(true)),
        "{entry}"
    );
    assert_eq!(entry["reasons"][0]["code"], "match_by_reference");
    shop.app.finish().await;
}
