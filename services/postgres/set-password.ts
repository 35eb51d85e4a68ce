import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../lib/files/replace-file.ts';
import { type RunProgram, succeed } from '../../lib/linux/process/run-to-end.ts';
import { metadataText } from '../../lib/service/service.ts';

/** In the data folder: a salt and a hash of the password that was set last. */
const recordName = 'kit-password';

/** Whether a password was ever set: without one nobody can come in by TCP. */
export const hasPassword = (data: string): boolean => existsSync(join(data, recordName));

/**
 * Gives the superuser this password, unless it is the one that was set last: so one that was changed by SQL
 * stays. Nothing else may use the data meanwhile.
 * @throws KitError
 */
export async function setPassword(data: string, password: string, run: RunProgram): Promise<void> {
  if (isRecorded(metadataText(recordName, data), password)) return;
  // In a single process that serves nobody, to which standard input is the only way: arguments can be seen.
  const server = ['postgres', '--single', ...settings.flatMap((one) => ['-c', one]), '-D', data, 'postgres'];
  const statement = `ALTER ROLE postgres PASSWORD '${password.replaceAll("'", "''")}'\n`;
  await succeed(run, 'set the password', server, { input: statement });
  replaceFile(join(data, recordName), recordOf(password), { flush: true });
}

/** A statement that fails ends it with an error, and is not logged, since it has the password. */
const settings = [
  ...['exit_on_error=on', 'log_min_error_statement=panic', 'log_statement=none'],
  ...['log_min_duration_statement=-1', 'standard_conforming_strings=on', 'password_encryption=scram-sha-256'],
];

function recordOf(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')} ${scryptSync(password, salt, 32).toString('hex')}\n`;
}

function isRecorded(record: string | undefined, password: string): boolean {
  const [, salt = '', hash = ''] = /^([0-9a-f]{32}) ([0-9a-f]{64})$/.exec(record ?? '') ?? [];
  if (hash === '') return false;
  const known = Buffer.from(hash, 'hex');
  return timingSafeEqual(scryptSync(password, Buffer.from(salt, 'hex'), known.length), known);
}
