//! Lists of shipments, invoices and payments, of an account and of everybody.

use chrono::NaiveDate;
use portal::db::Engine;
use portal::db::seek::Scope;
use portal::ids::{InvoiceId, OrderId, PaymentId, ShipmentId};
use portal::invoices;
use portal::invoices::payments::{self, Filter};
use portal::invoices::rules::listing::View;
use portal::shipments::{self, rules::State};

use super::{Plan, fill, orders, plans};
use crate::app::TestApp;
use crate::fresh::engine;

/// Each order left and was invoiced; one of a hundred is on its way, one of a hundred not paid.
fn insertions() -> [String; 5] {
    let moment = match engine() {
        Engine::Sqlite => "'2026-01-01 00:00:00'",
        Engine::Postgres => "TIMESTAMP '2026-01-01 00:00:00'",
    };
    [
        orders::insertion(),
        format!(
            "INSERT INTO shipments (id, account_id, order_id, number, state, tracking_number, line_count, shipped_at, \
             shipped_on, version) SELECT id, account_id, id, number, \
             CASE WHEN id % 100 = 0 THEN 'shipped' ELSE 'delivered' END, 'T' || id, 1, {moment}, placed_on, 1 FROM orders"
        ),
        format!(
            "INSERT INTO invoices (id, account_id, order_id, shipment_id, year, sequence, number, currency, issued_at, \
             issued_on, delivered_on, due_on, payment_terms_days, po_number, order_number, shipment_number, seller, buyer, \
             ship_to, net_minor, tax_minor, gross_minor, line_count, issued_by) SELECT id, account_id, id, id, 2026, id, \
             'I-' || id, 'EUR', {moment}, placed_on, placed_on, placed_on, 0, po_number, number, number, '', '', '', 100, \
             0, 100, 1, 'x' FROM orders"
        ),
        "INSERT INTO open_items (invoice_id, account_id, order_id, due_on, open_minor) \
         SELECT id, account_id, id, placed_on, CASE WHEN id % 100 = 1 THEN 100 ELSE 0 END FROM orders"
            .to_owned(),
        format!(
            "INSERT INTO payments (id, account_id, amount_minor, currency, received_on, recorded_at, recorded_by, \
             unapplied_minor) SELECT id, account_id, 100, 'EUR', placed_on, {moment}, 'x', \
             CASE WHEN id % 100 = 1 THEN 100 ELSE 0 END FROM orders"
        ),
    ]
}

async fn shop() -> (TestApp, Scope) {
    let (app, acme) = orders::empty_shop().await;
    fill(app.db(), &insertions()).await;
    (app, acme)
}

fn sorting(sent: Vec<Plan>) -> Plan {
    let mut sent = sent.into_iter().filter(|plan| plan.text.contains(" ORDER BY "));
    sent.next().expect("a statement that sorts")
}

fn of_shipments(app: &TestApp, scope: Scope, filter: &shipments::Filter, sort: shipments::Sort, further: bool) -> Plan {
    let after = further.then_some(ShipmentId(10_000));
    // Nobody reads the rows, which are made up.
    sorting(plans(app.db(), |connection| {
        shipments::list(connection, scope, filter, sort, after, 0)
    }))
}

#[tokio::test]
async fn shipments_are_walked_by_state_account_or_number() {
    let (app, acme) = shop().await;
    let of_state = shipments::Filter {
        state: Some(State::Shipped),
        ..shipments::Filter::default()
    };
    let text = shipments::Filter {
        text: Some("po-1".to_owned()),
        ..shipments::Filter::default()
    };
    let all = shipments::Filter::default();
    for sort in shipments::Sort::ALL {
        for further in [false, true] {
            let of = |scope, filter| of_shipments(&app, scope, filter, sort, further);
            of(acme, &of_state).walks("shipments_by_state", "shipments");
            of(Scope::All, &of_state).walks("shipments_of_state", "shipments");
            of(acme, &all).walks("shipments_of_account", "shipments");
            of(acme, &text).walks("shipments_of_account", "shipments");
        }
    }
}

#[tokio::test]
async fn what_is_to_be_invoiced_is_found_by_its_orders() {
    let (app, acme) = shop().await;
    let to_invoice = shipments::Filter {
        to_invoice: true,
        ..shipments::Filter::default()
    };
    let of_order = shipments::Filter {
        order_id: Some(OrderId(7)),
        ..shipments::Filter::default()
    };
    for scope in [acme, Scope::All] {
        for filter in [&to_invoice, &of_order] {
            let plan = of_shipments(&app, scope, filter, shipments::Sort::Newest, false);
            plan.uses(&["shipments_of_order"], "shipments");
        }
    }
}

#[tokio::test]
async fn invoices_are_walked_by_issue_and_open_ones_found_among_open_items() {
    let (app, acme) = shop().await;
    let today = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
    let keys = invoices::Keys {
        due_on: today,
        issued_on: today,
        id: InvoiceId(10_000),
    };
    let with_text = |view: View| invoices::Filter {
        text: Some("po-1".to_owned()),
        ..view.filter(today)
    };
    for further in [false, true] {
        let after = further.then_some(&keys);
        let of = |scope, filter: &invoices::Filter, sort| {
            sorting(plans(app.db(), |connection| {
                invoices::list(connection, scope, filter, sort, after.cloned(), 0)
            }))
        };
        for sort in [invoices::Sort::Newest, invoices::Sort::Oldest] {
            for view in [View::All, View::Paid] {
                for filter in [view.filter(today), with_text(view)] {
                    of(acme, &filter, sort).walks("invoices_by_day", "invoices");
                    of(Scope::All, &filter, sort).walks("invoices_by_issue", "invoices");
                }
            }
            of(Scope::All, &View::Open.filter(today), sort).walks("open_items_unpaid", "open_items");
        }
        for sort in [invoices::Sort::Due, invoices::Sort::DueLast] {
            for view in [View::Open, View::Overdue, View::DueSoon] {
                let filter = view.filter(today);
                of(acme, &filter, sort).walks("open_items_due", "open_items");
                of(Scope::All, &filter, sort).uses(&["open_items_due", "open_items_unpaid"], "open_items");
            }
        }
    }
}

#[tokio::test]
async fn payments_with_a_rest_are_few_and_have_an_index() {
    let (app, _) = shop().await;
    for unmatched in [true, false] {
        for further in [false, true] {
            let filter = Filter {
                account: (!unmatched).then(|| "ACME".to_owned()),
                unmatched,
                ..Filter::default()
            };
            let after = further.then_some(PaymentId(10_000));
            let plan = sorting(plans(app.db(), |connection| {
                payments::list(connection, &filter, after, 0)
            }));
            let index = if unmatched {
                "payments_unmatched"
            } else {
                "payments_of_account"
            };
            plan.walks(index, "payments");
        }
    }
}
