import { expect, test } from 'vitest';
import { parseNetworking } from './networking.ts';

test('--networking', () => {
  expect(parseNetworking('user', true)).toEqual({ kind: 'user' });
  expect(parseNetworking('none', false)).toEqual({ kind: 'none' });
  expect(parseNetworking('tap,tap0', false)).toEqual({ kind: 'tap', interface: 'tap0' });
  for (const text of ['', 'tap', 'tap,', 'user,x', 'tap,a,b', 'tap,a/b', 'nat'])
    expect(() => parseNetworking(text, false)).toThrow(`Cannot use networking "${text}"`);
  expect(() => parseNetworking('none', true)).toThrow('Cannot publish ports with networking "none"');
});
