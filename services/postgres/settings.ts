import { basename, dirname, isAbsolute } from 'node:path';
import { KitError, metadataText, readArguments } from '../../lib/service/service.ts';

export interface PostgresSettings {
  /** Of the superuser `postgres`; undefined: none was given. */
  readonly password: string | undefined;
  /** Settings of the server, `work_mem=64MB`. */
  readonly set: readonly string[];
}

/**
 * Reads `[--password-file FILE] [--set NAME=VALUE]...`. Without a file the password is that of the metadata.
 * @throws KitError, which never shows the password
 */
export function readSettings(
  args: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): PostgresSettings {
  const { passwordFile, set } = readArguments(
    {
      passwordFile: { type: 'string', env: 'POSTGRES_PASSWORD_FILE' },
      set: { type: 'string', multiple: true },
    },
    { args, env },
  );
  const wrong = set.find((one) => !/^[A-Za-z_][\w.]*=/.test(one));
  if (wrong !== undefined)
    throw new KitError(`Cannot use --set "${wrong}": it is not NAME=VALUE`, { exitCode: 2 });
  const password = passwordFile === undefined ? metadataText('postgres/password') : fromFile(passwordFile);
  // It goes to a server that reads one line.
  if (password !== undefined && /\p{Cc}/u.test(password))
    throw new KitError('Cannot use the password: it has a control character or several lines');
  return { password, set };
}

function fromFile(path: string): string {
  if (!isAbsolute(path))
    throw new KitError(`Cannot use --password-file "${path}": the path is not absolute`, { exitCode: 2 });
  const password = metadataText(basename(path), dirname(path));
  if (password !== undefined) return password;
  throw new KitError(`Cannot use --password-file "${path}": it is missing or empty`);
}
