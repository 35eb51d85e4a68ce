import { type ProgramOptions, type ProgramResult, runToEnd } from '../linux/process/run-to-end.ts';

export { lastLine, type RunProgram, succeed } from '../linux/process/run-to-end.ts';

/** Fixed, so that what programs print can be parsed. */
const environment = {
  PATH: '/usr/sbin:/usr/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  // libdevmapper makes the devices itself: there is no udevd to wait for.
  DM_DISABLE_UDEV: '1',
};

/** @param file a path, or a name that is looked up in PATH @throws KitError if it cannot be started */
export const startDiskProgram = (
  file: string,
  args: readonly string[],
  options: Partial<ProgramOptions> = {},
): Promise<ProgramResult> => runToEnd(file, args, { env: environment, ...options });

/** Runs a program of the own container. */
export const runDiskProgram = (
  name: string,
  args: readonly string[],
  input?: string | Buffer,
): Promise<ProgramResult> => startDiskProgram(name, args, { input });
