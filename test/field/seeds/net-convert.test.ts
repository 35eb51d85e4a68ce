import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metadataReport } from '../../../build/metadata/metadata-report.ts';
import { metadataReportText } from '../../../build/metadata/report-text.ts';
import { documents } from '../../../lib/metadata/network/testdata/documents.ts';
import { type Seeds, seeds } from './seeds.ts';
import { cloudInitTools } from './tools.ts';

let here: Seeds;
beforeAll(async () => {
  here = await seeds(cloudInitTools);
}, 300_000);
afterAll(() => here[Symbol.dispose]());

/**
 * What cloud-init's translation leaves out (routes of no interface; name servers of none where no interface
 * has an address) or names otherwise.
 */
const differences: Readonly<Record<string, readonly [ours: string, theirs: string]>> = {
  'Proxmox VE, version 1, DHCP': ['\nname servers: 10.0.0.2', ''],
  "cloud-init's documentation of version 1: VLAN, global route": [', 192.168.24.0/24 via 192.168.23.5', ''],
  'OpenStack, network_data.json': ['vlan5, VLAN 5 on tap2', 'eth1.5, VLAN 5 on eth1'],
};

const older = Object.entries(documents).filter(
  ([, { text, form }]) => form === 'network_data.json' || /^\s*version: 1$/m.test(text),
);

/** cloud-init translates older forms into version 2: read from there, they must ask for the same. */
test.each(older)('%s', { timeout: 60_000 }, async (name, { text, form, asks }) => {
  const from = here.files({ document: text });
  // The names of the cards, which it takes from the machine otherwise.
  const macs = [...new Set(text.match(/(?:[\da-f]{2}:){5}[\da-f]{2}/gi))];
  await here.run(
    'python3',
    ...['-m', 'cloudinit.cmd.main', 'devel', 'net-convert', '-k', form ?? 'yaml', '-p', `${from}/document`],
    ...macs.flatMap((mac, index) => ['-m', `eth${index},${mac.toLowerCase()}`]),
    ...['-D', 'debian', '-O', 'netplan', '-d', `${from}/out`],
  );
  const converted = readFileSync(join(here.folder, from, 'out/etc/netplan/50-cloud-init.yaml'));
  const network = { form: 'network-config', content: converted } as const;
  const report = metadataReportText(metadataReport({ userdata: undefined, sshKeys: [], network }));
  const [, found = ''] = /^network, .*:\n((?: {2}.*\n)*)/m.exec(report) ?? [];
  const [ours, theirs] = differences[name] ?? ['', ''];
  expect(found.replace(/^ {2}/gm, '').trimEnd()).toBe(asks.join('\n').replace(ours, theirs));
});
