import { parseContainersPolicy } from '../../../../build/policy/containers-policy.ts';
import { parseKitPolicy } from '../../../../build/policy/kit-policy.ts';
import { readBundle } from '../../../../build/signing/bundle.ts';
import { sealCosignKey } from '../../../../build/signing/cosign-key.ts';
import { makeKeyPair, readPrivateKey } from '../../../../build/signing/private-key.ts';
import { readPublicKey } from '../../../../build/signing/public-key.ts';
import { readSimpleSigning } from '../../../../build/signing/simple-signing.ts';
import { readStatement } from '../../../../build/signing/statement.ts';
import { parseStrictJson } from '../../../../build/signing/strict-json.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const statement = JSON.stringify({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a.b/x:1', digest: { sha256: 'ab'.repeat(32) } }],
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
});

export const sigstoreBundle: Target = {
  reads: [
    'build/signing/bundle.ts#readBundle',
    'build/signing/statement.ts#readStatement',
    'build/signing/strict-json.ts#parseStrictJson',
  ],
  seeds: () =>
    texts(
      JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: 'x' }, tlogEntries: [] },
        dsseEnvelope: {
          payload: Buffer.from(statement).toString('base64'),
          payloadType: 'application/vnd.in-toto+json',
          signatures: [{ sig: 'AAAA' }],
        },
      }),
    ),
  words: [
    '"dsseEnvelope"',
    '"messageSignature":{}',
    '"certificate":{}',
    '"signatures":[]',
    '\\u0062',
    '":',
    '[{',
    '}]',
  ],
  run: (bytes) => {
    attempt(() => parseStrictJson(bytes, 'x', 1 << 20));
    const bundle = attempt(() => readBundle(bytes, 'x'));
    const read = bundle && attempt(() => readStatement(bundle.payload, 'x'));
    check(!read || typeof read.predicateType === 'string', 'a statement has a type');
  },
};

export const simpleSigning: Target = {
  reads: ['build/signing/simple-signing.ts#readSimpleSigning'],
  seeds: () =>
    texts(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': 'a.b/x:1' },
          image: { 'docker-manifest-digest': digest },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    ),
  words: ['"critical"', '"identity"', '"image"', '"type"', 'sha256:', '{}', 'null'],
  run: (bytes) => {
    const claim = attempt(() => readSimpleSigning(bytes, 'x'));
    check(!claim || /^sha256:[0-9a-f]{64}$/.test(claim.digest), 'a claim has a digest');
  },
};

export const signingKey: Target = {
  reads: ['build/signing/private-key.ts#readPrivateKey', 'build/signing/public-key.ts#readPublicKey'],
  seeds: () => {
    const { privatePem, publicPem } = makeKeyPair(undefined);
    return texts(
      privatePem,
      publicPem,
      sealCosignKey(Buffer.from('x'), 'y').replace(/^(-+BEGIN ENCRYPTED )\w+/, '$1COSIGN'),
    );
  },
  words: [
    '-----BEGIN ',
    '-----END ',
    'ENCRYPTED ',
    'PRIVATE KEY-----',
    'PUBLIC KEY-----',
    'Proc-Type: 4,ENCRYPTED',
  ],
  run: (bytes) => {
    attempt(() => readPublicKey(bytes, 'x'));
    // Without a password, so that the derivation of a key is not what takes the time.
    attempt(() => readPrivateKey(bytes, undefined, 'x'));
  },
};

const files = {
  key: () => readPublicKey(Buffer.from(makeKeyPair(undefined).publicPem), 'x'),
  trustRoot: () => Buffer.from('{}'),
};

export const imagePolicy: Target = {
  reads: [
    'build/policy/kit-policy.ts#parseKitPolicy',
    'build/policy/containers-policy.ts#parseContainersPolicy',
  ],
  seeds: () =>
    texts(
      'default: reject\nimages:\n  a.b/c:\n    - keys: [x]\n      identity: exact\n  "*.d": accept\n',
      '{"default": [{"type": "reject"}], "transports": {"docker": {"a.b": [{"type": "sigstoreSigned", "keyPath": "/x"}]}}}',
    ),
  words: [
    'default: ',
    'images:\n',
    'certificate: {',
    '"signedIdentity": {"type": "matchRepository"}',
    '"keyData": "',
    '<<: ',
  ],
  run: (bytes) => {
    for (const parse of [parseKitPolicy, parseContainersPolicy]) {
      const policy = attempt(() => parse(bytes.toString(), 'x', files));
      check(!policy || policy.fallback.requirements.length > 0, 'a rule has requirements');
    }
  },
};
