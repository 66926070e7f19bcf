//! What an account earns stands on its page and before it places an order; the desk agrees on it.

use chrono::Datelike;
use portal::clock;

use super::quick_order::{draft_id, paste, shop};

#[tokio::test]
async fn a_buyer_sees_what_is_earned_and_what_an_order_adds() {
    let (app, buyer) = shop().await;
    let html = buyer.page("/rebates").await;
    assert!(html.contains("No rebate is agreed with you."), "{html}");
    let year = clock::now().year();
    let rebates = format!(
        "rebate,account,name,currency,period,method,basis,scope,valid_from,valid_to\n\
         RB-1,NORD,Annual rebate,EUR,term,retroactive,invoiced,all,{}-01-01,{}-12-31\n",
        year - 1,
        year + 1
    );
    let tiers = "rebate,threshold,rate\nRB-1,0,10\nRB-1,100000,20\n";
    app.import(&[("rebates.csv", &rebates), ("rebate_tiers.csv", tiers)])
        .await;
    let html = buyer.page("/rebates").await;
    assert!(html.contains("Annual rebate") && html.contains("more by"), "{html}");
    let csv = buyer.get("/rebates/export.csv").await;
    assert_eq!(csv.status, 200);
    let html = paste(&buyer, "NW-40012;1;CT").await;
    assert!(html.contains("“Annual rebate”"), "{html}");
    let html = buyer.page(&format!("/drafts/{}/preview", draft_id(&html))).await;
    assert!(html.contains("This order adds") && html.contains("more by"), "{html}");
    app.finish().await;
}

#[tokio::test]
async fn the_desk_agrees_on_a_rebate_and_is_told_what_is_wrong() {
    let (app, _) = shop().await;
    let desk = app.browse_staff("key_account_manager").await;
    assert_eq!(desk.get("/desk/rebate-agreements/new").await.status, 200);
    let year = clock::now().year();
    let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let form = |account: &'static str| {
        [
            ("rebate", "RB-9".to_owned()),
            ("account", account.to_owned()),
            ("name", "Annual rebate".to_owned()),
            ("currency", "EUR".to_owned()),
            ("period", "year".to_owned()),
            ("method", "retroactive".to_owned()),
            ("basis", "invoiced".to_owned()),
            ("scope", "all".to_owned()),
            ("key", String::new()),
            ("valid_from", from.clone()),
            ("valid_to", to.clone()),
            ("settlement", "credit_note".to_owned()),
            ("threshold-0", "0".to_owned()),
            ("rate-0", "1.5".to_owned()),
        ]
    };
    let sent = form("NOBODY");
    let fields: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = desk.post("/desk/rebate-agreements/new", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("value=\"NOBODY\"") && refused.html.contains("value=\"1.5\""),
        "{}",
        refused.html
    );
    let sent = form("NORD");
    let fields: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = desk.post("/desk/rebate-agreements/new", &fields).await.goes_to();
    let html = desk.page(&path).await;
    assert!(html.contains("Rebate RB-9") && html.contains("value=\"1.5\""), "{html}");
    for list in ["rebate-agreements", "rebate-accruals", "rebate-settlements"] {
        assert_eq!(desk.get(&format!("/desk/{list}")).await.status, 200, "{list}");
        assert_eq!(
            desk.get(&format!("/desk/{list}/export.xlsx")).await.status,
            200,
            "{list}"
        );
    }
    app.finish().await;
}
