// The article's text with every sentence that a record cites, or those sentences alone where there is no text.

const KINDS = { visits: "Visit", invitations: "Invitation", officials: "Official" };

function kindName(type) {
  return KINDS[type] ?? humane(type).replace(/s$/, "");
}

// Every record with what it is called on the page: `visits.0`, "Visit 1".
function allRecords(details) {
  const types = [...Object.entries(details.records ?? {}), ...Object.entries(details.own ?? {})];
  return types.flatMap(([type, records]) =>
    records.map((record) => ({
      type,
      record,
      key: `${type}.${record.number}`,
      label: `${kindName(type)} ${record.number + 1}`,
      sign: `${kindName(type)[0] ?? "?"}${record.number + 1}`,
    })),
  );
}

// What a cited part is found by: its beginning in the text, or its words where it is not in it.
function placeOf({ span, sentence, quote }) {
  return span ? String(span[0]) : `${sentence ?? ""} ${quote ?? ""}`;
}

// The cited parts in order: where they are in the text, or what they say, and which records cite them.
function citedParts(details, records) {
  const spans = [];
  const quotes = new Map();
  for (const each of records) {
    for (const evidence of each.record.evidence ?? []) {
      if (evidence.span) spans.push({ from: evidence.span[0], to: evidence.span[1], each });
      else {
        const key = placeOf(evidence);
        if (!quotes.has(key)) quotes.set(key, { evidence, by: new Map() });
        quotes.get(key).by.set(each.key, each);
      }
    }
  }
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
  const parts = [];
  edges.slice(0, -1).forEach((from, at) => {
    const to = edges[at + 1];
    const by = new Map(spans.filter((span) => span.from <= from && span.to >= to).map(({ each }) => [each.key, each]));
    if (by.size && to > from) parts.push({ from, to, by });
  });
  const loose = [...quotes.values()].sort(
    (one, other) =>
      (one.evidence.start ?? 0) - (other.evidence.start ?? 0) ||
      (one.evidence.sentence ?? 0) - (other.evidence.sentence ?? 0),
  );
  return { parts, loose };
}

function kindClasses(by) {
  return [...new Set([...by.values()].map(({ type }) => (Object.hasOwn(KINDS, type) ? type : "own")))].join(" ");
}

// The sentence with the way back to each record that cites it.
function markOf(text, by, at, last = true) {
  const back = [...by.values()].map(({ key, label, sign }) =>
    make(
      "button",
      {
        type: "button",
        class: "back",
        "data-to": key,
        "aria-label": `${plain(sign)}: to ${plain(label)}, which cites this sentence`,
        title: plain(label),
      },
      plain(sign),
    ),
  );
  return make(
    "mark",
    { class: kindClasses(by), tabindex: "-1", "data-by": [...by.keys()].join(" "), "data-at": at },
    said(text),
    last ? make("span", { class: "backs" }, back) : null,
  );
}

// A text in paragraphs; a part that runs over a blank line is marked in both.
function fullText(text, parts) {
  const paragraphs = [[]];
  const put = (piece, wrap) => {
    piece.split(/\n[^\S\n]*\n\s*/).forEach((line, at, all) => {
      if (at) paragraphs.push([]);
      if (line) paragraphs[paragraphs.length - 1].push(wrap(line, at === all.length - 1));
    });
  };
  let at = 0;
  for (const { from, to, by } of parts) {
    put(text.slice(at, from), (line) => visible(line));
    put(text.slice(from, to), (line, last) => markOf(line, by, String(from), last));
    at = to;
  }
  put(text.slice(at), (line) => visible(line));
  return paragraphs.filter((pieces) => pieces.length).map((pieces) => make("p", { dir: "auto" }, pieces));
}

function textPane(details, records) {
  const { parts, loose } = citedParts(details, records);
  const quoted = loose.map(({ evidence, by }) =>
    make(
      "p",
      { class: "loose" },
      evidence.sentence ? make("span", { class: "sentence-number" }, `Sentence ${evidence.sentence}`) : null,
      markOf(evidence.quote ?? "no words are given", by, placeOf(evidence)),
    ),
  );
  if (details.text !== undefined && details.text !== null) {
    return [
      make("div", { class: "text" }, fullText(details.text, parts)),
      quoted.length
        ? [
            make("h3", {}, "Cited, and not in the text"),
            make(
              "p",
              { class: "notice" },
              "The ledger cites these words, and they do not stand in the text at the place it names.",
            ),
            quoted,
          ]
        : null,
    ];
  }
  const note = quoted.length
    ? "The article’s text was not at hand when this report was made. These are the sentences that its records cite; what stands between them is not shown."
    : "The article’s text was not at hand when this report was made, and no record cites a sentence.";
  return [make("p", { class: "notice" }, note), make("div", { class: "text" }, quoted)];
}
