import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { planFiles } from '../../../lib/metadata/plan.ts';
import { cleanFacts } from '../cloud/facts.ts';
import { keyPaths, parseAws } from './aws.ts';
import { parseAzure } from './azure.ts';
import { parseGoalState } from './azure-fabric.ts';
import { parseDigitalOcean } from './digitalocean.ts';
import { parseEquinixMetal } from './equinixmetal.ts';
import { parseGcp } from './gcp.ts';
import { parseHetzner } from './hetzner.ts';
import { parseSeed } from './nocloud.ts';
import { parseOpenStack } from './openstack.ts';
import { parseOracle } from './oracle.ts';
import { parseScaleway } from './scaleway.ts';
import { parseVultr } from './vultr.ts';

const recorded = (name: string): string => readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8');
const now = Date.parse('2026-01-31T00:00:00Z');

describe('Amazon', () => {
  test('keys are numbered; their names are not used', () => {
    expect(keyPaths('0=me\n1=../../user-data\nx=y\n2\n0=again')).toEqual([
      'meta-data/public-keys/0/openssh-key',
      'meta-data/public-keys/1/openssh-key',
    ]);
  });

  test('of several host names the first counts', () => {
    const { hostname, userdata, facts } = parseAws(
      { 'meta-data/hostname': 'ip-10-0-0-1.ec2.internal other.example', 'meta-data/local-ipv4': '10.0.0.1' },
      Buffer.of(),
    );
    expect([hostname, userdata]).toEqual(['ip-10-0-0-1.ec2.internal', undefined]);
    expect(facts).toMatchObject({ local_ipv4: '10.0.0.1', public_ipv4: undefined });
  });
});

describe('Google', () => {
  test('an instance, with keys of its own and of its project that have not expired', () => {
    expect(parseGcp(recorded('gcp.json'), now)).toEqual({
      userdata: Buffer.from('#cloud-config\n'),
      instanceId: '5241678932568723457',
      hostname: 'vm-1.europe-west1-b.c.example-project.internal',
      sshKeys: [
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example',
        'ssh-rsa AAAAB3New new',
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5OPS ops@example',
      ],
      facts: {
        public_ipv4: '203.0.113.7',
        local_ipv4: '10.132.0.7',
        local_hostname: 'vm-1.europe-west1-b.c.example-project.internal',
        availability_zone: 'europe-west1-b',
        instance_type: 'e2-small',
      },
      notes: ['not obeyed: attributes of Google: startup-script'],
    });
  });

  test.each([
    ['a blocked project', { 'block-project-ssh-keys': 'TRUE', 'ssh-keys': 'a:ssh-rsa OWN' }, ['ssh-rsa OWN']],
    ['old keys of the instance', { sshKeys: 'a:ssh-rsa OLD' }, ['ssh-rsa OLD']],
    ['no key of its own', {}, ['ssh-rsa PROJECT']],
    [
      'a key that expires at no time',
      { 'block-project-ssh-keys': 'true', 'ssh-keys': 'a:ssh-rsa X x google-ssh {"expireOn":"soon"}' },
      [],
    ],
  ])('%s', (_case, attributes, keys) => {
    const text = JSON.stringify({
      instance: { attributes },
      project: { attributes: { 'ssh-keys': 'b:ssh-rsa PROJECT' } },
    });
    expect(parseGcp(text, now).sshKeys).toEqual(keys);
  });
});

describe('Azure', () => {
  test('an instance; a key that is broken into lines is one key', () => {
    const metadata = parseAzure(recorded('azure.json'));
    expect(metadata).toMatchObject({
      userdata: Buffer.from('#cloud-config\n'),
      instanceId: '02aab8a4-74ef-476e-8182-f6d2ba4166a6',
      hostname: 'examplevmname',
      facts: { availability_zone: 'westus-1', instance_type: 'Standard_A3', public_ipv4: '203.0.113.9' },
    });
    const { files } = planFiles('Azure', metadata);
    expect(files.find(({ path }) => path === 'ssh/authorized_keys')?.content.toString()).toMatch(
      /^ssh-rsa \S+ user0\nssh-rsa \S+\n$/,
    );
  });

  test('user data that is not base64 is named', () => {
    expect(parseAzure('{"compute": {"userData": "%%"}}').problems).toEqual([
      'Cannot read the user data of Azure: it is not base64',
    ]);
  });
});

test('OpenStack has what its config drive has', () => {
  const metaData = Buffer.from(recorded('openstack.json'));
  const vendorData = Buffer.from('{"cloud-init": "#cloud-config\\n"}');
  expect(parseOpenStack({ metaData, vendorData, userData: undefined, facts: {} })).toEqual({
    userdata: undefined,
    vendordata: Buffer.from('#cloud-config\n'),
    hostname: 'test.novalocal',
    instanceId: 'd8e02d56-2648-49a3-bf97-6be8f1204f38',
    sshKeys: [...Array(2)].map(() => 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example\n'),
    facts: {},
    notes: [],
  });
});

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example';
const given = Buffer.from('#cloud-config\n');

test.each<[string, Metadata, object]>([
  [
    'DigitalOcean',
    parseDigitalOcean(recorded('digitalocean.json')),
    { hostname: 'sample-droplet', instanceId: '2756294', userdata: given },
  ],
  ['Hetzner', parseHetzner(recorded('hetzner.yaml'), given), { hostname: 'my-server', instanceId: '42' }],
  ['Scaleway', parseScaleway(recorded('scaleway.json'), given), { hostname: 'scw-web', userdata: given }],
  [
    'Vultr',
    parseVultr(recorded('vultr.json'), Buffer.of()),
    { hostname: 'vultr-guest', userdata: undefined },
  ],
  ['Oracle', parseOracle(recorded('oracle.json')), { hostname: 'my-hostname', userdata: given }],
  [
    'Equinix Metal',
    parseEquinixMetal(recorded('equinixmetal.json'), Buffer.from('#!ipxe\nboot\n')),
    {
      ...{ hostname: 'web.example.org', userdata: undefined },
      facts: {
        ...{ public_ipv4: '203.0.113.14', local_ipv4: '10.12.40.3' },
        ...{ availability_zone: 'am6', instance_type: 'c3.small.x86' },
      },
    },
  ],
])('what is recorded of %s', (_cloud, metadata, expected) => {
  expect(metadata).toMatchObject(expected);
  expect(metadata.sshKeys[0]?.split('\n')[0]).toBe(key);
});

test('vendor data of Hetzner and DigitalOcean counts', () => {
  expect(parseHetzner(recorded('hetzner.yaml'), undefined).vendordata?.toString()).toMatch(
    /^#cloud-config\n/,
  );
  expect(parseDigitalOcean(recorded('digitalocean.json')).vendordata?.toString()).toMatch(/^#cloud-config\n/);
});

test('a seed has the name and id of the serial number unless its meta-data says otherwise', () => {
  const place = { url: new URL('https://a.example/'), hostname: 'serial', instanceId: 'i-1' };
  expect(parseSeed(place, Buffer.from('local-hostname: seed\n'), given, undefined)).toMatchObject({
    ...{ hostname: 'seed', instanceId: 'i-1', userdata: given },
  });
  expect(parseSeed(place, undefined, given, undefined)).toMatchObject({ hostname: 'serial', sshKeys: [] });
});

test('a goal state of Azure without one of its ids, or with markup in one, is refused', () => {
  const state = '<Incarnation>1</Incarnation><ContainerId>c</ContainerId><InstanceId>i</InstanceId>';
  expect(parseGoalState(state)).toEqual({ incarnation: '1', containerId: 'c', instanceId: 'i' });
  expect(() => parseGoalState(state.replace('>c<', '><a/><'))).toThrow('has no "ContainerId"');
});

test.each<[string, (text: string) => Metadata]>([
  ['Google', (text) => parseGcp(text, now)],
  ['Azure', parseAzure],
  ['DigitalOcean', parseDigitalOcean],
  ['Scaleway', (text) => parseScaleway(text, undefined)],
  ['Vultr', (text) => parseVultr(text, undefined)],
  ['Oracle', parseOracle],
  ['Equinix Metal', (text) => parseEquinixMetal(text, undefined)],
])('what is not the metadata of %s is refused in one sentence', (cloud, parse) => {
  for (const text of ['', '{', '[]', '"x"', 'null', '{"other": 1}', `${'['.repeat(1000)}${']'.repeat(1000)}`])
    expect(() => parse(text), text).toThrow(new RegExp(`^Cannot read the metadata of ${cloud}: [^\n]+$`));
});

test('facts that are no line, or no address where they should be one, are left out', () => {
  expect(
    cleanFacts({
      public_ipv4: '10.0.0.1; rm',
      local_ipv4: ' 10.0.0.2\n',
      instance_type: 'a\nb',
      region: 'r',
    }),
  ).toEqual({ local_ipv4: '10.0.0.2', region: 'r' });
});
