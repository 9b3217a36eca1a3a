// What the file holds: the facts at once, the lists when it opens, the articles a few at a time when they are looked at.

const facts = JSON.parse(document.getElementById("facts").textContent);
const lists = {};
const unpackedBlocks = new Map();
const MOST_BLOCKS = 120; // of sixteen articles each, kept unpacked

async function unpacked(id) {
  const element = await elementWhenThere(id);
  const bytes = bytesOf(element.textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

// The script runs before the articles are read in: a block is whole when something stands behind it.
function elementWhenThere(id) {
  const whole = () => {
    const element = document.getElementById(id);
    return element && (element.nextElementSibling || document.readyState !== "loading") ? element : null;
  };
  const now = whole();
  if (now) return Promise.resolve(now);
  return new Promise((done) => {
    document.addEventListener("DOMContentLoaded", () => done(document.getElementById(id)), { once: true });
  });
}

async function openLists() {
  for (const name of ["articles", "visits", "invitations", "officials", "concerns", "sounds"]) {
    lists[name] = await unpacked(`data-${name}`);
  }
  lists.articles.forEach((article, place) => (article.place = place));
}

// Everything that is known of one article.
async function detailsOf(place) {
  const number = Math.floor(place / facts.per_block);
  if (!unpackedBlocks.has(number)) {
    if (unpackedBlocks.size >= MOST_BLOCKS) unpackedBlocks.delete(unpackedBlocks.keys().next().value);
    unpackedBlocks.set(number, unpacked(`data-details-${number}`));
  }
  return (await unpackedBlocks.get(number))[place % facts.per_block];
}

function quoteOf(details, evidence) {
  return evidence.span ? details.text.slice(...evidence.span) : (evidence.quote ?? "");
}
