import { KitError } from '../../../lib/errors/errors.ts';

/** Flags of `linuxkit run` that kit does not have: the reason, and the alternative. */
const flags: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  gui: ['machines have no display', 'use the serial console: console=ttyS0'],
  qemu: ['kit has its own QEMU', 'leave the flag out'],
  detached: ['the flag is called --detach', 'kit run --detach'],
  virtiofs: ['kit does not share folders of the host', '--disk attaches a file of the host as a disk'],
  virtiofsd: ['kit does not share folders of the host', '--disk attaches a file of the host as a disk'],
  uuid: ['machines are identified by name', 'use --name'],
  ip: ['machines get their address from QEMU', '--publish forwards ports to the machine'],
};

/** @throws KitError for flags of LinuxKit, with a better message than "unknown option" */
export function refuseLinuxkitFlags(args: readonly string[]): void {
  for (const arg of args) {
    const name = /^--?([a-z]+)(?:=|$)/.exec(arg)?.[1] ?? '';
    const known = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (known) throw new KitError(`Cannot use --${name}: ${known[0]}`, { hint: known[1], exitCode: 2 });
  }
}
