import type { Attacks } from './attack.ts';
import { closedToRoot } from './attacks/closed-to-root.ts';
import { devices } from './attacks/devices.ts';
import { kernelFiles } from './attacks/kernel-files.ts';
import { limits } from './attacks/limits.ts';
import { machine } from './attacks/machine.ts';
import { mounts } from './attacks/mounts.ts';
import { neighbours } from './attacks/neighbours.ts';
import { network } from './attacks/network.ts';
import { privileges } from './attacks/privileges.ts';
import { systemCalls } from './attacks/system-calls.ts';
import { floods } from './floods/floods.ts';

/** From inside a service, in the order in which they run: those that change the process come last. */
export const serviceAttacks: Attacks = {
  ...kernelFiles,
  ...neighbours,
  ...network,
  ...devices,
  ...privileges,
  ...limits,
  ...systemCalls,
  ...mounts,
};

/** From a process with every right in the machine: what holds even for that, and what only it can see. */
export const machineAttacks: Attacks = { ...machine, ...floods };

/** The same in an image for production. */
export const productionAttacks: Attacks = { ...machine, ...floods, ...closedToRoot };
