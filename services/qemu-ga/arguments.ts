import { agentPortName, guestPaths } from '../../lib/bundle/bundle.ts';
import { readArguments } from '../../lib/service/service.ts';

export interface Settings {
  /** Device of the port. */
  readonly device: string;
  /** Where the machine's root is in this container. */
  readonly root: string;
  /** The supervisor's socket that may end the machine. */
  readonly socket: string;
  readonly freezeLimitMs: number;
}

/** Reads `[--freeze-limit SECONDS]`, and paths for tests. @throws KitError */
export function readSettings(args?: readonly string[]): Settings {
  const { freezeLimit, ...paths } = readArguments(
    {
      device: { type: 'string', default: `/dev/virtio-ports/${agentPortName}` },
      root: { type: 'string', default: '/hostroot' },
      socket: { type: 'string', default: guestPaths.operateSocket },
      freezeLimit: {
        ...{ type: 'integer', min: 1, max: 3600, default: 60 },
        description: 'seconds until frozen file systems are thawed without the host',
      },
    },
    args && { args },
  );
  return { ...paths, freezeLimitMs: freezeLimit * 1000 };
}
