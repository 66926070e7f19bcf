// One tick for all rows of a table.
for (const head of document.querySelectorAll("th[data-all]")) {
  const table = head.closest("table");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.dataset.all);
  head.append(all);
  const picks = () => [...table.querySelectorAll("input.pick")];
  table.addEventListener("change", (event) => {
    if (event.target === all) for (const pick of picks()) pick.checked = all.checked;
    else all.checked = picks().every((pick) => pick.checked);
  });
}
