import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cacheDir } from '../../build/host/paths.ts';
import { PackageBuilder } from '../../build/packages/builder.ts';
import { TinyPackages } from '../../build/packages/source/testing.ts';
import { FakeRegistry } from './fake-registry.ts';
import { kitOutput } from './kit.ts';

/** Packages that are built from source on one machine, and taken from a registry on another. */
let packages: TinyPackages;
let home: string;
let registry: FakeRegistry;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'kit-prebuilt-'));
  packages = await TinyPackages.make();
  // Unpacks the tools where the other machines have theirs.
  await new PackageBuilder(packages.work()).image(await packages.add(['echo 1 >out']));
}, 300_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  packages?.[Symbol.dispose]();
});
beforeEach(async () => {
  registry = await new FakeRegistry().start();
  return () => registry.stop();
});

interface Built {
  readonly digest: string;
  readonly said: string;
}

/** `kit pkg build` of the folder, or another verb, on a machine with nothing in its cache but tools. */
async function kit(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Built> {
  const cache = { KIT_CACHE: machines.at(-1) ?? '', HOME: home };
  const given = { ...packages.env, ...cache, ...env };
  const { stdout, said } = await kitOutput([...args, '--json'], home, given);
  const lines = JSON.parse(stdout.toString()) as readonly { readonly digest: string }[];
  return { digest: lines[0]?.digest ?? '', said };
}

const machines: string[] = [];
function anotherMachine(): void {
  const cache = mkdtempSync(join(home, 'cache-'));
  for (const name of ['tools', 'debs']) symlinkSync(join(cacheDir(process.env), name), join(cache, name));
  machines.push(cache);
}

const pushed = async (folder: string, ...flags: readonly string[]): Promise<string> => {
  anotherMachine();
  await kit(['pkg', 'push', ...flags, '--org', `${registry.host}/team`, folder]);
  const { digest } = await kit(['pkg', 'build', folder]);
  anotherMachine();
  return digest;
};

/** Another build of this package would give other bytes. */
const random = 'head -c 16 /dev/urandom >out';

test('a package that a registry of the team has is not built again', async () => {
  const folder = await packages.add([random], 'labels: {a: b}\n');
  const digest = await pushed(folder);
  const KIT_REGISTRIES = `${registry.host}/nobody ${registry.host}/team`;
  const taken = await kit(['pkg', 'build', folder], { KIT_REGISTRIES });
  expect(taken.digest).toBe(digest);
  await expect(kit(['pkg', 'build', '--check', folder], { KIT_REGISTRIES })).rejects.toThrow(
    'a second build in another folder gave other bytes',
  );
});

test('without the setting, offline, and when no registry has it, it is built here', async () => {
  const folder = await packages.add([random]);
  const digest = await pushed(folder);
  const { length } = registry.requests;
  expect((await kit(['pkg', 'build', folder])).digest).not.toBe(digest);
  anotherMachine();
  const env = { KIT_REGISTRIES: `${registry.host}/team`, KIT_OFFLINE: '1' };
  expect((await kit(['pkg', 'build', folder], env)).digest).not.toBe(digest);
  expect(registry.requests.length).toBe(length);
  anotherMachine();
  const nobody = await kit(['pkg', 'build', folder], { KIT_REGISTRIES: `${registry.host}/nobody` });
  expect(nobody.said).not.toContain('is not taken');
});

test('a registry that does not answer is named, and the next one is asked', async () => {
  const folder = await packages.add([random]);
  const digest = await pushed(folder);
  const KIT_REGISTRIES = `127.0.0.1:9/team ${registry.host}/team`;
  const { said, digest: taken } = await kit(['pkg', 'build', folder], { KIT_REGISTRIES });
  expect(said).toMatch(
    /package-\d+ is not taken from "127\.0\.0\.1:9\/team\/tiny:[0-9a-f]{40}": .*ECONNREFUSED|refused/,
  );
  expect(taken).toBe(digest);
});

test('a policy wants it signed', async () => {
  const folder = await packages.add([random]);
  anotherMachine();
  await kitOutput(['keys', 'signing', 'team'], home, {});
  const policy = join(home, 'signed.yml');
  writeFileSync(policy, `default: reject\nimages: {"${registry.host}/team": [{keys: [team.pub]}]}\n`);
  const env = { KIT_REGISTRIES: `${registry.host}/team`, KIT_POLICY: policy };
  const unsigned = /^Cannot use image ".*\/team\/tiny:[0-9a-f]{40}" .*: no signature by key "team.pub"/;
  await pushed(folder);
  await expect(kit(['pkg', 'build', folder], env)).rejects.toThrow(unsigned);
  const digest = await pushed(folder, '--sign-key', 'team.key');
  expect((await kit(['pkg', 'build', folder], env)).digest).toBe(digest);
});

test('what no policy admits is refused; what is damaged on its way is not taken', async () => {
  const folder = await packages.add([random]);
  const digest = await pushed(folder);
  const env = { KIT_REGISTRIES: `${registry.host}/team` };
  const policy = join(home, 'policy.yml');
  writeFileSync(policy, 'default: reject\n');
  await expect(kit(['pkg', 'build', folder], { ...env, KIT_POLICY: policy })).rejects.toThrow(
    /^Cannot use image ".*\/team\/tiny:[0-9a-f]{40}": the policy rejects it/,
  );
  for (const [digest, bytes] of registry.blobs) {
    if (bytes.readUInt16BE(0) === 0x1f8b) registry.blobs.set(digest, Buffer.concat([bytes, bytes]));
  }
  const { said, digest: own } = await kit(['pkg', 'build', folder], env);
  expect(said).toContain('is not taken from');
  expect(own).not.toBe(digest);
});
