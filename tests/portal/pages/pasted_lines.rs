//! Lines that are pasted into quick order: what may mean two things is asked.

use super::quick_order::{buttons, paste, press, shop, value_behind};

#[tokio::test]
async fn what_only_looks_like_an_article_is_offered_and_never_taken() {
    let (_app, buyer) = shop().await;
    for (key, offered) in [
        ("NW 71100", "NW-71100 Wall plug nylon"),
        ("nw71100", "NW-71100 Wall plug nylon"),
        ("NW-7.1100", "NW-71100 Wall plug nylon"),
        ("NW-711", "NW-71100 Wall plug nylon"),
        ("assembly", "NW-90211 Assembly glue"),
        ("Wall plug", "NW-71100 Wall plug nylon"),
    ] {
        let html = paste(&buyer, &format!("{key}\t3")).await;
        assert!(html.contains("The line needs you."), "{key}: {html}");
        assert!(html.contains(&format!(">{offered}</button>")), "{key}: {html}");
        let line = &buttons(&html, "remove:")[0];
        press(&buyer, &html, line).await;
    }
    let html = paste(
        &buyer,
        "HB-0840 M8 x 40\nNW-71100 5 500 pcs\nNW-71100 6\u{a0}500 pcs\nNW-0 5 500 pcs",
    )
    .await;
    assert!(html.contains("2 of 4 lines need you."), "{html}");
    assert!(
        html.contains("5,500\u{a0}pieces") && html.contains("6,500\u{a0}pieces"),
        "{html}"
    );
}

#[tokio::test]
async fn a_number_that_belongs_to_an_article_is_no_quantity() {
    let (app, buyer) = shop().await;
    app.import(&[(
        "assortment.csv",
        "account,sku,customer_part_number\nNORD,HS-008,NW 711\nNORD,HS-450,NW\n",
    )])
    .await;
    // All of these ask; where the number is a measure it isn't filled in either.
    for (line, quantity) in [
        ("NW-40012 M4x 40", ""),
        ("NW-40012 4 * 40", ""),
        ("NW-40012 M4 / 40", ""),
        ("NW 0711", ""),
        ("NW-40012 zinc 16", "16"),
    ] {
        let html = paste(&buyer, line).await;
        assert!(html.contains("The line needs you."), "{line}: {html}");
        assert_eq!(value_behind(&html, "name=\"was-quantity-", "value"), quantity, "{line}");
        press(&buyer, &html, &buttons(&html, "remove:")[0]).await;
    }
    // Two articles may be meant where blanks part the words, one where a tab does.
    let html = paste(&buyer, "NW 711").await;
    assert!(html.contains("Several articles match"), "{html}");
    press(&buyer, &html, &buttons(&html, "remove:")[0]).await;
    let html = paste(&buyer, "NW\t712").await;
    assert!(html.contains("1 of 1 line ready"), "{html}");
    press(&buyer, &html, &buttons(&html, "remove:")[0]).await;
    app.import(&[(
        "assortment.csv",
        "account,sku,customer_part_number\nNORD,HS-450,NW-40020\n",
    )])
    .await;
    // An own number of two words is found by itself.
    let html = paste(&buyer, "NW 711").await;
    assert!(html.contains("Wall plug nylon") && html.contains("How many?"), "{html}");
    app.finish().await;
}

#[tokio::test]
async fn a_column_that_may_be_money_is_asked_about() {
    let (_app, buyer) = shop().await;
    for list in ["SKU;Amount\nNW-40012;84.00", "Artikel;Menge;Menge\nNW-40012;84;40"] {
        let asked = buyer.post("/quick-order/paste", &[("text", list)]).await;
        assert_eq!(asked.status, 200, "{list}");
        assert!(
            asked.html.contains("What is in which column?"),
            "{list}: {}",
            asked.html
        );
    }
    let html = paste(&buyer, "Numéro d’article;Désignation;Quantité\nNW-40012;Vis;5").await;
    assert!(html.contains("1 of 1 line ready"), "{html}");
}
