// Conveniences of every page; without them everything works all the same.
{
  // Ctrl+K leads to the search box; a plain letter or sign would fire while somebody dictates.
  const search = document.getElementById("search");
  document.addEventListener("keydown", (event) => {
    if (search && event.key === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // What went wrong is read first.
  const fault = document.querySelector("main .banner.bad");
  if (fault) {
    fault.tabIndex = -1;
    fault.focus();
  }

  // A form that was sent is not sent again by a second click; coming back by the browser's history frees it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const busy of form.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
    }
  });

  // The end of the session is told two minutes before; browsers time nothing beyond 24 days.
  const end = document.getElementById("session-end");
  const wait = end ? end.dataset.left * 1000 - 120_000 : Infinity;
  if (wait < 2 ** 31) setTimeout(() => { end.hidden = false; }, wait);

  // A choice that needs no button.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
}
