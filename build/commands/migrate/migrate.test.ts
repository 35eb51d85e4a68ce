import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../host/paths.ts';
import { runCommand } from '../run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-migrate-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const old =
  'services:\n  # a shell\n  - name: getty\n    image: linuxkit/getty:v1\n  - name: tools\n    image: linuxkit/dummy:v1\n';
writeFileSync(join(cwd, 'old.yml'), old);
const page = readFileSync(join(kitRoot, 'docs/migrate.md'), 'utf8');

async function migrate(args: readonly string[], env: Record<string, string> = {}, stdin = '') {
  const text = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        text[name] += String(chunk);
        done();
      },
    });
  const streams = { stdin: Readable.from([stdin]), stdout: into('stdout'), stderr: into('stderr') };
  const context = { ...streams, env, cwd, signal: new AbortController().signal };
  const status = await runCommand(['migrate', ...args], context as Parameters<typeof runCommand>[1]);
  return { status, ...text };
}

const written = (path: string): string => readFileSync(join(cwd, path), 'utf8');

describe('kit migrate', () => {
  test('shows the diff, and warns of what is left', async () => {
    const { status, stdout, stderr } = await migrate(['old.yml']);
    expect(stdout).toBe(`--- old.yml
+++ old.yml for kit
@@ -1,6 +1,6 @@
 services:
   # a shell
   - name: getty
-    image: linuxkit/getty:v1
+    image: pkg/getty
   - name: tools
     image: linuxkit/dummy:v1
`);
    expect(
      stderr,
    ).toBe(`warning: old.yml:6:5: kit has nothing for linuxkit/dummy: it is for the tests of LinuxKit itself
    6 |     image: linuxkit/dummy:v1
      |     ^
`);
    expect(status).toBe(0);
    expect((await migrate(['--strict', 'old.yml'])).status).toBe(1);
  });

  test('with colours where they are wanted', async () => {
    const { stdout } = await migrate(['old.yml'], { FORCE_COLOR: '1' });
    expect(stdout).toContain(
      '\u001B[31m-    image: linuxkit/getty:v1\u001B[39m\n\u001B[32m+    image: pkg/getty\u001B[39m\n',
    );
  });

  test('-o writes the file, and says what was changed', async () => {
    const { stdout } = await migrate(['old.yml', '-o', 'new.yml']);
    expect(stdout).toBe('old.yml:4: pkg/getty in place of "linuxkit/getty:v1"\n');
    expect(written('new.yml')).toBe(old.replace('linuxkit/getty:v1', 'pkg/getty'));
    expect(written('old.yml')).toBe(old);
  });

  test('several files go into a folder', async () => {
    writeFileSync(join(cwd, 'more.yml'), 'init: [linuxkit/init:v1]\n');
    await migrate(['old.yml', 'more.yml', '-o', 'both']);
    expect([written('both/old.yml'), written('both/more.yml')]).toEqual([
      written('new.yml'),
      'init: [pkg/init]\n',
    ]);
    await expect(migrate(['old.yml', 'more.yml', '-o', '-'])).rejects.toThrow('name a folder');
  });

  test('two of one name are refused before anything is written', async () => {
    mkdirSync(join(cwd, 'sub'));
    writeFileSync(join(cwd, 'sub/old.yml'), 'init: [linuxkit/init:v1]\n');
    await expect(migrate(['old.yml', 'sub/old.yml', '-o', 'same'])).rejects.toMatchObject({
      message: `Cannot write "old.yml" and "sub/old.yml": both would be "${join(cwd, 'same/old.yml')}"`,
      exitCode: 2,
    });
    expect(existsSync(join(cwd, 'same'))).toBe(false);
  });

  test('a mistake in the last leaves the first unwritten', async () => {
    writeFileSync(join(cwd, 'bad.yml'), 'servises: []\n');
    await expect(migrate(['old.yml', 'bad.yml', '-o', 'none'])).rejects.toThrow('unknown key');
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  test('from standard input to standard output', async () => {
    const { stdout } = await migrate(['-', '-o', '-'], {}, 'init: [linuxkit/init:v1]\n');
    expect(stdout).toBe('init: [pkg/init]\n');
  });

  test('--json has all of it', async () => {
    const [result] = JSON.parse((await migrate(['--json', 'old.yml'])).stdout);
    expect(result).toMatchObject({
      file: 'old.yml',
      changes: [{ line: 4, column: 5, text: 'pkg/getty in place of "linuxkit/getty:v1"' }],
      open: [{ line: 6, column: 5 }],
    });
    expect(result.text).toBe(written('new.yml'));
  });

  test('a manifest without anything of LinuxKit, one that is a program, and none', async () => {
    writeFileSync(join(cwd, 'kit.yml'), 'init: [pkg/init]\n');
    expect((await migrate(['kit.yml'])).stdout).toBe("kit.yml: nothing is LinuxKit's\n");
    await expect(migrate(['kit.config.ts'])).rejects.toThrow('it is a program');
    await expect(migrate(['gone.yml'])).rejects.toThrow('Cannot read "gone.yml": no such file');
    expect(existsSync(join(cwd, 'gone.yml'))).toBe(false);
  });

  test('the page about it shows what it does', async () => {
    const [, manifest = ''] = /<<'END'\n(.*?)^END$/ms.exec(page) ?? [];
    writeFileSync(join(cwd, 'linuxkit.yml'), manifest);
    const { stdout, stderr } = await migrate(['linuxkit.yml']);
    expect(page).toContain(`\`\`\`diff\n${stdout}\`\`\`\n`);
    expect(stderr).toBe('');
  });
});
