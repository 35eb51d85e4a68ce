import { ControlService } from '../../../lib/control/generated/control.ts';

/**
 * From lowest to highest; each role includes all lower ones. read: inspect the machine; operate: start, stop
 * and connect to its services; debug: run programs in them and on the machine.
 */
export const roleNames = ['read', 'operate', 'debug'] as const;
export type Role = (typeof roleNames)[number];

/** The role that each call of control.proto requires. */
export const roles = {
  status: 'read',
  logs: 'read',
  incidents: 'read',
  report: 'read',
  startService: 'operate',
  stopService: 'operate',
  restartService: 'operate',
  forward: 'operate',
  imageState: 'operate',
  end: 'operate',
  copy: 'debug',
  exec: 'debug',
  missingLayers: 'debug',
  pushLayer: 'debug',
  debug: 'debug',
  update: 'debug',
} as const satisfies Record<keyof ControlService, Role>;

const roleOfPath = new Map<string, Role>(
  Object.entries(ControlService).map(([call, { path }]) => [path, roles[call as keyof ControlService]]),
);

/**
 * The role that a call requires. `path`: `/kit.control.v1.Control/Exec`. An unknown call requires the highest
 * role.
 */
export const neededRole = (path: string): Role => roleOfPath.get(path) ?? 'debug';

/** It brings programs into the machine, and role debug is for whoever may do that. */
export const isUpdate = (path: string): boolean => path === ControlService.update.path;

export const includes = (granted: Role, needed: Role): boolean =>
  roleNames.indexOf(granted) >= roleNames.indexOf(needed);
