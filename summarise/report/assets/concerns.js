// Concerns: what a reader should look at before relying on a record.

const OWN_RECORD = /^(visits|invitations|officials)\[(\d+)\]/;

function recordOf(path) {
  const [, type, number] = OWN_RECORD.exec(path ?? "") ?? [];
  return type ? `${type}.${number}` : null;
}

// What a concern is about, in a few words: the record that its path names.
function concernedRecord({ article, path }) {
  const [, type, number] = OWN_RECORD.exec(path ?? "") ?? [];
  const record =
    type && type !== "officials"
      ? lists[type].find((each) => each.article === article && each.number === +number)
      : null;
  if (!record) return null;
  const who = partiesText(record.visitors ?? record.inviters);
  const to = record.country ? ` to ${plain(countryName(record.country))}` : "";
  return type === "visits" ? `Visit of ${who}${to}` : `Invitation of ${partiesText(record.invitees)}${to}`;
}

function concernRow(concern) {
  const article = lists.articles[concern.article];
  const about = concernedRecord(concern);
  return make(
    "li",
    { class: "concern" },
    make(
      "p",
      { class: "message" },
      make(
        "a",
        {
          href: toArticle(concern.article, recordOf(concern.path)),
          "data-key": `concerns.${concern.article}.${concern.number}`,
        },
        said(concern.message ?? "no reason is given"),
      ),
    ),
    about ? make("p", { class: "abstract" }, make("bdi", {}, about)) : null,
    make(
      "p",
      { class: "from" },
      make("span", { class: "tag warn" }, said(humane(concern.kind ?? "concern"))),
      " ",
      titleOf(article),
      " · ",
      sourceLine(article),
    ),
  );
}

function failedRow(article) {
  return make(
    "li",
    { class: "concern" },
    make(
      "p",
      { class: "message" },
      make("a", { href: toArticle(article.place), "data-key": `failed.${article.place}` }, said(article.id)),
    ),
    make("p", { class: "from" }, make("span", { class: "tag warn" }, "not read"), " ", said(article.error ?? "")),
  );
}

function doubts(articles) {
  return {
    failed: articles.filter((article) => article.failed),
    rejected: articles.filter((article) => article.rejected),
    textless: articles.filter((article) => !article.text && !article.failed),
  };
}

function concernsView(route, wish) {
  const articles = wishedArticles(wish);
  const within = new Set(articles.map((article) => article.place));
  const found = lists.concerns.filter((concern) => within.has(concern.article));
  const { failed, rejected } = doubts(articles);
  const { shown, turn } = paged(
    [...failed.map((article) => [failedRow, article]), ...found.map((concern) => [concernRow, concern])],
    route,
    "concerns",
  );
  tell(
    `${ofAll(found.length, lists.concerns.length, "concern")}${failed.length ? `, ${counted(failed.length, "article")} not read` : ""}`,
  );
  return [
    heading("Concerns"),
    make("p", { class: "lead" }, "What a reader should look at before relying on a record."),
    shown.length
      ? make(
          "ol",
          { class: "rows" },
          shown.map(([row, item]) => row(item)),
        )
      : nothing("No concerns about these articles."),
    turn,
    rejected.length
      ? section(
          "Records that were not accepted",
          null,
          make(
            "p",
            { class: "lead" },
            "They were read, and did not pass the checks: they are kept apart, on the pages of these articles.",
          ),
          make(
            "ul",
            { class: "rows plain" },
            rejected.slice(0, PER_PAGE).map((article) => articleRow(article, `rejected.${article.place}`)),
          ),
        )
      : null,
    rejected.length > PER_PAGE ? nothing(`and ${counted(rejected.length - PER_PAGE, "further article")}`) : null,
  ];
}
