import { KitError } from '../../../lib/errors/errors.ts';

/** Flags of LinuxKit's run that kit has no use for, why, and the way out. */
const flags: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  gui: ["kit's machines have no screen", 'the console is the serial line: console=ttyS0'],
  qemu: ['kit brings its own QEMU', 'leave the flag out'],
  detached: ['the flag is called --detach', 'kit run --detach'],
  virtiofs: [
    'folders of the host are not shared with machines',
    '--disk gives the machine a file of the host',
  ],
  virtiofsd: [
    'folders of the host are not shared with machines',
    '--disk gives the machine a file of the host',
  ],
  uuid: ['machines are known by their names', '--name'],
  ip: ['the network behind QEMU gives each machine its address', '--publish leads to its ports'],
};

/** @throws KitError that says more than "unknown option" about a flag that people bring along */
export function refuseForeignFlags(args: readonly string[]): void {
  for (const arg of args) {
    const name = /^--?([a-z]+)(?:=|$)/.exec(arg)?.[1] ?? '';
    const known = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (known) throw new KitError(`Cannot use --${name}: ${known[0]}`, { hint: known[1], exitCode: 2 });
  }
}
