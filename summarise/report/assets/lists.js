// Invitations, officials, concerns and articles, each as a list in pages.

// ---------------------------------------------------------------------------------------------------- invitations

function invitationDates(invitation) {
  const told = [["made", "extended"], ["answered", "responded"], ["for", "proposed"]]
    .map(([word, name]) => [word, spokenSpan(invitation[name]) || (invitation[name]?.text ? ["“", said(invitation[name].text), "”"] : null)])
    .filter(([, date]) => date);
  return told.length ? joined(told.map(([word, date]) => make("span", {}, word, " ", date)), " · ") : make("span", { class: "missing" }, "no date told");
}

function invitationRow(invitation) {
  const article = lists.articles[invitation.article];
  const answer = invitation.status === "extended" ? invitation.response : `${invitation.response}, ${invitation.status}`;
  const row = make("a", { class: "row", href: toArticle(invitation.article, `invitations.${invitation.number}`), "data-key": `invitations.${invitation.article}.${invitation.number}` },
    make("span", { class: "what" },
      make("span", { class: "route" }, parties(invitation.inviters), " asked ", parties(invitation.invitees), " to ", country(invitation.country),
        invitation.places?.length ? make("span", { class: "places" }, " ", joined(invitation.places.map((place) => said(place)))) : null),
      invitation.occasion ? make("span", { class: "occasion" }, said(invitation.occasion)) : null,
      make("span", { class: "marks" }, make("span", { class: invitation.open ? "tag open" : "tag" }, invitation.open ? "open, answer " : "", said(humane(answer))), concernMark(invitation.concerns)),
      make("span", { class: "dates" }, invitationDates(invitation))));
  return make("li", { class: "invitation" }, row, make("div", { class: "foot" }, quoteBox("invitations", invitation), make("p", { class: "from" }, sourceLine(article))));
}

// Those with concerns first, then those that are open, then the latest article.
function invitationsInOrder(invitations) {
  const day = (invitation) => lists.articles[invitation.article].published ?? "";
  return [...invitations].sort((one, other) => Boolean(other.concerns) - Boolean(one.concerns) || Boolean(other.open) - Boolean(one.open) || day(other).localeCompare(day(one)));
}

function invitationsView(route, wish) {
  const found = invitationsInOrder(wishedInvitations(wish));
  const { shown, turn } = paged(found, route, "invitations");
  tell(ofAll(found.length, lists.invitations.length, "invitation"));
  return [heading("Invitations"), make("p", { class: "lead" }, "Those with concerns come first, then those that are still open: made, and neither accepted nor declined as far as the article tells."),
    found.length ? make("ol", { class: "rows" }, shown.map(invitationRow)) : nothing(), turn];
}

// ------------------------------------------------------------------------------------------------------ officials

const MOST_MENTIONS = 60;

function mentionsOf(official) {
  const link = ([article, number]) => make("li", {}, make("a", { href: toArticle(article, `officials.${number}`), "data-key": `officials.${article}.${number}` }, said(titleOf(lists.articles[article]))), " ", sourceLine(lists.articles[article]));
  const left = official.mentions.length - MOST_MENTIONS;
  return make("ul", { class: "mentions" }, official.mentions.slice(0, MOST_MENTIONS).map(link), left > 0 ? make("li", {}, `and ${counted(left, "further article")}: search for the name among the articles`) : null);
}

function officialRow(official) {
  const [article, number] = official.mentions[0];
  const several = official.mentions.length > 1;
  const name = make("a", { class: "name", href: toArticle(article, `officials.${number}`), "data-key": `official.${article}.${number}` }, said(official.name));
  const more = several && make("details", { on: { toggle: (event) => { if (event.target.open && !event.target.querySelector("ul")) event.target.append(mentionsOf(official)); } } }, make("summary", {}, counted(official.mentions.length, "article"), unseen(` that name ${plain(official.name)}`)));
  return make("li", { class: "official" },
    make("p", { class: "who" }, name, " ", make("span", { class: "of" }, official.country ? country(official.country) : make("span", { class: "missing" }, "no country")), " ", (official.tenures ?? []).some((each) => each !== "current") ? make("span", { class: "tag" }, joined(official.tenures.map((each) => said(each)))) : null, concernMark(official.concerns)),
    make("p", { class: "titles" }, official.titles?.length ? joined(official.titles.map((title) => said(title)), "; ") : joined((official.roles ?? []).map((role) => said(humane(role))))),
    official.variants?.length ? make("p", { class: "variants" }, "also ", joined(official.variants.map((variant) => said(variant)))) : null,
    several ? more : make("p", { class: "from" }, sourceLine(lists.articles[article])));
}

function officialsView(route, wish) {
  const found = wishedOfficials(wish).sort((one, other) => Boolean(other.concerns) - Boolean(one.concerns) || other.mentions.length - one.mentions.length);
  const { shown, turn } = paged(found, route, "officials");
  tell(ofAll(found.length, lists.officials.length, "official"));
  return [heading("Officials"), make("p", { class: "lead" }, "Brought together only where both name and country are the same: one person may stand here under several spellings."),
    found.length ? make("ol", { class: "officials" }, shown.map(officialRow)) : nothing(), turn];
}

// ------------------------------------------------------------------------------------------------------- concerns

const OWN_RECORD = /^(visits|invitations|officials)\[(\d+)\]/;

function recordOf(path) {
  const [, type, number] = OWN_RECORD.exec(path ?? "") ?? [];
  return type ? `${type}.${number}` : null;
}

// What a concern is about, in a few words: the record that its path names.
function concernedRecord({ article, path }) {
  const [, type, number] = OWN_RECORD.exec(path ?? "") ?? [];
  const record = type && type !== "officials" ? lists[type].find((each) => each.article === article && each.number === +number) : null;
  if (!record) return null;
  const who = partiesText(record.visitors ?? record.inviters);
  const to = record.country ? ` to ${plain(countryName(record.country))}` : "";
  return type === "visits" ? `Visit of ${who}${to}` : `Invitation of ${partiesText(record.invitees)}${to}`;
}

function concernRow(concern) {
  const article = lists.articles[concern.article];
  const about = concernedRecord(concern);
  return make("li", { class: "concern" },
    make("p", { class: "message" }, make("a", { href: toArticle(concern.article, recordOf(concern.path)), "data-key": `concerns.${concern.article}.${concern.number}` }, said(concern.message ?? "no reason is given"))),
    about ? make("p", { class: "abstract" }, make("bdi", {}, about)) : null,
    make("p", { class: "from" }, make("span", { class: "tag warn" }, said(humane(concern.kind ?? "concern"))), " ", said(titleOf(article)), " · ", sourceLine(article)));
}

function failedRow(article) {
  return make("li", { class: "concern" },
    make("p", { class: "message" }, make("a", { href: toArticle(article.place), "data-key": `failed.${article.place}` }, said(article.id))),
    make("p", { class: "from" }, make("span", { class: "tag warn" }, "not read"), " ", said(article.error ?? "")));
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
  const { shown, turn } = paged([...failed.map((article) => [failedRow, article]), ...found.map((concern) => [concernRow, concern])], route, "concerns");
  tell(`${ofAll(found.length, lists.concerns.length, "concern")}${failed.length ? `, ${counted(failed.length, "article")} not read` : ""}`);
  return [heading("Concerns"), make("p", { class: "lead" }, "What a reader should look at before relying on a record."),
    shown.length ? make("ol", { class: "rows" }, shown.map(([row, item]) => row(item))) : nothing("No concerns about these articles."), turn,
    rejected.length ? section("Records that were not accepted", null, make("p", { class: "lead" }, "They were read, and did not pass the checks: they are kept apart, on the pages of these articles."),
      make("ul", { class: "rows plain" }, rejected.slice(0, PER_PAGE).map((article) => articleRow(article, `rejected.${article.place}`)))) : null,
    rejected.length > PER_PAGE ? nothing(`and ${counted(rejected.length - PER_PAGE, "further article")}`) : null];
}

// ------------------------------------------------------------------------------------------------------- articles

function articleRow(article, key = `article.${article.place}`) {
  return make("li", { class: "article-row" },
    make("p", { class: "message" }, make("a", { href: toArticle(article.place), "data-key": key }, said(titleOf(article)))),
    article.summary && article.summary !== titleOf(article) ? make("p", { class: "abstract" }, said(article.summary)) : null,
    make("p", { class: "from" }, article.failed ? make("span", { class: "tag warn" }, "not read") : sourceLine(article), " ", concernMark(article.concerns), article.rejected ? make("span", { class: "tag" }, `${article.rejected} not accepted`) : null));
}

function articlesView(route, wish) {
  const day = (article) => article.published ?? "";
  const found = wishedArticles(wish).sort((one, other) => Boolean(other.failed) - Boolean(one.failed) || day(other).localeCompare(day(one)));
  const { shown, turn } = paged(found, route, "articles");
  tell(ofAll(found.length, lists.articles.length, "article"));
  return [heading("Articles"), found.length ? make("ol", { class: "rows" }, shown.map((article) => articleRow(article))) : nothing(), turn];
}
