import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { AuditedEntry } from '../../promises/audited-entry.ts';
import { promises } from '../../promises/promises.ts';
import { preAuthEncoding, statementType } from '../../signing/envelope.ts';
import type { Finding } from '../finding.ts';
import type { Audit } from '../result.ts';
import { isBroken } from './count.ts';
import { auditReport } from './json.ts';
import { sarifLog } from './sarif.ts';
import { readSigningKey, signStatement } from './sign.ts';
import { auditStatement } from './statement.ts';
import { auditText } from './text.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-audit-'));
afterAll(() => rmSync(dir, { recursive: true }));

const place = { file: 'my web.yml', line: 7, column: 3 };
const entry = { section: 'services', name: 'web', place: () => place } as unknown as AuditedEntry;

function finding(id: string, outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding {
  const promise = promises.find((one) => one.id === id);
  if (!promise) throw new Error(`there is no promise "${id}"`);
  return { promise, entry, outcome, detail: '', ...more };
}

const grants = [
  { field: 'capabilities', value: 'CAP_NET_RAW', by: 'manifest', place: { ...place, line: 9 } },
  { field: 'pid', value: 'host', by: 'label of pkg/web' },
];
const findings = [
  finding('seccomp-filter', 'broken', { detail: 'Seccomp is 0\u001b[31m' }),
  finding('raw-socket', 'granted', { detail: 'opened', grants }),
  finding('mount', 'kept'),
  finding('console-login', 'untried', { entry: undefined }),
];
const audit: Audit = {
  ...{ subject: ['my web.yml'], form: 'machine', production: false, findings },
  files: [{ name: 'image-initrd.img', digest: { sha256: 'ab' } }],
};

test('for people: what is broken first, then what is granted, by whom; the rest is counted', () => {
  expect(auditText(audit, { colour: false, all: false })).toBe(`services web
  broken   high     seccomp-filter: has its system calls filtered (seccomp)
             Seccomp is 0
  granted  high     raw-socket: cannot send or receive raw packets
             opened
             granted by capabilities CAP_NET_RAW, my web.yml:9:3
             granted by pid host, label of pkg/web
  kept     1 promise

the machine

Promises: 1 broken, 1 granted, 1 kept, 1 not tried (--all says why).
`);
});

test('what is granted is broken only with --strict; what is unknown is always', () => {
  const granted = findings.filter(({ outcome }) => outcome === 'granted');
  expect([isBroken(granted), isBroken(granted, true)]).toEqual([false, true]);
  expect(isBroken([finding('mount', 'unknown')])).toBe(true);
  expect(isBroken([finding('mount', 'kept')], true)).toBe(false);
});

test('SARIF: a failure has a level and a place; everything else is no failure', () => {
  const log = sarifLog(audit, '1.2.3', false) as {
    runs: [{ tool: { driver: { rules: { id: string }[] } }; results: never[] }];
  };
  const [{ tool, results }] = log.runs;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(promises.map(({ id }) => id));
  const uri = 'my%20web.yml';
  const at = (startLine: number) => ({
    physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn: 3 } },
    logicalLocations: [{ name: 'web', fullyQualifiedName: 'services/web', kind: 'module' }],
  });
  expect(results).toMatchObject([
    { ruleId: 'seccomp-filter', kind: 'fail', level: 'error', locations: [at(7)] },
    { ruleId: 'raw-socket', kind: 'informational', level: 'none', locations: [at(9)] },
    { ruleId: 'mount', kind: 'pass', level: 'none', locations: [at(7)] },
    { ruleId: 'console-login', kind: 'notApplicable', level: 'none', locations: [] },
  ]);
  expect(sarifLog(audit, '1.2.3', true)).toMatchObject({
    runs: [{ results: [{}, { kind: 'fail', level: 'error' }, {}, {}] }],
  });
});

test('a statement names the files and what failed', () => {
  expect(auditStatement(auditReport(audit, false), audit.files)).toMatchObject({
    subject: audit.files,
    predicate: {
      result: 'FAILED',
      failedTests: ['services/web/seccomp-filter'],
      warnedTests: ['services/web/raw-socket'],
      passedTests: ['services/web/mount'],
    },
  });
});

test.each([
  ['ed25519', generateKeyPairSync('ed25519').privateKey, null],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey, 'sha256'],
])('a signature by %s is over type and payload, and only over them', async (name, privateKey, algorithm) => {
  const file = join(dir, `${name}.pem`);
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const envelope = signStatement({ a: 1 }, await readSigningKey(file, name));
  const payload = Buffer.from(envelope.payload, 'base64');
  expect(payload.toString()).toBe('{"a":1}');
  const signature = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64');
  const key = createPublicKey(privateKey);
  expect(verify(algorithm, preAuthEncoding(statementType, payload), key, signature)).toBe(true);
  expect(verify(algorithm, preAuthEncoding(statementType, Buffer.from('{"a":2}')), key, signature)).toBe(
    false,
  );
});

test('a key that cannot sign is refused, with a way to make one', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const key = join(dir, 'rsa.pem');
  writeFileSync(key, rsa.export({ type: 'pkcs8', format: 'pem' }));
  await expect(readSigningKey(key, 'rsa.pem')).rejects.toThrow(
    'Cannot sign with key "rsa.pem": it is of type rsa',
  );
  await expect(readSigningKey(join(dir, 'none'), 'none')).rejects.toThrow(
    'Cannot read key "none": no such file',
  );
  const locked = generateKeyPairSync('ed25519').privateKey;
  writeFileSync(key, locked.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }));
  await expect(readSigningKey(key, 'rsa.pem')).rejects.toThrow('it has a passphrase');
});
