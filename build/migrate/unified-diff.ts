import { applied, type Edit } from './edits.ts';

/** Unchanged lines around a change, as diff(1) shows. */
const context = 3;

/** Lines `from` up to, but not including, `to` of the old text become other ones; counted from 0. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * The changes as a unified diff, which patch(1) reads; empty if there are none.
 * @param edits in order @param names those of the old and the new file
 */
export function unifiedDiff(text: string, edits: readonly Edit[], [before, after]: [string, string]): string {
  const old = linesOf(text);
  const hunks = hunksOf(blocksOf(text, edits));
  if (hunks.length === 0) return '';
  let shift = 0;
  const shown = hunks.map((blocks) => {
    const hunk = hunkText(old, blocks, shift);
    for (const { from, to, lines } of blocks) shift += lines.length - (to - from);
    return hunk;
  });
  return `--- ${before}\n+++ ${after}\n${shown.join('')}`;
}

/** With their ends. */
function linesOf(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The changes of whole lines, those of neighbouring lines together. */
function blocksOf(text: string, edits: readonly Edit[]): Block[] {
  const groups: { start: number; end: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const start = text.lastIndexOf('\n', edit.start - 1) + 1;
    // What ends at the start of a line leaves that line alone.
    const isWhole = edit.end > edit.start && text[edit.end - 1] === '\n';
    const next = text.indexOf('\n', isWhole ? edit.end - 1 : edit.end);
    const end = edit.start === edit.end && edit.start === start ? start : next < 0 ? text.length : next + 1;
    const last = groups.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else groups.push({ start, end, edits: [edit] });
  }
  return groups.flatMap((group) => {
    const old = text.slice(group.start, group.end);
    const now = applied(old, group.edits, group.start);
    const from = linesOf(text.slice(0, group.start)).length;
    return old === now ? [] : [trimmed(from, linesOf(old), linesOf(now))];
  });
}

/** Without the lines that are the same at the start and at the end. */
function trimmed(from: number, old: readonly string[], now: readonly string[]): Block {
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first += 1;
  let last = 0;
  while (
    last < Math.min(old.length, now.length) - first &&
    old[old.length - 1 - last] === now[now.length - 1 - last]
  )
    last += 1;
  return {
    from: from + first,
    to: from + old.length - last,
    lines: now.slice(first, now.length - last),
  };
}

/** Blocks whose context would meet are in one hunk. */
function hunksOf(blocks: readonly Block[]): Block[][] {
  const hunks: Block[][] = [];
  for (const block of blocks) {
    const before = hunks.at(-1)?.at(-1);
    if (before && block.from - before.to <= 2 * context) hunks.at(-1)?.push(block);
    else hunks.push([block]);
  }
  return hunks;
}

function hunkText(old: readonly string[], blocks: readonly Block[], shift: number): string {
  const first = Math.max(0, (blocks[0]?.from ?? 0) - context);
  const end = Math.min(old.length, (blocks.at(-1)?.to ?? 0) + context);
  const rows: string[] = [];
  let at = first;
  for (const { from, to, lines } of blocks) {
    rows.push(
      ...marked(' ', old.slice(at, from)),
      ...marked('-', old.slice(from, to)),
      ...marked('+', lines),
    );
    at = to;
  }
  rows.push(...marked(' ', old.slice(at, end)));
  const added = blocks.reduce((sum, { from, to, lines }) => sum + lines.length - (to - from), 0);
  return `@@ -${range(first, end - first)} +${range(first + shift, end - first + added)} @@\n${rows.join('')}`;
}

const range = (start: number, count: number): string => `${count === 0 ? start : start + 1},${count}`;

const marked = (mark: string, lines: readonly string[]): string[] =>
  lines.map((line) => `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
