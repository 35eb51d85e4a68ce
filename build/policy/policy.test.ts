import { describe, expect, test } from 'vitest';
import { KitErrors } from '../../lib/errors/errors.ts';
import { parseReference } from '../reference/reference.ts';
import { makeKeyPair } from '../signing/private-key.ts';
import { readPublicKey } from '../signing/public-key.ts';
import { parseContainersPolicy } from './containers-policy.ts';
import { isIdentity } from './identity.ts';
import { parseKitPolicy } from './kit-policy.ts';
import type { Identity } from './policy.ts';
import type { PolicyFiles } from './policy-file.ts';
import { ruleFor, scopesOf } from './scopes.ts';

const { publicPem } = makeKeyPair(undefined);
const files: PolicyFiles = {
  key: (path) => readPublicKey(Buffer.from(publicPem), path),
  trustRoot: () => Buffer.from('{}'),
};
const kit = (text: string) => parseKitPolicy(text, 'kit.policy.yml', files);
const containers = (value: unknown) =>
  parseContainersPolicy(
    typeof value === 'string' ? value : JSON.stringify(value, null, '\t'),
    'policy.json',
    files,
  );

const errorsOf = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (thrown) {
    const all = thrown instanceof KitErrors ? thrown.errors : [thrown as KitErrors['errors'][number]];
    return all.map(({ message, place }) => `${place?.line ?? '-'}: ${message}`);
  }
};

const example = `default: reject
archives: accept
images:
  ghcr.io/me:
    - keys: [me.pub, old.pub]
    - keys: [boss.pub]
      identity: exact
  ghcr.io/me/tools:1: accept
  "*.example.com":
    - certificate: { issuer: https://login.example, subject: me@example.com, trustRoot: root.json }
      signedAs: ghcr.io/me/x
`;

describe('kit.policy.yml', () => {
  test('the most precise scope counts', () => {
    const policy = kit(example);
    const kindsFor = (name: string) =>
      ruleFor(policy, parseReference(name)).requirements.map(({ kind }) => kind);
    expect(kindsFor('ghcr.io/me/x:1')).toEqual(['key', 'key']);
    expect(kindsFor('ghcr.io/me/tools:1')).toEqual(['accept']);
    expect(kindsFor('ghcr.io/me/tools:2')).toEqual(['key', 'key']);
    expect(kindsFor('ghcr.io/me2/x')).toEqual(['reject']);
    expect(kindsFor('a.example.com:5000/x')).toEqual(['certificate']);
    expect(kindsFor('example.com/x')).toEqual(['reject']);
    expect(kindsFor('redis')).toEqual(['reject']);
    expect(policy.archives.get('oci')?.requirements).toEqual([{ kind: 'accept' }]);
    expect(ruleFor(policy, parseReference('ghcr.io/me/x')).place).toMatchObject({
      file: 'kit.policy.yml',
      line: 4,
    });
  });

  test.each<[string, string[]]>([
    ['', ['1: the policy has no "default"']],
    ['default: yes', ['1: default must be one of "accept", "reject", not "yes"']],
    ['default: reject\nimage: {}', ['2: unknown key "image" in the policy (did you mean "images"?)']],
    ['default: reject\ndefault: accept', ['2: duplicate key "default"']],
    [
      'default: reject\nimages:\n  redis: accept',
      ['3: "redis" begins with no registry: write docker.io/library/redis, ghcr.io/me, or *.example.com'],
    ],
    [
      'default: reject\nimages:\n  a.b/c: []',
      ['3: "a.b/c" names nobody who must have signed: write accept or reject'],
    ],
    [
      'default: reject\nimages:\n  a.b/c: [{keys: []}]',
      ['3: "a.b/c" names nobody who must have signed: write accept or reject'],
    ],
    [
      'default: reject\nimages:\n  a.b/c: [{identity: any}]',
      ['3: images.a.b/c[0] needs one of "keys", "certificate"'],
    ],
    [
      'default: reject\nimages:\n  a.b/c: [{key: [x]}]',
      [
        '3: unknown key "key" in images.a.b/c[0] (did you mean "keys"?)',
        '3: images.a.b/c[0] needs one of "keys", "certificate"',
      ],
    ],
  ])('%j is an error with its line', (text, errors) => {
    expect(errorsOf(() => kit(text))).toEqual(errors);
  });
});

const signed = { type: 'sigstoreSigned', keyPath: '/k.pub' };

describe('policy.json', () => {
  test('is read as it is', () => {
    const policy = containers({
      default: [{ type: 'reject' }],
      transports: {
        docker: {
          'ghcr.io/me': [{ ...signed, signedIdentity: { type: 'matchRepository' } }],
          'docker.io': [{ type: 'insecureAcceptAnything' }],
          'quay.io': [{ type: 'signedBy', keyType: 'GPGKeys', keyPath: '/x.gpg' }],
          'old.example': [{ type: 'sigstoreSigned', fulcio: { caPath: '/x' }, rekorPublicKeyPath: '/y' }],
          'new.example': [{ type: 'sigstoreSigned', keyData: Buffer.from(publicPem).toString('base64') }],
        },
        oci: { '': [{ type: 'insecureAcceptAnything' }], '/srv/images': [{ type: 'reject' }] },
        'docker-daemon': { '': [{ type: 'insecureAcceptAnything' }] },
      },
    });
    const of = (name: string) => ruleFor(policy, parseReference(name)).requirements[0];
    expect(of('ghcr.io/me/x')).toMatchObject({ kind: 'key', identity: { type: 'matchRepository' } });
    expect(of('redis')).toEqual({ kind: 'accept' });
    expect(of('quay.io/x')).toEqual({ kind: 'unsupported', what: '"signedBy" (signatures by GPG)' });
    expect(of('old.example/x')).toEqual({ kind: 'unsupported', what: '"sigstoreSigned" with "fulcio"' });
    expect(of('new.example/x')).toMatchObject({ kind: 'key', identity: { type: 'matchRepoDigestOrExact' } });
    expect(of('else.example/x')).toEqual({ kind: 'reject' });
    expect(policy.archives.get('oci')?.requirements).toEqual([{ kind: 'accept' }]);
    expect(policy.archives.get('oci:/srv/images')?.requirements).toEqual([{ kind: 'reject' }]);
    expect(policy.archives.get('docker-archive')?.requirements).toEqual([{ kind: 'reject' }]);
  });

  test.each<[string, unknown, string]>([
    ['no default', {}, '1: the policy has no "default"'],
    ['an empty list', { default: [] }, '2: default must be a list with at least one requirement'],
    ['an unknown key', { default: [{ type: 'reject' }], x: 1 }, '7: unknown key "x" in the policy'],
    [
      'an unknown type',
      { default: [{ type: 'accept' }] },
      '4: default.0.type must be one of "insecureAcceptAnything", "reject", "signedBy", "signedBaseLayer", "sigstoreSigned"',
    ],
    [
      'a key twice',
      '{"default": [{"type": "reject"}],\n "default": [{"type": "insecureAcceptAnything"}]}',
      '2: duplicate key "default"',
    ],
    [
      'two sources of keys',
      { default: [{ ...signed, keyData: 'eA==' }] },
      '3: default.0 must be an object with one of "keyPath", "keyPaths", "keyData", "keyDatas", "fulcio", "pki"',
    ],
    [
      'no base64',
      { default: [{ type: 'sigstoreSigned', keyData: '!' }] },
      '5: default.0.keyData must be base64',
    ],
    [
      'no key',
      { default: [{ type: 'sigstoreSigned', keyData: 'eA==' }] },
      '5: Cannot use public key "keyData of line 5": it holds no "PUBLIC KEY" in PEM form',
    ],
    [
      'an unknown identity',
      { default: [{ ...signed, signedIdentity: { type: 'matchAll' } }] },
      '7: default.0.signedIdentity.type must be a type of identity, such as "matchRepository"',
    ],
    ['YAML', 'default: [{type: reject}]', '-: Cannot read policy "policy.json": not JSON: '],
  ])('%s is an error with its line', (_title, value, message) => {
    expect(errorsOf(() => containers(value))[0]).toContain(message);
  });
});

test.each<[Identity, string, string | undefined, boolean]>([
  [{ type: 'matchExact' }, 'a.b/x:1', 'a.b/x:1', true],
  [{ type: 'matchExact' }, 'a.b/x:1', 'a.b/x', false],
  [{ type: 'matchExact' }, `a.b/x@sha256:${'a'.repeat(64)}`, 'a.b/x:1', false],
  [{ type: 'matchRepoDigestOrExact' }, `a.b/x@sha256:${'a'.repeat(64)}`, 'a.b/x:1', true],
  [{ type: 'matchRepoDigestOrExact' }, 'a.b/x:1', 'a.b/x:2', false],
  [{ type: 'matchRepository' }, 'a.b/x:1', 'a.b/x:2', true],
  [{ type: 'matchRepository' }, 'a.b/x:1', 'a.b/y:1', false],
  [{ type: 'matchRepository' }, 'redis', 'docker.io/library/redis:7', true],
  [{ type: 'matchRepository' }, 'a.b/x:1', undefined, false],
  [{ type: 'matchRepository' }, 'a.b/x:1', '../x', false],
  [{ type: 'any' }, 'a.b/x:1', undefined, true],
  [{ type: 'exactReference', name: 'c.d/x:1' }, 'a.b/x:9', 'c.d/x:1', true],
  [{ type: 'exactRepository', name: 'c.d/x' }, 'a.b/x:9', 'c.d/x:5', true],
  [{ type: 'exactRepository', name: 'c.d/x' }, 'a.b/x:9', 'a.b/x:9', false],
  [{ type: 'remapIdentity', prefix: 'a.b', signedPrefix: 'c.d/m' }, 'a.b/x:1', 'c.d/m/x:1', true],
  [{ type: 'remapIdentity', prefix: 'a.b/x', signedPrefix: 'c.d/m' }, 'a.b/xy:1', 'c.d/my:1', false],
])('the identity %j of %s is that of a signature for %s: %s', (identity, image, name, holds) => {
  expect(isIdentity(identity, parseReference(image), name)).toBe(holds);
});

test('the scopes of an image, the most precise first', () => {
  expect(scopesOf(parseReference('a.b.example.com:5000/x/y:1'))).toEqual([
    ...[
      'a.b.example.com:5000/x/y:1',
      'a.b.example.com:5000/x/y',
      'a.b.example.com:5000/x',
      'a.b.example.com:5000',
    ],
    ...['*.b.example.com', '*.example.com', '*.com'],
  ]);
});
