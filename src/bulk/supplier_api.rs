//! REST for supplier staff and its programs: bulk jobs. Each kind has an operation of its own, with the right and the scope to
//! write what its rows are.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};

use super::Sender;
use super::rules::Kind;
use super::shapes::{self, BulkJobView, BulkResultView, ListBulkJobs, ListBulkResults, SendRows};
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{IdempotencyKey, List, Params, PathId, Routes, RowsBody};
use crate::identity::caller::{
    Confirmed, MayKeepCatalogue, MayManageAccounts, MayManagePeople, MayMoveGoods, MayReadDesk, MaySetPrices, MaySetUp,
    MaySteer, Staff, StaffRight,
};
use crate::identity::rules::rights::Right;
use crate::ids::BulkJobId;
use crate::orders::api::shapes::AccountOrderRow;
use crate::state::AppState;

fn sender<R: StaffRight>(staff: &Staff<R>) -> Sender {
    Sender {
        person_id: staff.person_id,
        account_id: None,
        actor: staff.actor(),
    }
}

const ABOUT: &str = "A row a line, as a JSON object (`application/x-ndjson`) or as CSV with a header (`text/csv`): the fields are the columns \
    of the import file, values are texts or numbers, and what a row doesn't name stays as it is. At most 1,000,000 rows and \
    512 MiB, packed by gzip or not. They are checked as the import checks them and written beside the requests; the job tells how \
    far that is, its results what became of each row.";

/// An operation for each kind: its name, its path, its id in the API document, who may call it, what it is about.
macro_rules! kinds {
    ($($name:ident $kind:ident $path:tt $route:tt $id:tt $right:ident $scope:tt $about:tt;)*) => {
        $(
            #[doc = $about]
            #[utoipa::path(tag = "supplier", operation_id = $id, summary = $about, description = ABOUT, security(("bearer" = [$scope])),
                params(SendRows, ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new body")),
                request_body(content((RowsBody = "application/x-ndjson"), (RowsBody = "text/csv"))),
                responses(
                    (status = 202, body = BulkJobView, description = "The job", headers(("Location" = String, description = "Path of the job"), ("ETag" = String, description = "Its version"))),
                    (status = 409, description = "Too many jobs wait, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
                ))]
            #[post($path)]
            pub async fn $name(
                state: Data<AppState>,
                staff: Confirmed<Staff<$right>>,
                IdempotencyKey(key): IdempotencyKey,
                Params(params): Params<SendRows>,
                body: RowsBody,
            ) -> Result<HttpResponse> {
                let rows = (body, "supplier/bulk-jobs");
                shapes::receive(&state, sender(&staff), (Kind::$kind, params), ($route, key), rows).await
            }
        )*

        /// The operations of all kinds.
        pub fn kinds(config: &mut Routes<'_>) {
            $(config.service($name);)*
        }
    };
}

kinds! {
    send_supplier Supplier "/supplier/bulk/supplier" "POST /api/v1/supplier/bulk/supplier" "sendSupplier" MaySetUp "setup.import" "Send who the supplier is";
    send_tax_rates TaxRates "/supplier/bulk/tax_rates" "POST /api/v1/supplier/bulk/tax_rates" "sendTaxRates" MaySetUp "setup.import" "Send many tax rates";
    send_accounts Accounts "/supplier/bulk/accounts" "POST /api/v1/supplier/bulk/accounts" "sendAccounts" MaySetUp "setup.import" "Send many accounts";
    send_sites Sites "/supplier/bulk/sites" "POST /api/v1/supplier/bulk/sites" "sendSites" MayManageAccounts "accounts.manage" "Send many sites";
    send_contacts Contacts "/supplier/bulk/contacts" "POST /api/v1/supplier/bulk/contacts" "sendContacts" MayManagePeople "accounts.people" "Send many contacts";
    send_products Products "/supplier/bulk/products" "POST /api/v1/supplier/bulk/products" "sendProducts" MayKeepCatalogue "catalogue.keep" "Send many products";
    send_units Units "/supplier/bulk/units" "POST /api/v1/supplier/bulk/units" "sendUnits" MayKeepCatalogue "catalogue.keep" "Send many units";
    send_price_lists PriceLists "/supplier/bulk/price_lists" "POST /api/v1/supplier/bulk/price_lists" "sendPriceLists" MaySetPrices "prices.keep" "Send many price lists";
    send_prices Prices "/supplier/bulk/prices" "POST /api/v1/supplier/bulk/prices" "sendPrices" MaySetPrices "prices.keep" "Send many prices";
    send_assortments Assortments "/supplier/bulk/assortments" "POST /api/v1/supplier/bulk/assortments" "sendAssortments" MayKeepCatalogue "catalogue.keep" "Send many articles of assortments";
    send_early_access EarlyAccess "/supplier/bulk/early_access" "POST /api/v1/supplier/bulk/early_access" "sendEarlyAccess" MayKeepCatalogue "catalogue.keep" "Send much early access";
    send_substitutes Substitutes "/supplier/bulk/substitutes" "POST /api/v1/supplier/bulk/substitutes" "sendSubstitutes" MayKeepCatalogue "catalogue.keep" "Send many substitutes";
    send_entitlements Entitlements "/supplier/bulk/entitlements" "POST /api/v1/supplier/bulk/entitlements" "sendEntitlements" MayManageAccounts "accounts.manage" "Send many entitlements";
    send_team Team "/supplier/bulk/team" "POST /api/v1/supplier/bulk/team" "sendTeam" MayManageAccounts "accounts.manage" "Send many places in teams";
    send_stock Stock "/supplier/bulk/stock" "POST /api/v1/supplier/bulk/stock" "sendStock" MayMoveGoods "goods.move" "Send many counts of stock";
    send_expected_receipts ExpectedReceipts "/supplier/bulk/expected_receipts" "POST /api/v1/supplier/bulk/expected_receipts" "sendExpectedReceipts" MayMoveGoods "goods.move" "Send many expected receipts";
}

/// Place many orders of accounts
///
/// For the supplier's own programs, such as an ERP that takes orders in by telephone: an order a line as `POST /orders` takes it, with
/// `account`, the code of whose order it is, and its own `idempotency_key`. They go the one way that all orders take, with the
/// account's prices, stock and credit, and say who sent them. At most 1,000,000 lines and 512 MiB, packed by gzip or not.
#[utoipa::path(tag = "supplier", operation_id = "sendAccountOrders", security(("bearer" = ["orders.steer"])),
    params(SendRows, ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new body")),
    request_body(content = AccountOrderRow, content_type = "application/x-ndjson"),
    responses(
        (status = 202, body = BulkJobView, description = "The job", headers(("Location" = String, description = "Path of the job"), ("ETag" = String, description = "Its version"))),
        (status = 409, description = "Too many jobs wait, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/bulk/orders")]
pub async fn send_account_orders(
    state: Data<AppState>,
    staff: Staff<MaySteer>,
    IdempotencyKey(key): IdempotencyKey,
    Params(params): Params<SendRows>,
    body: RowsBody,
) -> Result<HttpResponse> {
    let route = ("POST /api/v1/supplier/bulk/orders", key);
    let rows = (body, "supplier/bulk-jobs");
    shapes::receive(&state, sender(&staff), (Kind::AccountOrders, params), route, rows).await
}

/// Bulk jobs
///
/// Of the supplier and of all accounts, the newest first. They are kept for 30 days.
#[utoipa::path(tag = "supplier", operation_id = "listBulkJobsAsStaff", params(ListBulkJobs), responses(
    (status = 200, body = List<BulkJobView>, description = "A page of jobs"),
))]
#[get("/supplier/bulk-jobs")]
pub async fn list_jobs(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListBulkJobs>,
) -> Result<Json<List<BulkJobView>>> {
    shapes::list(&state, Scope::All, params).await
}

/// One bulk job as staff see it
#[utoipa::path(tag = "supplier", operation_id = "getBulkJobAsStaff", responses(
    (status = 200, body = BulkJobView, description = "The job", headers(("ETag" = String, description = "Its version"))),
))]
#[get("/supplier/bulk-jobs/{id}")]
pub async fn get_job(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<BulkJobId>,
) -> Result<HttpResponse> {
    shapes::get(&state, Scope::All, id).await
}

/// The results of a bulk job as staff see them
///
/// A JSON object a line for each row that was looked at, in their order; the last line is `{"end":true,…}` with their number, and
/// where it is missing the answer broke off.
#[utoipa::path(tag = "supplier", operation_id = "getBulkResultsAsStaff", params(ListBulkResults), responses(
    (status = 200, body = BulkResultView, content_type = "application/x-ndjson", description = "The rows"),
))]
#[get("/supplier/bulk-jobs/{id}/results")]
pub async fn get_results(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<BulkJobId>,
    Params(params): Params<ListBulkResults>,
) -> Result<HttpResponse> {
    shapes::results(state, Scope::All, id, params).await
}

/// Cancel a bulk job as staff
///
/// One that they might have sent themselves. What is written stays; the rest will not be.
#[utoipa::path(tag = "supplier", operation_id = "cancelBulkJobAsStaff", responses(
    (status = 200, body = BulkJobView, description = "The job"),
    (status = 409, description = "`bulk_job_state`: it is over", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/bulk-jobs/{id}/cancel")]
pub async fn cancel_job(
    state: Data<AppState>,
    staff: Staff<MayReadDesk>,
    PathId(id): PathId<BulkJobId>,
) -> Result<Json<BulkJobView>> {
    let job = state
        .db
        .read(move |connection| super::get(connection, Scope::All, id))
        .await?;
    // Orders of an account are for the account, and for those who may set everything up.
    let may = job.kind.is_for_staff(&staff.roles) || MaySetUp::allows(&staff.roles);
    if job.state.is_open() && !(may && staff.has(job.kind.scope())) {
        return Err(Error::Forbidden);
    }
    shapes::cancel(&state, Scope::All, staff.actor(), id).await
}
