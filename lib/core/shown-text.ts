// SNS takes a subject of less than 100 characters, without line breaks or control characters (SNS API reference, Publish);
// letters outside ASCII it took only lately, and not every mail client shows them.
const SUBJECT_CHARACTERS = 99;
const LINE_CHARACTERS = 1_000;

/** A line as it may be shown: whoever names a role or a group must not be able to write lines of their own. */
function shownLine(line: string): string {
  const visible = line.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return visible.length > LINE_CHARACTERS ? `${visible.slice(0, LINE_CHARACTERS)}…` : visible;
}

/** A message of such lines. */
export function shownLines(lines: readonly string[]): string {
  return lines.map(shownLine).join('\n');
}

/** A subject as SNS takes it. */
export function shownSubject(subject: string): string {
  return subject.replaceAll(/[^ -~]/g, '?').slice(0, SUBJECT_CHARACTERS);
}
