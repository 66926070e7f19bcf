//! Drafts: shared in the account, unseen by others, changed by several people, added to from other pages.

use std::fmt::Write;

use super::quick_order::{draft_id, paste, place, send_place, shop, value_behind};
use crate::app::TestApp;

#[tokio::test]
async fn two_people_change_one_draft_and_nothing_is_overwritten_unseen() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT\nNW-71100;100").await;
    let draft = draft_id(&html);
    let colleague = app.browse_as("NORD", "admin").await;
    let line = value_behind(&html, "<tr role=\"row\" ", "id").replace("line-", "");
    let (quantity, was) = (format!("quantity-{line}"), format!("was-quantity-{line}"));
    let path = format!("/drafts/{draft}/lines");
    colleague
        .post(&path, &[(&quantity, "20"), (&was, "16")])
        .await
        .goes_to();
    buyer.post(&path, &[(&quantity, "30"), (&was, "16")]).await.goes_to();
    let html = buyer.page(&format!("/drafts/{draft}")).await;
    assert!(html.contains("Line 1 was changed by admin-"), "{html}");
    assert!(html.contains("value=\"20\"") && !html.contains("value=\"30\""));
}

#[tokio::test]
async fn drafts_are_the_accounts_own_and_only_buyers_change_them() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT").await;
    let draft = draft_id(&html);
    let viewer = app.browse_as("NORD", "viewer").await;
    let shown = viewer.page(&format!("/drafts/{draft}")).await;
    assert!(
        shown.contains("Wood screw") && !shown.contains("name=\"do\""),
        "{shown}"
    );
    assert!(viewer.page("/drafts").await.contains("Draft of"));
    assert_eq!(
        viewer
            .post(&format!("/drafts/{draft}/lines"), &[("do", "save")])
            .await
            .status,
        403
    );
    assert_eq!(viewer.get(&format!("/drafts/{draft}/preview")).await.status, 403);
    let rival = app.browse_as("RIVAL", "buyer").await;
    for path in ["", "/preview", "/delete"] {
        assert_eq!(rival.get(&format!("/drafts/{draft}{path}")).await.status, 404, "{path}");
    }
    for path in ["lines", "place", "copy", "delete", "title", "preview"] {
        let sent = [
            ("do", "save"),
            ("draft", draft.as_str()),
            ("po_number", "X"),
            ("sign", "x"),
        ];
        assert_eq!(
            rival.post(&format!("/drafts/{draft}/{path}"), &sent).await.status,
            404,
            "{path}"
        );
    }
    let added = rival
        .post(
            "/quick-order/lines",
            &[("key", "RV-1"), ("quantity", "1"), ("draft", &draft)],
        )
        .await;
    assert_eq!(added.status, 404);
    let list = rival.page("/drafts").await;
    assert!(list.contains("No drafts yet."), "{list}");
}

#[tokio::test]
async fn drafts_are_named_copied_and_deleted() {
    let (_app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT\nNW-1;1").await;
    let draft = draft_id(&html);
    buyer
        .post(&format!("/drafts/{draft}/title"), &[("title", "Weekly")])
        .await
        .goes_to();
    let copy = buyer.post(&format!("/drafts/{draft}/copy"), &[]).await.goes_to();
    assert_ne!(copy, format!("/drafts/{draft}"));
    let list = buyer.page("/drafts").await;
    assert_eq!(list.matches(">Weekly</a>").count(), 2, "{list}");
    assert!(
        buyer
            .page(&format!("{copy}/delete"))
            .await
            .contains("Its 2 lines go with it.")
    );
    buyer.post(&format!("{copy}/delete"), &[]).await.goes_to();
    assert_eq!(buyer.get(&copy).await.status, 404);
    assert_eq!(buyer.page("/drafts").await.matches(">Weekly</a>").count(), 1);
}

#[tokio::test]
async fn other_pages_add_articles_by_our_number() {
    let (_app, buyer) = shop().await;
    let form = [
        ("sku", "HS-440"),
        ("unit", "CT"),
        ("quantity", "2"),
        ("sku", "HS-450"),
        ("unit", "CT"),
        ("quantity", ""),
        ("sku", "HS-008"),
        ("unit", "H87"),
        ("quantity", "5"),
        ("sku", "HS-SECRET"),
        ("unit", "H87"),
        ("quantity", "5"),
    ];
    assert_eq!(buyer.post("/drafts/add", &form).await.goes_to(), "/quick-order?page=1");
    let html = buyer.page("/quick-order").await;
    assert!(html.contains("3 lines were added."), "{html}");
    assert!(html.contains("2 of 3 lines ready"), "{html}");
    assert!(!html.contains("Secret of others"));
}

/// A carton of wood screws holds so many from now on.
async fn repack(app: &TestApp, pieces: u32) {
    let rows = format!(
        "sku,unit,unit_code,name,base_quantity,gtin,min_quantity,multiple,is_default\n\
         HS-440,CT,XCT,Carton of {pieces},{pieces},96385074,1,1,true\n"
    );
    app.import(&[("units.csv", &rows)]).await;
}

#[tokio::test]
async fn a_carton_named_by_a_person_is_asked_about_once_its_number_is_clear() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;1.000;carton").await;
    let draft = draft_id(&html);
    let line = value_behind(&html, "<tr role=\"row\" ", "id").replace("line-", "");
    let mend = format!("mend:{line}:CT:1");
    assert!(html.contains(&format!("value=\"{mend}\"")), "{html}");
    repack(&app, 250).await;
    let path = format!("/drafts/{draft}/lines");
    buyer.post(&path, &[("do", &mend)]).await.goes_to();
    let html = buyer.page("/quick-order").await;
    // It held 500 pieces where it was shown, by whatever name.
    for button in ["CT:250/1:1", "CT:250/1:2", "H87:1/1:500"] {
        let button = format!("value=\"pack:{line}:{button}\"");
        assert!(html.contains(&button), "{button}: {html}");
    }
}

#[tokio::test]
async fn a_carton_that_holds_something_else_is_asked_about_before_it_is_ordered() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;10;CT\nNW-71100;12").await;
    let draft = draft_id(&html);
    let line = value_behind(&html, "<tr role=\"row\" ", "id").replace("line-", "");
    let seen = buyer.page(&format!("/drafts/{draft}/preview")).await;
    repack(&app, 250).await;
    // Nothing of it is ordered by a page from before.
    let told = send_place(&buyer, &draft, "PO-1", &seen).await;
    assert_eq!(told.status, 200);
    assert!(told.html.contains("1 line is not ready"), "{}", told.html);
    let asked = "10\u{a0}cartons were 5,000\u{a0}pieces, at 500 pieces each; 1\u{a0}carton holds 250 pieces now.";
    let html = buyer.page("/quick-order").await;
    assert!(html.contains(asked), "{html}");
    for (button, text) in [
        ("CT:250/1:10", "10 × Carton of 250 = 2,500\u{a0}pieces"),
        ("CT:250/1:20", "20 × Carton of 250 = 5,000\u{a0}pieces"),
        ("H87:1/1:5000", "5,000 pieces"),
    ] {
        let button = format!("value=\"pack:{line}:{button}\">{text}</button>");
        assert!(html.contains(&button), "{button}: {html}");
    }
    // What else is changed of the line answers nothing, and neither does a button of a page from before.
    let path = format!("/drafts/{draft}/lines");
    let (note, was) = (format!("note-{line}"), format!("was-note-{line}"));
    buyer.post(&path, &[(&note, "For hall 2"), (&was, "")]).await.goes_to();
    assert!(buyer.page("/quick-order").await.contains(asked));
    let (quantity, was) = (format!("quantity-{line}"), format!("was-quantity-{line}"));
    buyer.post(&path, &[(&quantity, "8"), (&was, "10")]).await.goes_to();
    let html = buyer.page("/quick-order").await;
    assert!(html.contains("8\u{a0}cartons were 4,000\u{a0}pieces"), "{html}");
    repack(&app, 200).await;
    let press = async |button: &str| {
        let button = format!("pack:{line}:{button}");
        buyer.post(&path, &[("do", &button)]).await.goes_to();
        buyer.page("/quick-order").await
    };
    let html = press("CT:250/1:8").await;
    let asked = "8\u{a0}cartons were 2,000\u{a0}pieces, at 250 pieces each; 1\u{a0}carton holds 200 pieces now.";
    assert!(html.contains(asked), "{html}");
    let html = press("CT:200/1:10").await;
    assert!(
        html.contains("2 of 2 lines ready") && html.contains("2,000\u{a0}pieces"),
        "{html}"
    );
    let placed = place(&buyer, &draft, "PO-1").await.goes_to();
    let order = placed.strip_suffix("/confirmation").unwrap();
    // What was ordered is what is wanted again.
    repack(&app, 300).await;
    let again = buyer.post(&format!("{order}/reorder"), &[]).await.goes_to();
    let html = buyer.page(&again).await;
    let asked = "10\u{a0}cartons were 2,000\u{a0}pieces, at 200 pieces each; 1\u{a0}carton holds 300 pieces now.";
    assert!(html.contains(asked), "{html}");
    // 2,000 pieces are no whole cartons of 300.
    assert_eq!(html.matches("value=\"pack:").count(), 2, "{html}");
    app.finish().await;
}

/// Statements that `asked` takes, the fewest of three tries: a session may be looked up in between.
pub async fn statements(app: &TestApp, asked: impl AsyncFn()) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..3 {
        let before = app.db().statements();
        asked().await;
        fewest = fewest.min(app.db().statements() - before);
    }
    fewest
}

#[tokio::test]
async fn pages_take_the_same_statements_for_any_number_of_lines() {
    let of = async |count: usize| {
        let (app, buyer) = shop().await;
        let mut list = String::new();
        for number in 0..count {
            writeln!(list, "NW-40012;{};\nnothing {number};1\nscrew;3", number + 1).unwrap();
        }
        let before = app.db().statements();
        let html = paste(&buyer, &list).await;
        let pasting = app.db().statements() - before;
        let draft = draft_id(&html);
        let showing = statements(&app, async || drop(buyer.page("/quick-order").await)).await;
        let path = format!("/drafts/{draft}/preview");
        let previewing = statements(&app, async || drop(buyer.page(&path).await)).await;
        (pasting, showing, previewing)
    };
    let (few, many) = (of(2).await, of(400).await);
    assert_eq!((few.1, few.2), (many.1, many.2));
    assert!(
        few.0.abs_diff(many.0) <= 3,
        "a session may be looked up in between: {few:?} {many:?}"
    );
}
