// The articles as a list.

function articleRow(article, key = `article.${article.place}`) {
  return make(
    "li",
    { class: "article-row" },
    make(
      "p",
      { class: "message" },
      make("a", { href: toArticle(article.place), "data-key": key }, titleOf(article, article.summary, Infinity)),
    ),
    article.headline && article.summary ? make("p", { class: "abstract" }, said(article.summary)) : null,
    make(
      "p",
      { class: "from" },
      article.failed ? make("span", { class: "tag warn" }, "not read") : sourceLine(article),
      " ",
      concernMark(article.concerns),
      article.rejected ? make("span", { class: "tag" }, `${article.rejected} not accepted`) : null,
    ),
  );
}

function articlesView(route, wish) {
  const day = (article) => article.published ?? "";
  const found = wishedArticles(wish).sort(
    (one, other) => Boolean(other.failed) - Boolean(one.failed) || day(other).localeCompare(day(one)),
  );
  const { shown, turn } = paged(found, route, "articles");
  tell(ofAll(found.length, lists.articles.length, "article"));
  return [
    heading("Articles"),
    found.length
      ? make(
          "ol",
          { class: "rows" },
          shown.map((article) => articleRow(article)),
        )
      : nothing(),
    turn,
  ];
}
