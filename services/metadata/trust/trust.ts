import { readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type DeviceBus,
  type MetadataProvider,
  type MetadataTrust,
  type TrustedDevice,
  trustVariable,
} from '../../../lib/bundle/metadata.ts';
import { signatureFault } from './signature.ts';

/** Decides which sources of metadata count. Each method returns why one does not, else undefined. */
export interface Trust {
  provider(name: MetadataProvider): string | undefined;
  device(path: string): string | undefined;
  /** Whether the text of a file counts, given the text of the file beside it that ends in `.sig`. */
  content(text: Buffer, signature: Buffer | undefined): string | undefined;
  /** Why what has no signature, and cannot have one, does not count. */
  readonly unsigned: string | undefined;
  /** Whether a second source beside one that counts is an error. Without any rule the first one counts. */
  readonly onlyOne: boolean;
}

/** The trust that the build put into the environment. */
export function readTrust(env: Readonly<Record<string, string | undefined>> = process.env): Trust {
  const text = env[trustVariable];
  return text === undefined ? trustAll : trustOf(JSON.parse(text));
}

const trustAll: Trust = {
  provider: (name) =>
    name === 'nocloud-http'
      ? 'whoever is on the way could change it, so metadata.trust of the manifest must name nocloud-http'
      : undefined,
  device: () => undefined,
  content: () => undefined,
  unsigned: undefined,
  onlyOne: false,
};

export function trustOf({ providers, devices, signedBy, untold }: MetadataTrust, place = sysfs): Trust {
  return {
    provider(name) {
      if (providers.includes(name)) return undefined;
      return untold
        ? `an image built with --production trusts no metadata unless its manifest has metadata: {trust: [${name}]}`
        : `"${name}" is not in metadata.trust of the manifest`;
    },
    device(path) {
      const trusted = devices === undefined || devices.some((device) => matches(path, device, place));
      return trusted ? undefined : 'no device in metadata.trust of the manifest matches it';
    },
    content: (bytes, signature) => signedBy && signatureFault(bytes, signature, signedBy),
    unsigned:
      signedBy && "metadata.trust.signedBy of the manifest demands a signature, which a cloud's has not",
    onlyOne: true,
  };
}

const sysfs = '/sys/class/block';

function matches(path: string, { path: wanted, serial, bus }: TrustedDevice, place: string): boolean {
  const name = nameOf(path);
  if (wanted !== undefined) return path === wanted || `/dev/${name}` === wanted;
  if (serial !== undefined) return serialsOf(name, place).includes(serial);
  return busOf(name, place) === bus;
}

/** `sda` for `/dev/sda`, and for a link to it. */
function nameOf(path: string): string {
  try {
    return basename(realpathSync(path));
  } catch {
    return basename(path);
  }
}

/** Only virtio and NVMe show a serial number as text. A partition has that of its disk. */
function serialsOf(name: string, place: string): string[] {
  return ['serial', 'device/serial', '../serial', '../device/serial'].flatMap((file) => {
    try {
      return [readFileSync(`${realpathSync(`${place}/${name}`)}/${file}`, 'utf8').trim()];
    } catch {
      return [];
    }
  });
}

/** In order: a USB disk is a SCSI disk, too, and so is an ATA one; virtio is the outermost of virtio-scsi. */
const buses: readonly (readonly [bus: DeviceBus, part: RegExp])[] = [
  ['usb', /^usb\d+$/],
  ['virtio', /^virtio\d+$/],
  ['nvme', /^nvme\d+$/],
  ['ata', /^ata\d+$/],
  ['scsi', /^host\d+$/],
];

/** The bus that a disk is attached to, from its path below /sys/devices. */
function busOf(name: string, place: string): DeviceBus | undefined {
  try {
    const parts = realpathSync(`${place}/${name}`).split('/');
    return buses.find(([, part]) => parts.some((each) => part.test(each)))?.[0];
  } catch {
    return undefined;
  }
}
