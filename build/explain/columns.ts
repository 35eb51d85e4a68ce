/** Columns that every terminal has. */
export const lineWidth = 80;

/** Beside a wide heading the text gets at least this width, and lines are longer than `lineWidth`. */
const leastWidth = 16;

/**
 * A heading, and texts beside it, long ones wrapped; then, right-aligned, where they came from.
 * @param indent width of the heading's column
 */
export function block(heading: string, texts: readonly string[], indent: number, from = ''): string[] {
  const width = Math.max(lineWidth - indent, leastWidth);
  const lines = texts.flatMap((text) => wrap(text, width));
  const shown = lines.map((line, at) => `${(at === 0 ? heading : '').padEnd(indent)}${line}`);
  if (from === '') return shown;
  const last = shown.at(-1) ?? heading;
  if (last.length + 2 + from.length <= lineWidth) {
    return [...shown.slice(0, -1), `${last}${from.padStart(lineWidth - last.length)}`];
  }
  return [...shown, ...wrap(from, width).map((line) => line.padStart(lineWidth))];
}

/**
 * Lines of at most `width` characters, broken at spaces where there are any. Continued lines are indented by
 * two, and have at least one character.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let rest = text; ; ) {
    const room = Math.max(lines.length === 0 ? width : width - 2, 1);
    const indent = lines.length === 0 ? '' : '  ';
    if (rest.length <= room) return [...lines, `${indent}${rest}`];
    const space = rest.lastIndexOf(' ', room);
    const end = space > room / 3 ? space : room;
    lines.push(`${indent}${rest.slice(0, end)}`);
    rest = rest.slice(end).trimStart();
  }
}
