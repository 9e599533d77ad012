// Control characters (C0, DEL, C1: ANSI sequences begin with one), format characters (bidi overrides, zero-width ones), line
// separators; and what XML can't hold at all: halves of pairs, U+FFFE and U+FFFF.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/gu;

// The same but for line ends. Most documents hold none, and one of ten thousand entries need not be taken apart to know.
const UNSEEN_IN_DOCUMENT = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]--\n]/v;

/** One UTF-16 unit as JSON, YAML and most languages escape it. */
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text that can't drive a terminal: what would do something, rather than show, is spelt out. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => character.split('').map(escaped).join(''));
}

// `\u001B[31m` and the like: our own colours.
const COLOURS = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`);

/** The same for a document: its line ends stay, and colours do where they are wanted. */
export function visibleDocument(text: string, hasColours: boolean): string {
  if (!UNSEEN_IN_DOCUMENT.test(text)) return text;
  const lines = text.split('\n');
  if (!hasColours) return lines.map(visible).join('\n');
  return lines
    .map((line) =>
      line
        .split(COLOURS)
        .map((part, index) => (index % 2 === 1 ? part : visible(part)))
        .join(''),
    )
    .join('\n');
}
