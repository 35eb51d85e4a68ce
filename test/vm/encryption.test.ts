import { createHash } from 'node:crypto';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';

const MiB = 2 ** 20;
/** Their keys are the machine's own. */
const closed = ['vault', 'notes'];
const names = [...closed, 'filed', 'ringed'];
const secret = 'what nobody may read';

let folder: { readonly dir: string } & AsyncDisposable;
beforeAll(async () => {
  folder = await scratch();
});
afterAll(() => folder[Symbol.asyncDispose]());

const image = (name: string): string => join(folder.dir, `${name}.img`);

/** A machine with a TPM of its own, and with the disks that there are. @param key of "notes" */
const bootWith = (key: string): Promise<TestMachine> =>
  boot('test/vm/encryption.yml', {
    disks: [
      ...[`${image('vault')},size=100M,serial=vault`, `${image('notes')},size=40M,serial=notes`],
      ...[`${image('filed')},size=64M,serial=filed`, `${image('ringed')},size=40M,serial=ringed`],
      'size=24M,serial=spare',
    ],
    metadata: { keys: { entries: { notes: { perm: '0400', content: key } } } },
    tpm: true,
    allowFailed: true,
    // Each disk that is formatted costs seconds of an emulated processor.
    timeoutMs: 600_000,
  });

const vaultMiB = async (machine: TestMachine): Promise<number> =>
  Number((await shell(machine, "df -m /var/vault | awk 'NR == 2 {print $2}'")).trim());

test('what was written to encrypted disks is there after a power cut, and cannot be read outside', async () => {
  await using machine = await bootWith('the key');
  const seen = await shell(machine, 'cat /proc/swaps; mount');
  const why = await machine.describe(seen);
  for (const name of names)
    expect(seen, why).toContain(`/dev/mapper/${name} on /var/${name} type ext4 (rw,nosuid,nodev`);
  // Of 24 MiB, less the header that is not encrypted.
  expect(seen, why).toMatch(/\s+partition\s+235\d\d\s/);
  expect(seen, why).toMatch(/^\/swapfile\s+file\s+163\d\d\s/m);
  expect(await vaultMiB(machine)).toBeLessThan(100);
  const write = `for name in ${names.join(' ')}; do echo "${secret}" >/var/$name/file; done; sync`;
  expect(await shell(machine, write)).toBe('');
  await machine.cutPower();
  for (const name of names) {
    const bytes = await readFile(image(name));
    expect([bytes.includes('LUKS'), bytes.includes(secret)]).toEqual([true, false]);
  }
  await truncate(image('vault'), 200 * MiB);
  await machine.start();
  const files = names.map((name) => `/var/${name}/file`).join(' ');
  const after = await shell(machine, `cat ${files} /proc/swaps`);
  expect(after, await machine.describe(after)).toMatch(
    new RegExp(`^(?:${secret}\n){4}[\\s\\S]*\\s+partition\\s+235\\d\\d\\s`),
  );
  expect(after).toMatch(/^\/swapfile\s+file\s+163\d\d\s/m);
  expect(await vaultMiB(machine)).toBeGreaterThan(150);
  const said = await machine.console();
  expect(said.match(/disks: .*is encrypted/g)).toHaveLength(4);
  expect(said.match(/disks: .*is formatted as ext4/g)).toHaveLength(4);
  // Of modules for other processors, which the kernel asks for when it needs a cipher.
  expect(said).not.toContain('Invalid ELF header');
  expect(said).toContain('the partition grows by 100 MiB');
});

test('a machine with another key and another TPM opens none of them, and leaves them as they are', async () => {
  const before = await Promise.all(closed.map(digest));
  await using machine = await bootWith('another key');
  const said = await machine.console();
  expect(said).toContain(
    'disk "vault": the TPM refuses with 0x1df: another TPM has made this, or it is damaged',
  );
  expect(said).toMatch(/disk "notes": \/dev\/\w+ stays closed: the key opens none of its 1 key slots/);
  expect(await shell(machine, 'grep -c "/dev/mapper/[vn]" /proc/mounts')).toBe('0\n(status 1)');
  await machine.cutPower();
  expect(await Promise.all(closed.map(digest))).toEqual(before);
});

async function digest(name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(image(name)))
    .digest('hex');
}
