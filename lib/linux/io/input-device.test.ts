import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFifo } from './fifo.ts';
import {
  hasKey,
  type InputEvent,
  isPress,
  KEY_POWER,
  parseInputEvents,
  watchInputDevice,
} from './input-device.ts';

/** One press as the ACPI button driver sends it: key down, SYN_REPORT, key up, SYN_REPORT. */
const pressed = Buffer.from(
  [
    ...['15c9526700000000', 'a087010000000000', '0100', '7400', '01000000'],
    ...['15c9526700000000', 'a087010000000000', '0000', '0000', '00000000'],
    ...['15c9526700000000', 'a487010000000000', '0100', '7400', '00000000'],
    ...['15c9526700000000', 'a487010000000000', '0000', '0000', '00000000'],
  ].join(''),
  'hex',
);

test('only the key going down is a press, not its release or a report', () => {
  const events = parseInputEvents(pressed);
  expect(events).toEqual([
    { type: 1, code: KEY_POWER, value: 1 },
    { type: 0, code: 0, value: 0 },
    { type: 1, code: KEY_POWER, value: 0 },
    { type: 0, code: 0, value: 0 },
  ]);
  expect(events.map((event) => isPress(event, KEY_POWER))).toEqual([true, false, false, false]);
});

test.each([
  ['an ACPI power button', '10000000000000 0\n', true],
  ['an AT keyboard', '402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe\n', true],
  ['a lid switch', '0\n', false],
  ['a mouse', '70000 0 0 0 0\n', false],
  ['nothing', '', false],
  ['text that is not hex', 'x y', false],
])('%s has a power key or not', (_what, capabilities, has) => {
  expect(hasKey(capabilities, KEY_POWER)).toBe(has);
});

test('the parsers never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.string(), fc.nat(800), (bytes, text, key) => {
      expect(parseInputEvents(Buffer.from(bytes)).length).toBe(Math.floor(bytes.length / 24));
      expect(typeof hasKey(text, key)).toBe('boolean');
    }),
  );
});

test('events are passed on as they come, and the watch ends when the device is removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-input-'));
  const path = join(folder, 'event0');
  makeFifo(path);
  const device = openSync(path, 'r+');
  const seen: InputEvent[] = [];
  const all = Promise.withResolvers<void>();
  const gone = watchInputDevice(path, (events) => {
    seen.push(...events);
    if (seen.length === 8) all.resolve();
  });
  writeSync(device, pressed);
  writeSync(device, pressed);
  await all.promise;
  closeSync(device);
  await gone;
  rmSync(folder, { recursive: true });
  expect(seen.filter((event) => isPress(event, KEY_POWER))).toHaveLength(2);
});
