import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReference } from '../../build/reference/reference.ts';
import { signBundle } from '../../build/signing/bundle.ts';
import { readPrivateKey } from '../../build/signing/private-key.ts';
import { testWork } from '../../build/testing.ts';
import { attachBundle } from '../../build/trust/attach.ts';
import { subjectsOf } from '../../build/trust/subjects.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { password, TrustWorld } from './world.ts';

let world: TrustWorld;
let pkg: string;

beforeAll(async () => {
  world = await TrustWorld.make();
  await world.kit(['keys', 'signing', 'release']);
  await world.kit(['keys', 'signing', 'other'], { KIT_KEY_PASSWORD: '' });
  const push = ['pkg', 'push', '--json', '--arch', 'amd64', '--org', world.name('me'), 'pkg/ca-certificates'];
  const attest = ['--sign-key', 'release.key', '--attest', 'spdx,cyclonedx,provenance'];
  // The image of one architecture, then the index with it.
  pkg = JSON.parse(await world.kit([...push, ...attest])).at(-1).name;
}, 300_000);
afterAll(() => world?.stop());

const signed = ['--key', 'release.pub', '--arch', 'amd64'];
const sbom = async (...args: string[]) => JSON.parse(await world.kit(['sbom', ...signed, ...args]));

describe('what is pushed is attested', () => {
  test('by its bill of materials in both forms', async () => {
    const spdx = await sbom(pkg);
    expect(spdx).toMatchObject({ spdxVersion: 'SPDX-2.3' });
    expect(spdx.packages.map(({ name }: { name: string }) => name)).toContain('ca-certificates');
    const cyclonedx = await sbom('--format', 'cyclonedx', pkg);
    expect(cyclonedx).toMatchObject({ bomFormat: 'CycloneDX' });
    // kit cve reads what kit sbom prints.
    world.write('me.spdx.json', JSON.stringify(spdx));
    expect(await world.kit(['sbom', 'me.spdx.json'])).toContain('ca-certificates');
  });

  test('by its provenance: the archives that its lock names', async () => {
    const provenance = JSON.parse(
      await world.kit(['signatures', ...signed, '--statement', 'provenance', pkg]),
    );
    const { buildDefinition, runDetails } = provenance;
    expect(buildDefinition.externalParameters).toMatchObject({ image: pkg, platform: 'linux/amd64' });
    expect(buildDefinition.resolvedDependencies).toContainEqual({
      uri: expect.stringMatching(/^pkg:deb\/debian\/ca-certificates@/),
      digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(runDetails.builder.id).toMatch(/^pkg:npm\/%40kitlinux\/kit@/);
  });

  test('in equal bytes when it is done again', async () => {
    const before = await sbom(pkg);
    await world.kit(['sign', '--key', 'release.key', '--attest', 'spdx', '--arch', 'amd64', pkg]);
    expect(await sbom(pkg)).toEqual(before);
  });
});

test('a statement counts by its key, its image and its kind alone', async () => {
  await expect(world.kit(['sbom', '--key', 'other.pub', '--arch', 'amd64', pkg])).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Cannot find a statement "spdx" about image ".*" \(sha256:\w{64}\) by key "other.pub"$/,
    ),
    hint: expect.stringMatching(/^bundle sha256:\w{12}: it is not signed by key "other.pub"/),
  });
  const digest = await world.push('s/web:1', 'one');
  const name = world.name('s/web:1');
  await expect(sbom(name)).rejects.toMatchObject({
    hint: 'its registry has none; kit sign --attest spdx makes one',
  });
  const { client, work } = { client: world.client(), work: testWork() };
  const key = readPrivateKey(Buffer.from(world.read('release.key')), password, 'release.key');
  const { subjects } = await subjectsOf(parseReference(name), undefined, 'own', client);
  const attach = (about: string, predicateType: string) =>
    attachBundle(
      subjects[0],
      signBundle({ name, digest: about as Digest, predicateType, predicate: { spdxVersion: 'x' } }, key),
      'https://spdx.dev/Document',
      client,
      work,
    );
  await attach(`sha256:${'0'.repeat(64)}`, 'https://spdx.dev/Document');
  await expect(sbom(name)).rejects.toMatchObject({ hint: expect.stringContaining('about another image') });
  await attach(digest, 'https://slsa.dev/provenance/v1');
  await expect(sbom(name)).rejects.toMatchObject({
    hint: expect.stringContaining('it is of type "https://slsa.dev/provenance/v1"'),
  });
  await attach(digest, 'https://spdx.dev/Document');
  expect(await sbom(name)).toEqual({ spdxVersion: 'x' });
  client.close();
});

test('of an index, each image has its own; provenance takes an image of kit', async () => {
  await world.push('t/web:1', 'two', { arches: ['amd64', 'arm64'] });
  const name = world.name('t/web:1');
  const sign = (...kinds: string[]) =>
    world.kit(['sign', '--key', 'release.key', '--attest', kinds.join(), '--json', name]);
  const rows = JSON.parse(await sign('spdx'));
  expect(rows.map(({ type }: { type: string }) => type)).toEqual(['signature', 'spdx', 'spdx']);
  expect(new Set(rows.map(({ digest }: { digest: string }) => digest)).size).toBe(3);
  expect(await sbom(name)).toMatchObject({ spdxVersion: 'SPDX-2.3' });
  await expect(sign('provenance')).rejects.toMatchObject({
    message: `Cannot state the provenance of "${name}": its layers do not say how kit made them`,
  });
  await expect(sign('slsa')).rejects.toMatchObject({
    message: 'Cannot attest "slsa": expected spdx, cyclonedx, provenance',
  });
});

test("Debian's cosign verifies kit's statements, and kit verifies cosign's", async () => {
  const lists = { tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
  const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
  world.write('root.json', JSON.stringify({ mediaType, ...lists }));
  const verify = ['verify-attestation', '--key', 'release.pub', '--insecure-ignore-tlog=true'];
  const form = ['--new-bundle-format', '--trusted-root', 'root.json'];
  const { digest } = JSON.parse(await world.kit(['signatures', '--json', `${pkg}-amd64`]));
  for (const type of ['spdxjson', 'cyclonedx', 'slsaprovenance1']) {
    const checked = await world.cosign(...verify, ...form, '--type', type, `${pkg}-amd64`);
    expect(
      Buffer.from(JSON.parse(checked.trim().split('\n')[0] ?? '').payload, 'base64').toString(),
    ).toContain(digest.slice(7));
  }
  await world.push('u/web:1', 'three');
  world.write('bom.json', JSON.stringify({ spdxVersion: 'SPDX-2.3', name: 'theirs' }));
  const attest = ['attest', '--new-bundle-format', '--tlog-upload=false', '--key', 'release.key'];
  await world.cosign(...attest, '--predicate', 'bom.json', '--type', 'spdxjson', world.name('u/web:1'));
  expect(await sbom(world.name('u/web:1'))).toMatchObject({ name: 'theirs' });
}, 120_000);
