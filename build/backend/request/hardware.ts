import { KitError } from '../../../lib/errors/errors.ts';

/** Clouds whose machines QEMU can resemble, and a server that stands in a rack. */
export const hardwareNames = ['aws', 'azure', 'gcp', 'openstack', 'server'] as const;
export type HardwareName = (typeof hardwareNames)[number];

/** Reads the value of `--hardware`. */
export function parseHardware(text: string): HardwareName {
  const found = hardwareNames.find((name) => name === text);
  if (found) return found;
  throw new KitError(`Cannot use hardware "${text}": expected ${hardwareNames.join(', ')}`, { exitCode: 2 });
}

/** Checks a value of QEMU's `-smbios`, which would also take a file of this host. */
export function parseSmbios(text: string): string {
  if (/^type=\d{1,3}(,[^,=]+=([^,]|,,)*)+$/.test(text)) return text;
  throw new KitError(`Cannot use SMBIOS texts "${text}": expected type=NUMBER,KEY=TEXT`, {
    hint: 'such as --smbios "type=1,manufacturer=Example,serial=1234"; a comma in a text is written twice',
    exitCode: 2,
  });
}
