import { readFileSync } from 'node:fs';
import { parseJson } from '../../../../lib/oci/json.ts';
import type { Arch } from '../../../host/arch.ts';
import { nodePackages } from '../../../host/kit-node.ts';
import { dataFile } from '../../../host/paths.ts';
import { lockedNode } from '../../node-runtime/locked-node.ts';

/** What an addon meets in a machine. */
export interface Guest {
  readonly arch: Arch;
  /** `26.10.0` */
  readonly node: string;
  /** NODE_MODULE_VERSION of that Node. */
  readonly nodeAbi: number;
  /** `2.41` */
  readonly glibc: string;
}

/** For each major version of Node (nodejs/node, doc/abi_version_registry.json). */
const nodeAbis: Readonly<Record<string, number>> = { '26': 147 };

/** The Node and the libraries of every TypeScript service: those that kit pins, and that pkg/libs locks. */
export async function guestOf(arch: Arch): Promise<Guest> {
  const { version: node } = await lockedNode(nodePackages[arch]);
  const lockFile = dataFile('pkg/libs/debian.lock.json');
  const packages = parseJson(readFileSync(lockFile), lockFile, 4 << 20)
    .field('packages')
    .field(arch);
  const versions = packages.list((one) => [one.field('name').text(), one.field('version').text()] as const);
  const libc = versions.find(([name]) => name === 'libc6');
  return {
    ...{ arch, node },
    nodeAbi: nodeAbis[node.split('.')[0] ?? ''] ?? 0,
    glibc: /^\d+\.\d+/.exec(libc?.[1] ?? '')?.[0] ?? '0',
  };
}
