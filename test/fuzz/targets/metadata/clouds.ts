import type { Metadata } from '../../../../lib/metadata/metadata.ts';
import { cleanFacts } from '../../../../services/metadata/cloud/facts.ts';
import { readHardware } from '../../../../services/metadata/cloud/hardware.ts';
import { recogniseClouds } from '../../../../services/metadata/cloud/recognise.ts';
import { parseSeedPlace } from '../../../../services/metadata/cloud/seed-place.ts';
import { keyPaths, parseAws } from '../../../../services/metadata/providers/aws.ts';
import { parseAzure } from '../../../../services/metadata/providers/azure.ts';
import { parseGoalState } from '../../../../services/metadata/providers/azure-fabric.ts';
import { parseDigitalOcean } from '../../../../services/metadata/providers/digitalocean.ts';
import { parseEquinixMetal } from '../../../../services/metadata/providers/equinixmetal.ts';
import { parseGcp } from '../../../../services/metadata/providers/gcp.ts';
import { parseHetzner } from '../../../../services/metadata/providers/hetzner.ts';
import { parseSeed } from '../../../../services/metadata/providers/nocloud.ts';
import { parseOpenStack } from '../../../../services/metadata/providers/openstack.ts';
import { parseOracle } from '../../../../services/metadata/providers/oracle.ts';
import { parseScaleway } from '../../../../services/metadata/providers/scaleway.ts';
import { parseGuestinfo } from '../../../../services/metadata/providers/vmware.ts';
import { parseVultr } from '../../../../services/metadata/providers/vultr.ts';
import { magic } from '../../../../services/metadata/vmware/backdoor.ts';
import { askHypervisor } from '../../../../services/metadata/vmware/guest-rpc.ts';
import { decodeGuestinfo, parseReply } from '../../../../services/metadata/vmware/guestinfo.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

const words = ['{"', '": ', '"}', '[', ']', '\\u0000', '\r\n', 'null', '1e400', '"__proto__": ', 'ssh-rsa A'];

/** Of any cloud: texts where texts belong, and facts that are lines. */
function checkMetadata(metadata: Metadata | undefined): void {
  for (const key of metadata?.sshKeys ?? []) check(typeof key === 'string', 'keys are texts');
  for (const line of [...(metadata?.problems ?? []), ...(metadata?.notes ?? [])])
    check(line.length < 3000 && !line.includes('\n'), 'a message is a line');
  for (const fact of Object.values(cleanFacts(metadata?.facts ?? {})))
    check(/^[ -~]{1,255}$/.test(fact), 'a fact is a line of ASCII');
}

export const awsAnswers: Target = {
  reads: ['services/metadata/providers/aws.ts#parseAws', 'services/metadata/providers/aws.ts#keyPaths'],
  seeds: () => texts('0=my-key\n1=other', 'ip-10-0-0-1.ec2.internal'),
  words: ['0=', '=', '/', '..', '\n'],
  run: (bytes) => {
    const text = bytes.toString();
    const paths = keyPaths(text);
    for (const path of paths) check(/^meta-data\/public-keys\/\d{1,3}\/openssh-key$/.test(path), 'a path');
    const answers = [...paths, 'meta-data/hostname', 'meta-data/local-ipv4'].map((path) => [path, text]);
    checkMetadata(parseAws(Object.fromEntries(answers), bytes));
  },
};

export const gcpAnswer: Target = {
  reads: ['services/metadata/providers/gcp.ts#parseGcp', 'services/metadata/cloud/json.ts#parseJsonTree'],
  seeds: () =>
    texts(
      '{"instance": {"id": 5241678932568723457, "zone": "a/b", "attributes": {"user-data": "x", "ssh-keys": "a:ssh-rsa A"}}}',
      '{"instance": {}, "project": {"attributes": {"ssh-keys": "a:ssh-rsa A x google-ssh {\\"expireOn\\":\\"2020-01-31T10:00:00+0000\\"}"}}}',
    ),
  words: [
    ...words,
    '"attributes": {',
    '"ssh-keys": "',
    'google-ssh {',
    'expireOn',
    '"networkInterfaces": [{',
  ],
  run: (bytes) => checkMetadata(attempt(() => parseGcp(bytes.toString(), 0))),
};

export const azureAnswer: Target = {
  reads: ['services/metadata/providers/azure.ts#parseAzure'],
  seeds: () =>
    texts(
      '{"compute": {"vmId": "a", "publicKeys": [{"keyData": "ssh-rsa A\\r\\nB"}], "userData": "YQ=="}, "network": {"interface": [{"ipv4": {"ipAddress": [{}]}}]}}',
    ),
  words: [...words, '"compute": {', '"publicKeys": [{"keyData": "', '"userData": "', '"osProfile": {'],
  run: (bytes) => checkMetadata(attempt(() => parseAzure(bytes.toString()))),
};

export const openStackAnswers: Target = {
  reads: ['services/metadata/providers/openstack.ts#parseOpenStack'],
  seeds: () =>
    texts('{"uuid": "u", "hostname": "h", "public_keys": {"k": "ssh-rsa AAAA"}}', '{"cloud-init": "x"}'),
  words: [...words, '"public_keys": {', '"cloud-init": '],
  run: (bytes) =>
    checkMetadata(
      attempt(() => parseOpenStack({ metaData: bytes, userData: bytes, vendorData: bytes, facts: {} })),
    ),
};

export const otherClouds: Target = {
  reads: [
    'services/metadata/providers/digitalocean.ts#parseDigitalOcean',
    'services/metadata/providers/scaleway.ts#parseScaleway',
    'services/metadata/providers/vultr.ts#parseVultr',
    'services/metadata/providers/oracle.ts#parseOracle',
    'services/metadata/providers/equinixmetal.ts#parseEquinixMetal',
  ],
  seeds: () =>
    texts(
      '{"droplet_id": 1, "user_data": "x", "public_keys": ["ssh-rsa A"], "interfaces": {"public": [{"ipv4": {}}]}}',
      '{"id": "a", "ssh_public_keys": [{"key": "ssh-rsa A"}], "ssh_keys": ["ssh-rsa A"], "metadata": {"user_data": "YQ=="}}',
      '{"instanceid": "a", "public-keys": "ssh-rsa A\\nssh-rsa B", "interfaces": [{"ipv4": {"address": "10.0.0.1"}}]}',
      '{"id": "a", "network": {"addresses": [{"address_family": 4, "public": true, "address": "10.0.0.1"}]}}',
    ),
  words: [...words, '"id": "', '"droplet_id": 1', '"interfaces": [{', '"addresses": [{', '"user_data": "'],
  run: (bytes) => {
    const text = bytes.toString();
    checkMetadata(attempt(() => parseDigitalOcean(text)));
    checkMetadata(attempt(() => parseScaleway(text, bytes)));
    checkMetadata(attempt(() => parseVultr(text, bytes)));
    checkMetadata(attempt(() => parseOracle(text, text)));
    checkMetadata(attempt(() => parseEquinixMetal(text, bytes)));
  },
};

export const hetznerAnswers: Target = {
  reads: ['services/metadata/providers/hetzner.ts#parseHetzner'],
  seeds: () => texts('hostname: a\ninstance-id: 42\npublic-keys:\n- ssh-rsa A\n', '- ip: 10.0.0.2\n'),
  words: ['instance-id: ', 'public-keys:\n- ', 'vendor_data: |\n', '- ip: ', '&a ', '*a', '[', '{'],
  run: (bytes) => checkMetadata(attempt(() => parseHetzner(bytes.toString(), bytes, bytes.toString()))),
};

export const nocloudSeed: Target = {
  reads: [
    'services/metadata/cloud/seed-place.ts#parseSeedPlace',
    'services/metadata/providers/nocloud.ts#parseSeed',
  ],
  seeds: () => texts('ds=nocloud;s=https://a.example/b;h=web;i=i-1', 'instance-id: a\n'),
  words: ['ds=nocloud;', 's=', 'seedfrom=', 'https://', 'http://', '@', ';', '?', '#'],
  run: (bytes) => {
    const place = parseSeedPlace(bytes.toString('latin1'));
    if (place) check(/^https?:$/.test(place.url.protocol) && place.url.pathname.endsWith('/'), 'a folder');
    const other = { url: new URL('https://a.example/'), hostname: undefined, instanceId: undefined };
    checkMetadata(attempt(() => parseSeed(place ?? other, bytes, bytes, bytes)));
  },
};

export const azureGoalState: Target = {
  reads: ['services/metadata/providers/azure-fabric.ts#parseGoalState'],
  seeds: () => texts('<Incarnation>1</Incarnation><ContainerId>c</ContainerId><InstanceId>i</InstanceId>'),
  words: ['<Incarnation>', '</Incarnation>', '<ContainerId>', '&amp;'],
  run: (bytes) => {
    const state = attempt(() => parseGoalState(bytes.toString()));
    for (const id of Object.values(state ?? {})) check(/^[\w.-]+$/.test(id), 'an id goes into XML as it is');
  },
};

export const guestinfo: Target = {
  reads: [
    'services/metadata/providers/vmware.ts#parseGuestinfo',
    'services/metadata/vmware/guestinfo.ts#decodeGuestinfo',
    'services/metadata/vmware/guestinfo.ts#parseReply',
  ],
  seeds: () =>
    texts(
      '1 local-hostname: a\nnetwork: {version: 2}\npublic-keys-data: ssh-rsa A\n',
      '0 No value found',
      '1 {"network": "YQ==", "network.encoding": "b64", "redact": ["userdata"]}',
      "1 <Environment><PropertySection><Property key='hostname' value='a'/></PropertySection></Environment>",
    ),
  words: ['1 ', '0 ', 'network: ', 'network.encoding: gz+b64\n', 'redact: ', 'public-keys-data: ', '---'],
  run: (bytes) => {
    const metadata = attempt(() => parseReply(bytes)) ?? bytes;
    checkMetadata(attempt(() => parseGuestinfo({ metadata, userdata: bytes }, 'id')));
    checkMetadata(attempt(() => parseGuestinfo({ ovfEnv: metadata }, 'id')));
    for (const encoding of ['base64', 'gz+b64', bytes.toString('latin1')])
      attempt(() => decodeGuestinfo('userdata', bytes, encoding));
  },
};

/** A hypervisor that answers anything: ecx, edx and ebx of each call, which succeeds half of the time. */
export const hypervisor: Target = {
  reads: ['services/metadata/vmware/guest-rpc.ts#askHypervisor'],
  seeds: () => [Buffer.of(), Buffer.from('0001001e00005658000000000001001e0001565800000002', 'hex')],
  run: (bytes) => {
    let [at, calls] = [0, 0];
    const next = (): number => {
      at += 4;
      return at <= bytes.length ? bytes.readUInt32BE(at - 4) : 0;
    };
    const reply = attempt(() =>
      askHypervisor(
        () => {
          calls += 1;
          return [magic, next(), next(), next(), 0, 0];
        },
        'info-get guestinfo.x',
        1000,
      ),
    );
    check((reply?.length ?? 0) <= 1000, 'no longer than what is wanted');
    check(calls < 16 * 300, 'it ends');
  },
};

export const hardware: Target = {
  reads: ['services/metadata/cloud/recognise.ts#recogniseClouds'],
  seeds: () => texts('Amazon EC2', 'ds=nocloud;s=https://a/'),
  words: ['ec2', 'GoogleCloud-', 'OpenStack Nova', ';'],
  run: (bytes) => {
    const text = bytes.toString('latin1');
    const all = readHardware('/nowhere');
    recogniseClouds({ ...all, vendor: text, product: text, serial: text, uuid: text, assetTag: text });
  },
};
