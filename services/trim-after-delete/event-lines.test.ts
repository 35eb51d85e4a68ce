import { expect, test } from 'vitest';
import { EventLines, maxLineChars } from './event-lines.ts';

const deleted = '{"status":"delete","id":"sha256:1","Type":"image","Action":"delete","time":1}\n';

test('deletions of images are counted, however their text comes', () => {
  const lines = new EventLines();
  const text = `${deleted}{"Type":"container","Action":"delete"}\nno json\n[1]\nnull\n${deleted}`;
  let count = 0;
  for (const one of text) count += lines.push(one);
  expect(count).toBe(2);
  expect(new EventLines().push(text)).toBe(2);
});

test('a line without end fills no memory, and those after it count', () => {
  const lines = new EventLines();
  expect(lines.push('x'.repeat(maxLineChars + 1))).toBe(0);
  expect(lines.push(deleted + deleted)).toBe(1);
});
