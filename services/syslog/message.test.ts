import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { frame } from './frame.ts';
import { type MessageOptions, syslogMessage } from './message.ts';
import { FrameReader, logLine, parseMessage } from './testing.ts';

const plain: MessageOptions = { hostname: 't1', facility: 3, limit: 8192 };

const rows: readonly (readonly [string, Partial<LogLine>, Partial<MessageOptions>?])[] = [
  ['standard output', { message: 'listening on port 8080', pid: 417 }],
  ['standard error', { stream: 'stderr', message: 'TypeError: x is not a function' }],
  ['messages of kit', { stream: 'kit', message: 'restarted' }],
  [
    'the kernel, at its own level and facility',
    { source: 'kernel', stream: 'warning', message: 'eth0: link down' },
  ],
  [
    'the audit trail',
    { source: 'audit', stream: 'notice', message: 'control: exec allowed {"service":"web"}' },
    { facility: 16 },
  ],
  ['a facility of the user', { message: 'x' }, { facility: 16 }],
  ['beyond ASCII', { message: 'größer' }],
  ['an empty line', {}],
  ['numbered', { message: 'x' }, { sequence: 7 }],
  ['the number after the last', { message: 'x' }, { sequence: 2 ** 31 }],
  ['an odd name', { source: 'a b\n]"ü' }],
  ['a name that is too long', { source: 'x'.repeat(60) }],
  ['no host name', { message: 'x' }, { hostname: '' }],
  ['an impossible time', { timeMs: 2n ** 63n, message: 'x' }],
  ['too long', { message: 'ü'.repeat(40) }, { limit: 100 }],
];

test('golden: messages are those of testdata/messages', () => {
  const lines = rows.flatMap(([what, part, style]) => [
    `# ${what}`,
    JSON.stringify(syslogMessage(logLine(part), { ...plain, ...style }).toString()).replace(
      '\ufeff',
      '\\ufeff',
    ),
  ]);
  expect(`${lines.join('\n')}\n`).toBe(readFileSync(join(import.meta.dirname, 'testdata/messages'), 'utf8'));
});

test('property: a receiver reads every line back, however the stream is cut', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 60 }));
  const line = fc
    .record({
      timeMs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      source: text,
      stream: fc.oneof(fc.constantFrom('stdout', 'stderr', 'kit', 'crit'), text),
      message: text,
      pid: fc.nat(),
    })
    .map(logLine);
  const style = fc.record({
    hostname: text,
    facility: fc.nat(23),
    limit: fc.integer({ min: 480, max: 3000 }),
    sequence: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, style), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      (items, cuts) => {
        const reader = new FrameReader();
        const stream = Buffer.concat(items.map(([one, how]) => frame(syslogMessage(one, how))));
        const messages: Buffer[] = [];
        for (let at = 0, n = 0; at < stream.length; n += 1) {
          const length = cuts[n % cuts.length] ?? 1;
          messages.push(...reader.push(stream.subarray(at, at + length)));
          at += length;
        }
        expect(messages.length).toBe(items.length);
        for (const [n, [one, { facility, limit, sequence }]] of items.entries()) {
          const bytes = messages[n] ?? Buffer.alloc(0);
          const { text, app, data, facility: found, pid } = parseMessage(bytes);
          expect(bytes.length).toBeLessThanOrEqual(limit);
          expect(found).toBe(
            new Map([
              ['kernel', 0],
              ['audit', 10],
            ]).get(one.source) ?? facility,
          );
          expect(app.length).toBeLessThanOrEqual(48);
          expect(pid).toBe(one.pid === 0 ? '-' : String(one.pid));
          expect(data === '-').toBe(sequence === undefined);
          const cut = text.endsWith(' [cut]') ? text.slice(0, -' [cut]'.length) : text;
          const whole = one.message.toWellFormed();
          expect(bytes.length < limit - 10 ? cut === whole : whole.startsWith(cut)).toBe(true);
        }
      },
    ),
  );
});
