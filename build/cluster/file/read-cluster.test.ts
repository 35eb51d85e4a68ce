// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of cluster.yml
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { kitRoot } from '../../host/paths.ts';
import { clusterSchema, schemaText } from '../../schema/schema.ts';
import { fillPlaceholders } from './placeholders.ts';
import { parseCluster } from './read-cluster.ts';

const schema = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(
  JSON.parse(schemaText(clusterSchema())),
);

/** The messages of the mistakes, with their lines. */
function mistakes(text: string): string[] {
  try {
    parseCluster(text, 'cluster.yml', '/some/cluster.yml');
    return [];
  } catch (thrown) {
    const errors = thrown instanceof KitErrors ? thrown.errors : [thrown as KitError];
    return errors.map(({ place, message }) => `${place?.line}: ${message}`);
  }
}

const whole = `
name: demo
networks:
  lan: {subnet: 10.90.0.0/24}
machines:
  db:
    manifest: db.yml
    count: 2
    memory: 512M
    networks: [lan]
    disks: [{name: kit-data, size: 4G}]
    publish: ["127.0.0.\${index}:5432:5432"]
    metadata: "\${name} \${address:lan} \${address:lan:db-2} \${addresses:lan:db} $\${x}"
    check: {service: db, command: [ready]}
  web: {image: out/web, backend: container}
`;

test('a file with every key', () => {
  const { name, file, networks, groups } = parseCluster(whole, 'cluster.yml', '/some/cluster.yml');
  expect([name, file, networks]).toEqual([
    'demo',
    '/some/cluster.yml',
    { lan: { network: '10.90.0.0', prefix: 24 } },
  ]);
  expect(groups[0]).toMatchObject({
    ...{ name: 'db', count: 2, backend: 'qemu', image: { manifest: '/some/db.yml' }, memoryMiB: 512 },
    disks: [{ serial: 'kit-data', sizeBytes: 4 * 2 ** 30 }],
  });
  expect(groups[1]).toMatchObject({ count: 1, backend: 'container', image: { built: '/some/out/web' } });
  const meanings = { cluster: 'demo', group: 'db', name: 'demo-db-1', index: 1 };
  const addresses = { lan: { 'db-1': '10.90.0.2', 'db-2': '10.90.0.3' } };
  expect(fillPlaceholders(groups[0]?.metadata ?? '', { ...meanings, addresses })).toBe(
    'demo-db-1 10.90.0.2 10.90.0.3 10.90.0.2,10.90.0.3 ${x}',
  );
  expect(schema(parse(whole))).toBe(true);
});

test('the example', () => {
  const text = readFileSync(join(kitRoot, 'examples/etcd/cluster.yml'), 'utf8');
  const { groups } = parseCluster(text, 'cluster.yml', join(kitRoot, 'examples/etcd/cluster.yml'));
  expect(groups.map(({ count, image }) => [count, image])).toEqual([
    [3, { manifest: join(kitRoot, 'examples/etcd.yml') }],
  ]);
  expect(schema(parse(text))).toBe(true);
});

const group = (text: string): string =>
  `name: a\nnetworks: {lan: {subnet: 10.9.0.0/28}}\nmachines:\n  m: ${text}`;

describe('mistakes are named with their line', () => {
  test.each([
    ['', '1: the cluster must be a map, not nothing'],
    ['name: a', '1: the cluster has no "machines"'],
    [
      'name: A\nmachines: {m: {image: x}}',
      '1: name must be a name of at most 32 small letters, digits and dashes, not "A"',
    ],
    ['name: a\nmachines: {}', '2: machines has no group'],
    [group('{image: x, cuont: 3}'), '4: unknown key "cuont" in machines.m (did you mean "count"?)'],
    [group('{count: 3}'), '4: machines.m needs one of "manifest", "image"'],
    [
      group('{image: x, manifest: y.yml}'),
      '4: machines.m has "manifest" and "image": only one of them is allowed',
    ],
    [group('{image: x, count: 0}'), '4: machines.m.count must be an integer from 1 to 200, not the number 0'],
    [group('{image: x, backend: vm}'), '4: machines.m.backend must be one of "qemu", "container", not "vm"'],
    [group('{manifest: out/web}'), '4: "out/web" is no manifest: use "image" for what is built'],
    [group('{image: x, networks: [lna]}'), '4: there is no network "lna" (did you mean "lan"?)'],
    [group('{image: x, networks: [lan, lan]}'), '4: "lan" is there twice'],
    [group('{image: x, count: 14, networks: [lan]}'), '2: "10.9.0.0/28" has room for 13 machines, not 14'],
    [
      group('{image: x, publish: [80]}'),
      '4: machines.m.publish[0] must be a string, not the number 80 (put it in quotes: "80")',
    ],
    [group('{image: x, publish: ["80"]}'), '4: Cannot publish "80": expected [ADDRESS:]HOST:GUEST[/tcp|udp]'],
    [
      group('{image: x, count: 2, publish: ["80:80"]}'),
      '4: "127.0.0.1:80/tcp" is published by m-1 already: use a placeholder, such as "127.0.0.${index}:8080:80"',
    ],
    [
      group('{image: x, memory: 1}'),
      '4: machines.m.memory must be an integer from 64 to 4194304 or a size such as "512M" or "2G", not the number 1',
    ],
    [
      group('{image: x, disks: [{name: a, size: 1G}, {name: a, size: 1G}]}'),
      '4: name "a" is already used by disks[0]',
    ],
    [
      group('{image: x, metadata: "${adress:lan}"}'),
      /^4: Cannot read the placeholder "\$\{adress:lan\}": expected "cluster"/,
    ],
    [
      group('{image: x, metadata: "${address:lan}"}'),
      '4: Cannot read the placeholder "${address:lan}": the machine is not in network "lan"',
    ],
    [
      group('{image: x, networks: [lan], metadata: "${address:lan:m-2}"}'),
      '4: Cannot read the placeholder "${address:lan:m-2}": no machine "m-2" is in network "lan"',
    ],
    [group('{image: x, metadata: "${name"}'), '4: Cannot read the placeholder "${name": it has no "}"'],
    ['name: a\nmachines: {M: {image: x}}', '2: "M" is no name: at most 32 small letters, digits and dashes'],
    [
      `name: ${'a'.repeat(32)}\nmachines: {${'b'.repeat(32)}: {image: x}}`,
      /^2: the name "a+.*" has more than 63 characters$/,
    ],
    [
      'name: a\nnetworks: {lan: {subnet: 10.0.2.0/24}}\nmachines: {m: {image: x}}',
      '2: Cannot use subnet "10.0.2.0/24": each machine has 10.0.2.0/24 already',
    ],
    [
      'name: a\nnetworks: {lan: {subnet: 10.9.0.5/24}}\nmachines: {m: {image: x}}',
      '2: Cannot use subnet "10.9.0.5/24": did you mean "10.9.0.0/24"?',
    ],
    [
      'name: a\nnetworks: {a: {subnet: 10.9.0.0/24}, b: {subnet: 10.9.0.128/25}}\nmachines: {m: {image: x}}',
      '2: "10.9.0.128/25" has addresses of network "a"',
    ],
  ] as const)('%j', (text, message) => {
    const found = mistakes(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});
