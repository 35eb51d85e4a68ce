import { afterAll, expect, test } from 'vitest';
import type { AuditReport } from '../../build/audit/report/json.ts';
import { promises } from '../../build/promises/promises.ts';
import { scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/**
 * Attacks on files that Debian's kernel does not have: a unit test of services/audit-probe shows that they
 * succeed where the files are.
 */
const unitTested = new Set(['uevent-helper', 'binfmt-misc']);

test('each attack succeeds on an image made weak for it', async () => {
  const built = await kit('build', '--dir', folder.dir, 'test/vm/audit/weak.yml');
  expect(built.status, built.stderr).toBe(0);
  // The image alone, held to what --production promises, which it was not built with.
  const image = `${folder.dir}/weak`;
  const { status, stdout, stderr } = await kit('audit', '--json', '--production', image);
  expect(status, stderr).toBe(1);
  expect(stdout, stderr).toContain('"findings"');
  const { findings } = JSON.parse(stdout) as AuditReport;
  const mine = findings.filter(({ entry }) => entry === null || entry.name === 'weak');
  const outcomes = Object.fromEntries(
    mine.map(({ promise, outcome, detail }) => [
      promise,
      outcome === 'granted' ? 'broken' : `${outcome} ${detail}`,
    ]),
  );
  const broken = (found = ''): string => (found.startsWith('broken') ? 'broken' : found);
  const shown = promises.filter(({ id }) => !unitTested.has(id)).map(({ id }) => [id, broken(outcomes[id])]);
  const withstood = shown.filter(([, outcome]) => outcome !== 'broken');
  expect(withstood.map((each) => each.join(' ')).join('; ')).toBe('');
});
