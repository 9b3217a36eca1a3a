// The page of one article: concerns first, then its text beside its records, each leading to the other.

function recordCard(each, details, concerns) {
  const { record, key, label, sign, type } = each;
  const own = concerns.filter(
    (concern) => recordOf(concern.path) === key || String(concern.path ?? "").startsWith(`${type}[${record.number}]`),
  );
  const cited = (record.evidence ?? []).map((evidence, at) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "to-sentence", "data-record": key, "data-at": placeOf(evidence) },
        evidence.sentence ? `Sentence ${evidence.sentence}` : `Sentence ${at + 1} cited`,
      ),
      " ",
      make("span", { class: "excerpt" }, said(excerpt(quoteOf(details, evidence)))),
    ),
  );
  return make(
    "article",
    {
      class: `card ${Object.hasOwn(KINDS, type) ? type : "own"}`,
      "data-card": key,
      "data-id": `${type} ${record.id ?? ""}`,
    },
    make(
      "h3",
      { tabindex: "-1" },
      make("span", { class: "card-kind" }, said(label), make("span", { "aria-hidden": "true" }, ` · ${plain(sign)}`)),
      " ",
      record.name ? said(record.name) : cardTitle(type, record),
    ),
    own.length
      ? make(
          "ul",
          { class: "card-concerns" },
          own.map((concern) => make("li", {}, said(concern.message ?? concern.kind ?? ""))),
        )
      : null,
    fieldsOf(record.name ? without(record, "name") : record),
    cited.length
      ? make("ul", { class: "cited", "aria-label": `Sentences of ${plain(label)}` }, cited)
      : make("p", { class: "missing" }, "cites no sentence"),
  );
}

function without(record, name) {
  const { [name]: _, ...rest } = record;
  return rest;
}

function cardTitle(type, record) {
  const names = (list) => joined(listOf(list).map((each) => said(each?.name ?? "?")));
  if (type === "visits")
    return make(
      "span",
      {},
      names(record.visitors),
      make("span", { "aria-hidden": "true" }, " → "),
      unseen(" to "),
      country(record.country),
    );
  if (type === "invitations") return make("span", {}, names(record.inviters), " asks ", names(record.invitees));
  return null;
}

function excerpt(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 140 ? `${line.slice(0, 139)}…` : line;
}

function generalConcerns(details) {
  const keys = new Set(allRecords(details).map(({ type, record }) => `${type}[${record.number}]`));
  return listOf(details.concerns).filter((concern) => !keys.has(String(concern.path ?? "").split(".")[0]));
}

function rejectedSection(rejected) {
  if (!rejected?.length) return null;
  return make(
    "section",
    { class: "rejected" },
    make("h2", {}, "Not accepted"),
    make("p", { class: "lead" }, "Read, and not kept as a record, for these reasons."),
    rejected.map((each) =>
      make(
        "details",
        {},
        make(
          "summary",
          {},
          said(kindName(each.type ?? "record")),
          ": ",
          joined(
            listOf(each.reasons).map((reason) => said(String(reason))),
            "; ",
          ),
        ),
        make(
          "pre",
          { tabindex: "0", role: "region", "aria-label": "As it was read" },
          visible(JSON.stringify(each.reply ?? {}, null, 2)),
        ),
      ),
    ),
  );
}

function sourceOf(source) {
  const url = URL.canParse?.(source) ? new URL(source) : null;
  if (url && (url.protocol === "https:" || url.protocol === "http:"))
    return make("a", { href: url.href, rel: "noreferrer noopener external", class: "outside" }, said(source));
  return said(source ?? "");
}

function madeLine(made) {
  if (!made) return null;
  const by = made.engine === "offline" ? "rules" : (made.answered_by ?? made.model);
  return make(
    "p",
    { class: "made" },
    "Read by ",
    said(by ?? "?"),
    made.reference_date
      ? [
          ", dates against ",
          said(made.reference_date),
          made.reference_basis && made.reference_basis !== "none" ? ` (${plain(humane(made.reference_basis))})` : "",
        ]
      : null,
    ".",
    listOf(made.warnings).map((warning) => [" ", said(String(warning)), "."]),
  );
}

function articleHead(details, article) {
  return make(
    "header",
    { class: "article-head" },
    make(
      "p",
      { class: "kicker" },
      sourceLine(article),
      details.dateline ? [" · ", said(details.dateline)] : null,
      details.byline ? [" · by ", said(details.byline)] : null,
    ),
    heading(
      titleOf(article, text(details.summary), Infinity),
      article.headline ? {} : { class: "untitled" },
    ),
    article.headline && text(details.summary) ? make("p", { class: "standfirst" }, said(details.summary)) : null,
    make("p", { class: "source" }, "Ledger row ", said(details.id), " · ", sourceOf(details.source)),
    madeLine(details.made),
  );
}

function concernsAside(details, article) {
  const lines = generalConcerns(details).map((concern) =>
    make(
      "li",
      {},
      said(concern.message ?? concern.kind ?? ""),
      concern.path ? make("span", { class: "how" }, " ", said(concern.path)) : null,
    ),
  );
  const number = (details.concerns ?? []).length;
  if (!number) return null;
  const rest = number - lines.length;
  if (rest) lines.push(make("li", {}, `${counted(rest, "concern")} about single records, told with them below.`));
  return make("section", { class: "concerns-box" }, make("h2", {}, "Before you rely on it"), make("ul", {}, lines));
}

async function articleView(route) {
  const article = articleCalled(route.id);
  tell("");
  if (!article)
    return [
      heading("No such article"),
      make("p", { class: "lead" }, "This report holds no article called “", said(route.id ?? ""), "”."),
      backLink(),
    ];
  const details = await detailsOf(article.place);
  const records = allRecords(details);
  if (article.failed) {
    return [
      backLink(),
      articleHead(details, article),
      make(
        "section",
        { class: "concerns-box" },
        make("h2", {}, "This article could not be read"),
        make("p", {}, said(details.error?.message ?? "No reason is given.")),
        details.error?.hint ? make("p", {}, said(details.error.hint)) : null,
      ),
    ];
  }
  const more = Object.keys(details.more ?? {}).length
    ? make("section", {}, make("h2", {}, "Also in the ledger"), fieldsOf(details.more))
    : null;
  return [
    backLink(),
    articleHead(details, article),
    concernsAside(details, article),
    make(
      "div",
      { class: "reading" },
      make(
        "section",
        { class: "text-pane", "aria-label": "The article" },
        make("h2", {}, "The article"),
        textPane(details, records),
      ),
      make(
        "section",
        { class: "records-pane", "aria-label": "Its records" },
        make("h2", {}, "Its records"),
        records.length
          ? records.map((each) => recordCard(each, details, details.concerns ?? []))
          : nothing("No records."),
      ),
    ),
    more,
    rejectedSection(details.rejected),
  ];
}

let byName = null;

function articleCalled(id) {
  byName ??= new Map(lists.articles.map((article) => [wellFormed(article.id), article]));
  return byName.get(id) ?? null;
}

let lastList = "#/";

function backLink() {
  return make(
    "p",
    { class: "back-link" },
    make("a", { href: lastList, "data-back": true, "data-key": "back" }, "← Back to the list"),
  );
}

// -------------------------------------------------------------------------------- from record to sentence and back

function marksOf(key) {
  return [...document.querySelectorAll("mark[data-by]")].filter((mark) => mark.dataset.by.split(" ").includes(key));
}

function cardOf(key) {
  return [...document.querySelectorAll("[data-card]")].find((card) => card.dataset.card === key);
}

// Beside its records the text scrolls by itself: then a sentence comes into view without moving the record.
function isBeside() {
  const pane = document.querySelector(".text-pane");
  return Boolean(pane) && getComputedStyle(pane).position === "sticky";
}

function meet(element) {
  const block = element?.closest(".text-pane") && isBeside() ? "nearest" : "center";
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block, behavior });
}

function light(keys) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const key of keys) {
    for (const mark of marksOf(key)) mark.classList.add("lit");
    cardOf(key)?.classList.add("lit");
  }
}

function keysAt(target) {
  const card = target.closest?.("[data-card]");
  if (card) return [card.dataset.card];
  return target.closest?.("mark[data-by]")?.dataset.by.split(" ") ?? null;
}

// A record that the address names: its first sentence gets the focus.
function showRecord(key) {
  const mark = marksOf(key)[0];
  light([key]);
  if (mark && isBeside()) cardOf(key)?.scrollIntoView({ block: "start", behavior: "instant" });
  if (mark) meet(mark);
  else meet(cardOf(key)?.querySelector("h3"));
  return Boolean(mark || cardOf(key));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  const { record, at, to, toId } = button.dataset;
  if (record) {
    light([record]);
    meet(marksOf(record).find((mark) => mark.dataset.at === at));
  } else if (to) {
    light([to]);
    meet(cardOf(to)?.querySelector("h3"));
  } else if (toId) {
    const card = [...document.querySelectorAll("[data-id]")].find((each) => each.dataset.id === toId);
    if (card) light([card.dataset.card]);
    meet(card?.querySelector("h3"));
  }
});

function lightAt(target) {
  const keys = keysAt(target);
  if (keys) light(keys);
}

// A pointer that rests while the page moves below it points at nothing.
let pointer = null;

document.addEventListener("focusin", ({ target }) => lightAt(target));
document.addEventListener("mousemove", ({ target, screenX, screenY }) => {
  const place = `${screenX} ${screenY}`;
  if (pointer !== place) lightAt(target);
  pointer = place;
});
