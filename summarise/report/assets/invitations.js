// Invitations: who asked whom to come where, and what was answered.

function invitationDates(invitation) {
  const told = [
    ["made", "extended"],
    ["answered", "responded"],
    ["for", "proposed"],
  ]
    .map(([word, name]) => [
      word,
      spokenSpan(invitation[name]) || (invitation[name]?.text ? quoted(invitation[name].text) : null),
    ])
    .filter(([, date]) => date);
  return told.length
    ? joined(
        told.map(([word, date]) => make("span", {}, word, " ", date)),
        " · ",
      )
    : make("span", { class: "missing" }, "no date told");
}

function invitationRow(invitation) {
  const article = lists.articles[invitation.article];
  const answer =
    invitation.status === "extended" ? invitation.response : `${invitation.response}, ${invitation.status}`;
  const row = make(
    "a",
    {
      class: "row",
      href: toArticle(invitation.article, `invitations.${invitation.number}`),
      "data-key": `invitations.${invitation.article}.${invitation.number}`,
    },
    make(
      "span",
      { class: "what" },
      make(
        "span",
        { class: "route" },
        parties(invitation.inviters),
        " asked ",
        parties(invitation.invitees),
        " to ",
        country(invitation.country),
        invitation.places?.length
          ? make("span", { class: "places" }, " ", joined(invitation.places.map((place) => said(place))))
          : null,
      ),
      invitation.occasion ? make("span", { class: "occasion" }, said(invitation.occasion)) : null,
      make(
        "span",
        { class: "marks" },
        make(
          "span",
          { class: invitation.open ? "tag open" : "tag" },
          invitation.open ? "open, answer " : "",
          said(humane(answer)),
        ),
        concernMark(invitation.concerns),
      ),
      make("span", { class: "dates" }, invitationDates(invitation)),
    ),
  );
  return make(
    "li",
    { class: "invitation" },
    row,
    make(
      "div",
      { class: "foot" },
      quoteBox("invitations", invitation),
      make("p", { class: "from" }, sourceLine(article)),
    ),
  );
}

// Those with concerns first, then those that are open, then the latest article.
function invitationsInOrder(invitations) {
  const day = (invitation) => lists.articles[invitation.article].published ?? "";
  return [...invitations].sort(
    (one, other) =>
      Boolean(other.concerns) - Boolean(one.concerns) ||
      Boolean(other.open) - Boolean(one.open) ||
      day(other).localeCompare(day(one)),
  );
}

function invitationsView(route, wish) {
  const found = invitationsInOrder(wishedInvitations(wish));
  const { shown, turn } = paged(found, route, "invitations");
  tell(ofAll(found.length, lists.invitations.length, "invitation"));
  return [
    heading("Invitations"),
    make(
      "p",
      { class: "lead" },
      "Those with concerns come first, then those that are still open: made, and neither accepted nor declined as far as the article tells.",
    ),
    found.length ? make("ol", { class: "rows" }, shown.map(invitationRow)) : nothing(),
    turn,
  ];
}
