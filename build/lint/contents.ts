import { resolve } from 'node:path';
import { keyOf } from '../manifest/images/disks-entry.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import type { Manifest } from '../manifest/types.ts';
import { hasDigest } from '../reference/image-ref.ts';
import type { Hit, Rule } from './rule.ts';

const secretName = /^[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY)[A-Z0-9_]*=./i;
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/** Paths of `files:` may start with a slash or not. */
const absolute = (path: string): string => `/${path.replace(/^\/+/, '')}`;

/** Whether a file of the image is the private key that signs it. */
function isSigningKey({ signing }: Manifest, { value, origin }: Manifest['files'][number]): boolean {
  if (!signing || value.source === undefined) return false;
  return resolve(origin.folder, value.source) === resolve(signing.origin.folder, signing.value.key);
}

/** Rules about the contents of the image and their origin. */
export const contentRules: readonly Rule[] = [
  {
    name: 'image-without-digest',
    why: 'a tag can point to another image tomorrow',
    instead: 'add @sha256:… to its name, or write kit.lock with kit lock and build with --locked',
    find: ({ manifest, isLocked }) =>
      imageRefs(manifest)
        .filter((ref) => ref.value.kind !== 'package' && !hasDigest(ref.value) && !isLocked(ref))
        .map((ref) => ({ at: ref, what: `image "${ref.value.text}" has no digest` })),
  },
  {
    name: 'secret-in-manifest',
    why: 'everybody who has the image can read it',
    instead: 'pass it to the machine at boot as metadata: kit run --data-file user-data',
    find: ({ entries, manifest }) => [
      ...entries.flatMap((at): Hit[] => {
        const index = (at.value.env ?? []).findIndex((one) => secretName.test(one));
        const name = at.value.env?.[index]?.split('=')[0];
        return index < 0 ? [] : [{ at, path: ['env', index], what: `"${name}" looks like a secret` }];
      }),
      ...manifest.files
        .filter(({ value }) => privateKey.test(value.contents ?? ''))
        .map((at) => ({ at, path: ['contents'], what: `file "${at.value.path}" contains a private key` })),
      ...manifest.files
        .filter(({ value }) => absolute(value.path) === manifest.control?.value.key)
        .map((at) => ({ at, path: ['path'], what: `file "${at.value.path}" is the key of \`control:\`` })),
      ...manifest.files
        .filter((at) => isSigningKey(manifest, at))
        .map((at) => ({ at, path: ['source'], what: `file "${at.value.path}" is the key of \`signing:\`` })),
      ...manifest.files.flatMap((at): Hit[] => {
        const disk = manifest.disks.find(({ value }) => keyOf(value)?.file === absolute(at.value.path));
        const what = `file "${at.value.path}" is the key of disk "${disk?.value.name}"`;
        return disk ? [{ at, path: ['path'], what }] : [];
      }),
    ],
  },
  {
    name: 'plain-swap',
    why: 'what services had in memory can be read from the disk later',
    instead: 'encrypt: {key: throwaway} for swap; for a swap file, encrypt its disk with another key',
    find: ({ manifest }) =>
      manifest.disks
        .filter(({ value }) => !value.encrypt)
        .flatMap((at): Hit[] => {
          const { name, filesystem, swapFile } = at.value;
          if (filesystem?.type === 'swap')
            return [{ at, path: ['filesystem'], what: `disk "${name}" is plain swap` }];
          const what = `disk "${name}" has a swap file that is not encrypted`;
          return swapFile === undefined ? [] : [{ at, path: ['swapFile'], what }];
        }),
  },
  {
    name: 'unsigned-updates',
    why: 'whoever has role debug can replace the services of the machine by others',
    instead: 'updates: {keys: [updates.pub]}',
    find: ({ manifest: { updates } }) =>
      updates && (updates.value.keys ?? []).length === 0
        ? [{ at: updates, what: '`updates:` names no key' }]
        : [],
  },
  {
    name: 'world-writable-file',
    why: 'every program in the machine can change it',
    instead: 'mode: "0644"',
    find: ({ manifest }) =>
      manifest.files
        // Except sticky folders such as /tmp.
        .filter(({ value: { mode = '0' } }) => (Number.parseInt(mode, 8) & 0o1002) === 0o002)
        .map((at) => ({ at, path: ['mode'], what: `"${at.value.path}" is world-writable` })),
  },
  {
    name: 'unused-volume',
    why: 'no entry binds it',
    instead: 'remove it, or bind it: binds: [NAME:/data]',
    find: ({ manifest, entries }) => {
      const used = new Set(
        entries.flatMap(({ effective: { binds = [], mounts = [] } }) => [
          ...binds.map((bind) => bind.split(':')[0]),
          ...mounts.map(({ source }) => source),
        ]),
      );
      return manifest.volumes
        .filter(({ value }) => !used.has(value.name))
        .map((at) => ({ at, path: ['name'], what: `volume "${at.value.name}" is not used` }));
    },
  },
  {
    name: 'passwordless-console',
    why: 'everybody with access to the console is root',
    instead: 'remove INSECURE, and log in with a password or by ssh',
    find: ({ entries }) =>
      entries.flatMap((at): Hit[] => {
        const index = (at.value.env ?? []).indexOf('INSECURE=true');
        return index < 0
          ? []
          : [{ at, path: ['env', index], what: `"${at.value.name}" does not require a password` }];
      }),
  },
  {
    name: 'no-console',
    why: 'messages of the kernel and the services during boot are lost',
    instead: 'cmdline: console=ttyS0',
    find: ({ manifest: { kernel } }) =>
      kernel?.value.image !== undefined && !/(?:^|\s)console=/.test(kernel.value.cmdline ?? '')
        ? [{ at: kernel, path: ['cmdline'], what: 'the kernel has no console' }]
        : [],
  },
];
