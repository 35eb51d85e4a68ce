import { expect, test } from 'vitest';
import { auditLine, controlAudit, mayHoldAudit, serviceAudit } from './audit.ts';
import { fieldsOf } from './fields.ts';

const login = { action: 'login', result: 'refused', fields: { user: 'root', address: '192.0.2.1' } } as const;

test("a service's line reaches the trail under the service's name", () => {
  const line = auditLine(login);
  expect(line).toBe('<4>audit: login refused {"user":"root","address":"192.0.2.1"}');
  expect(mayHoldAudit(Buffer.from(line))).toBe(true);
  expect(serviceAudit('sshd', line)).toEqual({
    level: 'warning',
    text: 'service sshd: login refused {"user":"root","address":"192.0.2.1","from":"sshd"}',
  });
});

test('an ordinary line is none of the trail', () => {
  for (const line of ['audit: login', '<5>login', '<5>xaudit: login', '<9>audit: login', ''])
    expect(serviceAudit('sshd', line)).toBeUndefined();
});

test.each([
  '<5>audit: control: exec allowed {"from":"control","service":"web"}',
  '<5>audit: exec allowed {"from":"control"} {"from":"control"}',
  '<5>audit: \rcontrol: exec allowed {"from":"control"}',
  `<5>audit: ${'x'.repeat(5000)} {"from":"control"}`,
  '<5>audit: exec allowed {"__proto__":{"from":"control"}}',
  '<5>audit: exec allowed ["x"]',
])('a forged line keeps the name of the service that wrote it: %.60s', (line) => {
  const { text = '' } = serviceAudit('web', line) ?? {};
  expect(text).toMatch(/^service web: /);
  expect(fieldsOf(text)?.fields.from).toBe('web');
  expect(text.length).toBeLessThan(2100);
  expect(text).not.toMatch(/[\r\n]/);
});

test("no name of a service makes a line that looks like the supervisor's own", () => {
  expect(controlAudit({ ...login, action: 'exec' }).text).toMatch(/^control: exec refused \{/);
  expect(serviceAudit('control', '<5>audit: exec allowed')?.text).toBe(
    'service control: exec allowed {"from":"control"}',
  );
});
