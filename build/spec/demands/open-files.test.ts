import { expect, test } from 'vitest';
import { mergeManifests } from '../../manifest/merge.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { linuxkit, scope, spec } from '../testing.ts';
import { mostOpenFiles } from './open-files.ts';

test.each<[given: string[], nrOpen: number, soft: number | bigint, hard: number | bigint]>([
  [['nofile,1024,unlimited'], 2 ** 20, 1024n, 2 ** 20],
  [['RLIMIT_NOFILE,Unlimited,UNLIMITED'], 2 ** 20, 2 ** 20, 2 ** 20],
  [['nofile,1024,18446744073709551615'], 2 ** 20, 1024n, 2 ** 20],
  // A number above init's own would need its user namespace.
  [['nofile,1024,unlimited'], 2 ** 21, 1024n, 2 ** 20],
  [['nofile,1024,unlimited'], 65_536, 1024n, 65_536],
])('%j with fs.nr_open %i', (rlimits, openFiles, soft, hard) => {
  const { process } = spec({ rlimits }, {}, undefined, { ...scope, openFiles });
  expect(process.rlimits).toEqual([{ type: 'RLIMIT_NOFILE', soft, hard }]);
});

test("other limits stay unlimited, and all of LinuxKit's", () => {
  const unlimited = 2n ** 64n - 1n;
  expect(spec({ rlimits: ['core,0,unlimited'] }).process.rlimits?.[0]).toMatchObject({ hard: unlimited });
  const { process } = spec({ rlimits: ['nofile,1024,unlimited'] }, {}, undefined, linuxkit);
  expect(process.rlimits?.[0]).toMatchObject({ hard: unlimited });
});

test('an unlimited number of files needs no user namespace of the machine', () => {
  const { linux } = spec({ rlimits: ['nofile,1024,unlimited'] });
  expect(linux.namespaces).toContainEqual({ type: 'user' });
});

test.each([
  ['{}', 2 ** 20],
  ['kernel: {image: k, cmdline: "quiet sysctl.fs.nr_open=2000000"}', 2_000_000],
  ['kernel: {image: k, cmdline: "sysctl.fs/nr_open=5 -- sysctl.fs.nr_open=6"}', 5],
  ['files: [{path: /etc/sysctl.d/9.conf, contents: "a=1\\n fs.nr_open = 77\\n"}]', 77],
  ['files: [{path: etc/other, contents: "fs.nr_open = 77"}]', 2 ** 20],
])('%s', (text, most) => {
  expect(mostOpenFiles(mergeManifests([parseManifest(text, 'x.yml', '/')]))).toBe(most);
});
