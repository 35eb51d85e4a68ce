import { posix } from 'node:path';
import type { Section } from '../../../lib/bundle/bundle.ts';
import type { RunConfig } from '../../../lib/oci/types.ts';
import type { EntryDefaults } from '../../manifest/types.ts';
import { healthcheckReady } from './healthcheck.ts';
import type { ImageUser } from './image-user.ts';

/** The command of an image: its entry point and what follows it; empty if it has none. */
export const imageCommand = ({ Entrypoint = [], Cmd = [] }: RunConfig): readonly string[] => [
  // How a Dockerfile takes back the entry point of its base.
  ...(Entrypoint.length === 1 && Entrypoint[0] === '' ? [] : Entrypoint),
  ...Cmd,
];

/**
 * The fields that the config of an image (Dockerfile) sets, as opposed to its label, for LinuxKit as well.
 */
export function imageDefaults(image: RunConfig): EntryDefaults {
  const { Env = [], WorkingDir } = image;
  const command = imageCommand(image);
  return {
    ...(command.length > 0 && { command }),
    ...(Env.length > 0 && { env: Env }),
    // Some tools write `WORKDIR app` as it is; docker build has it relative to the root.
    ...(WorkingDir && { cwd: posix.resolve('/', WorkingDir) }),
  };
}

/** The same with what LinuxKit does not know, for kit's init. */
export function kitImageDefaults(
  image: RunConfig,
  section: Section,
  user: ImageUser | undefined,
): EntryDefaults {
  const { StopSignal, StopTimeout } = image;
  const ready = section === 'services' ? healthcheckReady(image) : undefined;
  return {
    ...imageDefaults(image),
    ...(StopSignal && { stopSignal: StopSignal }),
    // At most eleven days: what a timer takes.
    ...(StopTimeout !== undefined && { stopTimeout: `${Math.min(StopTimeout, 999_999)}s` }),
    ...(ready && { ready }),
    ...user,
  };
}
