import { diskPart, losetup } from './disks.ts';
import { getty, sshd } from './login.ts';
import { metadata } from './metadata.ts';
import { nodeExporter } from './metrics.ts';
import { dhcpcd, ip, openntpd } from './network.ts';
import type { Rule } from './rule.ts';

/** By the name of LinuxKit's package: what is more than another image, or none. */
export const entryRules: Readonly<Record<string, Rule>> = {
  dhcpcd,
  'dm-crypt': diskPart,
  extend: diskPart,
  format: diskPart,
  getty,
  ip,
  losetup,
  metadata,
  mount: diskPart,
  node_exporter: nodeExporter,
  openntpd,
  sshd,
  swap: diskPart,
};
