/**
 * `npm run guards -- [--machines] [NAME…]`: takes the code that withstands an attack out of a copy of the
 * checkout and runs the attack's test there, which must fail. The exit status is 1 if one does not.
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from '../record/checkout.ts';
import { guards } from './guards.ts';
import { tryWithout } from './trial.ts';

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--machines');
const unknown = names.find((name) => !guards.some(({ id }) => id === name));
if (unknown !== undefined) {
  process.stderr.write(`error: Unknown guard "${unknown}"\n(hint: docs/attacks.md lists them)\n`);
  process.exit(2);
}
const machines = args.includes('--machines');
const chosen = guards.filter(({ id, test }) =>
  names.length > 0 ? names.includes(id) : machines || !test.startsWith('test/vm/'),
);

const checkout = mkdtempSync(join(tmpdir(), 'kit-guards-'));
try {
  await checkOut(undefined, checkout);
  for (const guard of chosen) {
    if (guard.root && process.getuid?.() !== 0) {
      process.stdout.write(`${guard.id}: not tried, it needs root\n`);
      continue;
    }
    const { outcome, said } = await tryWithout(guard, checkout);
    const text = `${guard.id}: without its code, ${outcome === 'failed otherwise' ? 'the test' : 'the attack'} ${outcome}`;
    process.stdout.write(`${text}\n${said === '' ? '' : `${indented(said)}\n`}`);
    if (outcome !== 'succeeded') process.exitCode = 1;
  }
} finally {
  await rm(checkout, { recursive: true, force: true });
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
