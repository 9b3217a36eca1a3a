// Who goes where: the countries that visitors come from down the side, the countries they go to along the top.

const MOST_COUNTRIES = 16;

function flowsOf(visits) {
  const flows = new Map();
  const origins = new Map();
  const destinations = new Map();
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const visit of visits) {
    const to = visit.country ?? "none";
    add(destinations, to);
    for (const from of new Set((visit.visitors ?? []).map(([, code]) => code ?? "none"))) {
      add(origins, from);
      add(flows, `${from} ${to}`);
    }
  }
  return { flows, origins, destinations };
}

function ranked(counts, most) {
  return [...counts]
    .sort(
      ([one, a], [other, b]) =>
        (one === "none") - (other === "none") || b - a || countryLabel(one).localeCompare(countryLabel(other), "en"),
    )
    .slice(0, most);
}

function countryLabel(code) {
  return code === "none" ? "not told" : countryName(code);
}

function matrix(visits, route, most) {
  const { flows, origins, destinations } = flowsOf(visits);
  const rows = ranked(origins, most);
  const columns = ranked(destinations, most);
  const highest = Math.max(1, ...flows.values());
  const cell = (from, to) => {
    const count = flows.get(`${from} ${to}`);
    if (!count) return make("td", {}, make("span", { class: "none", "aria-hidden": "true" }, "·"), unseen("none"));
    const depth = Math.max(1, Math.ceil((5 * Math.log(count + 1)) / Math.log(highest + 1)));
    const label = `${count}: ${plain(countryLabel(from))} to ${plain(countryLabel(to))}`;
    return make(
      "td",
      { class: `depth-${depth}` },
      make(
        "a",
        {
          href: filtered("visits", { origin: from, destination: to }),
          "aria-label": label,
          "data-key": `cell:${from} ${to}`,
        },
        count.toLocaleString("en"),
      ),
    );
  };
  const table = make(
    "table",
    { class: "matrix", "aria-describedby": "matrix-note" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("th", { scope: "col", class: "corner" }, make("span", {}, "from ↓ to →")),
        columns.map(([code]) =>
          make("th", { scope: "col" }, make("span", { class: "upright" }, said(countryLabel(code)))),
        ),
      ),
    ),
    make(
      "tbody",
      {},
      rows.map(([code]) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, said(countryLabel(code))),
          columns.map(([to]) => cell(code, to)),
        ),
      ),
    ),
  );
  const left = Math.max(0, origins.size - rows.length) + Math.max(0, destinations.size - columns.length);
  return [
    make(
      "p", // no caption: that would be as wide as the table, and cut off where the table scrolls
      { class: "matrix-note", id: "matrix-note" },
      "Visits by the country of the visitors (rows) and the country visited (columns). Each number leads to the visits.",
    ),
    make("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": "Who goes where, as a table" }, table),
    left
      ? make(
          "p",
          { class: "aside-note" },
          `The ${rows.length} countries that most visitors come from and the ${columns.length} that most go to; ${counted(left, "further row or column", "further rows and columns")} left out. `,
          make("a", { href: filtered("matrix", { all: "1" }) }, "Show all"),
        )
      : null,
  ];
}

function matrixView(route, wish) {
  const found = wishedVisits(wish);
  tell(ofAll(found.length, lists.visits.length, "visit"));
  const most = route.query.get("all") ? Infinity : MOST_COUNTRIES;
  return [heading("Who goes where"), found.length ? matrix(found, route, most) : nothing()];
}
