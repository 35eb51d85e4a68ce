/** A replacement of `text.slice(start, end)`. */
interface Edit {
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

  apply(text: string): string {
    let result = '';
    let at = 0;
    for (const edit of this.#sorted()) {
      result += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return result + text.slice(at);
  }

  /** In order, without those that another covers. Insertions at one place keep their order. */
  #sorted(): Edit[] {
    const kept = this.#all.filter((one) => !this.#all.some((other) => covers(other, one)));
    return kept.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }
}

/** An insertion at the edge of a replacement stands beside it. */
const covers = (outer: Edit, inner: Edit): boolean =>
  inner.start === inner.end
    ? outer.start < inner.start && inner.end < outer.end
    : outer.start <= inner.start &&
      inner.end <= outer.end &&
      outer.end - outer.start > inner.end - inner.start;
