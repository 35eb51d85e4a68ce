import { gzipSync } from 'node:zlib';
import { parseMetaData } from '../../../services/metadata/meta-data.ts';
import { planFiles } from '../../../services/metadata/plan.ts';
import { readSshKeys } from '../../../services/metadata/ssh-keys.ts';
import { signatureFault } from '../../../services/metadata/trust/signature.ts';
import { ofOwner, ownerKey, userData } from '../../../services/metadata/trust/testdata/signatures.ts';
import { renderJinja } from '../../../services/metadata/user-data/jinja.ts';
import { mimeMessage, partsOfMultipart } from '../../../services/metadata/user-data/mime.ts';
import { decodeTransfer } from '../../../services/metadata/user-data/mime-transfer.ts';
import { unpackOnce } from '../../../services/metadata/user-data/unpack.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const cloudConfig = `#cloud-config
hostname: web
ssh_authorized_keys: [ssh-ed25519 AAAA me]
users: [{name: a, ssh_authorized_keys: ssh-ed25519 BBBB}]
write_files:
  - {path: /run/config/a, content: !!binary aGVsbG8=, permissions: '0644', append: true}
  - {path: /run/config/b, content: H4sIAAAAAAAA, encoding: gz+b64}
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

export const metadataPlan: Target = {
  reads: [
    'services/metadata/user-data/read-user-data.ts#readUserData',
    'services/metadata/user-data/cloud-config.ts#readCloudConfig',
    'services/metadata/user-data/entries.ts#readEntries',
    'services/metadata/user-data/users.ts#readUsers',
    'services/metadata/user-data/write-files-key.ts#readWriteFiles',
    'services/metadata/yaml.ts#parseYaml',
    'services/metadata/yaml.ts#decodeBase64',
    'services/metadata/user-data/unpack.ts#decodeText',
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

const isBelow = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export const metaData: Target = {
  reads: ['services/metadata/meta-data.ts#parseMetaData'],
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
  reads: ['services/metadata/ssh-keys.ts#readSshKeys'],
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
    'services/metadata/user-data/mime.ts#mimeMessage',
    'services/metadata/user-data/mime.ts#partsOfMultipart',
    'services/metadata/user-data/mime-transfer.ts#decodeTransfer',
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
  reads: ['services/metadata/user-data/jinja.ts#renderJinja'],
  seeds: () => texts('## template: jinja\nhostname: {{ v1.local_hostname }}\n'),
  words: ['{{', '}}', '{%', '{#', ' v1.', 'instance_id', '-', '__proto__', 'constructor'],
  run: (bytes) => {
    const text = attempt(() => renderJinja(bytes.toString(), { hostname: 'a', instanceId: 'i' }));
    check(text === undefined || !/\{\{[^{}\n]*\}\}|\{[{%#]/.test(text), 'nothing stays as it is written');
  },
};

export const packedUserData: Target = {
  reads: ['services/metadata/user-data/unpack.ts#unpackOnce', 'services/metadata/user-data/unpack.ts#gunzip'],
  seeds: () => [gzipSync('hello'), Buffer.from(gzipSync('hello').toString('base64')), Buffer.from('hello')],
  words: ['\x1f\x8b\x08'],
  run: (bytes) => {
    attempt(() => unpackOnce(bytes));
  },
};
