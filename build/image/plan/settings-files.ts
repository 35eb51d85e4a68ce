import { dirname } from 'node:path';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { disksFile } from '../../../lib/bundle/disks.ts';
import { firewallFile } from '../../../lib/bundle/network.ts';
import { combineErrors, KitError } from '../../../lib/errors/errors.ts';
import type { Manifest } from '../../manifest/types.ts';
import { controlConfig } from '../../spec/control.ts';
import { disksConfig } from '../../spec/disks/disks-config.ts';
import { mountPoint } from '../../spec/disks/volumes.ts';
import { firewallConfig } from '../../spec/firewall.ts';

import { takesMetadataNetwork } from '../../spec/network/metadata-network.ts';

import { networkConfig } from '../../spec/network/network.ts';
import { watchdogConfig } from '../../spec/watchdog.ts';
import { attempt } from './attempt.ts';

/**
 * The files that kit's init reads of `network:`, `modules:` and the services' `ports`, the supervisor of
 * `control:` and pkg/disks of `disks:` and `volumes:`, after their folder; none for a manifest without these
 * keys.
 * @throws KitErrors, KitError with all errors in both
 */
export function settingsFiles(manifest: Manifest): TarEntry[] {
  const { network, control, modules } = manifest;
  const addressed = network.filter(({ value }) => value.interfaces ?? value.rules ?? value.dns);
  const errors: KitError[] = [];
  const settings: readonly (readonly [path: string, value: object | undefined])[] = [
    [guestPaths.network, attempt(() => networkConfig(addressed), errors)],
    [firewallFile, attempt(() => firewallConfig(manifest), errors)],
    [disksFile, attempt(() => disksConfig(manifest), errors)],
    [guestPaths.control, attempt(() => controlConfig(control), errors)],
    [guestPaths.watchdog, attempt(() => watchdogConfig(manifest), errors)],
  ];
  if (errors.length > 0) throw combineErrors(errors);
  const files = settings.flatMap(([path, value]) =>
    value ? [textEntry(path.slice(1), `${JSON.stringify(value, null, 2)}\n`)] : [],
  );
  const marked = [
    ...(modules ? [guestPaths.lockedModules] : []),
    ...(takesMetadataNetwork(manifest) ? [guestPaths.metadataNetwork] : []),
  ];
  const marks = marked.map((path) => textEntry(path.slice(1), ''));
  if (files.length + marks.length === 0) return [];
  const folder = tarEntry({ path: dirname(guestPaths.network).slice(1), type: 'directory' });
  return [folder, ...files, ...marks, ...mountPoints(manifest)];
}

/** The root is read-only: mount points on it have to be in the image. */
const mountPoints = ({ disks }: Manifest): TarEntry[] =>
  disks
    .filter(({ value }) => value.filesystem?.type !== 'swap')
    .map(({ value }) => mountPoint(value))
    .filter((path) => !/^\/(?:run|tmp|var)(?:\/|$)/.test(path))
    .map((path) => tarEntry({ path: path.slice(1), type: 'directory' }));

/** Only kit's own init reads these files. @throws KitError for a manifest of another init that has one */
export function refuseSettings(manifest: Manifest): void {
  const {
    network: [network],
    disks: [disk],
    volumes,
    control,
    modules,
    watchdog,
    updates,
  } = manifest;
  const start = 'begin `init:` with pkg/init';
  if (network) {
    throw new KitError("Cannot set the network: no image of `init:` is kit's own init", {
      place: network.origin.place(),
      hint: `${start}, or leave the network to a container`,
    });
  }
  if (disk) {
    throw new KitError("Cannot prepare disks: no image of `init:` is kit's own init", {
      place: disk.origin.place(),
      hint: `${start}, or leave the disks to containers`,
    });
  }
  const share = volumes.find(({ value }) => value.share !== undefined);
  if (share) {
    throw new KitError("Cannot mount a folder of the host: no image of `init:` is kit's own init", {
      place: share.origin.place(['share']),
      hint: `${start}, or leave the mount to a container`,
    });
  }
  if (modules) {
    throw new KitError("Cannot lock the modules: no image of `init:` is kit's own init", {
      place: modules.origin.place(),
      hint: start,
    });
  }
  if (watchdog) {
    throw new KitError("Cannot feed a watchdog: no image of `init:` is kit's own init", {
      place: watchdog.origin.place(),
      hint: start,
    });
  }
  if (updates) {
    throw new KitError("Cannot take updates: no image of `init:` is kit's own init", {
      place: updates.origin.place(),
      hint: start,
    });
  }
  if (control) {
    throw new KitError("Cannot serve the control protocol: no image of `init:` is kit's own init", {
      place: control.origin.place(),
      hint: start,
    });
  }
}
