// The fields of a record as a list of terms: the known ones in their order, then whatever else a record has.

const TERMS = {
  visitors: "Visitors",
  hosts: "Hosts",
  inviters: "Who asks",
  invitees: "Who is asked",
  country: "Country",
  places: "Places",
  status: "Status",
  response: "Answer",
  when: "When",
  possible_dates: "Perhaps",
  proposed: "Date offered",
  extended: "Made",
  responded: "Answered",
  focus: "In the article",
  kind: "Kind",
  event: "Event",
  purpose: "Purpose",
  occasion: "Occasion",
  channel: "By way of",
  via: "Carried by",
  titles: "Titles",
  role: "Role",
  organisation: "Organisation",
  tenure: "Tenure",
  variants: "Also called",
  sources: "Who says so",
  caveat: "Caveat",
  invitation: "Answers the invitation",
  visit: "Answered by the visit",
  trip: "Trip",
  leg: "Leg",
};
const NOT_LISTED = new Set(["id", "number", "evidence"]);
const UNTOLD = { kind: "unspecified", channel: "unspecified" };

// What goes without saying: that the article itself says so, that it does not tell a kind.
function isUsual(name, value) {
  if (name === "sources")
    return (
      Array.isArray(value) && value.length === 1 && value[0]?.kind === "narrator" && !value[0].name && !value[0].outlet
    );
  return Object.hasOwn(UNTOLD, name) && UNTOLD[name] === value;
}

function dateValue(span) {
  const date = spokenSpan(span);
  const words = span.text ? make("span", { class: "verbatim" }, quoted(span.text)) : null;
  const how = [
    span.precision && !["day", "none"].includes(span.precision) ? span.precision : null,
    span.basis && !["explicit", "none"].includes(span.basis) ? span.basis : null,
  ]
    .filter(Boolean)
    .join(", ");
  if (!date && !words) return null;
  return make(
    "span",
    {},
    date,
    date && words ? " " : null,
    words,
    how ? make("span", { class: "how" }, ` ${how}`) : null,
  );
}

function partyValue(each) {
  return make(
    "span",
    { class: "party" },
    each.title ? [said(each.title), " "] : null,
    said(each.name, { class: "name" }),
    each.country ? [" (", said(countryName(each.country)), ")"] : null,
  );
}

function sourceValue(source) {
  if (source.kind === "narrator" && !source.name)
    return source.outlet ? ["the article, ", said(source.outlet)] : "the article itself";
  return make(
    "span",
    {},
    source.name ? [said(source.name), ", "] : null,
    said(humane(source.kind ?? "")),
    source.outlet && source.outlet !== source.name ? [", by ", said(source.outlet)] : null,
  );
}

function isDate(value) {
  return "precision" in value || "basis" in value;
}

// Any value in words; `name` tells what a text stands for.
function valueOf(value, name = "") {
  if (Array.isArray(value))
    return joined(
      value.map((each) => make("span", {}, valueOf(each, name))),
      name === "sources" || name === "titles" ? "; " : ", ",
    );
  if (value !== null && typeof value === "object") {
    if (name === "sources") return sourceValue(value);
    if (isDate(value)) return dateValue(value);
    if (typeof value.name === "string") return partyValue(value);
    return joined(
      Object.entries(value).map(([term, each]) => make("span", {}, said(humane(term)), ": ", valueOf(each, term))),
      "; ",
    );
  }
  if (name === "country") return country(String(value));
  if (name === "status" && Object.hasOwn(SHAPES, value)) return stateOf(value);
  if (name === "invitation" || name === "visit") return recordLink(name, String(value));
  return said(["role", "kind", "channel", "response", "status"].includes(name) ? humane(value) : String(value));
}

function recordLink(type, id) {
  return make("button", { type: "button", class: "to-record", "data-to-id": `${type}s ${id}` }, said(id));
}

function fieldsOf(record) {
  const known = Object.keys(TERMS).filter((name) => name in record);
  const own = Object.keys(record).filter((name) => !Object.hasOwn(TERMS, name) && !NOT_LISTED.has(name));
  const lines = [...known, ...own].map((name) => {
    if (isUsual(name, record[name])) return null;
    const value = valueOf(record[name], name);
    if (value === null || (Array.isArray(value) && !value.length)) return null;
    return [make("dt", {}, Object.hasOwn(TERMS, name) ? TERMS[name] : said(humane(name))), make("dd", {}, value)];
  });
  return make("dl", {}, lines);
}
