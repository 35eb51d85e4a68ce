import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KitError } from '../../../lib/errors/errors.ts';
import { parseForward, targetName } from './forward-spec.ts';

test.each([
  ['8080:web:80', '127.0.0.1', 8080, 'web', 80, 't1/web:80'],
  ['0:web:80', '127.0.0.1', 0, 'web', 80, 't1/web:80'],
  ['0.0.0.0:8080:web:80', '0.0.0.0', 8080, 'web', 80, 't1/web:80'],
  ['[::1]:8080:my-web.2:80', '::1', 8080, 'my-web.2', 80, 't1/my-web.2:80'],
  ['localhost:1:2:3', 'localhost', 1, '2', 3, 't1/2:3'],
  ['1:2:3', '127.0.0.1', 1, '2', 3, 't1/2:3'],
  ['2222:.:22', '127.0.0.1', 2222, '', 22, 't1:22'],
  ['2222::22', '127.0.0.1', 2222, '', 22, 't1:22'],
])('%s', (text, address, port, service, servicePort, name) => {
  const forward = parseForward(text);
  expect(forward).toEqual({ address, port, service, servicePort });
  expect(targetName('t1', forward)).toBe(name);
});

test.each([
  ['8080:80', 'expected [ADDRESS:]PORT:SERVICE:PORT'],
  ['web:80', 'expected [ADDRESS:]PORT:SERVICE:PORT'],
  ['::1:8080:web:80', 'expected [ADDRESS:]PORT:SERVICE:PORT'],
  ['', 'expected [ADDRESS:]PORT:SERVICE:PORT'],
  ['70000:web:80', 'there is no port 70000'],
  ['8080:web:0', 'there is no port 0'],
  ['8080:web:65536', 'there is no port 65536'],
])('"%s" is refused', (text, why) => {
  expect(() => parseForward(text)).toThrow(`Cannot forward "${text}": ${why}`);
});

test('any text is parsed or refused with a KitError', () => {
  const near = fc
    .array(fc.constantFrom(':', '[', ']', '.', '8', '80', 'web', '-1'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      try {
        const { port, servicePort } = parseForward(text);
        expect(port).toBeLessThan(65_536);
        expect(servicePort).toBeGreaterThan(0);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(KitError);
      }
    }),
  );
});
