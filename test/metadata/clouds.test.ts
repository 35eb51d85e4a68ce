import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoVolume } from '../../build/binary/iso9660/iso-volume.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { cloudNames, type MetadataTrust } from '../../lib/bundle/metadata.ts';
import { scratch } from '../support/machine.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { CloudWorld, patient } from './cloud-world.ts';
import { type FakeName, fakeClouds, fakeNames } from './fake-clouds.ts';
import { faults } from './faults.ts';
import type { Told } from './machine-program.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example';
const userData = '#cloud-config\nwrite_files: [{path: /run/config/app, content: hello}]\n';
const machine = { key, hostname: 'web', userData };

/** Files below /run/config that a cloud adds to those of every cloud. */
const facts: Readonly<Record<FakeName, Readonly<Record<string, string>>>> = {
  aws: {
    provider: 'AWS',
    instance_id: 'i-0abcdef1234567890',
    public_ipv4: '203.0.113.5',
    local_ipv4: '10.0.2.15',
    local_hostname: 'web',
    availability_zone: 'eu-central-1a',
    instance_type: 't3.micro',
  },
  gcp: {
    provider: 'GCP',
    instance_id: '5241678932568723457',
    public_ipv4: '203.0.113.7',
    local_ipv4: '10.132.0.7',
    local_hostname: 'web',
    availability_zone: 'europe-west1-b',
    instance_type: 'e2-small',
  },
  azure: {
    provider: 'Azure',
    instance_id: '02aab8a4-74ef-476e-8182-f6d2ba4166a6',
    public_ipv4: '203.0.113.9',
    local_ipv4: '10.144.133.132',
    local_hostname: 'web',
    availability_zone: 'westus-1',
    instance_type: 'Standard_A3',
  },
  openstack: {
    provider: 'openstack',
    instance_id: 'd8e02d56-2648-49a3-bf97-6be8f1204f38',
    local_ipv4: '10.0.2.15',
    local_hostname: 'web',
    availability_zone: 'nova',
    instance_type: 'm1.small',
  },
  digitalocean: {
    provider: 'DigitalOcean',
    instance_id: '2756294',
    public_ipv4: '203.0.113.10',
    local_ipv4: '10.132.255.113',
    availability_zone: 'nyc3',
    ...{ private_ipv4: '10.132.255.113', region: 'nyc3', id: '2756294' },
  },
  hetzner: {
    provider: 'Hetzner',
    instance_id: '42',
    public_ipv4: '203.0.113.11',
    local_ipv4: '10.0.0.2',
    availability_zone: 'fsn1-dc14',
    region: 'eu-central',
  },
  scaleway: {
    provider: 'Scaleway',
    instance_id: '0b3ff3ea-2c5c-4b0d-8a37-a4d2b8e5b9ff',
    public_ipv4: '203.0.113.12',
    local_ipv4: '10.64.12.31',
    availability_zone: 'fr-par-1',
    instance_type: 'DEV1-S',
    ...{ public_ip: '203.0.113.12', private_ip: '10.64.12.31', instance_location: 'fr-par-1' },
  },
  vultr: {
    provider: 'Vultr',
    instance_id: '36e9cf60-5d93-4e31-8ebf-613b3d2874fb',
    public_ipv4: '203.0.113.13',
    local_ipv4: '10.99.0.13',
    availability_zone: 'EWR',
    region: 'EWR',
  },
  oracle: {
    provider: 'Oracle',
    instance_id: 'ocid1.instance.oc1.phx.exampleuniqueID',
    local_ipv4: '10.0.3.6',
    local_hostname: 'web',
    availability_zone: 'EMIr:PHX-AD-1',
    instance_type: 'VM.Standard.E3.Flex',
    region: 'us-phoenix-1',
  },
  'nocloud-http': { provider: 'NoCloud', instance_id: 'i-1' },
};

/** Of a manifest that names them all: without it, plain HTTP does not count. */
const trustOf = (name: string): MetadataTrust => ({ providers: cloudNames.filter((each) => each === name) });

/** Enough for what is wrong to show. */
const hasty = { contactMs: 60_000, totalMs: 400, totalBytes: 1 << 22 };
const offline = { contactMs: 300, totalMs: 60_000, totalBytes: 1 << 22 };

describe('metadata services of clouds', { ...needsRoot('network namespaces'), timeout: 300_000 }, () => {
  let world: CloudWorld;
  let folder: Awaited<ReturnType<typeof scratch>> | undefined;
  beforeAll(async () => {
    world = await CloudWorld.make(await testTools());
  }, 300_000);
  afterAll(async () => {
    await world.end();
    await folder?.[Symbol.asyncDispose]();
  });

  /** The path of a new disc with one file. */
  async function isoWith(path: string, content: string): Promise<string> {
    folder ??= await scratch();
    const disc = join(await mkdtemp(join(folder.dir, 'd-')), 'disc.iso');
    const walk = function* (): Generator<TarEntry> {
      const parents = path.split('/').slice(0, -1);
      for (const depth of parents.keys())
        yield tarEntry({ path: parents.slice(0, depth + 1).join('/'), type: 'directory' });
      yield textEntry(path, content);
    };
    const volume = await isoVolume({ volumeId: 'DISC', id: '00000000', walk });
    await writePieces(disc, volume, new AbortController().signal);
    return disc;
  }

  test.each(fakeNames)('%s is recognised, asked, and its answers are written', async (name) => {
    await world.cloud({ name, machine });
    const told = await world.ask({
      ...{ names: [], trust: trustOf(name), limits: patient },
      hardware: fakeClouds[name].hardware,
    });
    expect(told).toMatchObject({ ok: true });
    expect(told.files).toEqual({
      ...facts[name],
      ...{ hostname: 'web', userdata: userData, app: 'hello', 'ssh/authorized_keys': `${key}\n` },
    });
    expect(told.lines).toHaveLength(1);
  });

  test.each(fakeNames)('%s without user data and with an empty key gives its name', async (name) => {
    await world.cloud({ name, machine: { key: '', hostname: 'web' } });
    const told = await world.ask({
      ...{ names: [name], trust: trustOf(name), limits: patient },
      hardware: fakeClouds[name].hardware,
    });
    expect(told).toMatchObject({ ok: true, files: { hostname: 'web', provider: facts[name].provider } });
    expect(Object.keys(told.files)).not.toContain('userdata');
  });

  test.each(fakeNames)('%s, whatever it does wrong, costs one sentence and gives no key', async (name) => {
    for (const fault of Object.keys(faults)) {
      await world.cloud({ name, machine, fault });
      const told = await world.ask({
        ...{ names: [name], trust: trustOf(name), hardware: fakeClouds[name].hardware },
        limits: fault === 'redirect for ever' ? patient : hasty,
      });
      expect(told, fault).toEqual({
        ok: false,
        files: {},
        lines: [
          expect.stringMatching(new RegExp(`^no metadata from ${name}: Cannot [ -~]{20,200}$`)),
          `Cannot read the metadata of the cloud that this machine is in, ${name}`,
          'no metadata found',
        ],
      });
    }
  });

  test('a cloud that does not look like one is asked only when it is named, and its silence is no fault', async () => {
    await world.cloud({ name: 'gcp', machine });
    const ask = (...names: readonly string[]): Promise<Told> => world.ask({ names, limits: patient });
    expect(await ask('clouds')).toEqual({ ok: true, lines: ['no metadata found'], files: {} });
    expect(await ask('aws', 'openstack', 'gcp')).toMatchObject({
      ok: true,
      files: { provider: 'GCP' },
      lines: [
        'no metadata from aws: Cannot get a token of the metadata service: the service is turned off',
        'no metadata from openstack: Cannot get "http://169.254.169.254/openstack/latest/meta_data.json": status 403',
        expect.stringMatching(/^metadata from GCP: /),
      ],
    });
  });

  test('what the manifest does not trust is not asked', async () => {
    await world.cloud({ name: 'aws', machine });
    const hardware = fakeClouds.aws.hardware;
    const ask = (trust: MetadataTrust): Promise<Told> =>
      world.ask({ names: ['clouds'], hardware, trust, limits: patient });
    expect(await ask({ providers: [], untold: true })).toEqual({
      ok: true,
      files: {},
      lines: [
        'not asked: the metadata service of aws: an image built with --production trusts no metadata unless ' +
          'its manifest has metadata: {trust: [aws]}',
        'no metadata found',
      ],
    });
    expect(await ask({ providers: ['gcp', 'cdrom'] })).toMatchObject({ files: {} });
    expect(await ask({ providers: ['aws'], signedBy: ['x'] })).toMatchObject({ files: {} });
    expect(await ask({ providers: ['aws'] })).toMatchObject({ ok: true, files: { provider: 'AWS' } });
  });

  test('a seed over plain HTTP is not asked unless the manifest names it', async () => {
    await world.cloud({ name: 'nocloud-http', machine });
    const { hardware } = fakeClouds['nocloud-http'];
    const told = await world.ask({ names: ['clouds'], hardware, limits: patient });
    expect(told).toMatchObject({ ok: true, files: {} });
    expect(told.lines[0]).toMatch(/^not asked: the metadata service of nocloud-http: whoever is on the way/);
  });

  test('Azure is told that the machine is ready; a fabric that does not listen is named', async () => {
    await world.cloud({ name: 'azure', machine });
    const ask = (): Promise<Told> => world.ask({ names: ['azure'], limits: offline });
    expect(await ask()).toMatchObject({ ok: true });
    await world.ip('server', 'addr del 168.63.129.16/32 dev srv');
    const told = await ask();
    await world.ip('server', 'addr add 168.63.129.16/32 dev srv');
    expect(told).toMatchObject({ ok: false, files: { hostname: 'web' } });
    expect(told.lines.at(-1)).toMatch(/^Cannot get "http:\/\/168.63.129.16\/machine\/": no answer within/);
  });

  test("Azure's disc adds its custom data, and stands in for a service that is silent", async () => {
    const shape = 'lib/metadata/ovf/testdata/azure.xml';
    const disc = await isoWith('ovf-env.xml', await readFile(join(kitRoot, shape), 'utf8'));
    await world.cloud({ name: 'azure', machine });
    const question = { names: ['azure'], hardware: fakeClouds.azure.hardware, disc, limits: offline };
    const userdata = '#cloud-config\ntimezone: UTC\n';
    const both = await world.ask(question);
    expect(both).toMatchObject({
      ok: true,
      files: {
        userdata,
        hostname: 'web',
        instance_id: facts.azure.instance_id,
        'ssh/authorized_keys': `${key}\n`,
      },
    });
    expect(both.lines.join()).toContain('not obeyed: a password of Azure');
    await world.ip('server', 'addr del 169.254.169.254/32 dev srv');
    const silent = await world.ask(question);
    await world.ip('server', 'addr add 169.254.169.254/32 dev srv');
    // The report has gone to the other address.
    expect(silent).toMatchObject({
      ok: true,
      files: { userdata, hostname: 'web', provider: 'Azure', 'ssh/authorized_keys': `${key}\n` },
    });
    const damaged = await world.ask({ ...question, disc: await isoWith('ovf-env.xml', '<Environment>') });
    expect(damaged).toMatchObject({ ok: false, files: { userdata: userData } });
    expect(damaged.lines.at(-1)).toBe('Cannot read ovf-env.xml: it is no whole XML document');
    const untrusted = await world.ask({ ...question, trust: { providers: ['azure'] } });
    expect(untrusted).toMatchObject({ ok: true, files: { userdata: userData } });
    expect(untrusted.lines[0]).toMatch(/^refused the data volume ".*": "cdrom" is not in metadata.trust/);
  });

  test('where a data volume tells what a silent service should, the silence is no fault', async () => {
    await world.cloud({ name: 'openstack', machine, fault: 'forbidden' });
    const metaData = { uuid: 'u-1', hostname: 'drive', public_keys: { mine: key } };
    const drive = await isoWith('openstack/latest/meta_data.json', JSON.stringify(metaData));
    const told = await world.ask({
      ...{ names: ['clouds', `cdrom=${drive}`], hardware: fakeClouds.openstack.hardware, limits: patient },
    });
    expect(told).toMatchObject({ ok: true, files: { hostname: 'drive', 'ssh/authorized_keys': `${key}\n` } });
    expect(told.lines).toEqual([
      expect.stringMatching(/^no metadata from openstack: Cannot get .*: status 403$/),
      expect.stringMatching(/^metadata from CDROM: /),
    ]);
  });

  test('a service of version 1 of Amazon is asked only as aws=v1', async () => {
    await world.cloud({ name: 'aws-v1', machine });
    const ask = (name: string): Promise<Told> => world.ask({ names: [name], limits: patient });
    expect((await ask('aws')).lines[0]).toMatch(
      /status 404; a service of version 1 alone is asked as "aws=v1"$/,
    );
    expect(await ask('aws=v1')).toMatchObject({ ok: true, files: { hostname: 'web' } });
  });

  test('without a route nobody is waited for; where packets vanish, no longer than for a connection', async () => {
    const ask = (): Promise<Told> =>
      world.ask({ names: ['aws', 'gcp', 'azure', 'openstack'], limits: offline });
    await world.ip('client', 'route del default');
    const reasons = (await ask()).lines.map((line) => line.split(': ').at(-1));
    expect(new Set(reasons.slice(0, -1))).toEqual(new Set(['the machine has no network yet']));
    await world.ip('client', 'route add default via 10.0.2.77');
    await world.ip('client', 'neigh add 10.0.2.77 lladdr 02:00:00:00:00:01 dev eth0 nud permanent');
    expect(await ask()).toMatchObject({ ok: true, files: {} });
    for (const line of (await ask()).lines.slice(0, -1)) expect(line).toMatch(/no answer within 0.3 s$/);
  });
});
