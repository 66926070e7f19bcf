//! Which tables may meet in one query of diesel's. Every pair of tables is many implementations for the compiler; all
//! pairs of all tables took a tenth of each check, so only what is joined is named. For its own pairs `diesel
//! print-schema` knows all tables, or all that keys connect, which here is the same.

use diesel::allow_tables_to_appear_in_same_query;

use super::schema::{
    accounts, assortment, invoices, messages, open_items, order_lines, orders, payments, people, products,
    shipment_lines, shipments, sites, stock, team_members, warehouses,
};

allow_tables_to_appear_in_same_query!(
    accounts,
    invoices,
    order_lines,
    orders,
    shipment_lines,
    shipments,
    sites
);
allow_tables_to_appear_in_same_query!(accounts, messages);
allow_tables_to_appear_in_same_query!(accounts, payments);
allow_tables_to_appear_in_same_query!(assortment, products);
allow_tables_to_appear_in_same_query!(invoices, open_items);
allow_tables_to_appear_in_same_query!(people, team_members);
allow_tables_to_appear_in_same_query!(stock, warehouses);
