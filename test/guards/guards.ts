import { ofAccess } from './access.ts';
import type { Guard } from './guard.ts';
import { ofImages } from './images.ts';
import { ofMachines } from './machines.ts';
import { ofServices } from './services.ts';

/** By who attacks: the sections of docs/attacks.md. */
export const sections: readonly (readonly [title: string, guards: readonly Guard[]])[] = [
  ['A service that is broken into', ofServices],
  ['Somebody in the network, or with a data volume', ofAccess],
  ['An image, a manifest or an archive, a registry, a machine that files are copied from', ofImages],
  ['Somebody at the console, other users of the host', ofMachines],
];

export const guards: readonly Guard[] = sections.flatMap(([, own]) => own);
