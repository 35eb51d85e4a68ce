import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildImage } from '../../build/build.ts';
import type { Arch } from '../../build/host/arch.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { recognise } from '../../build/media/recognise.ts';
import { chooseFormats, formatNamed } from '../../build/outputs/choose-formats.ts';
import { formatNames, formats } from '../../build/outputs/formats.ts';
import { suffixesOf } from '../../build/outputs/kernel-files.ts';
import { openImage } from '../../build/pieces/image-file.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { squashfsTools } from '../../build/tools/squashfs.ts';
import { type Tools, toolsTree } from '../../build/tools/tree.ts';
import { diskTools } from '../support/tools.ts';
import { compiledExamples, examples, needsCompiling } from './examples.ts';

/**
 * Builds every example in every format that it can boot from, several formats per run. Checks that the files
 * exist, are of the type of their name, and pass a quick check of a real tool. test/vm boots the formats.
 */
const folder = mkdtempSync(join(tmpdir(), 'kit-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
/** All but the engines, the largest of them, whose images differ from others in nothing but size. */
const built = examples.filter((name) => !/^(docker|podman)/.test(name));

/**
 * Archives of LinuxKit's tree, formats for registries, and descriptions of machines for other tools: no
 * machine boots from them here, and other tests check them.
 */
const notBooted = [
  ...formats.filter(({ root, beside }) => root === 'none' || beside).map(({ name }) => name),
  ...['oci', 'containerdisk'],
];
/** Formats that no PC boots are built for their own machine. */
const arm64Only = ['rpi3'];

/** As few runs as possible: one run cannot build two formats that write the same file. */
function runs(): { readonly arch: Arch; readonly formats: readonly string[] }[] {
  const groups: string[][] = [];
  for (const name of formatNames.filter((one) => ![...notBooted, ...arm64Only].includes(one))) {
    const group = groups.find((formats) => goTogether([...formats, name]));
    if (group) group.push(name);
    else groups.push([name]);
  }
  return [
    ...groups.map((formats) => ({ arch: 'amd64', formats }) as const),
    { arch: 'arm64', formats: arm64Only },
  ];
}

function goTogether(names: readonly string[]): boolean {
  try {
    return chooseFormats(names).length === names.length;
  } catch {
    return false;
  }
}

/** File types by ending, recognised by their bytes. */
const kinds: readonly (readonly [RegExp, object])[] = [
  [/-kernel$/, { kind: 'kernel' }],
  [/-cmdline$/, { kind: 'unknown' }],
  [/-(?:initrd|stage1)\.img$/, { kind: 'cpio' }],
  [/-squashfs\.img$/, { kind: 'file system', type: 'squashfs' }],
  [/-erofs\.img$/, { kind: 'file system', type: 'erofs' }],
  [/-efi(?:-initrd)?\.iso$/, { kind: 'iso', boots: { uefi: true } }],
  [/\.iso$/, { kind: 'iso' }],
  [/-efi\.img$/, { kind: 'disk', boots: { bios: false, uefi: true } }],
  [/(?:-bios\.img|\.raw)$/, { kind: 'disk', boots: { bios: true, uefi: false } }],
  [/\.qcow2$/, { kind: 'disk', format: 'qcow2' }],
  [/\.vhd$/, { kind: 'disk', format: 'vhd' }],
  [/\.vmdk$/, { kind: 'disk', format: 'vmdk' }],
  [/\.efi$/, { kind: 'efi', arch: 'amd64' }],
  [/\.tar\.gz$/, { kind: 'gzip' }],
  [/\.tar$/, { kind: 'tar' }],
];

/** Real tools that quickly check a file. */
const judges: readonly (readonly [RegExp, () => Promise<Tools>, string, readonly string[]])[] = [
  [/\.qcow2$/, () => toolsTree(testWork()), 'qemu-img', ['check', '-q', '-f', 'qcow2']],
  [/\.vmdk$/, () => toolsTree(testWork()), 'qemu-img', ['check', '-q', '-f', 'vmdk']],
  [/\.vhd$/, () => toolsTree(testWork()), 'qemu-img', ['info', '-f', 'vpc']],
  [/\.iso$/, () => toolsTree(testWork()), 'xorriso', ['-abort_on', 'SORRY', '-indev']],
  [/-erofs\.img$/, () => toolsTree(testWork()), 'fsck.erofs', []],
  [/-squashfs\.img$/, () => squashfsTools(testWork()), 'unsquashfs', ['-s']],
  [/-efi\.img$/, diskTools, 'sgdisk', ['-v']],
  [/(?:-bios\.img|\.raw)$/, diskTools, 'sfdisk', ['--verify', '--quiet']],
];

async function judge(path: string): Promise<void> {
  const expected = kinds.find(([ending]) => ending.test(path))?.[1];
  await using source = await openImage(path);
  expect(source.size, path).toBeGreaterThan(0);
  expect(await recognise(source), path).toMatchObject(expected ?? { kind: 'a file with a known ending' });
  const [, tools, program, args] = judges.find(([ending]) => ending.test(path)) ?? [];
  if (!tools || !program || !args) return;
  const { stdout } = await runTool(await tools(), program, [...args, path], { signal });
  if (program === 'sgdisk') expect(stdout, path).toContain('No problems found');
}

test('every format of the table is built here or in another test, and every file of it is recognised', () => {
  const covered = runs().flatMap((run) => run.formats);
  expect([...covered, ...notBooted].toSorted()).toEqual(formatNames.toSorted());
  const suffixes = covered.flatMap((name) => suffixesOf(formatNamed(name)));
  expect(suffixes.filter((suffix) => !kinds.some(([ending]) => ending.test(`x${suffix}`)))).toEqual([]);
});

const timeout = 1_200_000;

test.each(built)('%s in every format that boots', { timeout }, inEveryFormat);

test.each(compiledExamples)('%s in every format that boots', { timeout, ...needsCompiling }, inEveryFormat);

async function inEveryFormat(example: string): Promise<void> {
  for (const { arch, formats } of runs()) {
    const dir = join(folder, 'out');
    const manifest = join(kitRoot, 'examples', example);
    const options = { dir, name: 'x', formats, cwd: folder };
    const { files } = await buildImage([manifest], options, testWork({ arch }));
    expect(files.length, formats.join()).toBeGreaterThanOrEqual(formats.length);
    for (const { path } of files) await judge(path);
    rmSync(dir, { recursive: true });
  }
}
