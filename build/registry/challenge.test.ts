import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChallenge } from './challenge.ts';

test.each([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",' +
      'scope="repository:a/b:pull,push"',
    {
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
      scope: 'repository:a/b:pull,push',
    },
  ],
  ['bearer Realm=https://x/t , service="a \\"b\\", c"', { realm: 'https://x/t', service: 'a "b", c' }],
  ['Basic realm="x", Bearer realm="y"', { realm: 'y' }],
  ['Negotiate, Bearer realm="y"', { realm: 'y' }],
  ['Bearer realm="y", Digest realm="z"', { realm: 'y' }],
  ['Basic realm="a, Bearer realm=z", Bearer realm="y"', { realm: 'y' }],
  ['Negotiate YII/+a==, Bearer realm="y",service=s', { realm: 'y', service: 's' }],
  ['Bearer realm="https://x/t?a=b%20c",scope="aws"', { realm: 'https://x/t?a=b%20c', scope: 'aws' }],
  ['BEARER  REALM = "y" ,, error="invalid_token", realm="z"', { realm: 'y', error: 'invalid_token' }],
  ['NTLM, Bearer realm="", scope="a b"', { realm: '', scope: 'a b' }],
])('%s', (header, parameters) => {
  expect(readChallenge(header)).toEqual({ scheme: 'bearer', parameters });
});

test('reads Basic alone, and ignores unknown schemes', () => {
  expect(readChallenge('Basic realm="Registry Realm"')?.scheme).toBe('basic');
  for (const header of ['Basic', 'Negotiate, NTLM, Basic realm="x"', 'Negotiate, basic realm="corp, inc"'])
    expect(readChallenge(header)?.scheme).toBe('basic');
  for (const header of [undefined, '', 'Digest realm="x"', 'Negotiate'])
    expect(readChallenge(header)).toBeUndefined();
});

test('accepts any header', () => {
  const text = fc.string({ unit: fc.constantFrom(...'Bearer Basic realm="\\,=x '), maxLength: 5000 });
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (header) => {
      readChallenge(header);
    }),
    { numRuns: 1000 },
  );
});
