import { dirname, resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { parseMemory, parseSize } from '../../backend/request/sizes.ts';
import { checkValue, type Problem } from '../../manifest/check.ts';
import { record } from '../../manifest/kinds.ts';
import { asErrors } from '../../manifest/parse.ts';
import { manifestText } from '../../manifest/read.ts';
import { readYaml } from '../../manifest/yaml-document.ts';
import { type ClusterYml, clusterFields, type GroupYml } from '../fields.ts';
import { checkTogether } from './check-together.ts';
import type { Cluster, Group } from './cluster.ts';
import { subnetOf } from './subnets.ts';

/**
 * Reads and checks a cluster.yml. @param file as the user wrote it @throws KitErrors with all its mistakes
 */
export async function readCluster(file: string, cwd: string): Promise<Cluster> {
  const { text } = await manifestText(file, { cwd }).catch((thrown: unknown) => {
    if (!(thrown instanceof KitError)) throw thrown;
    throw new KitError(thrown.message, { hint: 'kit up takes the path of a cluster.yml: docs/clusters.md' });
  });
  return parseCluster(text, file, resolve(cwd, file));
}

/** @param shown its name in messages @param path absolute, and what paths in it are relative to */
export function parseCluster(text: string, shown: string, path: string): Cluster {
  const document = readYaml(text, shown);
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const isValid = checkValue(record(clusterFields), document.value, [], report);
  const yml = document.value as ClusterYml;
  if (isValid) checkTogether(yml, report);
  if (problems.length > 0) throw asErrors(problems.map(named), document);
  return clusterOf(yml, path);
}

/** Adapts the messages of `checkValue`, which are worded for manifests. */
const named = (problem: Problem): Problem => ({
  ...problem,
  message: () => problem.message().replace(/\bthe manifest\b/, 'the cluster'),
});

function clusterOf({ name, networks = {}, machines }: ClusterYml, file: string): Cluster {
  const subnets = Object.entries(networks).flatMap(([network, { subnet }]) => {
    const found = subnetOf(subnet);
    return typeof found === 'string' ? [] : [[network, found] as const];
  });
  const groups = Object.entries(machines).map(([group, yml]) => groupOf(group, yml, dirname(file)));
  return { name, file, networks: Object.fromEntries(subnets), groups };
}

function groupOf(name: string, yml: GroupYml, folder: string): Group {
  const { manifest, image = '', count = 1, backend = 'qemu', memory, cpus, check } = yml;
  const { disks = [], publish = [], networks = [], metadata } = yml;
  return {
    ...{ name, count, backend, cpus, publish, networks, metadata, check },
    image:
      manifest === undefined ? { built: resolve(folder, image) } : { manifest: resolve(folder, manifest) },
    memoryMiB: memory === undefined ? undefined : parseMemory(String(memory)),
    disks: disks.map((disk) => ({
      serial: disk.name,
      sizeBytes: parseSize('the size of a disk', disk.size, 'g'),
    })),
  };
}
