/** A replacement of `text.slice(start, end)`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replacements in a text, given in any order; one inside another is covered by it. */
export class Edits {
  readonly #all: Edit[] = [];

  add(start: number, end: number, text: string): void {
    // The same node may be reached by several aliases.
    const isKnown = this.#all.some((one) => one.start === start && one.end === end && one.text === text);
    if (!isKnown) this.#all.push({ start, end, text });
  }

  /** In order, without those that another covers. Insertions at one place keep their order. */
  sorted(): Edit[] {
    const kept = this.#all.filter((one) => !this.#all.some((other) => covers(other, one)));
    return kept.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  apply(text: string): string {
    return applied(text, this.sorted());
  }
}

/** @param edits in order @param offset that of `text` in the text that they count in */
export function applied(text: string, edits: readonly Edit[], offset = 0): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start - offset) + edit.text;
    at = edit.end - offset;
  }
  return result + text.slice(at);
}

/** An insertion at the edge of a replacement stands beside it. */
const covers = (outer: Edit, inner: Edit): boolean =>
  inner.start === inner.end
    ? outer.start < inner.start && inner.end < outer.end
    : outer.start <= inner.start &&
      inner.end <= outer.end &&
      outer.end - outer.start > inner.end - inner.start;
