/** Characters of a line: what a terminal is sure to have. */
export const lineWidth = 80;

/**
 * A heading and lines beside it, what is too long broken at spaces, or anywhere; then, to the right, where it came from.
 * @param indent width of the heading's column
 */
export function block(heading: string, texts: readonly string[], indent: number, from = ''): string[] {
  const lines = texts.flatMap((text) => wrap(text, lineWidth - indent));
  const shown = lines.map((line, at) => `${(at === 0 ? heading : '').padEnd(indent)}${line}`);
  if (from === '') return shown;
  const last = shown.at(-1) ?? heading;
  if (last.length + 2 + from.length <= lineWidth) {
    return [...shown.slice(0, -1), `${last}${from.padStart(lineWidth - last.length)}`];
  }
  return [...shown, ...wrap(from, lineWidth - indent).map((line) => line.padStart(lineWidth))];
}

/** Lines of at most `width` characters; continued ones are set in by two. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let rest = text; ; ) {
    const room = lines.length === 0 ? width : width - 2;
    const indent = lines.length === 0 ? '' : '  ';
    if (rest.length <= room) return [...lines, `${indent}${rest}`];
    const space = rest.lastIndexOf(' ', room);
    const end = space > room / 3 ? space : room;
    lines.push(`${indent}${rest.slice(0, end)}`);
    rest = rest.slice(end).trimStart();
  }
}
