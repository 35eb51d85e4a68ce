import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReference } from '../../build/reference/reference.ts';
import { testWork } from '../../build/testing.ts';
import { attachBundle } from '../../build/trust/attach.ts';
import { TrustWorld } from './world.ts';

let world: TrustWorld;
beforeAll(async () => {
  world = await TrustWorld.make();
  await world.kit(['keys', 'signing', 'release']);
  await world.kit(['keys', 'signing', 'other'], { KIT_KEY_PASSWORD: '' });
}, 300_000);
afterAll(() => world?.stop());

const policy = (scope: string, rule: string): string =>
  world.write(
    `${createHash('sha256').update(`${scope} ${rule}`).digest('hex').slice(0, 8)}.yml`,
    `default: reject\nimages:\n  ${world.name(scope)}:\n    - ${rule}\n`,
  );
const release = 'keys: [release.pub]';
const amd64 = ['--platform', 'linux/amd64'];

const pull = (path: string, policyFile: string, cache = world.cache(), ...flags: string[]): Promise<string> =>
  world.kit(['cache', 'pull', '--policy', policyFile, ...flags, world.name(path), ...amd64], {
    KIT_CACHE: cache,
  });
const sign = (path: string, ...flags: string[]) =>
  world.kit(['sign', '--key', 'release.key', ...flags, world.name(path)]);

describe('kit sign and a policy', () => {
  test('an image that the key has signed is pulled; one that nobody or another key has signed is not', async () => {
    const digest = await world.push('a/web:1', 'one');
    const file = policy('a', release);
    await expect(pull('a/web:1', file)).rejects.toMatchObject({
      message: `Cannot use image "${world.name('a/web:1')}" (${digest}): no signature by key "release.pub" for "${world.name('a/web')}"`,
      place: { file, line: 3 },
      hint: 'its registry has no signatures of it; kit sign makes one',
    });
    await world.kit(['sign', '--key', 'other.key', world.name('a/web:1')], { KIT_KEY_PASSWORD: '' });
    await expect(pull('a/web:1', file)).rejects.toMatchObject({
      hint: expect.stringMatching(/^bundle sha256:\w{12}: it is not signed by key "release.pub"$/),
    });
    await sign('a/web:1');
    expect(await pull('a/web:1', file)).toContain(digest);
  });

  test('an image that is in the cache is checked, too, also without a network', async () => {
    await world.push('b/web:1', 'cached');
    const KIT_CACHE = world.cache();
    await world.kit(['cache', 'pull', world.name('b/web:1'), ...amd64], { KIT_CACHE });
    world.write(
      'b.yml',
      `services:\n  - name: web\n    image: ${world.name('b/web:1')}\n    command: [/x]\n`,
    );
    const explain = (...flags: string[]) =>
      world.kit(['explain', '--arch', 'amd64', 'b.yml', ...flags], { KIT_CACHE });
    await explain();
    const flags = ['--policy', policy('b', release)];
    await expect(explain(...flags)).rejects.toThrow(/no signature by key "release.pub"/);
    await sign('b/web:1');
    await expect(explain(...flags, '--offline')).rejects.toMatchObject({
      hint: expect.stringContaining('--offline'),
    });
    await explain(...flags);
    await explain(...flags, '--offline');
    await expect(explain('--policy', policy('b', 'keys: [other.pub]'), '--offline')).rejects.toThrow(
      'other.pub',
    );
  });

  test('a policy beside the manifest adds to that of the user, and none of the image counts', async () => {
    await world.push('d/web:1', 'two');
    await sign('d/web:1');
    const KIT_CACHE = world.cache();
    world.write(
      'd.yml',
      `services:\n  - name: web\n    image: ${world.name('d/web:1')}\n    command: [/x]\n`,
    );
    const explain = (env: Record<string, string> = {}) =>
      world.kit(['explain', '--arch', 'amd64', 'd.yml'], { KIT_CACHE, ...env });
    const strict = policy('d', 'keys: [other.pub]');
    await expect(explain({ KIT_POLICY: strict })).rejects.toThrow('no signature by key "other.pub"');
    world.write('kit.policy.yml', 'default: accept\n');
    try {
      await explain();
      await expect(explain({ KIT_POLICY: strict })).rejects.toThrow('no signature by key "other.pub"');
      world.write('kit.policy.yml', 'default: reject\n');
      // Nothing listens there: a registry is not asked for what is refused.
      await expect(
        world.kit(['cache', 'pull', '--policy', 'kit.policy.yml', '127.0.0.1:1/x:1']),
      ).rejects.toThrow('Cannot use image "127.0.0.1:1/x:1": the policy rejects it');
      await expect(explain()).rejects.toMatchObject({
        message: expect.stringContaining('the policy rejects it'),
      });
      world.write('kit.policy.yml', 'default: x\n');
      await expect(explain()).rejects.toThrow('default must be one of');
    } finally {
      world.write('kit.policy.yml', 'default: accept\n');
    }
  });

  test('the signature of an index covers its images; that of one image covers it alone', async () => {
    await world.push('e/web:1', 'index', { arches: ['amd64', 'arm64'] });
    await sign('e/web:1');
    const file = policy('e', release);
    await pull('e/web:1', file);
    await world.push('e/other:1', 'each', { arches: ['amd64', 'arm64'] });
    const KIT_CACHE = world.cache();
    await world.kit(['cache', 'pull', world.name('e/other:1'), ...amd64], { KIT_CACHE });
    const [, , own = ''] = (
      await world.kit(['cache', 'pull', world.name('e/other:1'), ...amd64], { KIT_CACHE })
    )
      .trim()
      .split(/\s+/);
    await sign(`e/other@${own}`);
    await pull('e/other:1', file);
    const arm = ['cache', 'pull', '--policy', file, world.name('e/other:1'), '--platform', 'linux/arm64'];
    await expect(world.kit(arm, { KIT_CACHE: world.cache() })).rejects.toThrow('no signature by key');
  });

  test('what is pushed is signed by its digest', async () => {
    await world.push('f/first:1', 'push');
    const KIT_CACHE = world.cache();
    await world.kit(['cache', 'pull', world.name('f/first:1'), ...amd64], { KIT_CACHE });
    const push = ['cache', 'push', '--sign-key', 'release.key', '--remote-name', world.name('f/second:1')];
    await world.kit([...push, world.name('f/first:1')], { KIT_CACHE });
    await pull('f/second:1', policy('f', release));
    await expect(pull('f/first:1', policy('f', release))).rejects.toThrow('no signature');
  });
});

describe('somebody who may push cannot pass off', () => {
  /** Copies the bundle of one image to another. */
  async function stealBundle(from: string, to: string): Promise<void> {
    const client = world.client();
    const work = testWork({ cacheDir: world.cache() });
    const { registry, repository } = parseReference(world.name(from));
    const source = await client.manifest(parseReference(world.name(from)));
    const tag = source.digest.replace(':', '-');
    const index = JSON.parse((await client.manifest({ registry, repository, tag })).bytes.toString());
    const [{ digest }] = index.manifests;
    const manifest = JSON.parse((await client.manifest({ registry, repository, digest })).bytes.toString());
    const file = join(world.dir, 'stolen');
    await client.blob({ registry, repository }, manifest.layers[0], file);
    const target = parseReference(world.name(to));
    const { mediaType, digest: other, size } = await client.manifest(target);
    const { readFileSync } = await import('node:fs');
    const subject = { ...target, mediaType, digest: other, size };
    await attachBundle(
      subject,
      readFileSync(file),
      manifest.annotations['dev.sigstore.bundle.predicateType'],
      client,
      work,
    );
    client.close();
    await work.cache.close();
  }

  test('the signature of another digest', async () => {
    await world.push('g/good:1', 'good');
    await sign('g/good:1');
    await world.push('g/evil:1', 'evil');
    await stealBundle('g/good:1', 'g/evil:1');
    await expect(pull('g/evil:1', policy('g', release))).rejects.toMatchObject({
      hint: expect.stringContaining('it is about another image, sha256:'),
    });
  });

  test('the same image under another name', async () => {
    await world.push('g/old:1', 'same');
    await sign('g/old:1');
    await world.push('g/new:1', 'same');
    await stealBundle('g/old:1', 'g/new:1');
    const file = policy('g', release);
    await expect(pull('g/new:1', file)).rejects.toMatchObject({
      hint: expect.stringContaining(`is for "${world.name('g/old:1')}"`),
    });
    await pull('g/new:1', policy('g', `{keys: [release.pub], signedAs: ${world.name('g/old')}}`));
    await pull('g/new:1', policy('g', '{keys: [release.pub], identity: any}'));
    await world.push('g/old:2', 'same');
    await expect(pull('g/old:2', policy('g', '{keys: [release.pub], identity: exact}'))).rejects.toThrow(
      'no signature',
    );
    await pull('g/old:1', policy('g', '{keys: [release.pub], identity: exact}'));
  });

  test('a bundle that fills the disk, or thousands of them', async () => {
    await world.push('h/web:1', 'flood');
    const client = world.client();
    const target = parseReference(world.name('h/web:1'));
    const { digest } = await client.manifest(target);
    const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
    const manifests = Array.from({ length: 3000 }, (_one, at) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: `sha256:${at.toString(16).padStart(64, '0')}`,
      size: 100,
      artifactType: type,
    }));
    const tag = { ...target, tag: digest.replace(':', '-') };
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json' };
    const put = (list: readonly object[]) =>
      client.putManifest(tag, Buffer.from(JSON.stringify({ ...index, manifests: list })), index.mediaType);
    // This registry wants what an index names: the image itself stands for a referrer.
    await put(manifests.map((one) => ({ ...one, digest })));
    await expect(pull('h/web:1', policy('h', release))).rejects.toMatchObject({
      hint: expect.stringContaining('3000 referrers may be signatures: only 64 were read'),
    });
    client.close();
  });
});

describe('cosign and skopeo of Debian', () => {
  const common = ['verify', '--key', 'release.pub', '--insecure-ignore-tlog=true'];

  test('verify what kit signs, in both forms', async () => {
    // Without one, cosign asks the network for Sigstore's.
    const lists = { tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
    const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
    world.write('root.json', JSON.stringify({ mediaType, ...lists }));
    const digest = await world.push('i/web:1', 'i1');
    const name = world.name('i/web:1');
    await sign('i/web:1');
    await expect(world.cosign(...common, name)).rejects.toThrow();
    const bundle = await world.cosign(
      'verify-attestation',
      '--key',
      'release.pub',
      '--insecure-ignore-tlog=true',
      '--new-bundle-format',
      '--trusted-root',
      'root.json',
      '--type',
      'https://sigstore.dev/cosign/sign/v1',
      name,
    );
    expect(JSON.parse(bundle.trim().split('\n').at(-1) ?? '').payloadType).toBe(
      'application/vnd.in-toto+json',
    );
    await sign('i/web:1', '--cosign');
    expect(await world.cosign(...common, name)).toContain(digest);
    world.write(
      'registries.yaml',
      `docker:\n  ${world.registry.host}:\n    use-sigstore-attachments: true\n`,
    );
    const byKey = { type: 'sigstoreSigned', keyPath: join(world.dir, 'release.pub') };
    const json = world.write(
      'policy.json',
      JSON.stringify({
        default: [{ type: 'reject' }],
        transports: { docker: { [world.registry.host]: [byKey] } },
      }),
    );
    const copy = [
      '--policy',
      json,
      '--registries.d',
      world.dir,
      'copy',
      '--src-tls-verify=false',
      '--remove-signatures',
    ];
    await world.skopeo(...copy, `docker://${name}`, 'oci:copied');
    // The same file, read by kit.
    await pull('i/web:1', json);
    await world.push('i/web:2', 'i2');
    await expect(world.skopeo(...copy, `docker://${world.name('i/web:2')}`, 'oci:copied')).rejects.toThrow();
    await expect(pull('i/web:2', json)).rejects.toMatchObject({ place: { file: json } });
  }, 120_000);

  test('make what kit verifies: keys, signatures of both, and bundles', async () => {
    await world.cosign('generate-key-pair', '--output-key-prefix', 'theirs');
    await world.push('j/web:1', 'j1');
    const name = world.name('j/web:1');
    await world.cosign('sign', '--key', 'theirs.key', '--tlog-upload=false', name);
    await pull('j/web:1', policy('j', 'keys: [theirs.pub]'));
    await world.kit(['sign', '--key', 'theirs.key', name]);
    const listed = JSON.parse(await world.kit(['signatures', '--json', '--key', 'theirs.pub', name]));
    expect(listed.signatures).toMatchObject([
      { form: 'bundle', name, signedBy: 'theirs.pub' },
      { form: 'cosign', name: world.name('j/web'), signedBy: 'theirs.pub' },
    ]);
    world.write('predicate.json', '{}');
    const attest = [
      'attest',
      '--new-bundle-format',
      '--tlog-upload=false',
      '--key',
      'theirs.key',
      '--predicate',
      'predicate.json',
    ];
    await world.push('j/attested:1', 'j2');
    await world.cosign(
      ...attest,
      '--type',
      'https://sigstore.dev/cosign/sign/v1',
      world.name('j/attested:1'),
    );
    await pull('j/attested:1', policy('j', 'keys: [theirs.pub]'));
    writeFileSync(join(world.dir, 'password'), 'other password');
    await world.skopeo('generate-sigstore-key', '--output-prefix', 'skopeo', '--passphrase-file', 'password');
    await world.push('j/skopeo:1', 'j3');
    world.write(
      'registries.yaml',
      `docker:\n  ${world.registry.host}:\n    use-sigstore-attachments: true\n`,
    );
    const flags = [
      '--src-tls-verify=false',
      '--dest-tls-verify=false',
      '--sign-by-sigstore-private-key',
      'skopeo.private',
      '--sign-passphrase-file',
      'password',
    ];
    await world.skopeo(
      '--insecure-policy',
      '--registries.d',
      world.dir,
      'copy',
      ...flags,
      `docker://${world.name('j/skopeo:1')}`,
      `docker://${world.name('j/skopeo:2')}`,
    );
    await pull('j/skopeo:2', policy('j', '{keys: [skopeo.pub], identity: exact}'));
    await world.kit(['sign', '--key', 'skopeo.private', name], { KIT_KEY_PASSWORD: 'other password' });
  }, 120_000);
});
