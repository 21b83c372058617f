"use strict";
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const filled = (form, ...parts) => parts.reduce((said, part) => said.replace("{}", part), form);

  // Filters: rows and cards that do not fit are taken off the screen; paper always shows everything.
  const fits = (item, wanted) => Object.entries(wanted.exact).every(([key, values]) => values.includes(item.dataset[key] ?? ""))
    && wanted.words.every((word) => words(item).includes(word));
  const words = (item) => {
    const card = item.dataset.card && document.getElementById(item.dataset.card);
    return `${item.textContent} ${card ? card.textContent : ""}`.toLowerCase();
  };
  const wantedBy = (form) => {
    const exact = {};
    for (const box of all("input[type=checkbox]", form)) {
      exact[box.name] ??= [];
      if (box.checked) exact[box.name].push(box.value);
    }
    for (const choice of all("select", form)) if (choice.value) exact[choice.name] = [choice.value];
    return { exact, words: form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean) };
  };
  const apply = (form) => {
    const wanted = wantedBy(form);
    const items = all(`[data-item="${form.dataset.filter}"]`);
    const rows = items.filter((item) => item.tagName === "TR");
    const shown = new Set(rows.filter((row) => fits(row, wanted)));
    for (const row of rows) row.classList.toggle("out", !shown.has(row));
    const cards = new Set([...shown].map((row) => row.dataset.card));
    for (const item of items) if (item.tagName !== "TR") item.classList.toggle("out", !cards.has(item.id));
    const isWhole = shown.size === rows.length;
    if (form.dataset.filter === "findings") {
      for (const group of all("[data-group]")) {
        group.classList.toggle("out", !isWhole && !group.querySelector('[data-item="findings"]:not(.out)'));
      }
    }
    form.querySelector("[role=status]").textContent = filled(form.querySelector("[role=status]").dataset.said, shown.size, rows.length);
  };
  for (const form of all("form[data-filter]")) {
    form.hidden = false;
    form.addEventListener("input", () => apply(form));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => apply(form)));
    apply(form);
  }

  // Sorting: a button in each heading; the first press ascends, the next descends.
  const language = document.documentElement.lang;
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim();
  };
  const isWhole = (text) => /^-?\d+$/.test(text);
  const compared = (a, b) => (isWhole(a) && isWhole(b) ? Number(a) - Number(b) : a.localeCompare(b, language, { numeric: true }));
  const sort = (table, heading, status) => {
    const descends = heading.getAttribute("aria-sort") === "ascending";
    const column = heading.cellIndex;
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => compared(key(a, column), key(b, column)) * (descends ? -1 : 1));
    for (const each of all("th[data-sort]", table)) each.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", descends ? "descending" : "ascending");
    body.append(...rows);
    status.textContent = filled(table.dataset.sortable, heading.textContent.trim()) + (descends ? " ↓" : " ↑");
  };
  for (const table of all("table[data-sortable]")) {
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "note";
    table.parentElement.after(status);
    for (const heading of all("th[data-sort]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, heading, status));
    }
  }

  // A link into something folded unfolds it; a card that is filtered out comes back.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
      each.classList.remove("out");
    }
    target.scrollIntoView({ block: target.tagName === "DETAILS" ? "start" : "center" });
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();

  for (const each of all("[data-unfold]")) {
    each.hidden = false;
    each.addEventListener("click", () => {
      const departments = all("details.department");
      const open = departments.some((one) => !one.open);
      for (const one of departments) one.open = open;
    });
  }

  // Paper shows everything unfolded, of the departments those that are unfolded on the screen.
  let folded = [];
  const unfold = () => {
    folded = folded.concat(all("details:not([open]):not(.department)"));
    for (const each of folded) each.open = true;
  };
  const fold = () => {
    for (const each of folded) each.open = false;
    folded = [];
  };
  addEventListener("beforeprint", unfold);
  addEventListener("afterprint", fold);
})();
