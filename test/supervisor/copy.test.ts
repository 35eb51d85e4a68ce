import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MachineClient } from '../../build/machine/client/client.ts';
import { copyFiles } from '../../build/machine/copy/copy-files.ts';
import { parseCopyRequest } from '../../build/machine/copy/copy-request.ts';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';

const patience = { timeout: 120_000, interval: 50 };

describe('copying to and from services', { timeout: 300_000, ...canSupervise }, () => {
  let guest: TestGuest;
  let here: string;
  /** The root of the service, from outside the container. */
  let inside: string;

  beforeAll(async () => {
    guest = await TestGuest.make();
    guest.service('web', 'while :; do sleep 0.1; done');
    await guest.start();
    await vi.waitFor(async () => {
      expect((await guest.serviceNamed('web'))?.state).toBe('ready');
    }, patience);
    here = join(guest.dir, 'here');
    mkdirSync(here);
    inside = join('/proc', String(await guest.pidOf('web')), 'root');
  }, 300_000);

  afterAll(() => {
    spawnSync('umount', [join(guest.dir, 'small'), join(guest.dir, 'fixed')]);
    return guest.end();
  });

  interface Extra {
    readonly stdin?: Readable;
    readonly stdout?: PassThrough;
    readonly signal?: AbortSignal;
    readonly follow?: boolean;
  }

  async function cp(source: string, target: string, extra: Extra = {}) {
    using client = new MachineClient(dirname(guest.paths.controlSocket));
    const { stdin = Readable.from([]), stdout = new PassThrough(), follow = false } = extra;
    const signal = extra.signal ?? new AbortController().signal;
    const context = { stdin, stdout, stderr: stdout, env: {}, cwd: here, signal };
    return await copyFiles(client, parseCopyRequest(source, target), { follow, note: () => {} }, context);
  }

  const failure = (source: string, target: string, extra?: Extra): Promise<string> =>
    cp(source, target, extra).then(
      () => 'it did not fail',
      (thrown: { details?: string; message: string }) => thrown.details || thrown.message,
    );

  function makeTree(name: string): void {
    const root = join(here, name);
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    writeFileSync(join(root, 'a.txt'), 'a\n');
    writeFileSync(join(root, 'run me'), '#!/bin/sh\n');
    chmodSync(join(root, 'run me'), 0o755);
    writeFileSync(join(root, `deep/er/${'long'.repeat(50)} ü`), 'x'.repeat(70_000));
    writeFileSync(join(root, 'empty'), '');
    symlinkSync('../a.txt', join(root, 'deep/link'));
    chmodSync(join(root, 'deep/er'), 0o500);
    for (const path of ['a.txt', 'deep', '']) utimesSync(join(root, path), 1_500_000_000, 1_500_000_000);
  }

  /** The entries of a folder: name, mode, mtime, content or link target. */
  function tree(root: string): [name: string, ...rest: unknown[]][] {
    const names = (readdirSync(root, { recursive: true }) as string[]).sort();
    return names.map((name) => {
      const path = join(root, name);
      const { mode, mtimeMs } = lstatSync(path);
      const text = lstatSync(path).isSymbolicLink()
        ? readlinkSync(path)
        : lstatSync(path).isFile() && readFileSync(path, 'utf8');
      return [name, mode.toString(8), Math.floor(mtimeMs / 1000), text];
    });
  }

  test('a tree is copied in and out with modes, times and links', async () => {
    makeTree('site');
    expect(await cp('site', 'm:web:/')).toEqual({ files: 5, bytes: 70_012, skipped: 0 });
    expect(tree(join(inside, 'site'))).toEqual(tree(join(here, 'site')));
    await cp('m:web:/site', 'back');
    expect(tree(join(here, 'back'))).toEqual(tree(join(here, 'site')));
  });

  test('the rules of docker cp', async () => {
    mkdirSync(join(inside, 'rules'));
    await cp('site/a.txt', 'm:web:/rules');
    await cp('site/a.txt', 'm:web:/rules/other.txt');
    await cp('site/a.txt', 'm:web:/rules/run');
    await cp('site/run me', 'm:web:rules/run');
    await cp('site/deep', 'm:web:/rules/renamed');
    await cp('site/deep', 'm:web:/rules/renamed');
    await cp('site/deep/.', 'm:web:/rules/renamed');
    expect(tree(join(inside, 'rules')).map(([name]) => name)).toEqual(
      ['a.txt', 'other.txt', 'renamed', 'renamed/deep', 'renamed/deep/er', 'renamed/deep/link']
        .concat(['renamed/er', 'renamed/link', 'run'])
        .concat(['renamed/deep/er', 'renamed/er'].map((folder) => `${folder}/${'long'.repeat(50)} ü`))
        .sort(),
    );
    expect(readFileSync(join(inside, 'rules/run'), 'utf8')).toBe('#!/bin/sh\n');
    expect(await failure('site', 'm:web:/rules/run')).toBe(
      'cannot write "/rules/run": it is a file, and the source is a folder',
    );
    expect(await failure('site/a.txt', 'm:web:/nope/')).toBe(
      'cannot write "/nope/": there is no such folder',
    );
    expect(await failure('site/a.txt', 'm:web:/nope/x')).toBe(
      'cannot write "/nope/x": there is no folder "/nope"',
    );
    expect(await failure('site/nope', 'm:web:/')).toBe(`cannot read "${here}/site/nope": it does not exist`);
    expect(await failure('m:web:/nope', '.')).toBe('cannot read "/nope": it does not exist');
    expect(await failure('m:web:/rules/run/.', '.')).toBe(
      'cannot read "/rules/run/.": a part of the path is not a folder',
    );
    expect(await failure('m:nobody:/x', '.')).toBe('Unknown service "nobody"');
  });

  test('archives are copied both ways', async () => {
    const stdout = new PassThrough();
    const got = buffer(stdout);
    await cp('m:web:/site', '-', { stdout });
    stdout.end();
    const archive = await got;
    expect(execFileSync('tar', ['t'], { input: archive, encoding: 'utf8' }).split('\n')).toContain(
      'site/a.txt',
    );
    mkdirSync(join(inside, 'unpacked'));
    await cp('-', 'm:web:/unpacked', { stdin: Readable.from([archive]) });
    expect(tree(join(inside, 'unpacked/site'))).toEqual(tree(join(here, 'site')));
    // More padding than all buffers hold: the sender must not get an error while it writes it.
    const padding = Array.from({ length: 10 }, () => Buffer.alloc(1 << 20));
    const sent = archive.length + (10 << 20);
    mkdirSync(join(inside, 'padded'));
    expect(await cp('-', 'm:web:/padded', { stdin: Readable.from([archive, ...padding]) })).toMatchObject({
      bytes: sent,
    });
    expect(tree(join(inside, 'padded/site'))).toEqual(tree(join(here, 'site')));
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1 << 20);
      })(),
    );
    expect(await failure('-', 'm:web:/padded', { stdin: endless })).toBe(
      'Cannot read archive "archive": more than 16777216 bytes follow its end',
    );
    const broken = Readable.from([archive.subarray(0, 3000)]);
    expect(await failure('-', 'm:web:/unpacked', { stdin: broken })).toMatch(/it ends in the middle/);
    expect(await failure('-', 'm:web:/nope', { stdin: Readable.from([archive]) })).toBe(
      'cannot unpack into "/nope": there is no such folder',
    );
  });

  test('links in a service are resolved in its root', async () => {
    const secret = join(guest.dir, 'secret');
    mkdirSync(secret);
    writeFileSync(join(secret, 'key'), 'of the host');
    for (const [name, to] of [
      ['up', `../../../../../../../..${secret}`],
      ['abs', secret],
    ] as const)
      symlinkSync(to, join(inside, name));
    for (const name of ['up', 'abs']) {
      expect(await failure('site/a.txt', `m:web:/${name}/x`)).toMatch(/there is no folder|it does not exist/);
      expect(await failure(`m:web:/${name}/key`, '.')).toMatch(/it does not exist/);
      expect(await failure(`m:web:/${name}`, '.', { follow: true })).toMatch(/it does not exist/);
    }
    await cp('site/a.txt', 'm:web:/proc/1/root/from-proc');
    expect(existsSync(join(inside, 'from-proc'))).toBe(true);
    expect(readdirSync(secret)).toEqual(['key']);
    // It could lead to any file of this host.
    expect(await failure('m:web:/abs', '.')).toMatch(/^the source is a symbolic link/);
    expect(existsSync(join(here, 'abs'))).toBe(false);
  });

  test('a file of /proc is copied completely although its size is 0', async () => {
    await cp('m:web:/proc/1/status', 'status');
    expect(readFileSync(join(here, 'status'), 'utf8')).toMatch(/^Name:\tsh\n/);
  });

  test('a file that cannot be written is reported and leaves nothing behind', async () => {
    const [small, fixed] = [join(guest.dir, 'small'), join(guest.dir, 'fixed')];
    for (const folder of [small, fixed]) mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'small', small]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'fixed', fixed]);
    writeFileSync(join(here, 'large'), Buffer.alloc(8 << 20));
    expect(await failure('large', `m:${small}`)).toBe(
      `cannot write "${small}/large": no space left on its file system`,
    );
    expect(readdirSync(small)).toEqual([]);
    expect(await failure('large', `m:${fixed}`)).toBe(
      `cannot write "${fixed}/large": its file system is read-only`,
    );
  });

  test('a client that disconnects leaves no partial or temporary file behind', async () => {
    const gone = new AbortController();
    mkdirSync(join(inside, 'half'));
    truncateSync(join(here, 'large'), 128 << 20);
    const copying = cp('large', 'm:web:/half', { signal: gone.signal });
    copying.catch(() => {});
    await vi.waitFor(() => expect(readdirSync(join(inside, 'half'))[0]).toMatch(/^\.kit-cp-/), patience);
    gone.abort();
    await expect(copying).rejects.toThrow();
    await vi.waitFor(() => expect(readdirSync(join(inside, 'half'))).toEqual([]), patience);
    await cp('large', 'm:web:/half');
    expect(lstatSync(join(inside, 'half/large')).size).toBe(128 << 20);
  });
});
