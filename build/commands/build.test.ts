import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { runCommand } from './run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-build-'));
afterAll(() => rmSync(cwd, { recursive: true }));

/** The exit status and the output of the command, with rendered errors. */
async function build(
  args: string[],
  stdin = '',
): Promise<{ status: number | undefined; out: string; error: string }> {
  const written = { out: '', error: '' };
  const sink = (name: 'out' | 'error') =>
    new Writable({
      write(piece, _encoding, done) {
        written[name] += piece;
        done();
      },
    });
  const context = {
    ...{ stdin: Readable.from([stdin]), stdout: sink('out'), stderr: sink('error') },
    ...{ env: { KIT_CACHE: join(cwd, 'cache') }, cwd, signal: new AbortController().signal },
  };
  const status = await runCommand(['build', ...args], context).catch((thrown: unknown) => {
    written.error += renderError(thrown);
    return undefined;
  });
  return { status, ...written };
}

test('--help shows usage and examples', async () => {
  const { status, out } = await build(['--help']);
  expect(status).toBe(0);
  expect(out).toContain('Usage: kit build [options] <manifest...>');
  expect(out).toContain('kit build --dry-run base.yml web.yml');
});

test('--dry-run prints the merged manifest and writes nothing', async () => {
  writeFileSync(join(cwd, 'a.yml'), 'init: [a]');
  const { status, out } = await build(['--dry-run', 'a.yml', '-'], 'init: [b]');
  expect(status).toBe(0);
  expect(out).toBe('init:\n  - a\n  - b\n');
  expect(readdirSync(cwd)).toEqual(['a.yml']);
});

test('--dry-run resolves templates, and reports errors in them', async () => {
  mkdirSync(join(cwd, 'web/files'), { recursive: true });
  writeFileSync(join(cwd, 'web/files/x'), 'x');
  writeFileSync(join(cwd, 'web/build.yml'), 'image: web\n');
  const { out } = await build(['--dry-run', '-'], 'init: ["@pkg:./web"]');
  expect(out).toMatch(/^init:\n {2}- kit\/web:[0-9a-f]{40}\n$/);
  const { error } = await build(['--dry-run', '-'], 'init: ["@pkg:./wob"]');
  expect(error).toMatch(/^error: -:1:8: Cannot resolve "@pkg:.\/wob": .*: it has no build.yml\n/);
});

test.each<[string, string[], string, string]>([
  [
    'no file',
    [],
    '',
    'error: Missing required argument "manifest"\n(hint: kit build --help shows the usage)',
  ],
  [
    'an unknown option',
    ['--foo', 'a.yml'],
    '',
    'error: Unknown option "--foo"\n(hint: kit build --help shows the usage)',
  ],
  ['a missing file', ['gone.yml'], '', 'error: Cannot read "gone.yml": no such file'],
  [
    'an unknown format',
    ['-f', 'kernel-initrd', '-'],
    '',
    'error: Unknown format "kernel-initrd" (did you mean "kernel+initrd"?)',
  ],
  [
    'an unknown architecture',
    ['-a', 'mips', '-'],
    '',
    'error: Cannot build for "mips": expected amd64 or arm64',
  ],
  ['--o beside --name', ['--o', 'x', '--name', 'y', '-'], '', 'error: Cannot use --o and --name at once'],
  ['--o beside --dir', ['--o', 'x', '--dir', 'y', '-'], '', 'error: Cannot use --o and --dir at once'],
  ['--o for several files', ['--o', 'x', '-f', 'uki', '-'], '', 'error: Cannot write the image to one place'],
  ['image and JSON in one stream', ['--o', '-', '--json', '-'], '', 'error: Cannot write the image and JSON'],
  ['--input-tar with --pull', ['--input-tar', 'x', '--pull', '-'], '', 'error: Cannot use --input-tar and'],
  [
    'an --input-tar that is not there',
    ['--input-tar', '/gone.tar', '-'],
    '',
    'error: Cannot read "/gone.tar"',
  ],
  ['an odd name', ['--name', 'a/b', '-'], '', 'error: Cannot call an image "a/b"'],
  [
    'a manifest that is wrong',
    ['-'],
    'x: 1',
    'error: -:1:1: unknown key "x" in the manifest\n    1 | x: 1\n      | ^',
  ],
  ['a missing package', ['-'], 'init: [pkg/nothing]', 'error: -:1:8: Cannot find package "pkg/nothing"'],
])('%s is one clear error', async (_title, args, stdin, expected) => {
  const { status, error } = await build(args, stdin);
  expect(error.slice(0, expected.length)).toBe(expected);
  expect(status).not.toBe(0);
});
