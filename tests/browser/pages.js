// Every page, by who reads it. A new page is added here and thereby checked for width, accessibility and a silent console.
//
// `path`: where it is. `from` and `follow`: the page that the first such link of another page leads to,
// `part`: below it. `buys`: only for
// those who may order. `status`: what it answers if not 200.

/** People of the demonstration. The first three read German, the last English. */
export const BUYER = "jonas@elbtor.example";
export const ADMIN = "anke@elbtor.example";
export const VIEWER = "meike@elbtor.example";
export const ENGLISH = "lieke@glasoord.example";
export const STAFF = "willem@kessemeer.example";

export const ENTRY_PAGES = [
  { path: "/sign-in" },
  { path: "/sign-in?ended=1" },
  { path: "/forgot-password" },
  { path: "/forgot-password/sent" },
  { path: "/no-such-page", status: 404 },
];

export const BUYER_PAGES = [
  { path: "/" },
  { path: "/quick-order" },
  { path: "/quick-order/paste", buys: true },
  { path: "/quick-order/upload", buys: true },
  { path: "/drafts" },
  { from: "/drafts", follow: "main td.id a" },
  { path: "/products" },
  { path: "/products?q=screw" },
  { path: "/products?q=nothing-like-it" },
  { from: "/products", follow: "main a[href^='/products/prd_']" },
  { path: "/orders" },
  { path: "/orders?q=nothing-like-it" },
  { from: "/orders", follow: "main a[href^='/orders/ord_']" },
  { from: "/orders?view=open", follow: "main a[href^='/orders/ord_']" },
  { path: "/search?q=screw" },
  { path: "/shipments" },
  { from: "/shipments", follow: "main a[href^='/shipments/']" },
  { path: "/invoices" },
  { path: "/invoices?q=nothing-like-it" },
  { from: "/invoices", follow: "main a[href^='/invoices/inv_']" },
  { path: "/statement" },
  { path: "/team" },
  { path: "/account" },
  { path: "/account/sites" },
  { path: "/account/contacts" },
  { path: "/account/notifications" },
  { path: "/profile" },
  { path: "/profile/password" },
  { path: "/profile/second-factor" },
  { path: "/profile/sessions" },
  { path: "/confirm" },
];

/** What only admins of an account see. */
export const ADMIN_PAGES = [
  { path: "/account/members" },
  { from: "/account/members", follow: "main a[href^='/account/members/']" },
  { path: "/account/acted-for" },
  { path: "/sandbox" },
  { path: "/clients" },
  { path: "/clients/new" },
  { path: "/webhooks" },
  { path: "/webhooks/new" },
];

export const STAFF_PAGES = [
  { path: "/desk" },
  { path: "/desk/webhooks" },
  { path: "/desk/webhooks/new" },
  { path: "/desk/queue" },
  { path: "/desk/queue?q=nothing-like-it" },
  { path: "/desk/orders" },
  { from: "/desk/orders", follow: "main a[href^='/desk/orders/ord_']" },
  { path: "/desk/accounts" },
  { path: "/desk/accounts/new" },
  { from: "/desk/accounts", follow: "main a[href^='/desk/accounts/acc_']" },
  ...["people", "contacts", "sites", "team", "terms", "act-for", "clients", "clients/new", "punchout", "sandbox"].map((part) => ({ from: "/desk/accounts", follow: "main a[href^='/desk/accounts/acc_']", part })),
  { path: "/desk/stock" },
  { from: "/desk/stock", follow: "main a[href^='/desk/stock/']" },
  { path: "/desk/products" },
  { path: "/desk/products?q=nothing-like-it" },
  { path: "/desk/products/new" },
  { from: "/desk/products", follow: "main td a[href^='/desk/products/prd_']" },
  ...["edit", "units/new"].map((part) => ({ from: "/desk/products", follow: "main td a[href^='/desk/products/prd_']", part })),
  { path: "/desk/price-lists" },
  { path: "/desk/price-lists/new" },
  { from: "/desk/price-lists", follow: "main td a[href^='/desk/price-lists/']" },
  { from: "/desk/price-lists", follow: "main td a[href^='/desk/price-lists/']", part: "edit" },
  { path: "/desk/assortments" },
  { from: "/desk/assortments", follow: "main a[href^='/desk/assortments/acc_']" },
  { from: "/desk/assortments", follow: "main a[href^='/desk/assortments/acc_']", part: "paste" },
  { path: "/desk/components" },
  { path: "/desk/receipts/new" },
  { path: "/desk/receipts" },
  { path: "/desk/search?q=screw" },
  { path: "/desk/imports" },
  { path: "/desk/audit" },
  { path: "/desk/shipments" },
  { from: "/desk/shipments", follow: "main a[href^='/desk/shipments/']" },
  { path: "/desk/invoices" },
  { from: "/desk/invoices", follow: "main a[href^='/desk/invoices/']" },
  { path: "/desk/payments" },
  { path: "/desk/payments/new" },
  { from: "/desk/payments", follow: "main a[href^='/desk/payments/pay']" },
  { path: "/desk/staff" },
  { path: "/desk/clients" },
  { path: "/desk/clients/new" },
  { path: "/desk/messages" },
  { from: "/desk/messages", follow: "main a[href^='/desk/messages/']" },
];
