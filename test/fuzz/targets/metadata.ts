import { gzipSync } from 'node:zlib';
import { parseMetadataNetwork } from '../../../lib/bundle/metadata-network.ts';
import { parseMetaData } from '../../../lib/metadata/meta-data.ts';
import { readNetworkConfig } from '../../../lib/metadata/network/read-network-config.ts';
import { documents } from '../../../lib/metadata/network/testdata/documents.ts';
import { parseOvfEnvironment } from '../../../lib/metadata/ovf/ovf-environment.ts';
import { planFiles } from '../../../lib/metadata/plan.ts';
import { readSshKeys } from '../../../lib/metadata/ssh-keys.ts';
import { renderJinja } from '../../../lib/metadata/user-data/jinja.ts';
import { mimeMessage, partsOfMultipart } from '../../../lib/metadata/user-data/mime.ts';
import { decodeTransfer } from '../../../lib/metadata/user-data/mime-transfer.ts';
import { unpackOnce } from '../../../lib/metadata/user-data/unpack.ts';
import { signatureFault } from '../../../services/metadata/trust/signature.ts';
import { ofOwner, ownerKey, userData } from '../../../services/metadata/trust/testdata/signatures.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const ovf = (content: string): string =>
  `<?xml version="1.0"?><n:Environment xmlns:n="http://schemas.dmtf.org/ovf/environment/1">${content}</n:Environment>`;

const cloudConfig = `#cloud-config
hostname: web
ssh_authorized_keys: [ssh-ed25519 AAAA me]
users: [{name: a, ssh_authorized_keys: ssh-ed25519 BBBB}]
write_files:
  - {path: /run/config/a, content: !!binary aGVsbG8=, permissions: '0644', append: true}
  - {path: /run/config/b, content: H4sIAAAAAAAA, encoding: gz+b64}
ntp: {servers: [a.example, 10.0.0.1], pools: [b]}
timezone: Europe/Berlin
growpart: {devices: [/, /dev/vdb1]}
runcmd: [ls]
`;

const multipart = `Content-Type: multipart/mixed; boundary="==X=="
MIME-Version: 1.0

--==X==
Content-Type: text/cloud-config; charset="utf-8"
Content-Transfer-Encoding: base64

I2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogYQo=
--==X==
Content-Type: text/x-shellscript

#!/bin/sh
--==X==--
`;

export const ovfEnvironment: Target = {
  reads: ['lib/metadata/ovf/ovf-environment.ts#parseOvfEnvironment', 'lib/metadata/ovf/xml.ts#parseXml'],
  seeds: () =>
    texts(
      ovf(
        '<PropertySection><Property n:key="user-data" n:value="e30="/><Property n:key="password" n:value="not-for-logs"/></PropertySection>',
      ),
      ovf(
        '<w:ProvisioningSection><w:LinuxProvisioningConfigurationSet><w:HostName>a&#98;</w:HostName><UserPassword>' +
          'not-for-logs</UserPassword><CustomData>e30=</CustomData><SSH><PublicKeys><PublicKey><Value>ssh-rsa A' +
          '</Value></PublicKey></PublicKeys></SSH></w:LinuxProvisioningConfigurationSet></w:ProvisioningSection>',
      ),
    ),
  words: [
    '<Property key="',
    '" value="',
    '"/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&#x',
    ';',
    '&amp;',
    '</',
  ],
  run: (bytes) => {
    const read = attempt(() => parseOvfEnvironment(bytes));
    for (const line of [...(read?.notes ?? []), ...(read?.problems ?? [])])
      check(!line.includes('not-for-logs'), 'a password is no part of a message');
    if (read) planFiles('OVF', read);
  },
};

export const metadataPlan: Target = {
  reads: [
    'lib/metadata/user-data/read-user-data.ts#readUserData',
    'lib/metadata/cloud-config/cloud-config.ts#readCloudConfig',
    'lib/metadata/user-data/entries.ts#readEntries',
    'lib/metadata/cloud-config/ntp.ts#readNtp',
    'lib/metadata/cloud-config/ntp.ts#readTimezone',
    'lib/metadata/cloud-config/users.ts#readUsers',
    'lib/metadata/cloud-config/write-files.ts#readWriteFiles',
    'lib/metadata/yaml.ts#parseYaml',
    'lib/metadata/yaml.ts#decodeBase64',
    'lib/metadata/user-data/unpack.ts#decodeText',
  ],
  seeds: () => [
    ...texts(
      cloudConfig,
      multipart,
      '## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}\n',
    ),
    ...texts('{"ssh": {"perm": "0700", "entries": {"authorized_keys": {"perm": "0600", "content": "x"}}}}'),
    ...texts('#cloud-config\nhostname: {content: { v1.local_hostname }}\n? b\n'),
    ...texts('#cloud-config-archive\n- {type: text/cloud-config, content: "hostname: a"}\n- "#!/bin/sh"\n'),
    gzipSync(cloudConfig),
  ],
  words: [
    ...[
      '#cloud-config\n',
      'write_files:\n',
      '- path: /run/config/',
      '../',
      'content: ',
      'encoding: ',
      'gz+b64',
    ],
    ...['!!binary ', '&a ', '*a', '<<: *a', 'entries', '"perm"', '#include\n', '--==X==\n', 'Content-Type: '],
    ...['merge_how: ', '#cloud-config-archive\n', '{{ v1.instance_id }}', 'append: true\n', 'base64'],
    ...['ntp: ', 'servers: ', 'timezone: ', 'growpart: '],
  ],
  run: (bytes) => {
    const { files, folders, problems, notes } = planFiles('CDROM', {
      ...{ userdata: bytes, vendordata: bytes, sshKeys: [], hostname: 'a', instanceId: 'i' },
    });
    for (const { path } of [...files, ...folders])
      check(isBelow(path), `a path stays in its folder: ${path}`);
    for (const line of [...problems, ...notes])
      check(line.length < 5000, 'a message is one that can be read');
  },
};

export const networkConfig: Target = {
  reads: [
    'lib/metadata/network/read-network-config.ts#readNetworkConfig',
    'lib/metadata/network/netplan.ts#readNetplan',
    'lib/metadata/network/version1.ts#readVersion1',
    'lib/metadata/network/network-data.ts#readNetworkData',
  ],
  seeds: () => texts(...Object.values(documents).map(({ text }) => text)),
  words: [
    ...['version: 1\n', 'version: 2\n', 'ethernets:\n', 'vlans:\n', 'config:\n', 'addresses: ', 'routes: '],
    ...[
      '"links": [',
      '"networks": [',
      '10.0.0.1/8',
      'fd00::1/64',
      '255.255.255.0',
      'link: ',
      'id: ',
      '&a ',
      '*a',
    ],
  ],
  run: (bytes) => {
    for (const form of ['network-config', 'network_data.json'] as const) {
      const { network, problems, notes } = readNetworkConfig({ form, content: bytes });
      for (const line of [...problems, ...notes])
        check(line.length < 5000, 'a message is one that can be read');
      // Init throws on what it does not take: what is written for it is always taken.
      if (network) parseMetadataNetwork(JSON.stringify(network));
    }
  },
};

export const metadataNetwork: Target = {
  reads: ['lib/bundle/metadata-network.ts#parseMetadataNetwork'],
  seeds: () =>
    Object.values(documents).map(({ text, form = 'network-config' }) =>
      Buffer.from(JSON.stringify(readNetworkConfig({ form, content: Buffer.from(text) }).network)),
    ),
  words: [
    '"match":',
    '"mac":',
    '"vlan":',
    '"gateway":',
    '"prefix":',
    '"metric":',
    '"dns":',
    '-1',
    '1e9',
    'null',
  ],
  run: (bytes) => {
    const network = attempt(() => parseMetadataNetwork(bytes.toString()));
    for (const { match } of network?.interfaces ?? [])
      check(!/[/\s]/.test(match?.name ?? ''), 'a name of an interface');
  },
};

const isBelow = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export const metaData: Target = {
  reads: ['lib/metadata/meta-data.ts#parseMetaData'],
  seeds: () =>
    texts(
      'instance-id: i-1\nlocal-hostname: web\npublic-keys: {a: {openssh-key: ssh-ed25519 AAAA}}\n',
      '{"uuid": "u", "hostname": "h", "public_keys": {"k": "ssh-rsa AAAA"}, "keys": [{"data": "x"}]}',
    ),
  words: ['public-keys:', 'local-hostname: ', 'instance-id: ', '&a ', '*a', '[', '{', '!!binary '],
  run: (bytes) => {
    const found = attempt(() => parseMetaData(bytes));
    for (const key of found?.sshKeys ?? []) check(typeof key === 'string', 'keys are texts');
  },
};

export const sshKeyLines: Target = {
  reads: ['lib/metadata/ssh-keys.ts#readSshKeys'],
  seeds: () =>
    texts('ssh-ed25519 AAAA me\n', 'restrict,command="a b" ssh-rsa AAAA', '-----BEGIN CERTIFICATE-----'),
  words: ['ssh-ed25519 ', 'command="', '\r\n', '\0', ' AAAA'],
  run: (bytes) => {
    const { text } = readSshKeys(bytes.toString('latin1').split('|'));
    check(!/[\0\r]/.test(text), 'one key a line');
  },
};

export const metadataSignature: Target = {
  reads: ['services/metadata/trust/signature.ts#signatureFault'],
  seeds: () => texts(ofOwner),
  words: ['-----BEGIN SSH SIGNATURE-----\n', '-----END SSH SIGNATURE-----', 'U1NIU0lH'],
  run: (bytes) => {
    const isOwners = bytes.toString('latin1').replace(/\s/g, '').includes(ofOwner.replace(/\s/g, ''));
    const fault = signatureFault(Buffer.from(`${userData}#`), bytes, [ownerKey]);
    check(fault !== undefined, 'no signature is one of other content');
    if (isOwners) check(typeof fault === 'string', 'with a reason');
  },
};

export const mime: Target = {
  reads: [
    'lib/metadata/user-data/mime.ts#mimeMessage',
    'lib/metadata/user-data/mime.ts#partsOfMultipart',
    'lib/metadata/user-data/mime-transfer.ts#decodeTransfer',
  ],
  seeds: () => texts(multipart),
  words: [
    '--==X==\n',
    '--==X==--\n',
    'Content-Type: ',
    'boundary=',
    'quoted-printable',
    '=\n',
    '=3D',
    '\n\n',
  ],
  run: (bytes) => {
    const message = mimeMessage(bytes);
    if (!message) return;
    for (const { body, transfer } of attempt(() => partsOfMultipart(message)) ?? [])
      if (transfer !== undefined) attempt(() => decodeTransfer(body, transfer));
  },
};

export const jinja: Target = {
  reads: ['lib/metadata/user-data/jinja.ts#renderJinja'],
  seeds: () => texts('## template: jinja\nhostname: {{ v1.local_hostname }}\n'),
  words: ['{{', '}}', '{%', '{#', ' v1.', 'instance_id', '-', '__proto__', 'constructor'],
  run: (bytes) => {
    const text = attempt(() => renderJinja(bytes.toString(), { hostname: 'a', instanceId: 'i' }));
    check(text === undefined || !/\{\{[^{}\n]*\}\}|\{[{%#]/.test(text), 'nothing stays as it is written');
  },
};

export const packedUserData: Target = {
  reads: ['lib/metadata/user-data/unpack.ts#unpackOnce', 'lib/metadata/user-data/unpack.ts#gunzip'],
  seeds: () => [gzipSync('hello'), Buffer.from(gzipSync('hello').toString('base64')), Buffer.from('hello')],
  words: ['\x1f\x8b\x08'],
  run: (bytes) => {
    attempt(() => unpackOnce(bytes));
  },
};
