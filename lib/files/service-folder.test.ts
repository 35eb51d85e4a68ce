import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFifo } from '../linux/io/fifo.ts';
import { ServiceFolder } from './service-folder.ts';

let dir: string;
/** A folder that the service can write, and a file of the machine. */
let own: string;
let victim: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'kit-service-folder-')));
  own = join(dir, 'own');
  victim = join(dir, 'victim');
  mkdirSync(own);
  writeFileSync(victim, 'precious');
});
afterEach(() => rmSync(dir, { recursive: true }));

const opened = (path = own): ServiceFolder => {
  const folder = ServiceFolder.open(path);
  if (!folder) throw new Error(path);
  return folder;
};

const expectUnharmed = (): void => {
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readdirSync(dir).sort()).toEqual(['own', 'victim']);
};

test('a link of the service does not make a file elsewhere be truncated, replaced or created', () => {
  using folder = opened();
  for (const target of [victim, join(dir, 'created')]) {
    for (const name of ['mark', 'replace', 'replace.new']) symlinkSync(target, join(own, name));
    folder.mark('mark', 0o644);
    folder.replace('replace', 'text', 0o600);
    expect(statSync(join(own, 'mark')).size).toBe(0);
    expect(readFileSync(join(own, 'replace'), 'utf8')).toBe('text');
    for (const name of ['mark', 'replace', 'replace.new']) folder.remove(name);
    expect(folder.names()).toEqual([]);
  }
  expectUnharmed();
});

test('a link, a fifo, a folder and a large file are not read', () => {
  using folder = opened();
  symlinkSync(victim, join(own, 'link'));
  makeFifo(join(own, 'fifo'));
  mkdirSync(join(own, 'folder'));
  writeFileSync(join(own, 'large'), 'x'.repeat(11));
  writeFileSync(join(own, 'file'), 'x'.repeat(10));
  for (const name of ['link', 'fifo', 'folder', 'large', 'nothing'])
    expect(folder.read(name, 10)).toBeUndefined();
  expect(folder.read('file', 10)).toBe('xxxxxxxxxx');
});

test('a link, a fifo or a file is no socket', () => {
  using folder = opened();
  symlinkSync(victim, join(own, 'link'));
  makeFifo(join(own, 'fifo'));
  writeFileSync(join(own, 'file'), '');
  for (const name of ['link', 'fifo', 'file', 'nothing']) expect(folder.socket(name)).toBeUndefined();
});

test('a folder on the way that is a link is refused, whether it is opened or made', () => {
  mkdirSync(join(own, 'real'));
  symlinkSync(join(own, 'real'), join(own, 'link'));
  for (const path of ['link', 'link/below']) {
    expect(ServiceFolder.open(join(own, path))).toBeUndefined();
    expect(() => ServiceFolder.make(join(own, path), 0o700)).toThrow(
      `Cannot write "${join(own, path)}": a part of it is a link or a file`,
    );
  }
  expect(() => ServiceFolder.open(`${own}/real/../real`)).toThrow(TypeError);
  expect(readdirSync(join(own, 'real'))).toEqual([]);
});

test('the folder that was opened stays the same one, when a link takes its place', () => {
  using folder = opened();
  renameSync(own, join(dir, 'moved'));
  mkdirSync(join(dir, 'other'));
  symlinkSync(join(dir, 'other'), own);
  folder.mark('mark', 0o644);
  expect(readdirSync(join(dir, 'other'))).toEqual([]);
  expect(readdirSync(join(dir, 'moved'))).toEqual(['mark']);
});

test('a folder is made with its parents; one that is not there is not opened', () => {
  const path = join(own, 'a/b');
  expect(ServiceFolder.open(path)).toBeUndefined();
  {
    using folder = ServiceFolder.make(path, 0o700);
    folder.replace('file', 'text', 0o600);
    expect(folder.names()).toEqual(['file']);
  }
  expect(statSync(path).mode & 0o777).toBe(0o700);
  using again = ServiceFolder.make(path, 0o700);
  expect(again.read('file', 100)).toBe('text');
});

test.each(['', '.', '..', 'a/b', '../victim'])('"%s" is not the name of a file', (name) => {
  using folder = opened();
  expect(() => folder.remove(name)).toThrow(TypeError);
  expect(() => folder.mark(name, 0o644)).toThrow(TypeError);
  expect(existsSync(victim)).toBe(true);
});
