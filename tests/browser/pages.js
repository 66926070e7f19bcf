// Every page, by who reads it. A new page is added here and thereby checked for width, accessibility and a silent console.
//
// `path`: where it is. `from` and `follow`: the page that the first such link of another page leads to.

/** People of the demonstration. The first three read German, the last English. */
export const BUYER = "jonas@elbtor.example";
export const ADMIN = "anke@elbtor.example";
export const VIEWER = "meike@elbtor.example";
export const ENGLISH = "lieke@glasoord.example";
export const STAFF = "willem@kessemeer.example";

export const ENTRY_PAGES = [{ path: "/sign-in" }, { path: "/sign-in?ended=1" }, { path: "/no-such-page", status: 404 }];

export const BUYER_PAGES = [
  { path: "/" },
  { path: "/quick-order" },
  { path: "/quick-order/paste", buys: true },
  { path: "/quick-order/upload", buys: true },
  { path: "/drafts" },
  { from: "/drafts", follow: "main td.id a" },
];

export const STAFF_PAGES = [{ path: "/desk" }];
