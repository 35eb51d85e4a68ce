import { copyFile, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineFiles } from '../../build/machine/records/folder.ts';
import { expectPredicted, lastPcr, printsPcrs } from '../secure-boot/pcrs.ts';
import { runOnTerminal, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** Firmware with Secure Boot: it starts a signed program, and none that was changed. */
let folder: Awaited<ReturnType<typeof scratch>>;
const at = (name: string): string => join(folder.dir, name);

const manifest = {
  kernel: { image: 'pkg/kernel', cmdline: 'console=ttyS0 ignore_loglevel signed=yes' },
  init: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  onboot: [printsPcrs],
  signing: { key: 'keys/db.key', certificate: 'keys/db.crt' },
};

beforeAll(async () => {
  folder = await scratch();
  await writeFile(at('m.yml'), JSON.stringify(manifest));
  const { signing: _, ...plain } = manifest;
  await writeFile(at('plain.yml'), JSON.stringify(plain));
  for (const args of [
    ['keys', 'secure-boot', at('keys')],
    ['build', '--format', 'uki', '--dir', folder.dir, at('m.yml')],
    ['build', '--format', 'uki', '--dir', folder.dir, at('plain.yml')],
  ]) {
    const { status, stderr } = await kit(...args);
    expect(status, stderr).toBe(0);
  }
});
afterAll(() => folder?.[Symbol.asyncDispose]());

const flags = (): string[] => ['--secure-boot', at('keys'), '--tpm', '--cpus', '1'];

/** The console of a machine with these keys, once it has printed one of these. */
async function consoleOf(image: string, printed: RegExp): Promise<string> {
  const { machine } = runOnTerminal(at(image), [...flags(), '--mem', '768']);
  await using _ = machine;
  const read = (): Promise<string> =>
    readFile(join(machine.dir, machineFiles.console), 'latin1').catch(() => '');
  // Without await the machine would be ended first.
  return await machine.until(`printed by ${image}`, read, (text) => printed.test(text), {
    timeoutMs: 500_000,
  });
}

const refused = /Access Denied|Security Violation/;

test('starts a signed program, and its TPM has what kit measure predicts', async () => {
  const text = await consoleOf('m.efi', new RegExp(`${refused.source}|${lastPcr.source}`));
  expect(text).not.toMatch(refused);
  expect(text).toMatch(/secure boot enabled/i);
  await expectPredicted(text, '--secure-boot', at('keys'), at('m.efi'));
});

test.each([
  ['a program that is not signed', 'plain.efi', undefined],
  ['a changed command line', 'cmdline.efi', 'signed=yes'],
  ['a changed byte of the list of layers', 'initrd.efi', 'layers/index'],
])('refuses %s', async (_case, image, place) => {
  if (place !== undefined) await damaged(image, place);
  const text = await consoleOf(image, /Access Denied|Security Violation|Linux version/);
  expect(text).toMatch(refused);
  expect(text).not.toContain('Linux version');
});

/** A copy of the signed program, with another letter at the end of this text. */
async function damaged(image: string, text: string): Promise<void> {
  await copyFile(at('m.efi'), at(image));
  await flip(at(image), text);
}

/** Changes the last letter of a text that a file has. */
async function flip(path: string, text: string): Promise<void> {
  const found = (await readFile(path)).indexOf(text);
  expect(found).toBeGreaterThan(0);
  await using file = await open(path, 'r+');
  await file.write(Buffer.from('-'), 0, 1, found + text.length - 1);
}
