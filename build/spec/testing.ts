import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { ImageConfig } from '../../lib/oci/types.ts';
import { parseManifest } from '../manifest/parse.ts';
import type { Entry, EntryDefaults } from '../manifest/types.ts';
import { registryRef } from '../reference/image-ref.ts';
import { type BundleContext, type BundleSpec, bundleSpec } from './bundle.ts';
import { defaultOpenFiles } from './demands/open-files.ts';
import type { MachineVolume } from './disks/volumes.ts';
import type { Spec } from './oci/oci-runtime.ts';

/** For the tests of this folder: the entry "web" of a manifest with some volumes and services. */

export type Fields = Omit<Entry, 'name' | 'image'>;
export type Image = ImageConfig['config'];

export const scope: BundleContext = {
  reader: 'kit',
  arch: 'amd64',
  production: false,
  foreign: false,
  metadataTrust: undefined,
  metadataNetwork: false,
  section: 'services',
  ids: new Map([['redis', 101]]),
  volumes: new Map<string, MachineVolume>([
    ['data', { name: 'data', path: '/containers/volumes/data/merged' }],
    ['fixed', { name: 'fixed', readonly: true, path: '/containers/volumes/fixed/merged' }],
  ]),
  openFiles: defaultOpenFiles,
  services: new Set(['web', 'db']),
  idRanges: new Map([['web', 1 << 20]]),
};

/** An image that is not looked at. */
export const imageX = registryRef('x');

export const linuxkit: BundleContext = { ...scope, reader: 'linuxkit' };

/** The bundle of an entry with these fields. Fails if the manifest parser rejects them. */
export function bundle(
  fields: Fields = {},
  label: EntryDefaults = {},
  image: Image = { Entrypoint: ['/run'] },
  at = scope,
): BundleSpec {
  const entry = { name: 'web', image: 'x', ...fields };
  const section = at.section === 'services' && isTask(fields) ? 'onboot' : at.section;
  expect(() => parseManifest(stringify({ [section]: [entry] }), 'x.yml', '/')).not.toThrow();
  return bundleSpec(
    { ...entry, image: imageX },
    { ...image, Labels: { 'org.mobyproject.config': JSON.stringify(label) } },
    at,
  );
}

/** Whether the fields are those of a container that runs to its end. */
const isTask = ({ onFailure, timeout }: Fields): boolean => onFailure !== undefined || timeout !== undefined;

export const spec = (...args: Parameters<typeof bundle>): Spec => bundle(...args).spec;

/** The value at a dotted path. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((held, key) => (held as Record<string, unknown> | undefined)?.[key], value);
}
