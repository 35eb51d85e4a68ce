import { ControlService } from '../../../lib/control/generated/control.ts';

/**
 * What a client may do, each with what the one before may. read: look at the machine; operate: start, stop and reach its
 * services; debug: get into them, and into the machine.
 */
export const roleNames = ['read', 'operate', 'debug'] as const;
export type Role = (typeof roleNames)[number];

/** The role that each call of control.proto takes. */
export const roles = {
  status: 'read',
  logs: 'read',
  incidents: 'read',
  report: 'read',
  startService: 'operate',
  stopService: 'operate',
  restartService: 'operate',
  forward: 'operate',
  end: 'operate',
  copy: 'debug',
  exec: 'debug',
  missingLayers: 'debug',
  pushLayer: 'debug',
  debug: 'debug',
} as const satisfies Record<keyof ControlService, Role>;

const roleOfPath = new Map<string, Role>(
  Object.entries(ControlService).map(([call, { path }]) => [path, roles[call as keyof ControlService]]),
);

/** The role that the call of this path takes: `/kit.control.v1.Control/Exec`. One that is in no table takes all. */
export const neededRole = (path: string): Role => roleOfPath.get(path) ?? 'debug';

export const includes = (granted: Role, needed: Role): boolean =>
  roleNames.indexOf(granted) >= roleNames.indexOf(needed);
