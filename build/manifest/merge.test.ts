import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { KitErrors } from '../../lib/errors/errors.ts';
import { mergeManifests } from './merge.ts';
import { parseManifest } from './parse.ts';
import { manifestValue, printManifest } from './print.ts';
import { readManifests } from './read.ts';

const merge = (...texts: string[]) =>
  mergeManifests(texts.map((text, at) => parseManifest(text, `${at}.yml`, '/f')));

describe('several manifests', () => {
  test('lists are concatenated, the kernel is merged field by field', () => {
    const merged = merge(
      'kernel: {image: a, cmdline: x}\ninit: [i]\nservices: [{name: a, image: x}]',
      'kernel: {image: b, cmdline: ""}\ninit: [j]\nservices: [{name: b, image: y}]\nfiles: [{path: p, ' +
        'contents: ""}]',
    );
    expect(manifestValue(merged)).toEqual({
      kernel: { image: 'b', cmdline: 'x' },
      init: ['i', 'j'],
      services: [
        { name: 'a', image: 'x' },
        { name: 'b', image: 'y' },
      ],
      files: [{ path: 'p', contents: '' }],
    });
  });

  test('a printed manifest parses to the same manifest', () => {
    const merged = merge(
      'kernel: {image: a}\nservices: [{name: a, image: x, rlimits: ["nofile,1,2"], readonly: true}]',
    );
    expect(manifestValue(merge(printManifest(merged)))).toEqual(manifestValue(merged));
  });

  test.each([
    [
      'a service of two files',
      ['services: [{name: a, image: x}]', 'services: [{name: a, image: x}]'],
      '1.yml',
      'name "a" is already used by services[0]',
    ],
    [
      'a volume of two files',
      ['volumes: [{name: a}]', 'volumes: [{name: a}]'],
      '1.yml',
      'name "a" is already used by volumes[0]',
    ],
    [
      'after an unknown service',
      ['services: [{name: a, image: x, after: [b]}]'],
      '0.yml',
      'there is no service "b"',
    ],
    [
      'a service after itself',
      ['services: [{name: a, image: x, after: [a]}]'],
      '0.yml',
      '"a" and "a" wait for each other',
    ],
  ])('%s is an error with its position', (_title, texts, file, message) => {
    try {
      merge(...texts);
      expect.unreachable();
    } catch (thrown) {
      const [error] = thrown instanceof KitErrors ? thrown.errors : [];
      expect(error).toMatchObject({ message, place: { file, line: 1 } });
    }
  });

  test('services can wait for those of another file, but not in a cycle', () => {
    const a = 'services: [{name: a, image: x, after: [b]}]';
    expect(merge(a, 'services: [{name: b, image: x}]').services).toHaveLength(2);
    expect(() => merge(a, 'services: [{name: b, image: x, after: [a]}]')).toThrow('wait for each other');
  });
});

describe('reading files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-manifest-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('relative files, standard input, and the folder that their paths are relative to', async () => {
    writeFileSync(join(folder, 'a.yml'), 'init: [a]');
    const manifest = await readManifests(['a.yml', '-'], {
      cwd: folder,
      stdin: Readable.from(['init: [b]']),
    });
    expect(manifest.init.map(({ value, origin }) => [value.text, origin.file, origin.folder])).toEqual([
      ['a', 'a.yml', folder],
      ['b', '-', folder],
    ]);
  });

  test('errors of several files are reported together', async () => {
    writeFileSync(join(folder, 'b.yml'), 'x: 1');
    writeFileSync(join(folder, 'c.yml'), 'y: 1');
    const failed = await readManifests(['b.yml', 'nothing.yml', 'c.yml'], { cwd: folder }).catch(
      (thrown) => thrown,
    );
    expect(failed.errors.map(({ message }: Error) => message)).toEqual([
      'unknown key "x" in the manifest',
      'Cannot read "nothing.yml": no such file',
      'unknown key "y" in the manifest',
    ]);
  });

  test.each([
    ['a folder', '.', 'Cannot read ".": it is a folder'],
    ['an endless file', '/dev/zero', 'Cannot read "/dev/zero": it has more than 4194304 bytes'],
    ['not text', 'binary', 'Cannot read "binary": it is not UTF-8 text'],
  ])('%s is rejected', async (_title, file, message) => {
    writeFileSync(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(readManifests([file], { cwd: folder })).rejects.toThrow(message);
  });

  test('for a folder, as docker build takes it, the hint says what to name', async () => {
    await expect(readManifests(['.'], { cwd: folder })).rejects.toMatchObject({
      errors: [{ hint: expect.stringContaining('name the manifest, a file such as app.yml') }],
    });
  });
});
