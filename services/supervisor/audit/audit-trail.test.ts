import { expect, test } from 'vitest';
import type { AuditLine } from '../../../lib/log/audit.ts';
import { AuditTrail } from './audit-trail.ts';

function trail() {
  const lines: AuditLine[] = [];
  const clock = { ms: 0 };
  const audit = new AuditTrail(
    (line) => lines.push(line),
    () => clock.ms,
  );
  return { lines, clock, audit };
}

const exec = { action: 'exec', result: 'allowed', fields: { command: ['sh'] } } as const;
const peer = (key: string) => ({ kind: 'peer', key }) as const;
const output = (...lines: string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

test('a client that floods the trail is counted, and others are recorded', () => {
  const { lines, clock, audit } = trail();
  for (let n = 0; n < 100_000; n += 1) audit.record(peer('ann'), exec);
  expect(lines.length).toBe(120);
  audit.record(peer('bob'), exec);
  expect(lines.length).toBe(121);
  clock.ms += 1000;
  audit.record(peer('ann'), exec);
  expect(lines.at(-1)?.text).toBe(
    'control: exec allowed {"command":["sh"],"skipped":99880,"from":"control"}',
  );
});

test('peers that were not admitted share one rate, whoever they are, and take none of that of clients', () => {
  const { lines, audit } = trail();
  for (let n = 0; n < 1000; n += 1) audit.record({ kind: 'stranger', key: String(n) }, exec);
  expect(lines.length).toBe(30);
  for (let n = 0; n < 5000; n += 1) audit.record(peer(`made up ${n}`), exec);
  audit.record(peer('made up 0'), exec);
  expect(lines.length).toBeLessThan(30 + 500 + 121 + 1);
});

test('an inspection is recorded once in ten minutes', () => {
  const { lines, clock, audit } = trail();
  const status = { action: 'status', result: 'allowed', fields: {} } as const;
  for (let n = 0; n < 10; n += 1) audit.recordInspection(peer('ann'), status);
  audit.recordInspection(peer('bob'), status);
  expect(lines.length).toBe(2);
  clock.ms += 600_000;
  audit.recordInspection(peer('ann'), status);
  expect(lines.length).toBe(3);
});

test("a service's lines are found however they are cut, and those that are not whole lines are none", () => {
  const { lines, audit } = trail();
  audit.readOutput('sshd', [output('hello', '<5>audit: login allowed {"user":"root"}', 'x <5>audit: no')]);
  audit.readOutput('sshd', [Buffer.from('<4>aud'), Buffer.from('it: login refused\n')]);
  audit.readOutput('web', [output('<5>hello')]);
  expect(lines).toEqual([
    { level: 'notice', text: 'service sshd: login allowed {"user":"root","from":"sshd"}' },
    { level: 'warning', text: 'service sshd: login refused {"from":"sshd"}' },
  ]);
});

test('a service that floods the trail with forged lines has a few of them, under its own name', () => {
  const { lines, clock, audit } = trail();
  const forged = '<5>audit: control: exec allowed {"service":"db","role":"debug","from":"control"}';
  for (let n = 0; n < 1000; n += 1) audit.readOutput('web', [output(forged)]);
  clock.ms += 4000;
  audit.readOutput('web', [output(forged)]);
  expect(lines.length).toBe(121);
  for (const { text } of lines) expect(text).toMatch(/^service web: control: .*"from":"web"[^{]*\}$/);
  expect(lines.at(-1)?.text).toMatch(/"skipped":880\}$/);
});
