// Building the page: elements are made one by one and text is only ever text, whatever an article says.

const SVG = "http://www.w3.org/2000/svg";

// Characters that change how other ones stand, or that nobody can see: they are shown by their numbers.
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

function setOf(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, action] of Object.entries(value)) element.addEventListener(event, action);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

// An element with attributes and children; a child that is a string becomes text, an empty one is left out.
function make(tag, attributes = {}, ...children) {
  const element = setOf(document.createElement(tag), attributes);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function drawn(tag, attributes = {}, ...children) {
  const element = setOf(document.createElementNS(SVG, tag), attributes);
  element.append(...children);
  return element;
}

function codePoint(character) {
  return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

// Text from an article for where only a string can stand: a label, a title.
function plain(text) {
  return String(text).replace(HIDDEN, (character) => `⟨${codePoint(character)}⟩`);
}

// The pieces of a text: strings, and a visible sign for each character that would not be seen.
function visible(text) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    if (found.index > from) pieces.push(text.slice(from, found.index));
    pieces.push(make("span", { class: "hidden-character" }, codePoint(found[0])));
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

// Text from an article, set apart so that its direction does not turn what stands around it.
function said(text, attributes = {}) {
  return make("bdi", { dir: "auto", ...attributes }, visible(String(text)));
}

// In quotation marks, unless it has marks of its own at an end.
function quoted(text) {
  const spoken = String(text).trim();
  return /^["“”„‟«»「『]|["“”‟«»」』][.,;]?$/u.test(spoken) ? [said(spoken)] : ["“", said(spoken), "”"];
}

function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

function text(value) {
  return typeof value === "string" && value ? value : null;
}

// A list as it is, anything else as an empty one: a ledger may come from another hand.
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function joined(items, between = ", ") {
  return items.flatMap((item, place) => (place ? [between, item] : [item]));
}

function counted(number, one, many = one + "s") {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
