import { mkdtempSync, rmSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debianSource } from '../../build/debian/source.ts';
import { swtpmTools } from '../../build/qemu/tpm/swtpm.ts';
import { testWork } from '../../build/testing.ts';
import { loaders, toolCommand } from '../../build/tools/command.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';
import { newTpmKey } from '../../lib/disks/keys/tpm-key.ts';
import { addLuksToken, formatLuks } from '../../lib/disks/programs/luks.ts';
import { type RunProgram, startDiskProgram } from '../../lib/disks/run-program.ts';
import { emulatedTpm } from './emulated-tpm.ts';

const source = debianSource({
  packages: [
    ...['cryptsetup-bin', 'libsystemd-shared', 'systemd-cryptsetup'],
    // What systemd loads when it needs a TPM.
    ...['libtss2-esys-3.0.2-0t64', 'libtss2-rc0t64', 'libtss2-tcti-swtpm0t64'],
  ],
  // Without systemd itself and what it brings.
  keep: ['cryptsetup-bin', 'gcc-14-base', 'lib*', 'systemd-cryptsetup', 'zlib1g'],
});

let tools: Tools;
let folder: string;

beforeAll(async () => {
  const lock = join(import.meta.dirname, 'rescue.lock.json');
  tools = await debianTree('cryptsetup with systemd', source, lock, testWork());
  await swtpmTools(testWork());
  folder = mkdtempSync(join(tmpdir(), 'kit-rescue-'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The programs of any Debian system that has systemd-cryptsetup. */
const run: RunProgram = (name, args, input) => {
  const { file, args: all, env } = toolCommand(tools, name, args);
  const [option = '', libraries, ...rest] = all;
  return startDiskProgram(file, [option, `${libraries}:${inTree('systemd')}`, ...rest], { env, input });
};

const inTree = (path: string): string => join(tools.dir, loaders[tools.arch].libraries, path);

test('systemd opens what kit has sealed, with the same TPM, and adds a recovery key', async () => {
  await using tpm = await emulatedTpm(folder, 'own');
  await using other = await emulatedTpm(folder, 'other');
  const disk = join(folder, 'disk.img');
  await writeFile(disk, '');
  await truncate(disk, 32 << 20);
  const { key, token } = await newTpmKey(tpm.open);
  await formatLuks(disk, key, 'random', run);
  await addLuksToken(disk, token, run);
  const enroll = (path: string) =>
    run('systemd-cryptenroll', [`--unlock-tpm2-device=swtpm:path=${path}`, '--recovery-key', disk]);
  expect((await enroll(other.path)).status).not.toBe(0);
  const { status, stdout, stderr } = await enroll(tpm.path);
  expect(status, stderr).toBe(0);
  const opened = await run(
    'cryptsetup',
    ['open', '--test-passphrase', '--key-file', '-', disk],
    stdout.trim(),
  );
  expect(opened.status, stdout).toBe(0);
});
