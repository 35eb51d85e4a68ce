import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isRoot, needs } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-metadata-network-'));
afterAll(() => rmSync(folder, { recursive: true }));

const works = (commands: string): boolean => spawnSync('unshare', ['-n', 'sh', '-c', commands]).status === 0;
const veth =
  'ip link add v0 address 52:54:00:00:00:05 type veth peer name v1 && ip link add v2 type veth peer name v3';
const able = isRoot && works(veth);
const vlans = able && works(`${veth} && ip link add link v0 name v0.7 type vlan id 7`);
const why = able && !vlans ? ' (except VLANs, which this kernel lacks)' : '';
const inNamespace = needs('root, for network namespaces, and ip(8) and veth', able);

/** The metadata program and init in one process, in a network namespace of its own. */
const code = `
  import { metadataOfSeed } from '${root('lib/metadata/seed/metadata-of-seed.ts')}';
  import { readSeed } from '${root('lib/metadata/seed/seed.ts')}';
  import { folderVolume } from '${root('build/metadata/folder-volume.ts')}';
  import { linuxSystem } from '${root('init/system/linux-system.ts')}';
  import { metadataNetworkAdopter } from '${root('init/host/network/metadata-network.ts')}';
  import { applyMetadata } from '${root('services/metadata/apply-metadata.ts')}';
  import { writeFileSync } from 'node:fs';
  const { FOLDER } = process.env;
  const seed = await readSeed(folderVolume(FOLDER));
  const probe = async () => metadataOfSeed(seed);
  const { lines } = await applyMetadata([{ name: 'CDROM', probe }], FOLDER + '/config');
  const files = {
    ...linuxSystem.files,
    has: () => true,
    read: () => undefined,
    readOfService: (path, limit) => linuxSystem.files.readOfService(FOLDER + path.replace('/run', ''), limit),
    write: (path, text) => writeFileSync(FOLDER + '/' + path.split('/').at(-1), text),
  };
  const system = { ...linuxSystem, files, ownsMachine: () => false };
  const log = (text) => console.error(text);
  const adopt = metadataNetworkAdopter({ system, console: { log, print: log }, ending: new AbortController().signal });
  console.log(JSON.stringify([...lines, ...(await adopt())]));`;

test(`a real kernel gets the network of a network-config${why}`, inNamespace, () => {
  writeFileSync(join(folder, 'user-data'), '#cloud-config\nhostname: web\n');
  writeFileSync(
    join(folder, 'network-config'),
    `version: 2
ethernets:
  lan:
    match: {macaddress: "52:54:00:00:00:05"}
    addresses: [10.0.2.20/24, "fd00::20/64"]
    gateway4: 10.0.2.2
    routes: [{to: 10.1.0.0/16, via: 10.0.2.3, metric: 50}]
    mtu: 1400
    nameservers: {addresses: [10.0.2.3], search: [lan.example]}
  v2: {dhcp4: true}
${vlans ? 'vlans: {lan.7: {id: 7, link: lan, addresses: [10.7.0.1/24]}}' : ''}
`,
  );
  const script = `${veth} && ip link set v1 up && "$NODE" --disable-warning=ExperimentalWarning --input-type=module -e "$CODE" && ip -j -d addr && ip -j route && cat "$FOLDER/resolv.conf"`;
  const env = {
    ...process.env,
    ...{ NODE: process.execPath, CODE: code, FOLDER: folder, KIT_METADATA_NETWORK: 'yes' },
  };
  const [said = '', links = '', routes = '', ...resolv] = execFileSync(
    'unshare',
    ['-n', 'sh', '-c', script],
    {
      encoding: 'utf8',
      env,
    },
  ).split('\n');
  expect(JSON.parse(said)).toEqual([
    'metadata from CDROM: hostname, userdata, network.json',
    'network of the metadata: v0 MTU 1400, 10.0.2.20/24, fd00::20/64, default via 10.0.2.2, 10.1.0.0/16 via 10.0.2.3' +
      `; v2 DHCP${vlans ? '; lan.7 10.7.0.1/24' : ''}`,
  ]);
  const link = (name: string) => JSON.parse(links).find(({ ifname }: { ifname: string }) => ifname === name);
  expect(link('v0')).toMatchObject({ mtu: 1400, ifalias: 'kit: fixed' });
  expect(link('v0').addr_info).toMatchObject([
    { local: '10.0.2.20', prefixlen: 24 },
    { local: 'fd00::20' },
    {},
  ]);
  expect(link('v2')).toMatchObject({ ifalias: 'kit: dhcp' });
  if (vlans) expect(link('lan.7')).toMatchObject({ link: 'v0', linkinfo: { info_data: { id: 7 } } });
  expect(JSON.parse(routes)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ dst: 'default', gateway: '10.0.2.2', dev: 'v0' }),
      expect.objectContaining({ dst: '10.1.0.0/16', gateway: '10.0.2.3', metric: 50 }),
    ]),
  );
  expect(resolv.join('\n')).toBe('search lan.example\nnameserver 10.0.2.3\n');
});

function root(path: string): string {
  return join(import.meta.dirname, '../..', path);
}
