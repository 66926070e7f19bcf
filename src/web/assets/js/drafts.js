// Quick order without page changes: forms are sent as they are, and what the server made of the page is put in place.
{
  const entry = document.getElementById("entry");
  const parts = ["draft-status", "draft-faults", "draft-lines", "draft-bar"];
  let running = Promise.resolve();

  // What was typed while the answer was on its way stays.
  const put = (answer, sent) => {
    const active = document.activeElement;
    const place = active && active.id;
    const typed = new Map();
    for (const field of document.querySelectorAll("#lines input:not([type=hidden]), #lines select")) {
      if (field.id && sent.get(field.name) !== field.value) typed.set(field.id, field.value);
    }
    for (const part of parts) {
      const [old, fresh] = [document.getElementById(part), answer.getElementById(part)];
      if (old && fresh) old.replaceWith(fresh);
    }
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (field && sent.size) field.value = value;
    }
    const again = place && document.getElementById(place);
    if (again && again !== document.activeElement) again.focus();
    const told = answer.querySelector("main > .banner");
    for (const old of document.querySelectorAll("main > .banner:not(.bad-lines)")) old.remove();
    if (told) document.querySelector("main .top").after(told);
    document.getElementById("draft-told").textContent = (told || answer.querySelector("#draft-status"))?.textContent.trim() ?? "";
    const hidden = answer.querySelector("#entry input[name=draft]");
    if (entry && hidden && !entry.querySelector("input[name=draft]")) entry.prepend(hidden);
  };

  // As if there were no script; the server then says what is to be done.
  const natively = (form, submitter) => {
    delete form.dataset.live;
    form.requestSubmit(submitter);
  };

  const send = async (form, submitter) => {
    const sent = new FormData(form, submitter);
    const body = new URLSearchParams(sent);
    const response = await fetch(form.action, { method: "post", body });
    const here = new URL(response.url).pathname;
    const stays = here === "/quick-order" || here === location.pathname;
    if (response.status === 401) {
      natively(form, submitter);
      return false;
    }
    if (!response.ok || !stays) {
      location.assign(response.url);
      return false;
    }
    put(new DOMParser().parseFromString(await response.text(), "text/html"), sent);
    return true;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.dataset.live || button?.value === "preview") return;
    event.preventDefault();
    running = running.then(async () => {
      const done = await send(form, button).catch(() => natively(form, button));
      if (done && form === entry) {
        for (const name of ["key", "quantity", "unit"]) form.elements[name].value = "";
        form.elements.key.focus();
      }
    });
  }, true);

  // A changed field is saved at once.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.id === "lines") form.requestSubmit(form.querySelector("button[value=save]"));
  });

  // The combobox of the part number.
  const field = entry && entry.elements.key;
  const list = document.getElementById("offers");
  if (field && list && field.dataset.suggest) {
    let timer = 0, asked = 0, chosen = -1;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "offers");
    field.setAttribute("aria-autocomplete", "list");
    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      list.hidden = true;
      chosen = -1;
      asked += 1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (index) => {
      chosen = index;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      const option = options()[index];
      if (option) {
        field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    };
    const take = (option) => {
      field.value = option.dataset.key;
      close();
      entry.elements.quantity.focus();
    };
    const ask = async () => {
      const text = field.value.trim();
      if (text.length < 2) return close();
      const mine = ++asked;
      const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!response.ok || mine !== asked || document.activeElement !== field) return;
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      list.replaceChildren(...answer.querySelectorAll("[role=option]"));
      const count = options().length;
      list.hidden = count === 0;
      field.setAttribute("aria-expanded", String(count > 0));
      chosen = -1;
      if (count) document.getElementById("draft-told").textContent = field.dataset.count.replace("{count}", count);
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    field.addEventListener("keydown", (event) => {
      const last = options().length - 1;
      if (event.key === "Escape") close();
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(chosen + step > last ? 0 : chosen + step < 0 ? last : chosen + step);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(options()[chosen]);
      } else if (event.key === "Tab" || event.key === "Enter") {
        clearTimeout(timer);
        close();
      }
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) take(option);
    });
    field.addEventListener("blur", close);
    // A copied list pasted into the field becomes lines.
    field.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text").trim();
      if (!/[\n\t]/.test(text)) return;
      event.preventDefault();
      const form = document.createElement("form");
      form.method = "post";
      form.action = "/quick-order/paste";
      for (const [name, value] of [["text", text], ["draft", location.pathname === "/quick-order" ? "" : entry.elements.draft?.value ?? ""]]) {
        const input = document.createElement("textarea");
        input.name = name;
        input.value = value;
        form.append(input);
      }
      form.hidden = true;
      document.body.append(form);
      form.submit();
    });
  }
}
