import { createHash, type Hash } from 'node:crypto';
import { type TarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { ImageInventory } from '../../../lib/updates/inventory.ts';
import type { Arch } from '../../host/arch.ts';
import { commandLine } from '../plan/command-line.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import type { BundleFiles, VolumeFiles } from './top-entries.ts';

export interface InventoryParts {
  /** As lists of the plan's bundles, in the same order. */
  readonly bundles: readonly BundleFiles[];
  readonly volumes: readonly VolumeFiles[];
  /** `files:` and settings, whose bodies are read; not the bill of materials, which names all services. */
  readonly files: readonly TarEntry[];
  /** The diff id of the layer of kernel modules. */
  readonly modules: string | undefined;
  readonly arch: Arch;
}

/** `/etc/kit/image.json`, by which an update finds what differs (lib/updates). */
export async function inventoryEntry(plan: ImagePlan, parts: InventoryParts): Promise<TarEntry> {
  const inventory: ImageInventory = {
    ...{ version: 1, arch: parts.arch, stateVersion: plan.manifest.updates?.value.stateVersion ?? 0 },
    machine: await machineDigests(plan, parts),
    services: Object.fromEntries(
      plan.bundles.flatMap(({ section, name }, at) =>
        section === 'services' ? [[name, bundleDigest(parts.bundles[at])]] : [],
      ),
    ),
  };
  return textEntry(guestPaths.inventory.slice(1), `${JSON.stringify(inventory, null, 1)}\n`);
}

async function machineDigests(plan: ImagePlan, parts: InventoryParts): Promise<Record<string, string>> {
  const { kernel, manifest, init, production, decompressKernel } = plan;
  const { cmdline = '', image: _image, ...settings } = manifest.kernel?.value ?? {};
  const kernelText = [kernel?.image.digest, exactJson(settings), decompressKernel, parts.modules];
  const digests: Record<string, string> = {
    'the image of the kernel': digestOf(kernelText.join()),
    'the kernel command line': digestOf(commandLine(cmdline, parts.arch, production)),
    'the images of `init:`': digestOf(init.map(({ image }) => image.digest).join()),
    '--production': digestOf(String(production)),
  };
  for (const [at, { section, name, folder }] of plan.bundles.entries()) {
    if (section === 'services') continue;
    const key = `${section} entry "${name}"`;
    digests[key] = digestOf([digests[key] ?? '', folder, bundleDigest(parts.bundles[at])].join());
  }
  for (const { volume, mounts } of parts.volumes)
    digests[`volume "${volume.name}"`] = digestOf(exactJson([volume.readonly ?? false, mounts]) ?? '');
  for (const entry of parts.files) {
    // Folders come along with files, and a service may be the reason for one.
    if (entry.type !== 'directory') digests[`file "/${entry.path}"`] = await entryDigest(entry);
  }
  return digests;
}

function bundleDigest(bundle: BundleFiles | undefined): string {
  const hash = createHash('sha256').update(exactJson([bundle?.config, bundle?.runtime]) ?? '');
  for (const entry of bundle?.mountPoints ?? []) addHead(hash, entry);
  return hash.digest('hex');
}

async function entryDigest(entry: TarEntry): Promise<string> {
  const hash = addHead(createHash('sha256'), entry);
  for await (const bytes of entry.body) hash.update(bytes);
  return hash.digest('hex');
}

/** Without its time, which no program of the machine depends on. */
function addHead(hash: Hash, { path, type, mode, uid, gid, linkname }: TarEntry): Hash {
  return hash.update(`${JSON.stringify([path, type, mode, uid, gid, linkname])}\n`);
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
