import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { swtpmTools } from '../../build/qemu/tpm/swtpm.ts';
import { testWork } from '../../build/testing.ts';
import { type DiskConfig, type DiskKey, makingLabel } from '../../lib/bundle/disks.ts';
import { readLuksHeader } from '../../lib/disks/programs/luks.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { needsRoot } from '../support/needs.ts';
import { DiskWorld, MiB, wanted } from './disk-world.ts';
import { emulatedTpm } from './emulated-tpm.ts';
import type { LoopDisk } from './loop-disk.ts';
import { cutOff, LoopMapper } from './loop-mapper.ts';

let world: DiskWorld;
let mapper: LoopMapper;

beforeAll(async () => {
  [world] = await Promise.all([DiskWorld.make(), swtpmTools(testWork())]);
  mapper = new LoopMapper(world.run, world.engine.mapper);
  makeFolder(join(world.engine.root, 'etc/keys'));
}, 600_000);
afterAll(() => world.remove());
beforeEach(() => setKey('the key'));
afterEach(() => mapper.close());

const setKey = (text: string): void => writeFileSync(join(world.engine.root, 'etc/keys/data'), text);

const encrypted = (
  disk: LoopDisk,
  key: DiskKey = { file: '/etc/keys/data' },
  more: Partial<DiskConfig> = {},
) => wanted(disk, { encrypt: { kind: 'luks2', key }, ...more });

/** One boot of the world's machine. */
const boot = <T>(
  config: DiskConfig,
  use: (target: string) => T | Promise<T>,
  more: Partial<DiskWorld['engine']> = {},
): Promise<T> =>
  world.boot(config, use, {
    engine: { ...world.engine, run: mapper.run, ...more },
    ended: () => mapper.close(),
  });

const write = (target: string): void => writeFileSync(join(target, 'kept'), 'yes');
const read = (target: string): string => readFileSync(join(target, 'kept'), 'utf8');

describe('an encrypted disk', needsRoot('loop devices'), () => {
  test('is made once, and then only opened; what does not open it leaves it as it is', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await boot(encrypted(disk), write);
    const mapping = join(world.engine.mapper, 'data');
    expect(world.formats()).toEqual([`${disk.path}: is encrypted`, `${mapping}: is formatted as ext4`]);
    expect(await world.contentOf(disk.path)).toMatchObject({
      kind: 'luks',
      version: '2',
      label: 'data',
    });
    setKey('another key');
    const closed = `${disk.path} stays closed: the key opens none of its 1 key slots`;
    const labelled = { fileSystem: { type: 'ext4', label: 'mine' } } as const;
    const refused: readonly (readonly [DiskConfig, string])[] = [
      [encrypted(disk), closed],
      [encrypted(disk, undefined, { wipe: true }), closed],
      [encrypted(disk, { tpm: true }), `${disk.path} has no key that a TPM alone opens`],
      [encrypted(disk, undefined, labelled), `${disk.path} holds LUKS2 "data", not LUKS2 "mine", and stays`],
      [wanted(disk), `${disk.path} holds LUKS2 "data", not ext4 "data", and stays as it is`],
    ];
    for (const [config, message] of refused) await expect(boot(config, write)).rejects.toThrow(message);
    setKey('the key');
    expect([await boot(encrypted(disk), read), world.formats()]).toEqual(['yes', []]);
    expect(world.lines.at(-1)).toBe(`disk "data": ${mapping} is mounted on /var/data`);
  });

  test('is not made without a key', async () => {
    await using disk = await world.newDisk(64 * MiB);
    const missing: readonly (readonly [DiskKey, string])[] = [
      [{ file: '/etc/keys/none' }, 'Cannot read the key "/etc/keys/none": no such file'],
      [{ file: '/etc/keys' }, 'Cannot use the key "/etc/keys": it is no file'],
      [{ keyctl: 'kit:none' }, 'the keyring of root has no key "kit:none"'],
      [{ tpm: true }, 'its key is for a TPM, and the machine has none'],
    ];
    for (const [key, message] of missing)
      await expect(boot(encrypted(disk, key), write)).rejects.toThrow(message);
    expect(await world.contentOf(disk.path)).toEqual({ kind: 'nothing' });
    // What is there is not wiped for it either.
    await world.run('mkfs.ext4', ['-q', '-L', 'theirs', disk.path]);
    for (const [key] of missing)
      await expect(boot(encrypted(disk, key, { wipe: true }), write)).rejects.toThrow();
    expect(await world.contentOf(disk.path)).toMatchObject({ type: 'ext4', label: 'theirs' });
  });

  test('takes a key of the keyring', async () => {
    await using disk = await world.newDisk(64 * MiB);
    const name = `kit:test-${process.pid}`;
    const { stdout } = await world.run('keyctl', ['padd', 'user', name, '@u'], 'a key of the keyring');
    try {
      await boot(encrypted(disk, { keyctl: name }), write);
      expect(await boot(encrypted(disk, { keyctl: name }), read)).toBe('yes');
    } finally {
      await world.run('keyctl', ['unlink', stdout.trim(), '@u']);
    }
  });

  test('of a TPM is opened by that TPM alone', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await using own = await emulatedTpm(world.folder, 'own');
    await using other = await emulatedTpm(world.folder, 'other');
    const config = encrypted(disk, { tpm: true });
    await boot(config, write, { openTpm: own.open });
    expect(await boot(config, read, { openTpm: own.open })).toBe('yes');
    const { keyslots, tokens } = await readLuksHeader(disk.path, world.run);
    expect([keyslots, [...tokens.values()]]).toEqual([
      [0],
      [expect.objectContaining({ type: 'systemd-tpm2', keyslots: ['0'] })],
    ]);
    await expect(boot(config, write, { openTpm: other.open })).rejects.toThrow('another TPM has made this');
  });

  test('does not take the place of one that is not', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await world.run('mkfs.ext4', ['-q', '-L', 'data', disk.path]);
    await expect(boot(encrypted(disk), write)).rejects.toThrow(
      `${disk.path} holds ext4 "data", not LUKS2 "data", and stays as it is`,
    );
  });

  test('is made anew as long as it was not whole, wherever the power is cut', async () => {
    await using own = await emulatedTpm(world.folder, 'cut');
    const config = (disk: LoopDisk) => encrypted(disk, { tpm: true });
    const changing = (name: string, [verb]: readonly string[]): boolean =>
      name === 'mkfs.ext4' || (name === 'cryptsetup' && verb !== 'open' && verb !== 'luksDump');
    const seen: string[] = [];
    await using disk = await world.newDisk(64 * MiB);
    // luksFormat, token, label, mkfs: each boot comes one further.
    for (let left = 0; left < 4; left += 1) {
      let count = 0;
      const run: RunProgram = (name, args, input) => {
        if (changing(name, args)) count += 1;
        return count > left ? cutOff() : mapper.run(name, args, input);
      };
      await expect(boot(config(disk), write, { run, openTpm: own.open })).rejects.toThrow(
        'the power is gone',
      );
      const content = await world.contentOf(disk.path);
      seen.push('label' in content ? content.label : content.kind);
    }
    expect(seen).toEqual(['nothing', makingLabel, makingLabel, 'data']);
    await boot(config(disk), write, { openTpm: own.open });
    expect(await boot(config(disk), read, { openTpm: own.open })).toBe('yes');
  });
});
