import { expect, test } from 'vitest';
import { KitError, KitErrors } from './errors.ts';
import { renderError } from './render.ts';

test('a message is shown with its position and its hint', () => {
  const error = new KitError('Unknown key "imagee" in services[0]', {
    place: { file: 'x.yml', line: 12, column: 5 },
    hint: 'did you mean "image"?',
  });
  expect(renderError(error)).toBe(
    'error: x.yml:12:5: Unknown key "imagee" in services[0]\n(hint: did you mean "image"?)',
  );
});

test('control characters in messages are escaped', () => {
  const place = { file: 'x\u001b[2J.yml', line: 1, column: 1, text: 'a\u001b[31m\u202eb' };
  expect(renderError(new KitError('a\rb "\u0007"', { place }))).toBe(
    'error: x\\x1b[2J.yml:1:1: a\nb "\\x07"\n    1 | a [31m b\n      | ^',
  );
});

test('several errors are shown in order', () => {
  expect(renderError(new KitErrors([new KitError('one'), new KitError('two')]))).toBe(
    'error: one\nerror: two',
  );
});

test('the cause is shown only with a trace', () => {
  const error = new KitError('Cannot read "x"', { cause: new Error('deep reason') });
  expect(renderError(error)).not.toContain('deep reason');
  expect(renderError(error, { trace: true })).toContain('caused by: Error: deep reason');
});

test('an unexpected error is called a bug and shown with its stack', () => {
  expect(renderError(new TypeError('x is not a function'))).toMatch(
    /bug in kit: TypeError: x is not.*\n\s+at /s,
  );
});
