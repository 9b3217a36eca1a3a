// How records are put into words.

function countryName(code) {
  return Object.hasOwn(facts.countries, code) ? facts.countries[code] : code;
}

function country(code) {
  return code ? said(countryName(code), { class: "country" }) : make("span", { class: "missing" }, "a place not told");
}

function party([name, code]) {
  return make(
    "span",
    { class: "party" },
    said(name, { class: "name" }),
    code && [" ", make("span", { class: "of" }, "(", said(countryName(code)), ")")],
  );
}

function parties(list, none = "nobody named") {
  return list?.length ? joined(list.map(party)) : make("span", { class: "missing" }, none);
}

// What an article is called. Where it states no headline its summary stands there, and says that it is one.
function titleOf(article, summary = article.summary, most = 110) {
  if (article.headline) return said(article.headline);
  if (!summary) return said(article.id);
  const cut = summary.length <= most ? summary : summary.slice(0, most + 1).replace(/\s+\S*$/u, "");
  return [
    make("span", { class: "no-headline" }, "No headline. Summary: "),
    said(cut + (cut.length < summary.length ? "…" : "")),
  ];
}

function partiesText(list) {
  return (list ?? []).map(([name]) => plain(name)).join(", ");
}

// `published 16 Oct 2023, TASS`
function sourceLine(article) {
  const outlet = [...new Set([article.outlet, ...(article.agencies ?? [])].filter(Boolean))];
  const day = article.published
    ? ["published ", make("time", { datetime: article.published }, spoken(article.published))]
    : "no day of publication";
  return make(
    "span",
    { class: "source-line" },
    day,
    outlet.length ? [" · ", joined(outlet.map((name) => said(name)))] : "",
  );
}

function humane(name) {
  return String(name).replaceAll("_", " ");
}
