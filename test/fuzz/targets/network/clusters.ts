// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of cluster.yml
import { parseCluster } from '../../../../build/cluster/file/read-cluster.ts';
import { answerDhcp } from '../../../../build/cluster/network/dhcp-answer.ts';
import { encodeUdp } from '../../../../lib/net/packet-udp.ts';
import { encodeClientMessage } from '../../../../services/dhcp/protocol/message.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

const mac = '52:54:00:00:00:07';
const lan = { server: '10.90.0.1', prefix: 24, hosts: { [mac]: '10.90.0.7' } };

/** What a machine's client sends. */
function dhcpFrame(type: 'discover' | 'request'): Buffer {
  const payload = encodeClientMessage({ type, xid: 5, mac, seconds: 0, requestedAddress: '10.90.0.7' });
  const packet = encodeUdp({
    ...{ source: '0.0.0.0', sourcePort: 68, destination: '255.255.255.255', destinationPort: 67 },
    payload,
  });
  return Buffer.concat([Buffer.alloc(12, 0xff), Buffer.of(8, 0), packet]);
}

export const clusterDhcp: Target = {
  reads: ['build/cluster/network/dhcp-answer.ts#answerDhcp'],
  seeds: () => [dhcpFrame('discover'), dhcpFrame('request')],
  run: (bytes) => {
    const answer = answerDhcp(bytes, lan);
    check(answer === undefined || (answer.length >= 300 && answer.length < 600), 'an answer has one form');
  },
};

export const clusterYml: Target = {
  reads: ['build/cluster/file/read-cluster.ts#parseCluster'],
  seeds: () =>
    texts(
      [
        'name: a',
        'networks: {n: {subnet: 10.9.0.0/24}}',
        'machines:',
        '  m: {manifest: m.yml, count: 2, networks: [n], memory: 512M, disks: [{name: d, size: 1G}],',
        '    publish: ["127.0.0.${index}:80:80"], metadata: "${address:n:m-1} ${addresses:n:m}"}',
      ].join('\n'),
    ),
  words: [
    '${',
    '}',
    '$$',
    'address:',
    'addresses:',
    '${name}',
    '10.0.2.0/24',
    '/28',
    'count: ',
    '[',
    '{',
    ': ',
  ],
  run: (bytes) => {
    const cluster = attempt(() => parseCluster(bytes.toString(), 'x.yml', '/folder/x.yml'));
    for (const { name, count } of cluster?.groups ?? []) {
      check(/^[a-z0-9-]+$/.test(name), 'names of groups become names of machines');
      check(count <= 200, 'groups have a size');
    }
  },
};
