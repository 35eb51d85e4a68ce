import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addSections, type NewSection } from '../binary/pe/add-sections.ts';
import { tinyKernel } from '../outputs/uki/testing.ts';
import { readAll } from '../pieces/read-pieces.ts';
import { measureImage } from './measure.ts';
import { measurementText } from './text.ts';

/** The registers of a real TPM are compared in test/vm/secure-boot. */
const folder = mkdtempSync(join(tmpdir(), 'kit-measure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const { file: stub } = tinyKernel(folder, 'amd64');
const kernel = { file: stub, bytes: 1024 };
const text = (name: string, body: string): NewSection => ({ name, body: [Buffer.from(body)] });
/** It signs the measurements, and is none of them. */
const signature = text('.pcrsig', '{}');

async function image(name: string, sections: readonly NewSection[]): Promise<string> {
  const path = join(folder, name);
  const bytes = await readAll([{ file: stub, bytes: 1024 }]);
  const program = addSections(bytes, name, sections);
  writeFileSync(path, await readAll(program));
  return path;
}

const kernelOf = async (path: string): Promise<string> => {
  const { pcrs } = await measureImage(path);
  return pcrs.find(({ pcr }) => pcr === 11)?.value ?? '';
};

test('PCR 11 has name and content of each section, in the order of the stub, as they are in memory', async () => {
  const linux = { name: '.linux', body: [kernel], virtualBytes: 4096 };
  const path = await image('x.efi', [text('.cmdline', 'quiet'), signature, linux]);
  const inMemory = Buffer.concat([await readAll([kernel]), Buffer.alloc(4096 - 1024)]);
  const contents = [Buffer.from('.linux\0'), inMemory, Buffer.from('.cmdline\0'), Buffer.from('quiet')];
  const value = contents.reduce<Buffer>((before, bytes) => sha256(before, sha256(bytes)), Buffer.alloc(32));
  expect(await kernelOf(path)).toBe(value.toString('hex'));
});

test('another letter of the command line is another PCR 11, and another PCR 4', async () => {
  const linux = { name: '.linux', body: [kernel] };
  const one = await measureImage(await image('one.efi', [linux, text('.cmdline', 'quiet')]));
  const two = await measureImage(await image('two.efi', [linux, text('.cmdline', 'quiez')]));
  expect(one.pcrs.map(({ pcr }) => pcr)).toEqual([4, 11]);
  for (const at of [0, 1]) expect(one.pcrs[at]?.value).not.toBe(two.pcrs[at]?.value);
  const [start, separator] = one.pcrs[0]?.events ?? [];
  expect([start?.digest, separator?.digest]).toEqual(
    ['Calling EFI Application from Boot Option', '\0\0\0\0'].map((each) =>
      sha256(Buffer.from(each)).toString('hex'),
    ),
  );
  expect(measurementText(one)).toContain(`PCR 11  ${one.pcrs[1]?.value}`);
});

test.each([
  ['a program without a kernel', [text('.cmdline', 'quiet')], 'an EFI program without a kernel in it'],
  ['a kernel that is none', [text('.linux', 'kernel')], 'it does not begin with "MZ"'],
])('%s is refused', async (_case, sections, message) => {
  const made = image('bad.efi', sections).then(measureImage);
  await expect(made).rejects.toThrow(message);
});

test('sections that take more memory than there can be', async () => {
  const path = await image('huge.efi', [{ name: '.linux', body: [kernel] }, text('.initrd', 'x')]);
  const bytes = readFileSync(path);
  // The size in memory of its row in the section table.
  bytes.writeUInt32LE(0xffff_ffff, bytes.indexOf('.initrd') + 8);
  writeFileSync(path, bytes);
  await expect(measureImage(path)).rejects.toThrow('EFI programs are smaller than 4 GiB');
});

test('a file that is cut short, and none at all', async () => {
  const path = await image('short.efi', [{ name: '.linux', body: [kernel] }]);
  writeFileSync(path, readFileSync(path).subarray(0, 1536));
  await expect(measureImage(path)).rejects.toThrow('cut short');
  await expect(measureImage(join(folder, 'none.efi'))).rejects.toThrow('no such file');
});
