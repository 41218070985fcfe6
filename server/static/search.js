// Suggestions while one types: a list box under the field, by keyboard too; without it the form works alike.
// A long list of a view's facet gets such a field of its own, and what is picked there is chosen in the list.
"use strict";
(function () {
  const attach = (field, fits, pick) => {
  const list = document.createElement("ul");
  list.id = "suggestions-" + (field.name || field.dataset.facet);
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.getAttribute("aria-label"));
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let chosen = -1, timer = 0, asked = 0;
  const show = (visible) => {
    list.hidden = !visible;
    field.setAttribute("aria-expanded", String(visible));
    if (!visible) field.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    const items = [...list.children];
    if (!items.length) return;
    chosen = (number + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    field.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  };
  const fill = (found) => {
    chosen = -1;
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + place;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.one = one;
      item.textContent = one.label || one.iri;
      const kind = document.createElement("small");
      kind.textContent = " " + (field.dataset["kind" + one.kind[0].toUpperCase() + one.kind.slice(1)] || one.kind);
      item.append(kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(one); });
      return item;
    }));
    show(found.length > 0);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const words = field.value.trim(), number = ++asked;
    if (words.length < 2) { show(false); return; }
    timer = setTimeout(() => {
      fetch(field.dataset.suggest + "?q=" + encodeURIComponent(words))
        .then((answer) => answer.ok ? answer.json() : { suggestions: [] })
        .then((content) => { if (number === asked) fill(content.suggestions.filter(fits)); })
        .catch(() => show(false));
    }, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); show(false); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); pick(list.children[chosen].one); }
  });
  field.addEventListener("blur", () => show(false));
  };
  document.querySelectorAll("input[data-suggest]").forEach((field) =>
    attach(field, (one) => one.href, (one) => window.location.assign(one.href)));
  document.querySelectorAll("select[data-kinds]").forEach((select) => {
    const kinds = select.dataset.kinds.split(" "), field = document.createElement("input"), box = document.createElement("span");
    Object.assign(field, { type: "text", className: "ahead", autocomplete: "off", placeholder: select.dataset.ahead });
    field.setAttribute("aria-label", select.dataset.label + ": " + select.dataset.ahead);
    Object.assign(field.dataset, { suggest: "/suggest", facet: select.name }, Object.fromEntries(Object.entries(select.dataset).filter(([name]) => name.startsWith("kind") && name !== "kinds")));
    box.className = "ahead";
    box.append(field);
    select.closest("label").after(box);
    box.prepend(select.closest("label"));
    attach(field, (one) => kinds.includes(one.kind) && one.href.startsWith("/page/"), (one) => {
      const path = decodeURIComponent(one.href.replace("/page/", ""));
      if (![...select.options].some((option) => option.value === path)) select.add(new Option(one.label, path));
      select.value = path;
      select.form.requestSubmit();
    });
  });
})();
