//! Files of the bank in which accounts pay less, and long ones of which most is sure.

use serde_json::json;

use super::{Shop, id, line, stand, texts};
use crate::cash::bank::{Told, act, camt, entries, number, take, told};

#[tokio::test]
async fn a_discount_in_time_is_sure_and_a_late_one_is_proposed() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    shop.tolerance("0.50").await;
    // What the file tells came in ten days ago.
    let (in_time, late, little) = (shop.round(14).await, shop.round(20).await, shop.round(40).await);
    let file = camt(
        true,
        "1",
        &[
            told(11_858, "R1", number(&in_time)),
            told(11_858, "R2", number(&late)),
            told(12_060, "R3", number(&little)),
        ],
    );
    take(&shop, &file).await;
    let all = entries(&shop, "").await;
    let of = |invoice: &serde_json::Value| {
        all.iter()
            .find(|entry| {
                entry["remittance"]
                    .as_str()
                    .is_some_and(|text| text.contains(number(invoice)))
            })
            .unwrap()
    };
    assert_eq!(of(&in_time)["state"], "booked");
    assert_eq!(
        texts(&of(&in_time)["reasons"], "code"),
        ["match_by_number", "match_with_discount"]
    );
    assert_eq!(shop.stands(&in_time).await, stand("paid", "0.00"));
    assert_eq!(of(&little)["state"], "booked");
    assert!(texts(&of(&little)["reasons"], "code").contains(&"match_within_tolerance"));
    assert_eq!(shop.stands(&little).await, stand("paid", "0.00"));
    let waits = of(&late);
    assert_eq!(waits["state"], "proposed");
    assert!(
        texts(&waits["reasons"], "code").contains(&"against_late_discount"),
        "{waits}"
    );
    // Finance may grant it in the same step.
    let granted = json!({"allocations": [{"invoice_id": id(&late), "amount": "118.58", "cash_discount": "2.42"}]});
    act(&shop, waits, "book", granted).await.expect(200);
    assert_eq!(shop.stands(&late).await, stand("paid", "0.00"));
    assert_eq!(shop.gold.get("/account/statement").await.expect(200)["balance"], "0.00");
    // Looked at again, the discount goes with its payment.
    act(&shop, of(&in_time), "reopen", json!({"reason": "It was another's."}))
        .await
        .expect(200);
    assert_eq!(shop.stands(&in_time).await, stand("open", "121.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_the_bank_kept_is_booked_apart_where_the_supplier_bears_it() {
    let shop = Shop::open().await;
    let (one, two) = (shop.round(14).await, shop.round(14).await);
    let less = |invoice, bank: &str| {
        let file = camt(
            true,
            bank,
            &[Told {
                bank,
                ..told(11_400, bank, number(invoice))
            }],
        );
        let charges = "</AcctSvcrRef><Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">7.00</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy=\"EUR\">7.00</Amt>\
                       <CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>";
        file.replace("</AcctSvcrRef>", charges)
    };
    take(&shop, &less(&one, "S1")).await;
    let entry = &entries(&shop, "").await[0];
    assert_eq!(
        (&entry["state"], &entry["charges"]),
        (&json!("booked"), &json!("7.00")),
        "{entry}"
    );
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    let given = &shop.write_offs("").await[0];
    assert_eq!(
        (&given["kind"], &given["amount"]),
        (&json!("bank_charges"), &json!("7.00"))
    );
    // Where the account bears them they stay open.
    shop.try_settings(json!({"bank_charges": "account"})).await.expect(200);
    take(&shop, &less(&two, "S2")).await;
    let entry = &entries(&shop, "&state=proposed").await[0];
    act(&shop, entry, "book", json!({})).await.expect(200);
    assert_eq!(shop.stands(&two).await, stand("part_paid", "7.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn one_entry_for_several_invoices_takes_the_discount_of_each() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    let (one, two) = (
        shop.round(14).await,
        shop.issued(14, &[line("EXEMPT", "H87", "1")]).await,
    );
    let text = format!("{}, {}", number(&one), number(&two));
    // 2 % of 121.00 and of 99.00.
    take(
        &shop,
        &camt(true, "1", &[told(12_100 + 9_900 - 242 - 198, "R1", &text)]),
    )
    .await;
    assert_eq!(entries(&shop, "&state=booked").await.len(), 1);
    let mut given = shop.write_offs("").await;
    given.sort_by_key(|one| one["amount"].to_string());
    assert_eq!(texts(&json!(given), "amount"), ["1.98", "2.42"]);
    let taxes: Vec<_> = given.iter().map(|one| one["tax_amount"].as_str().unwrap()).collect();
    assert_eq!(taxes, ["0.00", "0.42"]);
    shop.app.finish().await;
}

/// A shop with so many open invoices of 1.21 each, of two accounts, and their numbers.
async fn with_many(shop: &Shop, count: usize) -> Vec<String> {
    shop.receive("EXEMPT", "1000").await;
    let mut numbers = Vec::with_capacity(count);
    for place in 0..count {
        let buyer = if place % 2 == 0 { &shop.gold } else { &shop.silver };
        let order = shop.accepted(buyer, &[line("EXEMPT", "H87", "1")]).await;
        let shipment = shop.ship(&order).await;
        shop.deliver(&shipment).await;
        numbers.push(number(&shop.invoice(&shipment).await).to_owned());
    }
    numbers
}

#[tokio::test]
async fn a_file_of_sure_entries_is_booked_in_as_many_statements_as_a_short_one() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(14, "2")]).await;
    let numbers = with_many(&shop, 48).await;
    let file = |name: &str, numbers: &[String]| {
        let references: Vec<_> = numbers.iter().map(|number| format!("R{number}")).collect();
        // Every fourth of them keeps a discount of 1.98, which only one of the accounts has.
        let told: Vec<_> = numbers
            .iter()
            .zip(&references)
            .enumerate()
            .map(|(place, (number, reference))| Told {
                // The accounts pay from banks of their own.
                iban: ["DE89370400440532013000", "FR1420041010050500013M02606"][place % 2],
                ..told(if place % 4 == 0 { 9_702 } else { 9_900 }, reference, number)
            })
            .collect();
        camt(true, name, &told)
    };
    let mut counts = Vec::new();
    for (name, part) in [("A", &numbers[..4]), ("B", &numbers[4..8]), ("C", &numbers[8..])] {
        let before = shop.app.statements_before(&[&shop.finance]).await;
        let taken = take(&shop, &file(name, part)).await;
        counts.push(shop.app.db().statements() - before);
        assert_eq!(taken["statements"][0]["booked"], json!(part.len()), "{taken}");
    }
    assert!(counts[2] <= counts[1] + 5, "{counts:?} for 4, 4 and 40");
    let orders = shop.gold.get("/orders?limit=100").await.expect(200);
    assert!(texts(&orders["data"], "state").iter().all(|state| *state == "closed"));
    assert_eq!(shop.write_offs("").await.len(), 12);
    shop.app.finish().await;
}
