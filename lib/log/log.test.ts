import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BlockHead, formatHead, parseHead, textLines } from './block.ts';
import { LogFolder } from './folder.ts';
import { logId } from './log-id.ts';
import { lastLines, mergeLogs } from './merge.ts';
import { LogReader } from './reader.ts';
import { listSegments, logSources, segmentFile } from './segments.ts';
import { cutMark, LineSplitter, type Lines } from './splitter.ts';
import { LogWriter } from './writer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const readAll = (reader: LogReader) => [...reader.read()].map(({ msg }) => msg);
const writerOf = (source: string, limits = { total: 1 << 20, source: 1 << 18, segment: 1 << 16 }) =>
  new LogWriter(new LogFolder(folder, limits), source);
const kept = (source: string) => new LogReader(folder, source);
const segmentsOf = (source: string) => listSegments(folder).get(source) ?? [];
const filesOf = (source: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${source}.`))
    .map((name) => join(folder, name));
const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);

const head = fc.record<BlockHead>({
  n: fc.nat(),
  t: fc.nat(),
  stream: fc.constantFrom('stdout', 'stderr', 'kit', 'warning'),
  pid: fc.nat(),
  lines: fc.nat(),
  bytes: fc.nat({ max: 100_000 }),
});

test('golden: the head of a block', () => {
  const text = '{"n":1,"t":5,"stream":"stdout","pid":7,"lines":2,"bytes":9}\n';
  expect(formatHead({ n: 1, t: 5, stream: 'stdout', pid: 7, lines: 2, bytes: 9 })).toBe(text);
  fc.assert(
    fc.property(head, (one) => {
      expect(parseHead(formatHead(one).trimEnd())).toEqual(one);
    }),
  );
});

test.each([
  '',
  '{',
  '[]',
  'null',
  '{"n":1}',
  '{"n":1,"t":5,"stream":"stdout","pid":7,"lines":2,"bytes":-1}',
  '{"n":1,"t":5,"stream":"stdout","pid":7,"lines":2,"bytes":1e15}',
  '{"n":1,"t":5,"stream":"stdin","pid":7,"lines":2,"bytes":9}',
])('%j is not a head', (text) => {
  expect(parseHead(text)).toBeUndefined();
});

/** The texts of lines, whose count is checked. Pieces are valid only until the next chunk. */
function textsOf({ pieces, count }: Lines): string[] {
  const texts = textLines(Buffer.concat(pieces));
  expect(texts).toHaveLength(count);
  return texts;
}

/** The lines of `bytes`, pushed in chunks that end at `cuts`. All chunks use one buffer. */
function split(bytes: Buffer, cuts: number[], limit?: number): string[] {
  const splitter = new LineSplitter(limit);
  const shared = Buffer.alloc(bytes.length);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const got = places.slice(1).flatMap((end, index) => {
    const length = bytes.copy(shared, 0, places[index], end);
    const texts = textsOf(splitter.push(shared.subarray(0, length)));
    shared.fill(0x21);
    return texts;
  });
  return [...got, ...textsOf(splitter.end())];
}

test('lines are the same however the bytes are split into chunks', () => {
  const lines = fc.array(fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line)));
  const check = (wanted: string[], cuts: number[]) => {
    expect(split(Buffer.from(wanted.map((line) => `${line}\n`).join('')), cuts)).toEqual(wanted);
  };
  fc.assert(fc.property(lines, fc.array(fc.nat()), check));
});

test('a line longer than the limit is cut, whatever the chunks, and the others are complete', () => {
  const lines = fc.array(fc.nat({ max: 40 }).map((length) => 'x'.repeat(length)));
  const check = (written: string[], cuts: number[]) => {
    const wanted = written.map((line) => (line.length > 16 ? line.slice(0, 16) + cutMark : line));
    expect(split(Buffer.from(written.map((line) => `${line}\n`).join('')), cuts, 16)).toEqual(wanted);
  };
  fc.assert(fc.property(lines, fc.array(fc.nat()), check), { numRuns: 500 });
});

test('any bytes are split into as many lines as they have newlines', () => {
  const check = (bytes: Uint8Array, cuts: number[]) => {
    const ends = bytes.filter((byte) => byte === 0x0a).length;
    const open = bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0;
    expect(split(Buffer.from(bytes), cuts)).toHaveLength(ends + open);
  };
  fc.assert(fc.property(fc.uint8Array(), fc.array(fc.nat()), check));
});

test('an endless line is returned once, cut between two characters, and not buffered further', () => {
  const splitter = new LineSplitter(1000);
  const bytes = Buffer.from('é'.repeat(300));
  expect(textsOf(splitter.push(Buffer.from(`x${'é'.repeat(300)}`)))).toEqual([]);
  const [line] = textsOf(splitter.push(bytes));
  expect(line).toBe(`x${'é'.repeat(499)}${cutMark}`);
  for (let turn = 0; turn < 1000; turn += 1) expect(splitter.push(bytes).count).toBe(0);
  expect(textsOf(splitter.push(Buffer.from('x\nnext\r\n')))).toEqual(['next']);
  expect(textsOf(splitter.push(Buffer.from('tail')))).toEqual([]);
  expect(textsOf(splitter.end())).toEqual(['tail']);
});

test('lines are numbered, across restarts of the writer, and have the pid', () => {
  const first = writerOf('web');
  first.pid = 7;
  first.write('stdout', ['one', 'two\nthree']);
  first.write('kit', ['started']);
  writerOf('web').write('stderr', ['four']);
  const lines = [...kept('web').read()].map(({ n, stream, pid, msg }) => [n, stream, pid, msg]);
  expect(lines).toEqual([
    [1, 'stdout', 7, 'one'],
    [2, 'stdout', 7, 'two'],
    [3, 'stdout', 7, 'three'],
    [4, 'kit', 0, 'started'],
    [5, 'stderr', 0, 'four'],
  ]);
});

test('a source stays within its limit and keeps the newest lines', () => {
  const writer = writerOf('web', { total: 1 << 20, source: 10_000, segment: 1000 });
  for (const line of numbered(0, 2000)) {
    writer.write('stdout', [line]);
    expect(bytesOf(filesOf('web'))).toBeLessThanOrEqual(10_000);
  }
  const lines = readAll(kept('web'));
  expect(lines.length).toBeGreaterThan(100);
  expect(lines).toEqual(numbered(2000 - lines.length, 2000));
});

test('all sources stay within the total, at the expense of the largest ones', () => {
  const logs = new LogFolder(folder, { total: 20_000, source: 10_000, segment: 1000 });
  const quiet = ['a', 'b', 'c'].map((source) => new LogWriter(logs, source));
  for (const writer of quiet) writer.write('stdout', numbered(0, 100));
  const fast = ['x', 'y', 'z'].map((source) => new LogWriter(logs, source));
  for (const line of numbered(0, 3000)) {
    for (const writer of fast) writer.write('stdout', [line]);
    if (line.endsWith('00')) expect(bytesOf(logSources(folder).flatMap(filesOf))).toBeLessThanOrEqual(20_000);
  }
  for (const source of ['a', 'b', 'c']) expect(readAll(kept(source))).toEqual(numbered(0, 100));
  for (const source of ['x', 'y', 'z']) {
    const lines = readAll(kept(source));
    expect(lines).toEqual(numbered(3000 - lines.length, 3000));
    expect(lines.length).toBeGreaterThan(20);
  }
});

test('a process counts the segments of another one, and deletes them to make room', async () => {
  const limits = { total: 5000, source: 4000, segment: 1000 };
  const [one, other] = [writerOf('one', limits), writerOf('other', limits)];
  for (const line of numbered(0, 200)) one.write('stdout', [line]);
  for (const line of numbered(0, 200)) other.write('stdout', [line]);
  expect(bytesOf([...filesOf('one'), ...filesOf('other')])).toBeLessThanOrEqual(5000);
  // Segments of `one` may have been deleted by `other`: its next line starts a segment, and none is missing
  // at the end.
  for (const line of numbered(200, 300)) one.write('stdout', [line]);
  expect(readAll(kept('one')).at(-1)).toBe('line 299');
});

test('many lines written at once are split into blocks', () => {
  const writer = writerOf('web', { total: 1 << 22, source: 1 << 21, segment: 1 << 17 });
  const lines = Array.from({ length: 1000 }, (_, line) => `${line} ${'x'.repeat(1000)}`);
  writer.write('stdout', lines);
  expect(readAll(kept('web'))).toEqual(lines);
  for (const file of filesOf('web')) expect(statSync(file).size).toBeLessThanOrEqual(1 << 17);
});

test('a torn block of a killed writer does not hide other lines', () => {
  const first = writerOf('web');
  first.write('stdout', ['one']);
  const torn = `${formatHead({ n: 2, t: 1, stream: 'stdout', pid: 0, lines: 2, bytes: 10 })}abc\n`;
  appendFileSync(segmentFile(folder, 'web', 1), torn);
  const reader = kept('web');
  expect(readAll(reader)).toEqual(['one']);
  writerOf('web').write('stdout', ['two']);
  expect(readAll(reader)).toEqual(['two']);
  expect(readAll(kept('web'))).toEqual(['one', 'two']);
  // The first block of a segment.
  writeFileSync(segmentFile(folder, 'db', 1), '{"n":1,');
  writerOf('db').write('stdout', ['three']);
  expect(readAll(kept('db'))).toEqual(['three']);
});

test('lines that cannot be written leave a gap in the numbers', () => {
  writeFileSync(join(folder, 'file'), '');
  const path = join(folder, 'file', 'logs');
  const writer = new LogWriter(new LogFolder(path), 'web');
  const reader = new LogReader(path, 'web', { after: 0 });
  expect(() => writer.write('stdout', ['a', 'b'])).not.toThrow();
  rmSync(join(folder, 'file'));
  writer.write('stdout', ['c', 'd']);
  expect([...reader.read()].map(({ n, msg, missed }) => [n, msg, missed])).toEqual([
    [3, 'c', 2],
    [4, 'd', 0],
  ]);
});

test('a reader continues where it stopped, across rotations', () => {
  const bursts = fc.array(fc.nat({ max: 40 }), { maxLength: 12 });
  let round = 0;
  const check = (sizes: number[]) => {
    round += 1;
    const writer = writerOf(`web${round}`, { total: 1 << 20, source: 6000, segment: 300 });
    const reader = new LogReader(folder, `web${round}`, { after: 0 });
    let line = 0;
    for (const size of sizes) {
      const wanted = Array.from({ length: size }, () => `line ${line++}`);
      for (const one of wanted) writer.write('stdout', [one]);
      const got = [...reader.read()];
      expect(got.map(({ msg }) => msg)).toEqual(wanted);
      expect(got.every(({ missed }) => missed === 0)).toBe(true);
    }
    reader.close();
    writer.close();
  };
  fc.assert(fc.property(bursts, check), { numRuns: 50 });
});

test('a late reader gets the number of lines it missed, and continues with the oldest', () => {
  const writer = writerOf('web', { total: 1 << 20, source: 3000, segment: 300 });
  const reader = new LogReader(folder, 'web', { after: 0 });
  let expected = 1;
  for (let round = 0; round < 5; round += 1) {
    for (const line of numbered(round * 300, (round + 1) * 300)) writer.write('stdout', [line]);
    for (const { n, missed, msg } of reader.read()) {
      expect(n).toBe(expected + missed);
      expect(msg).toBe(`line ${n - 1}`);
      expected = n + 1;
    }
  }
  expect(expected).toBe(1501);
});

test('reading starts at the requested position', () => {
  const writer = writerOf('web', { total: 1 << 20, source: 1 << 16, segment: 300 });
  for (const line of numbered(1, 101)) writer.write('stdout', [line]);
  const from = (start: ConstructorParameters<typeof LogReader>[2]) => {
    const reader = new LogReader(folder, 'web', start);
    const lines = [...reader.read()];
    reader.close();
    expect(lines.every(({ missed }) => missed === 0)).toBe(true);
    expect(reader.position).toBe(100);
    return lines.map(({ n }) => n);
  };
  const all = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(from({})).toEqual(all);
  for (const count of [0, 1, 50, 99, 100]) {
    expect(from({ after: count })).toEqual(all.slice(count));
    if (count > 0) expect(from({ tail: count })).toEqual(all.slice(-count));
  }
  expect(from({ tail: 1000 })).toEqual(all);
});

test('a half-written block is read once it is complete', () => {
  const reader = kept('web');
  expect(readAll(reader)).toEqual([]);
  const block = `${formatHead({ n: 1, t: 1, stream: 'stdout', pid: 0, lines: 1, bytes: 6 })}whole\n`;
  for (let at = 0; at < block.length; at += 1) {
    expect(readAll(reader)).toEqual([]);
    appendFileSync(segmentFile(folder, 'web', 1), block.slice(at, at + 1));
  }
  expect(readAll(reader)).toEqual(['whole']);
});

test('reading ends, whatever bytes a segment has', () => {
  const check = (bytes: Uint8Array) => {
    writeFileSync(segmentFile(folder, 'web', 1), bytes);
    readAll(kept('web'));
  };
  const garbage = fc.uint8Array({ maxLength: 1000 });
  const spoiled = fc
    .tuple(head, garbage)
    .map(([one, rest]) => Buffer.concat([Buffer.from(formatHead(one)), rest]));
  fc.assert(fc.property(fc.oneof(garbage, spoiled), check));
});

test('sources are merged by time, and the last lines are those of the latest time', () => {
  const write = (source: string, times: number[]) =>
    writerOf(source).appendDated(times.map((t, at) => ({ n: at + 1, t, stream: 'info', text: `${t}` })));
  write('a', [1, 4, 5]);
  write('b', [2, 3, 9]);
  const lines = () =>
    mergeLogs(new Map(logSources(folder).map((source) => [source, kept(source)])), listSegments(folder));
  expect([...lines()].map(({ source, msg }) => source + msg)).toEqual(['a1', 'b2', 'b3', 'a4', 'a5', 'b9']);
  expect([...lastLines(lines(), 2)].map(({ t }) => t)).toEqual([5, 9]);
  expect([...lastLines(lines(), 100)]).toHaveLength(6);
});

test('names of sources may have dots and blanks', () => {
  for (const source of ['a.1', 'a', 'b c', 'é.log']) writerOf(source).write('stdout', [source]);
  expect(logSources(folder)).toEqual(['a', 'a.1', 'b c', 'é.log']);
  for (const source of logSources(folder)) expect(readAll(kept(source))).toEqual([source]);
});

test('golden: the text of a log file', () => {
  writerOf('web').write('stderr', ['hello']);
  const [file = ''] = filesOf('web');
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\{"n":1,"t":\d+,"stream":"stderr","pid":0,"lines":1,"bytes":6\}\nhello\n$/,
  );
});

test('the logs of a boot have one id', () => {
  const id = logId(folder);
  expect(id).toMatch(/^[\da-f-]{36}$/);
  expect(logId(folder)).toBe(id);
  expect(segmentsOf('id')).toEqual([]);
});
