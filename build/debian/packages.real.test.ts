import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bodyBytes, readTar } from '../../lib/archive/tar.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import { kitRoot } from '../host/paths.ts';
import { writeDebianLayer } from '../packages/debian/layer.ts';
import { testWork } from '../testing.ts';
import { resolvePackages } from '../tools/apt/resolve.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import { fetchLockedPackages } from './locked-packages.ts';
import { debianSource } from './source.ts';

const tools = testWork();
const arches = ['amd64', 'arm64'] as const;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-packages-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Names of the files in a package's own layer, and of the libraries that its programs need. */
async function libraries(name: string, arch: Arch): Promise<{ names: string[]; needed: string[] }> {
  const work = testWork({ arch });
  const folder = join(kitRoot, 'pkg', name);
  const source = debianSource(parse(readFileSync(join(folder, 'build.yml'), 'utf8')).debian);
  const lockFile = join(folder, 'debian.lock.json');
  const { debs } = await fetchLockedPackages({ source, lockFile, resolve: resolvePackages }, work);
  const tar = join(dir, `${name}.tar`);
  await writeDebianLayer(source, debs, tar, work);
  const [names, needed] = [[] as string[], [] as string[]];
  for await (const entry of readTar(createReadStream(tar), tar)) {
    names.push(entry.path.replace(/^.*\//, ''));
    if (entry.type === 'file') needed.push(...(await needs(await bodyBytes(entry))));
  }
  return { names, needed };
}

async function needs(bytes: Buffer): Promise<string[]> {
  if (bytes.toString('latin1', 0, 4) !== '\x7fELF') return [];
  writeFileSync(join(dir, 'program'), bytes);
  const { stdout } = await runTool(await toolsTree(tools), 'readelf', ['-d', join(dir, 'program')], tools);
  return [...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name = '']) => name);
}

test.each(['crun', 'runc', 'redis'].flatMap((name) => arches.map((arch) => [name, arch] as const)))(
  'pkg/%s for %s has every library that its programs need, with pkg/libs below it',
  async (name, arch) => {
    const [own, libs] = [await libraries(name, arch), await libraries('libs', arch)];
    const there = new Set([...own.names, ...libs.names]);
    expect(own.needed.length).toBeGreaterThan(0);
    expect([...own.needed, ...libs.needed].filter((library) => !there.has(library))).toEqual([]);
  },
  300_000,
);

test('pkg/libs has all libraries that Node needs', async () => {
  const { names } = await libraries('libs', hostArch);
  const node = await needs(readFileSync(process.execPath));
  expect(node.filter((library) => !names.includes(library))).toEqual([]);
}, 300_000);
