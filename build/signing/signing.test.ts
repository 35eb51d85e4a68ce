import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Digest } from '../../lib/oci/types.ts';
import { signBundle } from './bundle.ts';
import type { FoundSignature } from './claim.ts';
import { preAuthEncoding, statementType } from './envelope.ts';
import { openSignature } from './open-signature.ts';
import { makeKeyPair, readPrivateKey } from './private-key.ts';
import { readPublicKey, type VerifyKey } from './public-key.ts';
import { simpleSign } from './simple-signing.ts';
import { signaturePredicate, statementBytes } from './statement.ts';
import { parseStrictJson } from './strict-json.ts';

const pair = makeKeyPair(undefined);
const key = createPrivateKey(pair.privatePem);
const pub = readPublicKey(Buffer.from(pair.publicPem), 'release.pub');
const digest: Digest = `sha256:${'ab'.repeat(32)}`;
const other: Digest = `sha256:${'cd'.repeat(32)}`;
const statement = { name: 'ghcr.io/me/x:1', digest, predicateType: signaturePredicate, predicate: {} };

const bundle = (bytes: Buffer): FoundSignature => ({ form: 'bundle', digest: other, bytes });
const open = (found: FoundSignature, keys: readonly VerifyKey[] = [pub], digests = [digest]) =>
  openSignature(found, keys, digests);
const edited = (edit: (json: Record<string, unknown>) => object): FoundSignature =>
  bundle(Buffer.from(JSON.stringify(edit(JSON.parse(signBundle(statement, key).toString())))));

const publicPem = (type: 'rsa' | 'ed25519' | 'ec'): string => {
  const format = { publicKeyEncoding: { type: 'spki', format: 'pem' } } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
  if (type === 'rsa')
    return generateKeyPairSync(type, { modulusLength: 2048, ...format, privateKeyEncoding }).publicKey;
  if (type === 'ec')
    return generateKeyPairSync(type, { namedCurve: 'P-384', ...format, privateKeyEncoding }).publicKey;
  return generateKeyPairSync(type, { ...format, privateKeyEncoding }).publicKey;
};

describe('a signature', () => {
  test('holds for the digest and the key that made it, in both forms', () => {
    expect(open(bundle(signBundle(statement, key)))).toEqual({ digest, name: 'ghcr.io/me/x:1' });
    const { payload, signature } = simpleSign({ digest, name: 'ghcr.io/me/x:1' }, key);
    const found = { form: 'cosign', digest: other, bytes: payload, signature } as const;
    expect(open(found)).toEqual({ digest, name: 'ghcr.io/me/x:1' });
    expect(() => open(found, [pub], [other])).toThrow('it is about another image');
    expect(() => open({ ...found, signature: '!' })).toThrow('its signature is not base64');
    const stranger = readPublicKey(Buffer.from(makeKeyPair(undefined).publicPem), 'other.pub');
    expect(() => open(found, [stranger])).toThrow('it is not signed by key "other.pub"');
    expect(open(found, [stranger, pub])).toMatchObject({ digest });
  });

  test.each<[string, FoundSignature, string]>([
    [
      'about another image',
      bundle(signBundle({ ...statement, digest: other }, key)),
      'it is about another image',
    ],
    [
      'that is a bill of materials',
      bundle(signBundle({ ...statement, predicateType: 'https://spdx.dev/Document' }, key)),
      'not a signature',
    ],
    [
      'with another type of payload',
      edited((json) => ({
        ...json,
        dsseEnvelope: { ...(json.dsseEnvelope as object), payloadType: 'text/plain' },
      })),
      '"dsseEnvelope.payloadType" is "text/plain"',
    ],
    [
      'with bad base64',
      edited((json) => ({ ...json, dsseEnvelope: { ...(json.dsseEnvelope as object), payload: '=a' } })),
      'base64',
    ],
    ['with two signatures', edited((json) => withSignatures(json, 2)), 'it has 2 signatures, expected one'],
    ['with none', edited((json) => withSignatures(json, 0)), 'it has 0 signatures, expected one'],
    ['of a message beside', edited((json) => ({ ...json, messageSignature: {} })), 'it signs a message'],
    [
      'with a certificate',
      edited((json) => ({ ...json, verificationMaterial: { certificate: {} } })),
      'by a certificate',
    ],
    [
      'with two signers',
      edited((json) => ({ ...json, verificationMaterial: { certificate: {}, publicKey: {} } })),
      'or both',
    ],
    ['of another version', edited((json) => ({ ...json, mediaType: 'application/json' })), '"mediaType" is'],
    [
      'with a key twice',
      bundle(Buffer.from(signBundle(statement, key).toString().replace('{', '{"mediaType":"x",'))),
      'it has the key "mediaType" twice',
    ],
    [
      'that is a deep list',
      bundle(Buffer.from(`${'['.repeat(1000)}${']'.repeat(1000)}`)),
      'nested more than 64',
    ],
    ['that is no JSON', bundle(Buffer.from('{')), 'not JSON'],
  ])('%s is refused', (_title, found, message) => {
    expect(() => open(found)).toThrow(message);
  });

  test('of a payload under another type is not one of a statement', () => {
    const payload = statementBytes(statement);
    const sig = sign('sha256', preAuthEncoding('application/json', payload), key).toString('base64');
    const found = edited((json) => ({
      ...json,
      dsseEnvelope: {
        payload: payload.toString('base64'),
        payloadType: statementType,
        signatures: [{ sig }],
      },
    }));
    expect(() => open(found)).toThrow('it is not signed by key "release.pub"');
  });

  test('with one bit changed anywhere does not hold, or says the same', () => {
    const bytes = signBundle(statement, key);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        try {
          expect(open(bundle(changed))).toEqual({ digest, name: 'ghcr.io/me/x:1' });
        } catch (thrown) {
          expect((thrown as Error).name).toBe('KitError');
        }
      }),
      { numRuns: 300 },
    );
  });
});

function withSignatures(json: Record<string, unknown>, count: number): object {
  const envelope = json.dsseEnvelope as { signatures: object[] };
  return {
    ...json,
    dsseEnvelope: { ...(envelope as object), signatures: Array(count).fill(envelope.signatures[0]) },
  };
}

describe('keys', () => {
  test.each(['rsa', 'ed25519', 'ec'] as const)('a public key of type %s is refused by its name', (type) => {
    expect(() => readPublicKey(Buffer.from(publicPem(type)), 'x.pub')).toThrow(
      /^Cannot use public key "x.pub": it is of type (rsa|ed25519|ec \(secp384r1\)), expected ECDSA on P-256$/,
    );
  });

  test('a private key where a public one is expected, and what is none, are named', () => {
    expect(() => readPublicKey(Buffer.from(pair.privatePem), 'x')).toThrow('it is a private key');
    expect(() => readPublicKey(Buffer.from('x'), 'x')).toThrow('it holds no "PUBLIC KEY" in PEM form');
    expect(() => readPublicKey(Buffer.alloc(1 << 20), 'x')).toThrow('it has more than 65536 bytes');
    expect(() => readPrivateKey(Buffer.from('x'), undefined, 'x')).toThrow('it holds no private key');
  });

  test('an encrypted pair is in the format of cosign, and opens with its password alone', () => {
    const made = makeKeyPair('secret');
    expect(made.privatePem).toMatch(/^-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n/);
    const pem = Buffer.from(made.privatePem);
    const opened: KeyObject = readPrivateKey(pem, 'secret', 'x.key');
    const again = readPublicKey(Buffer.from(made.publicPem), 'x.pub');
    expect(openSignature(bundle(signBundle(statement, opened)), [again], [digest])).toMatchObject({ digest });
    expect(() => readPrivateKey(pem, 'wrong', 'x.key')).toThrow(
      'the password is wrong, or the file is damaged',
    );
    expect(() => readPrivateKey(pem, undefined, 'x.key')).toThrow(
      'Cannot read key "x.key": it has a password',
    );
  });

  test('PKCS#8 and SEC 1 are read, encrypted or not', () => {
    for (const type of ['pkcs8', 'sec1'] as const) {
      const cipher = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
      expect(
        readPrivateKey(Buffer.from(key.export({ type, format: 'pem' })), undefined, 'x').equals(key),
      ).toBe(true);
      const locked = Buffer.from(key.export({ type, format: 'pem', ...cipher }));
      expect(readPrivateKey(locked, 'secret', 'x').equals(key)).toBe(true);
      expect(() => readPrivateKey(locked, undefined, 'x')).toThrow('it has a password');
      // So many, since one in 256 passes for OpenSSL's first check.
      for (let attempt = 0; attempt < 400; attempt++) {
        expect(() => readPrivateKey(locked, `wrong${attempt}`, 'x')).toThrow(
          'the password is wrong, or the file is damaged',
        );
      }
    }
  });

  test('a key file that asks for the memory of the host is refused', () => {
    const document = {
      kdf: { name: 'scrypt', params: { N: 2 ** 40, r: 8, p: 1 }, salt: 'AAAA' },
      cipher: { name: 'nacl/secretbox', nonce: Buffer.alloc(24).toString('base64') },
      ciphertext: 'AAAA',
    };
    const label = 'ENCRYPTED COSIGN PRIVATE KEY';
    const pem = `-----BEGIN ${label}-----\n${Buffer.from(JSON.stringify(document)).toString('base64')}\n-----END ${label}-----\n`;
    expect(() => readPrivateKey(Buffer.from(pem), 'x', 'x')).toThrow(/is none that cosign uses/);
  });
});

test('strict JSON finds a key that is there twice at any depth, however it is escaped', () => {
  const parse = (text: string) => parseStrictJson(Buffer.from(text), 'x', 1000);
  expect(() => parse('{"a":[{"b":1,"\\u0062":2}]}')).toThrow('it has the key "\\u0062" twice');
  expect(() => parse('{"a":{"a":"a:{"},"b":["a","a"]}')).not.toThrow();
  fc.assert(fc.property(fc.json(), (text) => void parseStrictJson(Buffer.from(text), 'x', 1 << 20)));
});
