import type { Attacks } from '../attack.ts';
import { controlCrowd, controlStreams } from './control-floods.ts';
import { sshCrowd, sshFlood } from './ssh-floods.ts';

/** Floods of what listens in the machine, from within it: at addresses that nobody else has. */
export const floods: Attacks = {
  'ssh-crowd': sshCrowd,
  'ssh-flood': sshFlood,
  'control-crowd': controlCrowd,
  'control-streams': controlStreams,
};
