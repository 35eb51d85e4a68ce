import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostArch } from '../../build/host/arch.ts';
import { tinyKernel } from '../../build/outputs/uki/testing.ts';
import { CliWorld } from '../cli/world.ts';

/** `kit keys secure-boot`, and `signing:` in manifests. */
let world: CliWorld;
let cache: string;

beforeAll(async () => {
  world = await CliWorld.make();
  cache = world.newCache();
  world.write('kernel/files/kernel', readFileSync(tinyKernel(world.dir, hostArch).file));
  const made = await world.kit(cache, 'keys', 'secure-boot', 'keys', '--json');
  expect(made.status, made.stderr).toBe(0);
  expect(JSON.parse(made.stdout).files).toHaveLength(16);
  signed('m.yml', 'keys/db.key', 'keys/db.crt');
}, 600_000);
afterAll(() => world?.remove());

const signed = (name: string, key: string, certificate: string): void =>
  world.manifest(name, `signing: {key: ${key}, certificate: ${certificate}}`);
const build = (name: string, ...formats: string[]) =>
  world.kit(cache, 'build', '--dir', 'out', '--format', formats.join(','), name);

test('private keys are for their owner only, and none is overwritten', async () => {
  expect(statSync(world.path('keys/db.key')).mode & 0o777).toBe(0o600);
  const again = await world.kit(cache, 'keys', 'secure-boot', 'keys');
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('"PK.key" is there already') });
});

test('what UEFI starts is signed', async () => {
  const built = await build('m.yml', 'uki', 'raw-efi', 'iso-efi');
  expect(built.status, built.stderr).toBe(0);
  const verify = (file: string, certificate = 'keys/db.crt') =>
    world.kit(cache, 'verify', '--certificate', certificate, file);
  expect(await verify('out/m.efi')).toMatchObject({ status: 0, stdout: 'Signed by keys/db.crt.\n' });
  expect((await verify('out/m.efi', 'keys/KEK.crt')).stderr).toContain(
    'no certificate given is that of its signature',
  );
  expect((await verify('out/none.efi')).stderr).toContain('out/none.efi": no such file');
  const program = readFileSync(world.path('out/m.efi'));
  const changed = Buffer.from(program);
  changed[program.length >> 1] = (changed[program.length >> 1] ?? 0) ^ 1;
  writeFileSync(world.path('out/changed.efi'), changed);
  const refused = await verify('out/changed.efi');
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringContaining('its signature is for other bytes'),
  ]);
  // The disk has the same program.
  expect(readFileSync(world.path('out/m-efi.img')).includes(program.subarray(-2048))).toBe(true);
  const first = readFileSync(world.path('out/m-efi.iso'));
  await build('m.yml', 'iso-efi');
  expect(readFileSync(world.path('out/m-efi.iso')).equals(first), 'the same bytes').toBe(true);
});

test('what a TPM measures is predicted, for keys that have signed it only', async () => {
  const measure = (...words: string[]) => world.kit(cache, 'measure', '--secure-boot', 'keys', ...words);
  const { pcrs } = JSON.parse((await measure('--json', 'out/m.efi')).stdout);
  expect(pcrs.map(({ pcr }: { pcr: number }) => pcr)).toEqual([4, 7, 11]);
  expect((await measure('out/m.efi')).stdout).toContain(`PCR 7  ${pcrs[1].value}`);
  world.manifest('unsigned.yml', '');
  expect((await build('unsigned.yml', 'uki')).status).toBe(0);
  const none = await measure('out/unsigned.efi');
  expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining('it is not signed') });
  const kernel = await measure('kernel/files/kernel');
  expect(kernel.stderr).toContain('it is an EFI program without a kernel in it');
});

test('formats that firmware does not start by UEFI are named, and refused for production', async () => {
  const running = world.start(cache, ['build', '--dir', 'out', '--format', 'kernel+initrd', 'm.yml']);
  let told = '';
  running.child.stderr?.on('data', (piece) => {
    told += piece;
  });
  expect((await running.ended).status).toBe(0);
  expect(told).toContain('"signing" has no effect on "kernel+initrd"');
  const production = await world.kit(cache, 'build', '--production', '--dir', 'out', 'm.yml');
  expect(production.status).toBe(1);
  expect(production.stderr).toContain('Cannot build for production: "signing" has no effect');
});

test.each([
  ['no file', 'none.key', 'keys/db.crt', 'Cannot read key "none.key": no such file'],
  ['a certificate as key', 'keys/db.crt', 'keys/db.crt', 'it holds no private key in PEM form'],
  [
    'a key of another certificate',
    'keys/PK.key',
    'keys/db.crt',
    'is not the certificate of key "keys/PK.key"',
  ],
  ['a key on a curve', 'ec.key', 'keys/db.crt', 'firmware takes RSA'],
  ['a short key', 'short.key', 'keys/db.crt', 'it has 1024 bits, and 2048 are the least'],
  ['no certificate', 'keys/db.key', 'keys/db.key', 'it is no certificate in PEM or DER form'],
])('%s is refused before anything is built', async (_case, key, certificate, message) => {
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  world.write('ec.key', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export(pem));
  world.write('short.key', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem));
  signed('bad.yml', key, certificate);
  const { status, stderr } = await build('bad.yml', 'uki');
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).toContain('bad.yml:4:');
});

test('kit run refuses Secure Boot for what firmware does not start, and keys that are none', async () => {
  const direct = await world.kit(cache, 'run', '--secure-boot', 'keys', 'm.yml');
  expect(direct.stderr).toContain('UEFI firmware does not start it');
  const none = await world.kit(cache, 'run', '--secure-boot', 'nowhere', 'out/m.efi');
  expect(none.stderr).toContain('PK.esl": no such file');
  const both = await world.kit(cache, 'run', '--secure-boot', 'keys', '--bios', 'out/m.efi');
  expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('both --secure-boot and --bios') });
});
