import { reasonOf } from '../../../lib/errors/errors.ts';
import { parsePublish } from '../../backend/request/publish.ts';
import { parseMemory, parseSize } from '../../backend/request/sizes.ts';
import type { KeyPath, Report } from '../../manifest/check.ts';
import { isManifestName } from '../../manifest/config/config-name.ts';
import { checkNames } from '../../manifest/list-checks.ts';
import { didYouMean } from '../../manifest/nearest.ts';
import { quote } from '../../manifest/quote.ts';
import { type ClusterYml, type GroupYml, groupNamePattern } from '../fields.ts';
import { fullName, shortName } from './cluster.ts';
import { fillPlaceholders, type Names, placeholderFault } from './placeholders.ts';
import { overlap, roomIn, subnetOf } from './subnets.ts';

/** The length of a host name (RFC 1123). */
const mostName = 63;

/**
 * Reports what the table of fields cannot say: values that contradict each other, names that mean nothing.
 */
export function checkTogether(yml: ClusterYml, report: Report): void {
  checkNetworks(yml, report);
  if (Object.keys(yml.machines).length === 0)
    report({ path: ['machines'], message: () => 'machines has no group' });
  for (const [name, group] of Object.entries(yml.machines)) checkGroup(name, group, yml, report);
  checkPorts(yml, report);
}

function checkNetworks({ networks = {}, machines }: ClusterYml, report: Report): void {
  const before: (readonly [string, string])[] = [];
  for (const [name, { subnet }] of Object.entries(networks)) {
    checkName(name, ['networks', name], report);
    const path = ['networks', name, 'subnet'];
    const found = subnetOf(subnet);
    if (typeof found === 'string') {
      report({ path, message: () => `Cannot use subnet ${quote(subnet)}: ${found}` });
      continue;
    }
    const other = before.find(([, text]) => {
      const its = subnetOf(text);
      return typeof its !== 'string' && overlap(its, found);
    });
    if (other) report({ path, message: () => `${quote(subnet)} has addresses of network "${other[0]}"` });
    before.push([name, subnet]);
    const wanted = membersOf(name, machines).length;
    if (wanted > roomIn(found))
      report({
        path,
        message: () => `${quote(subnet)} has room for ${roomIn(found)} machines, not ${wanted}`,
      });
  }
}

function checkGroup(name: string, group: GroupYml, yml: ClusterYml, report: Report): void {
  const at = (...path: (string | number)[]): KeyPath => ['machines', name, ...path];
  const { manifest, count = 1, networks = [], disks = [], metadata, memory } = group;
  checkName(name, at(), report);
  const longest = fullName(yml.name, name, count);
  if (longest.length > mostName)
    report({
      path: at(),
      onKey: true,
      message: () => `the name ${quote(longest)} has more than ${mostName} characters`,
    });
  if (manifest !== undefined && (manifest === '-' || !isManifestName(manifest)))
    report({
      path: at('manifest'),
      message: () => `${quote(manifest)} is no manifest: use "image" for what is built`,
    });
  if (memory !== undefined) tryReading(() => parseMemory(String(memory)), at('memory'), report);
  for (const [index, { size }] of disks.entries())
    tryReading(() => parseSize('the size of a disk', size, 'g'), at('disks', index, 'size'), report);
  checkNames('disks', disks, (problem) => report({ ...problem, path: at('disks', ...problem.path) }));
  const known = Object.keys(yml.networks ?? {});
  for (const [index, network] of networks.entries()) {
    const path = at('networks', index);
    if (!known.includes(network))
      report({ path, message: () => `there is no network ${quote(network)}${didYouMean(network, known)}` });
    if (networks.indexOf(network) !== index)
      report({ path, message: () => `${quote(network)} is there twice` });
  }
  const fault = metadata === undefined ? undefined : placeholderFault(metadata, namesFor(networks, yml));
  if (fault !== undefined)
    report({ path: at('metadata'), message: () => `Cannot read the placeholder ${fault}` });
}

function checkName(name: string, path: KeyPath, report: Report): void {
  if (groupNamePattern?.test(name)) return;
  const message = () => `${quote(name)} is no name: at most 32 small letters, digits and dashes`;
  report({ path, message, onKey: true });
}

/** Ports of the host that are malformed, or published by two machines. */
function checkPorts({ name: cluster, machines }: ClusterYml, report: Report): void {
  const first = new Map<string, string>();
  for (const [group, { publish = [], count = 1 }] of Object.entries(machines)) {
    for (const [at, text] of publish.entries()) {
      const path = ['machines', group, 'publish', at];
      const fault = placeholderFault(text, noNetworks);
      if (fault !== undefined) {
        report({ path, message: () => `Cannot read the placeholder ${fault}` });
        continue;
      }
      for (let index = 1; index <= count; index += 1) {
        const meanings = { cluster, group, name: fullName(cluster, group, index), index, addresses: {} };
        const port = tryReading(() => parsePublish(fillPlaceholders(text, meanings)), path, report);
        if (!port) break;
        const key = `${port.host}:${port.hostPort}/${port.protocol}`;
        const other = first.get(key);
        if (other !== undefined) {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the file
          const advice = 'such as "127.0.0.${index}:8080:80"';
          const message = () =>
            `${quote(key)} is published by ${other} already: use a placeholder, ${advice}`;
          report({ path, message });
          break;
        }
        first.set(key, shortName(group, index));
      }
    }
  }
}

/** Ports are the host's. */
const noNetworks: Names = { own: [], members: {} };

function tryReading<T>(read: () => T, path: KeyPath, report: Report): T | undefined {
  try {
    return read();
  } catch (thrown) {
    report({ path, message: () => reasonOf(thrown) });
    return undefined;
  }
}

const namesFor = (own: readonly string[], { networks = {}, machines }: ClusterYml): Names => ({
  own,
  members: Object.fromEntries(
    Object.keys(networks).map((network) => [network, membersOf(network, machines)]),
  ),
});

/** `etcd-1`, `etcd-2`: the machines of a network. */
const membersOf = (network: string, machines: ClusterYml['machines']): string[] =>
  Object.entries(machines).flatMap(([group, { networks = [], count = 1 }]) =>
    networks.includes(network) ? Array.from({ length: count }, (_, at) => shortName(group, at + 1)) : [],
  );
