/** A command, and what it does. */
export type Example = readonly [command: string, what?: string];

/** What `--help` shows below the options of a command, and its man page in sections of their own. */
export interface Examples {
  readonly rows: readonly Example[];
  /** Paragraphs, which are wrapped; lines that begin with a space are kept as they are. */
  readonly notes?: string;
}

/** The examples as lines of at most `width` columns: what a command does stands behind it, or below it. */
export function examplesText({ rows, notes }: Examples, width: number): string {
  const column = commentColumn(rows, width);
  const lines = rows.flatMap((row) => exampleLines(row, column, width));
  const below =
    notes === undefined ? [] : ['', ...paragraphs(notes).flatMap((one) => [...reflow(one, width), ''])];
  return ['Examples:', ...lines, ...below].join('\n').trimEnd();
}

/** The paragraphs of a text, each one line; lines that begin with a space stay lines. */
export function paragraphs(text: string): string[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((one) => one.replaceAll(/\n(?! )/g, ' '));
}

/** Splits a text at spaces into lines of at most `width` columns; a longer word gets a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const reflow = (paragraph: string, width: number): string[] =>
  paragraph.split('\n').flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, width)));

/** The column of the comments: behind the longest command whose comment then still fits. */
function commentColumn(rows: readonly Example[], width: number): number {
  const columns = rows.flatMap(([command, what]) => (what === undefined ? [] : [command.length + 4]));
  const fits = columns.filter((column) =>
    rows.every(([command, what = '']) => command.length + 4 > column || column + what.length <= width),
  );
  return Math.max(0, ...fits);
}

function exampleLines([command, what]: Example, column: number, width: number): string[] {
  const start = `  ${command}`;
  if (what === undefined) return [start];
  if (start.length + 2 <= column) return [`${start.padEnd(column)}${what}`];
  return [start, ...wrapped(what, width - 6).map((line) => `      ${line}`)];
}
