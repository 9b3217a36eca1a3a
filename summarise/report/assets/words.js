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

function titleOf(article) {
  if (article.headline) return article.headline;
  const [abstract] = /^.{0,110}(?=\s|$)/su.exec(article.summary ?? "") ?? [""];
  return abstract ? abstract + (abstract.length < article.summary.length ? "…" : "") : article.id;
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
