import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSignedByOne, signStatement } from './signature.ts';
import { readStatement, statementBytes, statementLimits, type UpdateStatement } from './statement.ts';
import { testInventory } from './testing.ts';

const layer = { id: '0123456789abcdef', digest: `sha256:${'1'.repeat(64)}`, bytes: 4096 };
const statement: UpdateStatement = {
  ...{ version: 1, inventory: testInventory({ services: { web: '1' } }), top: 'fedcba9876543210' },
  layers: [layer],
  challenge: 'c1',
};
const withLayers = (...layers: unknown[]) => Buffer.from(JSON.stringify({ ...statement, layers }));

test('a statement is read as it was written', () => {
  expect(readStatement(statementBytes(statement))).toEqual(statement);
});

test.each<[string, Uint8Array, string]>([
  ['no JSON', Buffer.from('{'), 'its statement is not JSON'],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'its statement is not JSON'],
  ['null', Buffer.from('null'), 'its statement is not one of version 1'],
  ['a later version', Buffer.from('{"version": 2}'), 'its statement is not one of version 1'],
  ['a path for an id', withLayers({ ...layer, id: '../../etc/passwd' }), 'one of its layers has no id'],
  ['no digest', withLayers({ ...layer, digest: 'sha256:1' }), 'layer 0123456789abcdef has no digest'],
  ['no bytes', withLayers({ ...layer, bytes: 0 }), 'layer 0123456789abcdef cannot have 0 bytes'],
  ['half a byte', withLayers({ ...layer, bytes: 0.5 }), 'cannot have 0.5 bytes'],
  ['a layer twice', withLayers(layer, layer), 'two of its layers have the same id'],
  ['many layers', withLayers(...Array(501).fill(layer)), 'it does not have up to 500 layers'],
  ['no challenge', Buffer.from(JSON.stringify({ ...statement, challenge: 1 })), 'it answers no challenge'],
  ['no inventory', Buffer.from(JSON.stringify({ ...statement, inventory: {} })), 'not an inventory'],
  ['too much', Buffer.alloc(statementLimits.bytes + 1, ' '), 'may have 2097152'],
])('%s is refused', (_what, bytes, why) => {
  expect(() => readStatement(bytes)).toThrow(why);
});

test('whatever comes, it is a statement or a RangeError', () => {
  const part = fc.record({ version: fc.constant(1), top: fc.string(), layers: fc.jsonValue() });
  const json = fc.oneof(
    fc.json(),
    part.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(json, (text) => {
      try {
        readStatement(Buffer.from(text));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test('a signature is that of exactly these bytes, by one of the keys', () => {
  const [one, other] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  if (!one || !other) throw new Error('no keys');
  const pem = (pair: typeof one) => pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const bytes = statementBytes(statement);
  const signature = signStatement(bytes, one.privateKey);
  expect(isSignedByOne(bytes, signature, [pem(other), pem(one)])).toBe(true);
  expect(isSignedByOne(bytes, signature, [pem(other)])).toBe(false);
  expect(isSignedByOne(bytes, signature, ['not a key'])).toBe(false);
  expect(isSignedByOne(bytes, Buffer.alloc(0), [pem(one)])).toBe(false);
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(isSignedByOne(changed, signature, [pem(one)])).toBe(false);
  }
});
