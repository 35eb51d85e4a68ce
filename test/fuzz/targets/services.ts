import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { IncidentsReply, LayersRequest } from '../../../lib/control/generated/control.ts';
import { exposition } from '../../../services/metrics/exposition.ts';
import { dhcpFamilies, parseDhcpLease } from '../../../services/metrics/families/dhcp.ts';
import { hostFamilies } from '../../../services/metrics/families/host.ts';
import { kernelFamilies } from '../../../services/metrics/families/kernel.ts';
import { ntpFamilies, parseNtpStatus } from '../../../services/metrics/families/ntp.ts';
import { maxSamples } from '../../../services/metrics/family.ts';
import { FieldReader, field, MalformedPacket, u32 } from '../../../services/sshd/encoding.ts';
import { parseCertificate } from '../../../services/sshd/keys/certificate.ts';
import { parsePublicKey } from '../../../services/sshd/keys/public-key.ts';
import { parseAuthorizedKeys } from '../../../services/sshd/login/authorized-keys.ts';
import { parseScp } from '../../../services/sshd/scp/command.ts';
import { readAttributes, writeAttributes } from '../../../services/sshd/sftp/attributes.ts';
import { maxPacketBytes, PacketSplitter, packet } from '../../../services/sshd/sftp/packet.ts';
import { readModes } from '../../../services/sshd/ssh2/terminal-request.ts';
import { MemoryServer } from '../../../services/sshd/testing/server.ts';
import { certify, makeSigner } from '../../../services/sshd/testing/signers.ts';
import { isRpcError } from '../../../services/supervisor/calls/rpc-error.ts';
import { reportedIncidents } from '../../../services/supervisor/control/reported-incidents.ts';
import { parseDebugLayers } from '../../../services/supervisor/debug-image/debug-layer.ts';
import { Incidents } from '../../../services/supervisor/incidents/incidents.ts';
import { EventLines } from '../../../services/trim-after-delete/event-lines.ts';
import { inFile } from '../in-file.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const key = Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, 1))]).toString('base64');

export const authorizedKeys: Target = {
  reads: [
    'services/sshd/login/authorized-keys.ts#parseAuthorizedKeys',
    'services/sshd/login/options.ts#readOptions',
    'services/sshd/login/expiry.ts#parseExpiry',
    'services/sshd/login/targets.ts#parseTarget',
  ],
  seeds: () =>
    texts(
      `# x\nssh-ed25519 ${key} me@x\n`,
      `restrict,pty,command="a \\"b\\"",from="10.0.0.0/8" ssh-ed25519 ${key}\n`,
      `cert-authority,principals="a" ssh-ed25519 ${key}`,
    ),
  words: [
    'expiry-time="20300101"',
    'permitopen="a:1"',
    'permitlisten="8080"',
    'environment="A=b"',
    'cert-authority ',
    'ssh-ed25519 ',
    key,
    'restrict,',
    'command="',
    '\\"',
    'no-pty,',
    '"',
    ' ',
  ],
  run: (bytes) => {
    for (const { type, blob } of parseAuthorizedKeys(bytes.toString('latin1')).keys)
      check(blob.toString('latin1', 4, 4 + type.length) === type, 'a key is of its type');
  },
};

export const dockerEvents: Target = {
  reads: ['services/trim-after-delete/event-lines.ts#EventLines'],
  seeds: () =>
    texts('{"status":"delete","id":"sha256:1","Type":"image","Action":"delete"}\n{"Type":"image"}\nnull\n'),
  words: ['"Type":"image"', '"Action":"delete"', '{', '}', ',', '\n'],
  run: (bytes) => {
    const text = bytes.toString();
    const half = text.length >> 1;
    const lines = new EventLines();
    const count = lines.push(text.slice(0, half)) + lines.push(text.slice(half));
    check(count === new EventLines().push(text), 'the count does not depend on how the bytes come');
  },
};

export const scpCommands: Target = {
  reads: ['services/sshd/scp/command.ts#parseScp'],
  seeds: () => texts('scp -t x', "scp -r -p -f -- 'a b' ~/c", 'scp -d -t "x"\\y'),
  words: ['scp ', '-t ', '-f ', '-- ', "'", '"', '\\', '~/'],
  run: (bytes) => {
    for (const path of parseScp(bytes.toString('utf8'), '/root')?.paths ?? [])
      check(path.startsWith('/'), 'a path is absolute');
  },
};

export const sshKeys: Target = {
  reads: [
    'services/sshd/keys/public-key.ts#parsePublicKey',
    'services/sshd/keys/public-key.ts#readKey',
    'services/sshd/keys/certificate.ts#parseCertificate',
  ],
  seeds: () => {
    const [one, other] = [makeSigner('ssh-ed25519'), makeSigner('sk-ecdsa-sha2-nistp256@openssh.com')];
    const critical = { 'force-command': field('x') };
    return [one.blob, other.blob, certify(one, other, { critical }), certify(other, one)];
  },
  run: (bytes) => {
    attempt(() => parsePublicKey(bytes), MalformedPacket);
    const certificate = attempt(() => parseCertificate(bytes), MalformedPacket);
    if (certificate) check(bytes.includes(certificate.authority), 'an authority is in its certificate');
  },
};

export const sftpPackets: Target = {
  reads: [
    'services/sshd/sftp/packet.ts#PacketSplitter',
    'services/sshd/encoding.ts#FieldReader',
    'services/sshd/sftp/attributes.ts#readAttributes',
  ],
  seeds: () => [
    packet(1, u32(3)),
    packet(3, u32(1), field('/etc/passwd'), u32(1), writeAttributes({ mode: 0o644, size: 7 })),
    packet(10, u32(2), field('x'), u32(0x8000_0000), u32(1), field('a@b'), field('c')),
  ],
  run: (bytes) => {
    const splitter = new PacketSplitter();
    const half = bytes.length >> 1;
    for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
      const packets = attempt(() => splitter.push(piece), MalformedPacket);
      if (!packets) return;
      for (const one of packets) readRequest(one);
    }
  },
};

function readRequest(request: Buffer): void {
  check(request.length > 0 && request.length <= maxPacketBytes, 'a packet has a bounded length');
  const fields = new FieldReader(request.subarray(1));
  attempt(() => {
    fields.u32();
    check(!fields.path().includes(0), 'no path ends early');
    fields.u32();
    readAttributes(fields);
  }, MalformedPacket);
}

export const terminalModes: Target = {
  reads: ['services/sshd/ssh2/terminal-request.ts#readModes'],
  seeds: () => [Buffer.from([1, 0, 0, 0, 3, 53, 0, 0, 0, 1, 0])],
  run: (bytes) => {
    const modes = attempt(() => readModes(bytes), MalformedPacket);
    for (const value of Object.values(modes ?? {})) check(Number.isInteger(value), 'modes are numbers');
  },
};

let server: Promise<MemoryServer> | undefined;

/** A whole connection before its login: version line, key exchange, and whatever follows. */
export const sshConnection: Target = {
  reads: ['services/sshd/listener.ts#SshListener', 'services/sshd/ssh2/socket.ts#guardSocket'],
  seeds: () => [
    Buffer.from('SSH-2.0-OpenSSH_9.9\r\n'),
    Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), keyExchange]),
    Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), keyExchange, sshPacket(Buffer.from([30, 0, 0, 0, 32]), 32)]),
    Buffer.concat([
      Buffer.from('SSH-2.0-x\r\n'),
      sshPacket(Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 1, 97, 0, 0, 0, 0])),
    ]),
  ],
  words: [
    'SSH-2.0-',
    '\r\n',
    'curve25519-sha256',
    'ssh-ed25519',
    'aes128-ctr',
    'none',
    'ext-info-c',
    '\0\0\0\x0c',
  ],
  run: async (bytes) => {
    server ??= MemoryServer.start().then((made) => {
      // Nobody logs in here, so its files are not read.
      rmSync(made.dir, { recursive: true });
      return made;
    });
    const { client, server: end } = (await server).connect();
    client.resume().end(bytes);
    for (let turns = 0; turns < 8 && !end.destroyed; turns += 1) await setImmediate();
    client.destroy();
    end.destroy();
  },
};

const lists = [
  ...[
    'curve25519-sha256,ext-info-c',
    'ssh-ed25519',
    'aes128-ctr',
    'aes128-ctr',
    'hmac-sha2-256',
    'hmac-sha2-256',
  ],
  ...['none', 'none', '', ''],
];

/** SSH_MSG_KEXINIT, RFC 4253 section 7.1. */
const keyExchange = sshPacket(
  Buffer.concat([Buffer.of(20), Buffer.alloc(16, 7), ...lists.map(field), Buffer.alloc(5)]),
);

/** A packet before the first key exchange, RFC 4253 section 6, with `more` zeros behind its payload. */
function sshPacket(payload: Buffer, more = 0): Buffer {
  const length = payload.length + more;
  const padding = 4 + ((8 - ((length + 9) % 8)) % 8);
  return Buffer.concat([
    u32(length + padding + 1),
    Buffer.of(padding),
    payload,
    Buffer.alloc(more + padding),
  ]);
}

/** The file may be on a volume that a service can write. */
export const incidentsFile: Target = {
  reads: ['services/supervisor/incidents/incidents.ts#Incidents'],
  seeds: () =>
    texts(
      ...['{"t":1,"stream":"stderr","msg":"a"}', 'null', '{"t":"1"}'].map(
        (line) =>
          `[{"what":"ended","firstMs":1,"lastMs":2,"count":3,"lines":[${line}],"stack":["at"],"boot":"b"}]`,
      ),
    ),
  words: ['"lines":', '"stack":', '[null]', '{}', '"t":', '1e300', '-1', '"msg":', '"boot":'],
  run: (bytes) =>
    inFile(
      bytes,
      async (file) => {
        const incidents = new Incidents(() => dirname(file), join(dirname(file), 'none'));
        const replied = reportedIncidents(incidents, 'web');
        IncidentsReply.encode({ incidents: replied, bootId: 'b' }).finish();
      },
      'web.json',
    ),
};

export const debugLayers: Target = {
  reads: [
    'services/supervisor/debug-image/debug-layer.ts#parseDebugLayers',
    'services/supervisor/debug-image/debug-layer.ts#parseDebugLayer',
  ],
  seeds: () => {
    const layer = { id: '0123456789abcdef', digest: `sha256:${'a'.repeat(64)}`, bytes: 4096n };
    return [Buffer.from(LayersRequest.encode({ layers: [layer] }).finish())];
  },
  words: ['0123456789abcdef', '../', `sha256:${'a'.repeat(64)}`],
  run: (bytes) => {
    const message = attempt(() => LayersRequest.decode(bytes), Error);
    if (!message) return;
    try {
      for (const { id, bytes: length } of parseDebugLayers(message.layers)) {
        check(/^[0-9a-f]{16}$/.test(id), 'an id is no path');
        check(Number.isSafeInteger(length) && length > 0, 'a length is exact');
      }
    } catch (thrown) {
      if (!isRpcError(thrown)) throw thrown;
    }
  },
};

export const metricsSources: Target = {
  reads: [
    'services/metrics/proc/cpu.ts#parseCpuTimes',
    'services/metrics/proc/cpu.ts#parseStatNumber',
    'services/metrics/proc/diskstats.ts#parseDiskstats',
    'services/metrics/proc/loadavg.ts#parseLoadavg',
    'services/metrics/proc/meminfo.ts#parseMeminfo',
    'services/metrics/proc/net-counters.ts#parseNetCounters',
    'services/metrics/proc/net-dev.ts#parseNetDev',
    'services/metrics/proc/pressure.ts#parsePressure',
    'services/metrics/proc/sockstat.ts#parseFileNumbers',
    'services/metrics/proc/sockstat.ts#parseSockstat',
    'services/metrics/proc/vmstat.ts#parseVmstat',
    'services/metrics/families/dhcp.ts#parseDhcpLease',
    'services/metrics/families/ntp.ts#parseNtpStatus',
    'services/metrics/families/state-text.ts#parseObject',
  ],
  seeds: () =>
    texts(
      'cpu0 1 2 3 4 5 6 7 8 0 0\nctxt 5\nbtime 1764401234\n',
      'MemTotal:         480000 kB\nActive(anon):      12 kB\nHugePages_Total:       3\n',
      '0.20 1.18 12.12 1/80 11206\n',
      ' 254       0 vda 1000 5 2048 1500 20 3 4096 250 1 1200 1750 0 0 0 0 7 3\n',
      '  eth0: 1 7    1    2    0     0          0         0      55       6    3    4    0     0       0          0\n',
      'Tcp: ActiveOpens CurrEstab\nTcp: 5 2\nIp6InReceives 12\nUdp6InDatagrams 3\n',
      'some avg10=0.00 avg60=0.00 avg300=0.00 total=256356670\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n',
      'sockets: used 41\nTCP: inuse 1 orphan 0 tw 57 alloc 1 mem 196\n',
      'oom_kill 0\npgpgin 5\npgmajfault 7\n',
      '906\t0\t2466177\n',
      '{"interface": "eth0", "address": "10.0.2.15", "leaseSeconds": 3600, "expiresAtMs": 5000}',
      '{"state": "synchronised", "offset": -0.002, "stratum": 3, "frequency": 12.5}',
    ),
  words: ['cpu', 'btime ', ' kB', ': ', '"interface"', '"state"', '1e999', '__proto__'],
  run: (bytes) => {
    const text = bytes.toString('utf8');
    const lease = parseDhcpLease(text);
    const families = [
      ...hostFamilies({ stat: text, meminfo: text, loadavg: text, diskstats: text, netDev: text }),
      ...kernelFamilies({
        ...{ vmstat: text, sockstat: text, netCounters: text, fileNumbers: text },
        pressure: { cpu: text, memory: text, io: text },
      }),
      ...dhcpFamilies(lease ? [lease] : [], 0),
      ...ntpFamilies(parseNtpStatus(text)),
    ];
    for (const { samples } of families)
      check(samples.length <= 8 * maxSamples, 'a metric has a bounded number of series');
    for (const line of exposition(families, 'text').trimEnd().split('\n'))
      check(
        line === '' || /^(?:# |[a-zA-Z_:][\w:]*(?:\{.*\})? \S+$)/.test(line),
        `a line is of the format: ${line}`,
      );
  },
};
