// Parts that several views have: headings, pages of a list, and sentences that are filled in when they are there.

const PER_PAGE = 40;

function heading(content, attributes = {}) {
  return make("h1", { id: "heading", tabindex: "-1", ...attributes }, content);
}

function section(title, link, ...content) {
  return make("section", {}, make("div", { class: "section-head" }, make("h2", {}, title), link), ...content);
}

// One page of the items, and the way to the others.
function paged(items, route, name) {
  const pages = Math.max(1, Math.ceil(items.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Number.parseInt(route.query.get("page") ?? "1", 10) || 1));
  const first = (page - 1) * PER_PAGE;
  const to = (number, text, relation) =>
    number >= 1 && number <= pages && number !== page
      ? make(
          "a",
          {
            href: filtered(route.view, { ...viewOnly(route), page: number === 1 ? null : number }),
            rel: relation,
            "data-key": `page:${text}`,
          },
          text,
        )
      : make("span", { class: "off" }, text);
  const turn =
    pages > 1 &&
    make(
      "nav",
      { class: "pages", "aria-label": `Pages of ${name}` },
      to(1, "First", "first"),
      to(page - 1, "Previous", "prev"),
      make(
        "span",
        { class: "place" },
        `${(first + 1).toLocaleString("en")}–${Math.min(items.length, first + PER_PAGE).toLocaleString("en")} of ${items.length.toLocaleString("en")}`,
      ),
      to(page + 1, "Next", "next"),
      to(pages, "Last", "last"),
    );
  return { shown: items.slice(first, first + PER_PAGE), turn };
}

// What a view keeps in the address besides the filters.
function viewOnly(route) {
  return Object.fromEntries(
    ["sort", "all"].filter((name) => route.query.has(name)).map((name) => [name, route.query.get(name)]),
  );
}

// The first sentence a record cites. Its article may have to be unpacked first; a line is kept free for it.
function quoteBox(type, record) {
  const box = make("blockquote", { class: "quote" });
  detailsOf(record.article).then((details) => {
    const found = details.records[type]?.find((each) => each.number === record.number);
    const evidence = found?.evidence?.[0];
    if (evidence) box.append(...quoted(quoteOf(details, evidence).replace(/\s+/g, " ")));
    else box.append(make("span", { class: "missing" }, "The record cites no sentence."));
  });
  return box;
}

function concernMark(number) {
  return number ? make("span", { class: "warning-mark" }, counted(number, "concern")) : null;
}

function nothing(text = "Nothing fits these filters.") {
  return make("p", { class: "nothing" }, text);
}

function tell(text) {
  const box = document.getElementById("found");
  if (box.textContent !== text) box.textContent = text;
}

function ofAll(number, all, one, many) {
  return number === all ? counted(all, one, many) : `${number.toLocaleString("en")} of ${counted(all, one, many)}`;
}
