// Which names are meant by one that is asked for: by their sounds, which the file brings along word by word, so that
// every spelling of a name is found (`lists.sounds.words` and `.full`: `summarise.report.sounds`).

const nameKeys = new Map();

function looked(table, word) {
  return Object.hasOwn(table, word) ? table[word] : word;
}

function wordsOf(name) {
  return folded(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function soundOf(word) {
  return looked(lists.sounds.words, word);
}

function fullSound(word) {
  return looked(lists.sounds.full, soundOf(word));
}

// Sounds of a name, as it stands and with short forms of first names spelled out (`Joe`, `Joseph`).
function nameKey(name) {
  let key = nameKeys.get(name);
  if (!key) {
    const words = wordsOf(name);
    key = {
      text: folded(name),
      words,
      joined: words.join(""),
      sounds: new Set(words.map(soundOf)),
      full: new Set(words.map(fullSound)),
    };
    nameKeys.set(name, key);
  }
  return key;
}

// Every word must be in the name, in any order; the last may be typed in part, a hyphen may be left out.
function isMeant(sought, name) {
  const key = nameKey(name);
  if (key.text.includes(sought.text) || (sought.joined && key.joined === sought.joined)) return true;
  if (!sought.words.length) return false;
  const last = sought.words.length - 1;
  return sought.words.every(
    (word, at) =>
      (last ? key.full.has(fullSound(word)) : key.sounds.has(soundOf(word))) ||
      (at === last && key.words.some((each) => each.startsWith(word))),
  );
}

function soughtPerson(typed) {
  return typed.trim() ? { ...nameKey(typed.trim()), text: folded(typed).trim() } : null;
}

let people = null;
const MOST_SUGGESTED = 12;

function suggestPeople(typed) {
  people ??= [
    ...new Set([
      ...lists.officials.map((official) => official.name),
      ...[...lists.visits, ...lists.invitations].flatMap((record) => allParties(record).map(([name]) => name)),
    ]),
  ];
  const sought = soughtPerson(typed);
  const found = [];
  for (const name of people) {
    if (sought && isMeant(sought, name)) found.push(name);
    if (found.length === MOST_SUGGESTED) break;
  }
  document.getElementById("people").replaceChildren(...found.map((name) => make("option", { value: name })));
}
