// Officials: who is named, as what, and in which articles.

const MOST_MENTIONS = 60;

function mentionsOf(official) {
  const link = ([article, number]) =>
    make(
      "li",
      {},
      make(
        "a",
        { href: toArticle(article, `officials.${number}`), "data-key": `officials.${article}.${number}` },
        titleOf(lists.articles[article]),
      ),
      " ",
      sourceLine(lists.articles[article]),
    );
  const left = official.mentions.length - MOST_MENTIONS;
  return make(
    "ul",
    { class: "mentions" },
    official.mentions.slice(0, MOST_MENTIONS).map(link),
    left > 0 ? make("li", {}, `and ${counted(left, "further article")}: search for the name among the articles`) : null,
  );
}

function officialRow(official) {
  const [article, number] = official.mentions[0];
  const several = official.mentions.length > 1;
  const name = make(
    "a",
    { class: "name", href: toArticle(article, `officials.${number}`), "data-key": `official.${article}.${number}` },
    said(official.name),
  );
  const more =
    several &&
    make(
      "details",
      {
        on: {
          toggle: (event) => {
            if (event.target.open && !event.target.querySelector("ul")) event.target.append(mentionsOf(official));
          },
        },
      },
      make("summary", {}, counted(official.mentions.length, "article"), unseen(` that name ${plain(official.name)}`)),
    );
  return make(
    "li",
    { class: "official" },
    make(
      "p",
      { class: "who" },
      name,
      " ",
      make(
        "span",
        { class: "of" },
        official.country ? country(official.country) : make("span", { class: "missing" }, "no country"),
      ),
      " ",
      (official.tenures ?? []).some((each) => each !== "current")
        ? make("span", { class: "tag" }, joined(official.tenures.map((each) => said(each))))
        : null,
      concernMark(official.concerns),
    ),
    make(
      "p",
      { class: "titles" },
      official.titles?.length
        ? joined(
            official.titles.map((title) => said(title)),
            "; ",
          )
        : joined((official.roles ?? []).map((role) => said(humane(role)))),
    ),
    official.variants?.length
      ? make("p", { class: "variants" }, "also ", joined(official.variants.map((variant) => said(variant))))
      : null,
    several ? more : make("p", { class: "from" }, sourceLine(lists.articles[article])),
  );
}

function officialsView(route, wish) {
  const found = wishedOfficials(wish).sort(
    (one, other) => Boolean(other.concerns) - Boolean(one.concerns) || other.mentions.length - one.mentions.length,
  );
  const { shown, turn } = paged(found, route, "officials");
  tell(ofAll(found.length, lists.officials.length, "official"));
  return [
    heading("Officials"),
    make(
      "p",
      { class: "lead" },
      "Brought together only where both name and country are the same: one person may stand here under several spellings.",
    ),
    found.length ? make("ol", { class: "officials" }, shown.map(officialRow)) : nothing(),
    turn,
  ];
}
