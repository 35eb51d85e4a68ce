import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureFault } from './signature.ts';
import { forFiles, ofOwner, ofSomebodyElse, ownerKey, userData } from './testdata/signatures.ts';

const fault = (signature: string | undefined, data = userData): string | undefined =>
  signatureFault(Buffer.from(data), signature === undefined ? undefined : Buffer.from(signature), [ownerKey]);

test('a signature of ssh-keygen by a key that is named counts', () => {
  expect(fault(ofOwner)).toBeUndefined();
  expect(fault(ofOwner.replaceAll('\n', '\r\n'))).toBeUndefined();
});

const unread = 'its signature is not one of ssh-keygen -Y sign with an Ed25519 key';

test.each([
  ['none', undefined, userData, 'it is not signed'],
  ['one of other content', ofOwner, `${userData}# more`, 'its signature is not of this content'],
  ['one of another key', ofSomebodyElse, userData, 'it is signed by a key that the manifest does not name'],
  ['one for another purpose', forFiles, userData, 'its signature is for "file", not for "kit-metadata"'],
  ['an empty file', '', userData, unread],
  ['half of one', ofOwner.slice(0, 150), userData, unread],
])('a signature does not count: %s', (_case, signature, data, why) => {
  expect(fault(signature, data)).toBe(why);
});

test('property: no change of a signature counts, and none throws', () => {
  const lines = ofOwner.trim().split('\n');
  const blob = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  fc.assert(
    fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(blob);
      changed.writeUInt8(changed.readUInt8(at) ^ change, at);
      const text = [lines[0], changed.toString('base64'), lines.at(-1)].join('\n');
      expect(fault(text)).toBeDefined();
    }),
  );
});
