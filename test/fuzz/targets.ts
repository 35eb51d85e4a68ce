import type { Target } from './target.ts';
import * as answers from './targets/answers.ts';
import * as archives from './targets/archives.ts';
import * as debian from './targets/debian.ts';
import * as disks from './targets/disks.ts';
import * as guest from './targets/guest.ts';
import * as reports from './targets/host/reports.ts';
import * as host from './targets/host.ts';
import * as agent from './targets/hypervisor/guest-agent.ts';
import * as memlogd from './targets/hypervisor/memlogd.ts';
import * as images from './targets/images.ts';
import * as kernel from './targets/kernel.ts';
import * as manifests from './targets/manifests.ts';
import * as clouds from './targets/metadata/clouds.ts';
import * as metadata from './targets/metadata.ts';
import * as clusters from './targets/network/clusters.ts';
import * as network from './targets/network.ts';
import * as packages from './targets/packages.ts';
import * as projects from './targets/projects.ts';
import * as registry from './targets/registry.ts';
import * as services from './targets/services.ts';
import * as time from './targets/time/ntp.ts';
import * as nts from './targets/time/nts.ts';
import * as efi from './targets/trust/efi.ts';
import * as inventory from './targets/trust/inventory.ts';
import * as signing from './targets/trust/signing.ts';
import * as updates from './targets/trust/updates.ts';
import * as volumes from './targets/volumes.ts';

/** Files of targets/, by name. Each exports targets only. */
const files = {
  answers,
  archives,
  'metadata/clouds': clouds,
  'network/clusters': clusters,
  debian,
  disks,
  guest,
  host,
  'host/reports': reports,
  'hypervisor/guest-agent': agent,
  'hypervisor/memlogd': memlogd,
  images,
  kernel,
  manifests,
  metadata,
  network,
  packages,
  projects,
  registry,
  services,
  'time/ntp': time,
  'time/nts': nts,
  'trust/efi': efi,
  'trust/inventory': inventory,
  'trust/signing': signing,
  volumes,
  'trust/updates': updates,
} satisfies Record<string, Record<string, Target>>;

export interface NamedTarget {
  /** `www-authenticate`, from the name of the export: `wwwAuthenticate`. */
  readonly name: string;
  readonly target: Target;
  /** Where a bundle imports it from, relative to the checkout. */
  readonly file: string;
  readonly exported: string;
}

/** Every parser of bytes from outside, which `npm run fuzz` and the unit tests feed. */
export const targets: readonly NamedTarget[] = Object.entries(files).flatMap(([file, targetsOfFile]) =>
  Object.entries<Target>(targetsOfFile).map(([exported, target]) => ({
    name: exported.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    target,
    file: `test/fuzz/targets/${file}.ts`,
    exported,
  })),
);
