import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSections } from '../../build/binary/pe/add-sections.ts';
import type { Arch } from '../../build/host/arch.ts';
import { tinyKernel } from '../../build/outputs/uki/testing.ts';
import { ukiPieces } from '../../build/outputs/uki/uki.ts';
import { hashPieces, readAll } from '../../build/pieces/read-pieces.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { diskTools } from '../support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-uki-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork();
const { signal } = work;
beforeAll(async () => void (await Promise.all([toolsTree(work), diskTools()])), 300_000);

const initrd = [Buffer.from('first'), { hole: 5000 }, Buffer.from('last')];

async function uki(arch: Arch, kernel = tinyKernel(folder, arch)) {
  return ukiPieces({ arch, kernel, initrd, cmdline: 'console=ttyS0 quiet' }, work);
}

test.each(['amd64', 'arm64'] as const)('for %s, binutils finds the sections', async (arch) => {
  const image = join(folder, `${arch}.efi`);
  const bytes = await writePieces(image, await uki(arch), signal);
  const tools = await toolsTree(work);
  // Debian's objcopy supports PE files of its own architecture only.
  if (arch === 'amd64') {
    const { stdout } = await runTool(tools, 'objdump', ['-h', image], { signal });
    for (const name of ['.text', '.sbat', '.osrel', '.cmdline', '.initrd', '.linux'])
      expect(stdout).toContain(name);
    const out = (name: string): string => join(folder, name);
    const dumps = ['.cmdline', '.initrd'].flatMap((name) => ['--dump-section', `${name}=${out(name)}`]);
    await runTool(tools, 'objcopy', [...dumps, image, out('copy')], { signal });
    expect(readFileSync(out('.cmdline'), 'utf8')).toBe('console=ttyS0 quiet');
    const whole = await readAll(initrd);
    expect(readFileSync(out('.initrd')).equals(whole)).toBe(true);
  }
  expect(bytes % 512).toBe(0);
  expect(await hashPieces(await uki(arch))).toEqual(await hashPieces(await uki(arch)));
});

test('can be signed, and the signature is valid', async () => {
  const [image, signed] = [join(folder, 'plain.efi'), join(folder, 'signed.efi')];
  await writePieces(image, await uki('amd64'), signal);
  const tools = await diskTools();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await runTool(tools, 'openssl', ['req', '-new', '-x509', '-key', key, '-out', cert, '-subj', '/CN=test'], {
    signal,
  });
  const sign = await runTool(tools, 'sbsign', ['--key', key, '--cert', cert, '--output', signed, image], {
    signal,
  });
  expect(sign.stderr).not.toContain('gap');
  const { stdout } = await runTool(tools, 'sbverify', ['--cert', cert, signed], { signal });
  expect(stdout).toContain('Signature verification OK');
});

test.each<[string, Buffer, string]>([
  ['a text', Buffer.from('#!/bin/sh\n'), 'it has no EFI stub'],
  ['nothing', Buffer.alloc(0), 'it has no EFI stub'],
  ['a compressed kernel', Buffer.from('1f8b0800', 'hex'), 'it is compressed with gzip'],
])('refuses %s as kernel', async (_case, content, message) => {
  const file = join(folder, 'bad');
  writeFileSync(file, content);
  await expect(uki('amd64', { file, bytes: content.length })).rejects.toThrow(message);
});

test('refuses a kernel for another architecture', async () => {
  await expect(uki('amd64', tinyKernel(folder, 'arm64'))).rejects.toThrow('it is not one for amd64');
});

test('refuses a program of 4 GiB, and too many sections', () => {
  const kernel = readFileSync(tinyKernel(folder, 'amd64').file);
  const section = { name: '.initrd', body: [{ hole: 2 ** 32 }] };
  expect(() => addSections(kernel, 'x.efi', [section])).toThrow('EFI programs are smaller than 4 GiB');
  const many = Array.from({ length: 100 }, () => ({ name: '.a', body: [] }));
  expect(() => addSections(kernel, 'x.efi', many)).toThrow('its header has no room');
});

test('property: any program gives a result or a KitError', () => {
  const kernel = readFileSync(tinyKernel(folder, 'amd64').file);
  const damage = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 20 });
  fc.assert(
    fc.property(damage, fc.nat(kernel.length), (changes, length) => {
      const program = Buffer.from(kernel.subarray(0, length));
      for (const [at, byte] of changes) if (at < length) program[at] = byte;
      try {
        addSections(program, 'x.efi', [{ name: '.osrel', body: [Buffer.from('x')] }]);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(KitError);
      }
    }),
    { numRuns: 2000 },
  );
});
