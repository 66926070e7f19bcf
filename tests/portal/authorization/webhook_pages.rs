//! The rows of the pages of webhooks.

use super::page_row::{Page, form, read};
use super::table::{ADMIN, ALL_STAFF, STAFF_ADMIN};

pub const ROWS: &[Page] = &[
    read("GET /webhooks", ADMIN),
    read("GET /webhooks/new", ADMIN),
    form(
        "POST /webhooks",
        ADMIN,
        "url=https://erp.acme.example/hooks&all=1&content=full",
    )
    .giving(200),
    read("GET /webhooks/{id}", ADMIN),
    form(
        "POST /webhooks/{id}",
        ADMIN,
        "url=https://erp.acme.example/more&all=1&content=full",
    ),
    form("POST /webhooks/{id}/rotate", ADMIN, "").giving(200),
    form("POST /webhooks/{id}/retire", ADMIN, ""),
    form("POST /webhooks/{id}/enable", ADMIN, ""),
    form("POST /webhooks/{id}/disable", ADMIN, ""),
    form("POST /webhooks/{id}/remove", ADMIN, ""),
    form("POST /webhooks/{id}/test", ADMIN, ""),
    form("POST /webhooks/{id}/replay", ADMIN, ""),
    read("GET /webhooks/{id}/deliveries", ADMIN),
    read("GET /webhooks/deliveries/{id}", ADMIN),
    form("POST /webhooks/deliveries/{id}/resend", ADMIN, ""),
    read("GET /desk/webhooks", ALL_STAFF),
    read("GET /desk/webhooks/new", STAFF_ADMIN),
    form(
        "POST /desk/webhooks",
        STAFF_ADMIN,
        "url=https://erp.acme.example/hooks&all=1&content=full",
    )
    .giving(200),
    read("GET /desk/webhooks/{id}", ALL_STAFF),
    form(
        "POST /desk/webhooks/{id}",
        STAFF_ADMIN,
        "url=https://erp.acme.example/more&all=1&content=full",
    ),
    form("POST /desk/webhooks/{id}/rotate", STAFF_ADMIN, "").giving(200),
    form("POST /desk/webhooks/{id}/retire", STAFF_ADMIN, ""),
    form("POST /desk/webhooks/{id}/enable", STAFF_ADMIN, ""),
    form("POST /desk/webhooks/{id}/disable", STAFF_ADMIN, ""),
    form("POST /desk/webhooks/{id}/remove", STAFF_ADMIN, ""),
    form("POST /desk/webhooks/{id}/test", STAFF_ADMIN, ""),
    form("POST /desk/webhooks/{id}/replay", STAFF_ADMIN, ""),
    read("GET /desk/webhooks/{id}/deliveries", ALL_STAFF),
    read("GET /desk/webhooks/deliveries/{id}", ALL_STAFF),
    form("POST /desk/webhooks/deliveries/{id}/resend", STAFF_ADMIN, ""),
];
