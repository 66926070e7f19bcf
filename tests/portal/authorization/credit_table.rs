//! The rows of credit, of policies of reminders on the desk, and of the days to answer claims.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, change, read};
use super::table::{ALL_STAFF, WHO_KEEPS_BOOKS, WHO_MANAGES_ACCOUNTS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/supplier/accounts/{id}/credit", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/accounts/{id}/credit",
        WHO_KEEPS_BOOKS,
        200,
        Some(|_| json!({"insured_limit": "1000.00", "insurer": "The Insurer"})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/credit-settings", ALL_STAFF, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/credit-settings",
        WHO_KEEPS_BOOKS,
        |_| json!({"check_order": "hold", "check_acceptance": "off", "check_shipment": "off", "insurance": "warn"}),
    ),
    read("GET /api/v1/supplier/claim-terms", ALL_STAFF, Foreign::Nothing),
];

/// Pages and forms of the same.
pub const PAGES: &[Page] = &[
    page("GET /desk/accounts/{id}/credit", ALL_STAFF),
    form(
        "POST /desk/accounts/{id}/credit",
        WHO_KEEPS_BOOKS,
        "insured_limit=1000.00",
    ),
    page("GET /desk/credit-settings", ALL_STAFF),
    form(
        "POST /desk/credit-settings",
        WHO_KEEPS_BOOKS,
        "check_order=hold&check_acceptance=off&check_shipment=off&insurance=warn",
    ),
    page("GET /desk/reminder-policies", ALL_STAFF),
    form("POST /desk/reminder-policies", WHO_KEEPS_BOOKS, "automatic=off"),
    page("GET /desk/reminder-policies/new", WHO_KEEPS_BOOKS),
    form(
        "POST /desk/reminder-policies/new",
        WHO_KEEPS_BOOKS,
        "code={unique}&name=A policy&currency=EUR&days_overdue_1=3",
    ),
    page("GET /desk/reminder-policies/{id}", ALL_STAFF),
    form(
        "POST /desk/reminder-policies/{id}",
        WHO_KEEPS_BOOKS,
        "name=Another name&currency=EUR&days_overdue_1=4",
    ),
    page("GET /desk/claim-terms", ALL_STAFF),
    form("POST /desk/claim-terms", WHO_MANAGES_ACCOUNTS, "answer_days=5"),
];
