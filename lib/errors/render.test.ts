import { expect, test } from 'vitest';
import { KitError, KitErrors } from './errors.ts';
import { renderError } from './render.ts';

test('a message shows its place and its hint', () => {
  const error = new KitError('Unknown key "imagee" in services[0]', {
    place: { file: 'x.yml', line: 12, column: 5 },
    hint: 'did you mean "image"?',
  });
  expect(renderError(error)).toBe(
    'error: x.yml:12:5: Unknown key "imagee" in services[0]\n(hint: did you mean "image"?)',
  );
});

test('several errors keep their order', () => {
  expect(renderError(new KitErrors([new KitError('one'), new KitError('two')]))).toBe(
    'error: one\nerror: two',
  );
});

test('the cause shows only with a trace', () => {
  const error = new KitError('Cannot read "x"', { cause: new Error('deep reason') });
  expect(renderError(error)).not.toContain('deep reason');
  expect(renderError(error, { trace: true })).toContain('caused by: Error: deep reason');
});

test('what nobody foresaw is called a bug and keeps its stack', () => {
  expect(renderError(new TypeError('x is not a function'))).toMatch(
    /bug in kit: TypeError: x is not.*\n\s+at /s,
  );
});
