//! `portal check` finds what of write-offs, refunds and their bank entries was changed by hand.

use portal::cli::check;
use portal::db::sql;
use serde_json::json;

use super::{Shop, days_ago};
use crate::app::outside_the_runtime;
use crate::cash::bank::{act, camt, entries, take, told};
use crate::client::unique;

#[tokio::test]
async fn what_was_given_up_or_paid_back_and_changed_by_hand_is_found() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    let (one, two) = (shop.round(3).await, shop.round(3).await);
    shop.received(&one, "118.58", days_ago(1)).await;
    shop.received(&two, "120.00", days_ago(1)).await;
    shop.try_grant(&two, "bank_charges", None).await.expect(201);
    shop.pay("GOLD", "50.00").await;
    shop.pay("SILVER", "50.00").await;
    take(&shop, &camt(true, "1", &[told(-2_000, "R1", "?")])).await;
    let entry = &entries(&shop, "").await[0];
    act(&shop, entry, "book", json!({"account": "GOLD"})).await.expect(200);
    let body = json!({"account": "GOLD", "amount": "5.00", "currency": "EUR", "paid_on": days_ago(1)});
    shop.finance
        .post_with_key("/supplier/refunds", &unique(), body)
        .await
        .expect(201);
    shop.app.finish().await;
    for (statement, promise) in [
        (
            "UPDATE write_offs SET amount_minor = amount_minor + 1 WHERE kind = 'bank_charges'",
            "the ledger books what is settled without money, and that it was taken back",
        ),
        (
            "UPDATE write_offs SET amount_minor = amount_minor + 1 WHERE kind = 'cash_discount'",
            "a cash discount is the net and the tax by which its rates are less",
        ),
        (
            "UPDATE write_offs SET amount_minor = amount_minor + 1 WHERE kind = 'cash_discount'",
            "what is left of an invoice is its gross less its payments, credits and what is given up",
        ),
        (
            "UPDATE write_offs SET account_id = (SELECT id FROM accounts WHERE code = 'SILVER')",
            "what is settled without money is of an invoice of its account",
        ),
        (
            "UPDATE payments SET reversed_at = recorded_at WHERE amount_minor = 11858",
            "what came with a payment does not outlast it",
        ),
        (
            "UPDATE refunds SET amount_minor = amount_minor + 1",
            "the ledger books each refund, and that it was taken back",
        ),
        (
            "UPDATE refunds SET amount_minor = amount_minor + 1",
            "a refund is the sum of what it was taken from",
        ),
        (
            "UPDATE refunds SET account_id = (SELECT id FROM accounts WHERE code = 'SILVER')",
            "a refund is taken from payments and credit notes of its account",
        ),
        (
            "UPDATE refunds SET amount_minor = amount_minor + 1 WHERE amount_minor = 2000",
            "an entry that is a refund has its amount, currency and account, alone",
        ),
        (
            "UPDATE payments SET unapplied_minor = unapplied_minor + 1 WHERE amount_minor = 5000",
            "what is left of a payment is its amount less what it settled and what was paid back",
        ),
    ] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
                check::everything(tx)
            })
        };
        let breaches = outside_the_runtime(changed).unwrap();
        let found = breaches.iter().any(|breach| breach.check == promise);
        assert!(found, "{statement}: {breaches:?}");
    }
}
