import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { needsContainers } from '../../../test/support/containers.ts';
import { type Needs, needsRoot } from '../../../test/support/needs.ts';
import { socketPath } from '../../machine/records/folder.ts';
import { testWork } from '../../testing.ts';
import { hasSeccomp } from '../seccomp.ts';
import { shareSocket } from './share-arguments.ts';
import { startShareServer } from './share-server.ts';
import { FuseClient, rootNode, text } from './testing/fuse-client.ts';
import { VhostUser, words32 } from './testing/vhost-user.ts';
import { type Sandbox, virtiofsdCommand, virtiofsdTools } from './virtiofsd.ts';

/** A guest that means harm is no Linux: here it sends what no kernel would. */

let dir: string;
let shared: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-share-'));
  shared = join(dir, 'shared');
  mkdirSync(join(shared, 'sub'), { recursive: true });
  writeFileSync(join(dir, 'secret'), 'secret', { mode: 0o600 });
  writeFileSync(join(shared, 'hello'), 'hello', { mode: 0o600 });
  symlinkSync(join(dir, 'secret'), join(shared, 'absolute'));
  symlinkSync('../secret', join(shared, 'relative'));
  symlinkSync(dir, join(shared, 'folder'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function serve(
  options: { readonly sandbox: Sandbox; readonly readOnly?: boolean },
  use: (fuse: FuseClient) => Promise<void>,
): Promise<void> {
  const share = { path: shared, readOnly: false, index: 0, seccomp: hasSeccomp(), ...options };
  const command = virtiofsdCommand(await virtiofsdTools(testWork()), share);
  const server = await startShareServer(command, 0, dir);
  const { path, close } = socketPath(dir, shareSocket(0));
  try {
    using device = new VhostUser(dir, path);
    const fuse = new FuseClient(device);
    expect((await fuse.init()).error).toBe(0);
    await use(fuse);
    // It has survived all of that.
    expect(await fuse.content((await fuse.lookup('hello')) ?? 0n)).toBe('hello');
  } finally {
    close();
    server.kill();
    await server.ended;
  }
}

const secret = () => ({
  text: readFileSync(join(dir, 'secret'), 'utf8'),
  mode: statSync(join(dir, 'secret')).mode & 0o7777,
});
const untouched = { text: 'secret', mode: 0o600 };

const ways: readonly [Sandbox, Needs][] = [
  ['namespace', needsContainers],
  ['chroot', needsRoot('chroot')],
];

describe.each(ways)('virtiofsd in the sandbox "%s"', (sandbox, needed) => {
  test('names lead nowhere but into the folder', needed, async () => {
    await serve({ sandbox }, async (fuse) => {
      const sub = (await fuse.lookup('sub')) ?? 0n;
      const outside = ['../secret', 'sub/../../secret', join(dir, 'secret'), `.//..//secret`];
      for (const name of outside)
        for (const from of [rootNode, sub]) expect(await fuse.lookup(name, from), name).toBeUndefined();
      // Upwards there is nothing but the folder itself.
      let above = rootNode;
      for (const name of ['..', '..', '.', '..']) above = (await fuse.lookup(name, above)) ?? above;
      expect(await fuse.lookup('secret', above)).toBeUndefined();
      const fromSub = (await fuse.lookup('..', sub)) ?? sub;
      expect(await fuse.lookup('secret', (await fuse.lookup('..', fromSub)) ?? fromSub)).toBeUndefined();
    });
  });

  test('links are read, and not followed', needed, async () => {
    await serve({ sandbox }, async (fuse) => {
      for (const name of ['absolute', 'relative']) {
        const link = (await fuse.lookup(name)) ?? 0n;
        expect((await fuse.send('readlink', link, Buffer.alloc(0))).body.toString()).toContain('secret');
        expect(await fuse.content(link), name).toBeLessThan(0);
        // With O_WRONLY | O_TRUNC, and as the name of a file to be made.
        await fuse.send('open', link, words32(0o1001, 0));
        await fuse.send('create', rootNode, Buffer.concat([words32(0o1102, 0o644, 0, 0), text(name)]));
        // struct fuse_setattr_in: the mode (1) and the size (8).
        const change = Buffer.alloc(88);
        change.writeUInt32LE(1 | 8);
        change.writeUInt32LE(0o777, 68);
        await fuse.send('setattr', link, change);
      }
      const folder = (await fuse.lookup('folder')) ?? 0n;
      expect(await fuse.lookup('secret', folder)).toBeUndefined();
      expect((await fuse.send('opendir', folder, words32(0, 0))).error).toBeLessThan(0);
    });
    expect(secret()).toEqual(untouched);
  });

  test('nothing is made, moved or removed outside, and no device anywhere', needed, async () => {
    await serve({ sandbox }, async (fuse) => {
      const hello = (await fuse.lookup('hello')) ?? 0n;
      const numbers = (value: bigint): Buffer => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(value);
        return bytes;
      };
      for (const name of ['../made', join(dir, 'made'), 'sub/../../made', 'folder/made']) {
        const named = (...words: number[]): Buffer => Buffer.concat([words32(...words), text(name)]);
        await fuse.send('mknod', rootNode, named(0o100644, 0, 0, 0));
        await fuse.send('mkdir', rootNode, named(0o755, 0));
        await fuse.send('create', rootNode, named(0o1102, 0o644, 0, 0));
        await fuse.send('symlink', rootNode, text(name, 'hello'));
        await fuse.send('link', rootNode, Buffer.concat([numbers(hello), text(name)]));
        await fuse.send('rename', rootNode, Buffer.concat([numbers(rootNode), text('sub', name)]));
        await fuse.send('unlink', rootNode, text(name.replace('made', 'secret')));
      }
      for (const [name, kind] of [
        ['character', 0o020666],
        ['block', 0o060666],
      ] as const) {
        const device = Buffer.concat([words32(kind, 0x103, 0, 0), text(name)]);
        expect((await fuse.send('mknod', rootNode, device)).error, name).toBe(-1);
      }
    });
    const outside = readdirSync(dir).filter((name) => !name.startsWith('share0.'));
    expect(outside.sort()).toEqual(['secret', 'shared']);
    // Above the folder there is only the folder itself.
    expect(readdirSync(shared).sort()).toEqual(expect.arrayContaining(['hello', 'made']));
    expect(secret()).toEqual(untouched);
  });

  test('nodes that it has never named are refused', needed, async () => {
    await serve({ sandbox }, async (fuse) => {
      for (const node of [0n, 99n, 2n ** 63n, 2n ** 64n - 1n]) {
        expect(await fuse.lookup('hello', node), String(node)).toBeUndefined();
        expect(await fuse.content(node)).toBeLessThan(0);
      }
    });
  });

  test('a folder shared "ro" is not changed in any way', needed, async () => {
    await serve({ sandbox, readOnly: true }, async (fuse) => {
      const hello = (await fuse.lookup('hello')) ?? 0n;
      const named = (name: string, ...words: number[]): Buffer =>
        Buffer.concat([words32(...words), text(name)]);
      const setattr = Buffer.alloc(88);
      setattr.writeUInt32LE(1 | 8);
      setattr.writeUInt32LE(0o777, 68);
      const to = Buffer.alloc(8, 0);
      to.writeBigUInt64LE(rootNode);
      const tries = [
        () => fuse.send('open', hello, words32(0o1, 0)),
        () => fuse.send('open', hello, words32(0o1000, 0)),
        () => fuse.send('setattr', hello, setattr),
        () => fuse.send('mknod', rootNode, named('new', 0o100644, 0, 0, 0)),
        () => fuse.send('mkdir', rootNode, named('new', 0o755, 0)),
        () => fuse.send('create', rootNode, named('new', 0o1102, 0o644, 0, 0)),
        () => fuse.send('symlink', rootNode, text('new', 'hello')),
        () => fuse.send('rename', rootNode, Buffer.concat([to, text('hello', 'new')])),
        () => fuse.send('unlink', rootNode, text('hello')),
      ];
      for (const [at, one] of tries.entries()) expect((await one()).error, `change ${at}`).toBeLessThan(0);
    });
    expect(readdirSync(shared).sort()).toEqual(['absolute', 'folder', 'hello', 'relative', 'sub']);
    expect(statSync(join(shared, 'hello')).mode & 0o777).toBe(0o600);
  });
});

test('a folder that cannot be served is one sentence', async () => {
  chmodSync(shared, 0o700);
  rmSync(shared, { recursive: true });
  const tools = await virtiofsdTools(testWork());
  const share = { path: dir, readOnly: false, index: 0, seccomp: false, sandbox: 'namespace' } as const;
  const command = virtiofsdCommand(tools, share);
  const args = command.args.map((word) => word.replace(`--shared-dir=${dir}`, `--shared-dir=${shared}`));
  await expect(startShareServer({ ...command, args }, 0, dir)).rejects.toThrow(/^Cannot start virtiofsd: \S/);
});
