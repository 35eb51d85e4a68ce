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
import { formatLine, logFile, parseLine } from './line.ts';
import { lastLines, mergeLogs, openReaders } from './merge.ts';
import { LogReader, logSources } from './reader.ts';
import { cutMark, LineSplitter } from './splitter.ts';
import { LogWriter } from './writer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const readAll = (reader: LogReader) => [...reader.read()].map(({ msg }) => msg);

test('a line is one JSON object, whatever is in it', () => {
  expect(formatLine({ t: 5, stream: 'stdout', msg: 'a "b"\n\u0000' })).toBe(
    '{"t":5,"stream":"stdout","msg":"a \\"b\\"\\n\\u0000"}\n',
  );
  const line = fc.record({
    t: fc.nat(),
    stream: fc.constantFrom('stdout' as const, 'stderr' as const, 'kit' as const),
    msg: fc.string({ unit: 'binary' }),
  });
  fc.assert(
    fc.property(line, (one) => {
      expect(parseLine(formatLine(one))).toEqual(one);
    }),
  );
});

test.each(['', '{', '{"t":1}', '[]', 'null', '{"t":"1","msg":"x"}'])('%j is no line', (text) => {
  expect(parseLine(text)).toBeUndefined();
});

test('lines come out the same however the bytes are cut into chunks', () => {
  const lines = fc.array(fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line)));
  const check = (wanted: string[], cuts: number[]) => {
    const bytes = Buffer.from(wanted.map((line) => `${line}\n`).join(''));
    const splitter = new LineSplitter();
    const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
    const got = places.slice(1).flatMap((end, index) => {
      // The reader uses one buffer again and again.
      const chunk = Buffer.from(bytes.subarray(places[index], end));
      const found = splitter.push(chunk);
      chunk.fill(0x21);
      return found;
    });
    expect([...got, ...splitter.end()]).toEqual(wanted);
  };
  fc.assert(fc.property(lines, fc.array(fc.nat()), check));
});

test('a line that never ends is given out once, cut between two characters, and held no longer', () => {
  const splitter = new LineSplitter(10);
  const bytes = Buffer.from('123456789é and more');
  expect(splitter.push(bytes)).toEqual([`123456789${cutMark}`]);
  for (let turn = 0; turn < 1000; turn += 1) expect(splitter.push(bytes)).toEqual([]);
  expect(splitter.push(Buffer.from('x\nnext\r\n'))).toEqual(['next']);
  expect(splitter.push(Buffer.from('tail'))).toEqual([]);
  expect(splitter.end()).toEqual(['tail']);
});

test('a source keeps to its bytes, and the newest lines are there', () => {
  const writer = new LogWriter(folder, 'web', 10_000);
  for (let line = 0; line < 2000; line += 1) writer.write('stdout', [`line ${line}`]);
  expect(readdirSync(folder).sort()).toEqual(['web.jsonl', 'web.jsonl.1']);
  for (const name of readdirSync(folder))
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(10_000);
  const kept = readAll(new LogReader(folder, 'web'));
  expect(kept.length).toBeGreaterThan(200);
  expect(kept).toEqual(
    Array.from({ length: kept.length }, (_, index) => `line ${2000 - kept.length + index}`),
  );
});

test('many lines at once are rotated as well', () => {
  const writer = new LogWriter(folder, 'web', 1000);
  writer.write(
    'stdout',
    Array.from({ length: 100 }, (_, line) => `line ${line}`),
  );
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000);
  expect(readAll(new LogReader(folder, 'web')).at(-1)).toBe('line 99');
});

test('a torn line of a killed writer costs no other line', () => {
  writeFileSync(logFile(folder, 'web'), `${formatLine({ t: 1, stream: 'stdout', msg: 'one' })}{"t":2,"str`);
  new LogWriter(folder, 'web').write('stdout', ['two']);
  expect(readAll(new LogReader(folder, 'web'))).toEqual(['one', 'two']);
});

test('a log that cannot be written loses its lines, counts them, and nothing else', () => {
  writeFileSync(join(folder, 'file'), '');
  const writer = new LogWriter(join(folder, 'file', 'logs'), 'web');
  expect(() => writer.write('stdout', ['a', 'b'])).not.toThrow();
  rmSync(join(folder, 'file'));
  writer.write('stdout', ['c']);
  expect(readAll(new LogReader(join(folder, 'file', 'logs'), 'web'))).toEqual(['2 lines lost', 'c']);
});

test('a reader goes on where it stopped, over any rotation', () => {
  const bursts = fc.array(fc.nat({ max: 40 }), { maxLength: 12 });
  let round = 0;
  const check = (sizes: number[]) => {
    round += 1;
    // Room for one burst in each of the two files: a reader that comes after each burst misses none.
    const writer = new LogWriter(folder, `web${round}`, 3000);
    const reader = new LogReader(folder, `web${round}`);
    let line = 0;
    for (const size of sizes) {
      const wanted = Array.from({ length: size }, () => `line ${line++}`);
      for (const one of wanted) writer.write('stdout', [one]);
      expect(readAll(reader)).toEqual(wanted);
    }
    reader.close();
    writer.close();
  };
  fc.assert(fc.property(bursts, check), { numRuns: 50 });
});

test('a half-written line is read once it is whole', () => {
  const reader = new LogReader(folder, 'web');
  expect(readAll(reader)).toEqual([]);
  const line = formatLine({ t: 1, stream: 'stdout', msg: 'whole' });
  appendFileSync(logFile(folder, 'web'), line.slice(0, 9));
  expect(readAll(reader)).toEqual([]);
  appendFileSync(logFile(folder, 'web'), line.slice(9));
  expect(readAll(reader)).toEqual(['whole']);
});

test('sources are merged by time, and the last lines of all are the last in time', () => {
  const write = (source: string, times: number[]) =>
    writeFileSync(
      logFile(folder, source),
      times.map((t) => formatLine({ t, stream: 'stdout', msg: `${t}` })).join(''),
    );
  write('a', [1, 4, 5]);
  write('b', [2, 3, 9]);
  const lines = () => mergeLogs(openReaders(folder, logSources(folder)));
  expect([...lines()].map(({ source, msg }) => source + msg)).toEqual(['a1', 'b2', 'b3', 'a4', 'a5', 'b9']);
  expect([...lastLines(lines(), 2)].map(({ t }) => t)).toEqual([5, 9]);
  expect([...lastLines(lines(), 100)]).toHaveLength(6);
});

test('the file is readable without kit', () => {
  new LogWriter(folder, 'web').write('stderr', ['hello']);
  expect(JSON.parse(readFileSync(join(folder, 'web.jsonl'), 'utf8'))).toMatchObject({
    stream: 'stderr',
    msg: 'hello',
  });
});
