import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test('the port is a number as Go reads it', () => {
  expect(readSettings([])).toEqual({ port: 0xf3a4 });
  expect(readSettings(['-port', '0xF3A5'])).toEqual({ port: 0xf3a5 });
  expect(readSettings(['--port=62372'])).toEqual({ port: 62_372 });
  for (const port of ['0', '-1', '1.5', '4294967295', '0x', 'x'])
    expect(() => readSettings([`-port=${port}`])).toThrow(`Cannot listen on port "${port}"`);
});
