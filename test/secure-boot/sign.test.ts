import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debianSource } from '../../build/debian/source.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { tinyKernel } from '../../build/outputs/uki/testing.ts';
import { ukiPieces } from '../../build/outputs/uki/uki.ts';
import { hashPieces } from '../../build/pieces/read-pieces.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { enrolKeys } from '../../build/qemu/firmware/enrol-keys.ts';
import { makeSecureBootKeys } from '../../build/signing/efi/secure-boot-keys.ts';
import { signProgram } from '../../build/signing/efi/sign-program.ts';
import type { EfiSigner } from '../../build/signing/efi/signed-data.ts';
import { verifyProgram } from '../../build/signing/efi/verify-program.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { debianTree } from '../../build/tools/tree.ts';
import { secureBootTools } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-secure-boot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork();
const { signal } = work;
const at = (name: string): string => join(folder, name);
const run = async (program: string, ...args: string[]): Promise<string> => {
  const { stdout, stderr } = await runTool(await secureBootTools(), program, args, { signal });
  return stdout + stderr;
};

const now = new Date('2026-01-02T03:04:05Z');
const signerOf = (name: string): EfiSigner => ({
  key: createPrivateKey(readFileSync(at(`${name}.key`))),
  certificate: new X509Certificate(readFileSync(at(`${name}.crt`))),
});
const program = () =>
  ukiPieces(
    { arch: 'amd64', kernel: tinyKernel(folder, 'amd64'), initrd: [Buffer.from('initrd')], cmdline: 'quiet' },
    work,
  );

beforeAll(async () => {
  await secureBootTools();
  for (const { name, content } of makeSecureBootKeys('test', now)) writeFileSync(at(name), content);
  await writePieces(at('plain.efi'), await program(), signal);
  await writePieces(at('signed.efi'), await signProgram(await program(), 'x.efi', signerOf('db')), signal);
}, 600_000);

test("what kit signs is right for Debian's sbverify and osslsigncode, and the same each time", async () => {
  expect(await run('sbverify', '--cert', at('db.crt'), at('signed.efi'))).toContain(
    'Signature verification OK',
  );
  const told = await run('osslsigncode', 'verify', '-CAfile', at('db.crt'), '-in', at('signed.efi'));
  expect(told).toContain('Signature verification: ok');
  await expect(run('sbverify', '--cert', at('KEK.crt'), at('signed.efi'))).rejects.toThrow('exit status 1');
  await verifyProgram(at('signed.efi'), [signerOf('db').certificate]);
  const again = await hashPieces(await signProgram(await program(), 'x.efi', signerOf('db')));
  expect(again).toEqual(
    await hashPieces([{ file: at('signed.efi'), bytes: readFileSync(at('signed.efi')).length }]),
  );
});

test('a program that is signed already has one signature afterwards', async () => {
  const bytes = readFileSync(at('signed.efi'));
  await writePieces(at('twice.efi'), await signProgram([bytes], 'x.efi', signerOf('db')), signal);
  expect(readFileSync(at('twice.efi')).equals(bytes)).toBe(true);
});

test('what sbsign and osslsigncode sign is right for kit', async () => {
  const { certificate } = signerOf('db');
  await run(
    'sbsign',
    '--key',
    at('db.key'),
    '--cert',
    at('db.crt'),
    '--output',
    at('sbsign.efi'),
    at('plain.efi'),
  );
  await verifyProgram(at('sbsign.efi'), [certificate]);
  const args = ['-certs', at('db.crt'), '-key', at('db.key'), '-h', 'sha256', '-in', at('plain.efi')];
  await run('osslsigncode', 'sign', ...args, '-out', at('ossl.efi'));
  await verifyProgram(at('ossl.efi'), [certificate]);
  await expect(verifyProgram(at('plain.efi'), [certificate])).rejects.toThrow('it is not signed');
  await expect(verifyProgram(at('ossl.efi'), [signerOf('PK').certificate])).rejects.toThrow(
    'no certificate given is that of its signature',
  );
});

test('one flipped bit at 200 places is refused by sbverify and by kit', async () => {
  const { certificate } = signerOf('db');
  const signed = readFileSync(at('signed.efi'));
  const pe = signed.readUInt32LE(0x3c);
  const left = [pe + 24 + 64, pe + 24 + 65, pe + 24 + 66, pe + 24 + 67];
  const tableStart = signed.readUInt32LE(pe + 24 + 144);
  for (let index = 0; index < 200; index += 1) {
    const place = Math.floor((index * tableStart) / 200);
    if (left.includes(place)) continue;
    const damaged = Buffer.from(signed);
    damaged.writeUInt8(damaged.readUInt8(place) ^ 0x10, place);
    writeFileSync(at('damaged.efi'), damaged);
    await expect(verifyProgram(at('damaged.efi'), [certificate]), `byte ${place}`).rejects.toThrow('Cannot');
    if (index % 8 === 0)
      await expect(
        run('sbverify', '--cert', at('db.crt'), at('damaged.efi')),
        `byte ${place}`,
      ).rejects.toThrow();
  }
});

test('the certificates are what openssl takes them for, and the enrolment files what efitools does', async () => {
  const text = await run('openssl', 'x509', '-in', at('db.crt'), '-noout', '-text');
  expect(text).toMatch(/CN ?= ?test db/);
  expect(text).toContain('Code Signing');
  expect(await run('openssl', 'verify', '-CAfile', at('db.crt'), at('db.crt'))).toContain('OK');
  for (const name of ['PK', 'KEK', 'db']) {
    await run(
      'cert-to-efi-sig-list',
      '-g',
      readFileSync(at('GUID.txt'), 'utf8').trim(),
      at(`${name}.crt`),
      at('their.esl'),
    );
    expect(readFileSync(at('their.esl')).equals(readFileSync(at(`${name}.esl`)))).toBe(true);
    const by = name === 'db' ? 'KEK' : 'PK';
    const args = [
      '-t',
      '2026-01-02 03:04:05',
      '-k',
      at(`${by}.key`),
      '-c',
      at(`${by}.crt`),
      name,
      at(`${name}.esl`),
    ];
    await run('sign-efi-sig-list', ...args, at('their.auth'));
    // Byte for byte: both sign what the specification names, by a scheme without chance.
    expect(readFileSync(at('their.auth')).equals(readFileSync(at(`${name}.auth`))), name).toBe(true);
  }
});

test("firmware's variables with these keys are what virt-fw-vars reads", async () => {
  const tree = await debianTree(
    'UEFI firmware',
    ovmf,
    join(kitRoot, 'build/qemu/firmware/ovmf.lock.json'),
    work,
  );
  const [empty, vars] = [join(tree.dir, 'usr/share/OVMF/OVMF_VARS_4M.fd'), at('vars.fd')];
  await enrolKeys(folder, empty, vars);
  const python = join((await secureBootTools()).dir, 'usr/lib/python3/dist-packages');
  const print = [
    '-c',
    `import sys; sys.path[:0] = [${JSON.stringify(python)}]; ${printVariables}`,
    '-i',
    vars,
  ];
  const told = await run('python3', ...print, '--print', '--verbose');
  for (const name of ['PK', 'KEK', 'db']) {
    expect(told).toContain(`CN=test ${name}`);
  }
  // A second start keeps them, and other keys are refused.
  const first = readFileSync(vars);
  await enrolKeys(folder, vars, vars);
  expect(readFileSync(vars).equals(first)).toBe(true);
  const other = join(folder, 'other');
  mkdirSync(other);
  for (const { name, content } of makeSecureBootKeys('other', now)) writeFileSync(join(other, name), content);
  await expect(enrolKeys(other, vars, vars)).rejects.toThrow('have others, or none');
});

const ovmf = debianSource({ packages: ['ovmf'], depends: false });
const printVariables = 'from virt.firmware.vars import main; sys.exit(main())';
