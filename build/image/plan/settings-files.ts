import { dirname } from 'node:path';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { firewallFile } from '../../../lib/bundle/network.ts';
import { combineErrors, KitError } from '../../../lib/errors/errors.ts';
import type { Manifest } from '../../manifest/types.ts';
import { controlConfig } from '../../spec/control.ts';
import { firewallConfig } from '../../spec/firewall.ts';
import { networkConfig } from '../../spec/network.ts';
import { attempt } from './attempt.ts';

/**
 * The files that kit's init reads of `network:`, `modules:` and the services' `ports`, and the supervisor of
 * `control:`, after their folder; none for a manifest without these keys.
 * @throws KitErrors, KitError with all errors in both
 */
export function settingsFiles(manifest: Manifest): TarEntry[] {
  const { network, control, modules } = manifest;
  const addressed = network.filter(({ value }) => value.interfaces !== undefined || value.dns !== undefined);
  const errors: KitError[] = [];
  const settings: readonly (readonly [path: string, value: object | undefined])[] = [
    [guestPaths.network, attempt(() => networkConfig(addressed), errors)],
    [firewallFile, attempt(() => firewallConfig(manifest), errors)],
    [guestPaths.control, attempt(() => controlConfig(control), errors)],
  ];
  if (errors.length > 0) throw combineErrors(errors);
  const files = settings.flatMap(([path, value]) =>
    value ? [textEntry(path.slice(1), `${JSON.stringify(value, null, 2)}\n`)] : [],
  );
  const marks = modules ? [textEntry(guestPaths.lockedModules.slice(1), '')] : [];
  if (files.length + marks.length === 0) return [];
  return [tarEntry({ path: dirname(guestPaths.network).slice(1), type: 'directory' }), ...files, ...marks];
}

/** Only kit's own init reads these files. @throws KitError for a manifest of another init that has one */
export function refuseSettings({ network: [network], control, modules }: Manifest): void {
  const start = 'begin `init:` with pkg/init';
  if (network) {
    throw new KitError("Cannot set the network: no image of `init:` is kit's own init", {
      place: network.origin.place(),
      hint: `${start}, or leave the network to a container`,
    });
  }
  if (modules) {
    throw new KitError("Cannot lock the modules: no image of `init:` is kit's own init", {
      place: modules.origin.place(),
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
