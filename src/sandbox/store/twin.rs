//! Which rows make a twin of an account. They keep their ids: what a program learns in the sandbox is called the same in
//! the portal.

use super::planned;
use crate::clock::Timestamp;
use crate::db::{Connection, Copied, Database, How, composed, sql};
use crate::error::Result;
use crate::ids::{AccountId, PersonId, SandboxId, SessionId};

/// Whole base units of each article in the sandbox's warehouse.
const PLENTY: i64 = 1_000_000;
const WAREHOUSE: &str = "SANDBOX";

/// What programs have of their own, taken over from the database before a reset.
const KEPT: [(&str, &str); 5] = [
    ("people", "id IN (SELECT id FROM {there}clients)"),
    ("clients", "true"),
    ("client_secrets", "true"),
    ("signing_keys", "true"),
    ("webhook_endpoints", "state <> {webhook_endpoint_state removed}"),
];

/// The rows of an account, parents first.
fn copies(account_id: AccountId) -> Vec<Copied> {
    let id = account_id.0;
    let early = |column: &str| format!("SELECT {column} FROM {{there}}early_access WHERE {column} IS NOT NULL");
    let (by_id, by_category) = (early("product_id"), early("category"));
    let applies = format!(
        "account_id = {id} OR tier = (SELECT tier FROM {{there}}accounts WHERE id = {id}) OR (account_id IS NULL AND tier IS NULL)"
    );
    // What early access keeps from the account is not in its sandbox either.
    let products = format!(
        "(exclusive_account_id IS NULL OR exclusive_account_id = {id}) \
         AND ((id NOT IN ({by_id}) AND (category IS NULL OR category NOT IN ({by_category}))) \
         OR id IN ({by_id} AND ({applies})) OR category IN ({by_category} AND ({applies})))"
    );
    let of_products = format!("product_id IN (SELECT id FROM {{there}}products WHERE {products})");
    let lists = format!(
        "account_id = {id} OR (account_id IS NULL AND (tier IS NULL OR tier = \
         (SELECT tier FROM {{there}}accounts WHERE id = {id})))"
    );
    let copied = |table, which: String, how| Copied { table, which, how };
    vec![
        copied("supplier", "true".to_owned(), How::Add),
        copied("accounts", format!("id = {id}"), How::Add),
        copied("sites", format!("account_id = {id}"), How::Add),
        copied("delivery_windows", format!("account_id = {id}"), How::Mirror),
        copied("contacts", format!("account_id = {id}"), How::Mirror),
        copied("tax_rates", "true".to_owned(), How::Mirror),
        copied("products", products.clone(), How::Add),
        copied(
            "sale_units",
            format!("(account_id IS NULL OR account_id = {id}) AND {of_products}"),
            How::Mirror,
        ),
        copied(
            "assortment",
            format!("account_id = {id} AND {of_products}"),
            How::Mirror,
        ),
        copied(
            "early_access",
            format!("({applies}) AND (product_id IS NULL OR {of_products})"),
            How::Mirror,
        ),
        copied(
            "substitutes",
            format!("{of_products} AND substitute_id IN (SELECT id FROM {{there}}products WHERE {products})"),
            How::Mirror,
        ),
        copied(
            "entitlements",
            format!("account_id = {id} OR tier = (SELECT tier FROM {{there}}accounts WHERE id = {id})"),
            How::Mirror,
        ),
        copied("contracts", format!("account_id = {id}"), How::Mirror),
        copied(
            "commitments",
            format!("account_id = {id} AND (product_id IS NULL OR {of_products})"),
            How::Mirror,
        ),
        copied("order_minimums", format!("account_id = {id}"), How::Mirror),
        copied(
            "discounts",
            format!("account_id = {id} OR account_id IS NULL"),
            How::Mirror,
        ),
        copied("price_lists", lists.clone(), How::Mirror),
        copied(
            "prices",
            format!("price_list_id IN (SELECT id FROM {{there}}price_lists WHERE {lists}) AND {of_products}"),
            How::Mirror,
        ),
    ]
}

/// Fills the empty database of a sandbox, and with what its programs had `before`.
pub fn make(
    world: &Database,
    portal: &Database,
    before: Option<&Database>,
    (id, account_id): (SandboxId, AccountId),
    now: Timestamp,
) -> Result<()> {
    world.take_over(portal, &copies(account_id), |tx, there| {
        search(tx, there)?;
        insert_supplier(tx, id, now)?;
        sql("INSERT INTO warehouses (id, code, code_key) VALUES ($1, $2, $3)")
            .bind(id.0)
            .bind(WAREHOUSE)
            .bind(crate::keys::folded(WAREHOUSE))
            .run(tx)?;
        stock(tx, id, now)?;
        discounts(tx, there, account_id)?;
        planned::take_over(tx, there, (id, account_id))
    })?;
    let Some(before) = before else { return Ok(()) };
    let kept = KEPT.map(|(table, which)| Copied {
        table,
        which: which.to_owned(),
        how: How::Add,
    });
    world.take_over(before, &kept, |tx, _| {
        // Nothing has happened yet in the new database, and nothing is in hand.
        sql(
            "UPDATE webhook_endpoints SET heard_after = 0, due_at = NULL, lease = NULL, leased_until = NULL, \
             replay_after = NULL, replay_until = NULL, paused_until = NULL, failures = 0, failing_since = NULL, told_at = NULL, \
             old_secret = NULL, old_secret_until = NULL",
        )
        .run(tx)
        .map(drop)
    })
}

/// Takes over what has changed since, and fills the warehouse up.
pub fn refresh(
    world: &Database,
    portal: &Database,
    (id, account_id): (SandboxId, AccountId),
    now: Timestamp,
) -> Result<()> {
    world.take_over(portal, &copies(account_id), |tx, there| {
        search(tx, there)?;
        flag(tx)?;
        stock(tx, id, now)?;
        discounts(tx, there, account_id)?;
        planned::take_over(tx, there, (id, account_id))
    })
}

/// The words that articles are found by, as each engine keeps them.
fn search(tx: &mut Connection, there: &str) -> Result<()> {
    let own = "(SELECT id FROM products UNION ALL SELECT id FROM assortment)";
    sql("DELETE FROM search_words").run(tx)?;
    let id = match tx.engine() {
        crate::db::Engine::Sqlite => "rowid",
        crate::db::Engine::Postgres => "id",
    };
    composed(format!(
        "INSERT INTO search_words ({id}, words) SELECT {id}, words FROM {there}search_words WHERE {id} IN {own}"
    ))
    .run(tx)
    .map(drop)
}

/// What the account may pay less. No statements go out from here.
fn discounts(tx: &mut Connection, there: &str, account_id: AccountId) -> Result<()> {
    sql("DELETE FROM account_payment_terms WHERE account_id = $1")
        .bind(account_id)
        .run(tx)?;
    composed(format!(
        "INSERT INTO account_payment_terms (account_id, cash_discount, statement_mail) \
         SELECT account_id, cash_discount, 'off' FROM {there}account_payment_terms WHERE account_id = $1"
    ))
    .bind(account_id)
    .run(tx)
    .map(drop)
}

/// Whoever reads a page or a paper of a sandbox sees by the supplier's name that it is one.
fn flag(tx: &mut Connection) -> Result<()> {
    // No access point takes files from here.
    sql("UPDATE accounts SET einvoice_by = 'link' WHERE einvoice_by = 'access_point'").run(tx)?;
    sql("UPDATE supplier SET name = name || ' · SANDBOX'").run(tx).map(drop)
}

/// The supplier who acts by themselves: a row that opens nothing.
fn insert_supplier(tx: &mut Connection, id: SandboxId, now: Timestamp) -> Result<()> {
    flag(tx)?;
    sql("INSERT INTO people (id, email, name, password_hash, created_at, ended_at, version) VALUES ($1, $2, $3, '', $4, $4, 1)")
        .bind(id.0)
        .bind("sandbox@sandbox.invalid")
        .bind("Sandbox")
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Brings each article up to plenty, by a movement as any other.
fn stock(tx: &mut Connection, id: SandboxId, now: Timestamp) -> Result<()> {
    let steps = format!(
        "CAST({PLENTY} AS BIGINT) * (CASE decimals WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 \
         WHEN 5 THEN 100000 ELSE 1000000 END)"
    );
    sql("INSERT INTO stock (id, warehouse_id, product_id, on_hand, reserved) \
         SELECT id, $1, id, 0, 0 FROM products WHERE id NOT IN (SELECT product_id FROM stock)")
    .bind(id.0)
    .run(tx)?;
    // The id of a movement follows from its stock's and from how often it was filled up.
    let missing = format!("{steps} - (s.on_hand - s.reserved)");
    let first = crate::ids::next();
    composed(format!(
        "INSERT INTO stock_movements (id, stock_id, quantity, kind, actor, moved_at) \
         SELECT $1 + ROW_NUMBER() OVER (ORDER BY s.id), s.id, {missing}, 'import', 'sandbox', $2 \
         FROM stock s JOIN products p ON p.id = s.product_id WHERE {missing} > 0"
    ))
    .bind(first)
    .bind(now)
    .run(tx)?;
    composed(format!(
        "UPDATE stock SET on_hand = reserved + (SELECT {steps} FROM products p WHERE p.id = stock.product_id) \
         WHERE on_hand - reserved < (SELECT {steps} FROM products p WHERE p.id = stock.product_id)"
    ))
    .run(tx)
    .map(drop)
}

/// Lets somebody of the portal look into the sandbox: a session of theirs, with the roles they have there. The portal's
/// password is none here, so nobody is asked for it: the last proof lies ahead of every clock.
pub fn insert_looker(
    tx: &mut Connection,
    (person, session): (PersonId, SessionId),
    (email, name, account_id): (&str, &str, Option<AccountId>),
    roles: &[&'static str],
    (now, until): (Timestamp, Timestamp),
) -> Result<()> {
    sql(
        "INSERT INTO people (id, email, name, password_hash, account_id, created_at, version) \
         VALUES ($1, $2, $3, '', $4, $5, 1) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    )
    .bind(person)
    .bind(email)
    .bind(name)
    .bind(account_id.map(|id| id.0))
    .bind(now)
    .run(tx)?;
    sql("DELETE FROM person_roles WHERE person_id = $1")
        .bind(person)
        .run(tx)?;
    for role in roles {
        sql("INSERT INTO person_roles (person_id, role) VALUES ($1, $2)")
            .bind(person)
            .bind(*role)
            .run(tx)?;
    }
    sql("INSERT INTO sessions (id, person_id, created_at, expires_at, last_used_at, proven_at) VALUES ($1, $2, $3, $4, $3, $4)")
        .bind(session)
        .bind(person)
        .bind(now)
        .bind(until)
        .run(tx)
        .map(drop)
}
