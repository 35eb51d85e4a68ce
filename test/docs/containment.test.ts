import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import { type PackageDefinition, readBuildYml } from '../../build/packages/definition/build-yml.ts';
import { type BundleContext, type BundleSpec, bundleSpec } from '../../build/spec/bundle.ts';
import { kitConfigLabel } from '../../lib/oci/types.ts';

/** The rows of docs/containment.md about kit's own packages say what their containers have. */
const packages = readdirSync(join(kitRoot, 'pkg')).map((name) => join(kitRoot, 'pkg', name));
const text = readFileSync(join(kitRoot, 'docs/containment.md'), 'utf8');

const image = { Cmd: ['/run'] };
const scope: BundleContext = {
  ...{ reader: 'kit', section: 'services', production: false, foreign: false, arch: 'amd64' },
  ...{
    metadataTrust: undefined,
    metadataNetwork: false,
    ids: new Map(),
    idRanges: new Map([['a', 1 << 20]]),
    volumes: new Map(),
    openFiles: 2 ** 20,
    services: new Set<string>(),
  },
};

function settled(config: PackageDefinition['config']): BundleSpec {
  const [entry] = parseManifest('services: [{name: a, image: ./a}]', 'x.yml', '/').services;
  if (!entry) throw new Error('no entry');
  const Labels = { [kitConfigLabel]: JSON.stringify(config ?? {}) };
  return bundleSpec(entry.value, { ...image, Labels }, scope);
}

function row(name: string, { spec, runtime }: BundleSpec, user?: string): string {
  const { process, root, linux } = spec;
  const { uid, gid } = process.user;
  const names = (process.capabilities.bounding ?? []).map((one) => one.replace('CAP_', ''));
  const capabilities = names.length > 12 ? 'all' : names.join(', ') || '-';
  const { pids, memory } = linux.resources as { pids?: { limit: number }; memory?: { limit: number } };
  const files = process.rlimits?.find(({ type }) => type === 'RLIMIT_NOFILE')?.hard;
  const bytes = memory ? `${memory.limit / 2 ** 20} MiB` : runtime.kit?.limitMemory ? '3/4' : '-';
  const cells = [
    ...[name, user ?? (uid === 0 ? 'root' : `${uid}:${gid}`), capabilities],
    ...[process.noNewPrivileges ? 'yes' : 'no', linux.seccomp ? 'filtered' : 'not filtered'],
    `${linux.maskedPaths?.length ?? 0}, ${linux.readonlyPaths?.length ?? 0}`,
    linux.namespaces.some(({ type }) => type === 'user') ? 'own' : "the machine's",
    root.readonly ? 'read-only' : 'writable',
    `${pids?.limit ?? '-'}, ${files ?? '-'}, ${bytes}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

test('the rows are those of the packages that run in containers, and of an image without settings', async () => {
  const definitions = await Promise.all(packages.map(readBuildYml));
  const rows = definitions
    .filter(({ config }) => config)
    .map(({ dir, config }) => row(`pkg/${dir.split('/').at(-1)}`, settled(config)));
  const expected = [row('an image of your own', settled(undefined), "the image's"), ...rows];
  const found = text.split('\n').filter((line) => /^\| (?:pkg\/|an image of your own)/.test(line));
  expect(found).toEqual(expected);
});

test('the containers of the packages have a read-only root', async () => {
  const definitions = await Promise.all(packages.map(readBuildYml));
  const writable = definitions.filter(({ config }) => config && !settled(config).spec.root.readonly);
  expect(writable.map(({ dir }) => dir)).toEqual([]);
});
