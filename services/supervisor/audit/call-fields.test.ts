import { expect, test } from 'vitest';
import { ControlService } from '../../../lib/control/generated/control.ts';
import { callFields } from './call-fields.ts';

const exec = (start: object) => callFields('exec', { start });

test('a command is recorded with its arguments, without input and environment', () => {
  expect(
    exec({ service: 'web', command: ['sh', '-c', 'id'], terminal: { rows: 1, columns: 1 }, term: 'x' }),
  ).toEqual({ service: 'web', command: ['sh', '-c', 'id'], terminal: true });
  expect(exec({ service: '', command: ['sh'], image: { layers: [], env: ['SECRET=1'] } })).toEqual({
    service: 'the machine',
    command: ['sh'],
    image: [],
  });
});

test('no message makes a long line, or fails', () => {
  const long = 'x'.repeat(1 << 20);
  const messages = [
    {},
    { start: { service: long, command: Array.from({ length: 5000 }, () => long) } },
    { start: { service: long, path: long, direction: long, digest: long, port: 1, bytes: 1n } },
    { service: long, services: Array.from({ length: 5000 }, () => long), ending: long },
  ];
  for (const call of [...Object.keys(ControlService), 'nope', 'constructor', '__proto__']) {
    for (const message of messages) {
      const known = { services: [], service: '', ending: '', ...message };
      const text = JSON.stringify(callFields(call, known), (_, value) =>
        typeof value === 'bigint' ? Number(value) : value,
      );
      expect(text.length).toBeLessThan(6000);
    }
  }
});
