/** Makes the data folder at the first start, sets the password, and becomes Debian's PostgreSQL server. */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../../lib/linux/process/run-to-end.ts';
import { runService } from '../../lib/service/service.ts';
import { places } from './places.ts';
import { prepareData } from './prepare-data.ts';
import { serverArguments } from './server-arguments.ts';
import { hasPassword, setPassword } from './set-password.ts';
import { readSettings } from './settings.ts';

const env = { PATH: `${places.programs}:/usr/bin`, LC_ALL: 'C.UTF-8', TZ: 'UTC' };

/** include/uapi/linux/magic.h */
const TMPFS_MAGIC = 0x01021994;

await runService(async ({ log }) => {
  const { password, set } = readSettings();
  if (statfsSync(places.base).type === TMPFS_MAGIC)
    log.warn(`"${places.base}" is in memory, and lost with the machine: bind a volume of a disk there`);
  const run = (name: string, args: readonly string[], input?: string | Buffer) =>
    runToEnd(join(places.programs, name), args, { env, input });
  const usePassword = async (folder: string): Promise<void> => {
    if (password !== undefined) await setPassword(folder, password, run);
  };
  await prepareData(places.data, { run, say: log.info }, usePassword);
  await usePassword(places.data);
  const open = hasPassword(places.data);
  if (!open) log.info('no password was given: only programs of this container can connect');
  const server = join(places.programs, 'postgres');
  process.execve?.(server, [server, ...serverArguments({ open, set })], env);
});
