import { dirname } from 'node:path';
import { Duplex } from 'node:stream';
import { parseAnswer } from '../../../build/machine/debug/answer.ts';
import { localSourceMap } from '../../../build/machine/debug/source-map.ts';
import { scriptTranslator } from '../../../build/machine/debug/translate.ts';
import { incidentText } from '../../../build/machine/logs/incidents.ts';
import { Qmp } from '../../../build/qemu/qmp.ts';
import { credentialsFor } from '../../../build/registry/credentials.ts';
import { readCertificates } from '../../../build/registry/options.ts';
import * as control from '../../../lib/control/generated/control.ts';
import { inFile } from '../in-file.ts';
import { attempt, attemptLater, check, type Target, texts } from '../target.ts';

/** Messages that a machine sends to the host, and, from the tenth on, those that a client sends to it. */
const messages = [
  ...[
    control.StatusReply,
    control.IncidentsReply,
    control.ReportReply,
    control.LogLines,
    control.ServiceReply,
  ],
  ...[control.ExecOutput, control.TunnelOutput, control.LayerReply, control.LayersReply, control.EndReply],
  ...[
    control.LogsRequest,
    control.ServiceRequest,
    control.ExecInput,
    control.LayerInput,
    control.ForwardInput,
  ],
  ...[control.DebugInput, control.CopyInput, control.EndRequest, control.LayersRequest],
] as const;

export const controlMessages: Target = {
  reads: ['lib/control/generated/control.ts#StatusReply', 'build/machine/logs/incidents.ts#incidentText'],
  seeds: () => {
    const line = {
      timeMs: 1n,
      source: 'web',
      stream: 'stderr',
      message: 'a',
      pid: 7,
      missed: 0n,
      sequence: 1n,
    };
    const incident = {
      ...{ service: 'web', what: 'ended', firstMs: 1n, lastMs: 2n, count: 3 },
      ...{ lines: [line], stack: ['at'], bootId: 'b' },
    };
    return [
      Buffer.from([1, ...control.IncidentsReply.encode({ incidents: [incident], bootId: 'b' }).finish()]),
      Buffer.from([3, ...control.LogLines.encode({ lines: [line], logId: 'x', after: [] }).finish()]),
      Buffer.from([5, ...control.ExecOutput.encode({ stdout: Buffer.from('a') }).finish()]),
      Buffer.from([18, ...control.LayersRequest.encode({ layers: [] }).finish()]),
    ];
  },
  run: (bytes) => {
    const kind = messages[(bytes[0] ?? 0) % messages.length] ?? control.StatusReply;
    const found: unknown = attempt(() => kind.decode(bytes.subarray(1)), Error);
    if (kind !== control.IncidentsReply || found === undefined) return;
    for (const incident of (found as control.IncidentsReply).incidents) incidentText(incident, 'boot');
  },
};

export const qmp: Target = {
  reads: ['build/qemu/qmp.ts#Qmp'],
  seeds: () =>
    texts(
      '{"QMP": {"version": {}}}\r\n{"return": {}, "id": 1}\r\n{"event": "SHUTDOWN", "data": {"guest": true}}\r\n',
      '{"error": {"class": "GenericError", "desc": "no"}, "id": 1}\n',
    ),
  words: ['{"QMP":', '"id":1', '"return":', '"error":', '"event":', 'null', '\r\n', '"desc":', '[]'],
  run: async (bytes) => {
    const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const client = new Qmp(stream);
    client.on('event', ({ event }) => check(typeof event === 'string', 'an event has a name'));
    stream.push(bytes);
    stream.push(null);
    await attemptLater(() => client.ready, Error);
  },
};

export const sourceMap: Target = {
  reads: [
    'build/machine/debug/source-map.ts#localSourceMap',
    'build/machine/debug/translate.ts#scriptTranslator',
    'build/machine/debug/answer.ts#parseAnswer',
  ],
  seeds: () =>
    texts(
      '{"version":3,"sources":["/services/dhcp/main.ts","../../../../etc/passwd"],"mappings":"AAAA"}',
      '{"method":"Debugger.scriptParsed","params":{"url":"file:///a.mjs","sourceMapURL":"a.mjs.map"}}',
      '{"method":"Debugger.scriptParsed","params":{"url":"file:///a.mjs","sourceMapURL":"%"}}',
      '{"method":"Debugger.scriptParsed"',
      '{"id":"kit-1","result":{"text":{}}}',
    ),
  words: [
    '"sources":',
    '"../',
    '"sourceMapURL":',
    '{"method":"Debugger.scriptParsed"',
    '%',
    '"url":',
    'null',
  ],
  run: async (bytes) => {
    const text = bytes.toString();
    const map = await localSourceMap(text, ['/nonexistent']);
    check(!map || !Buffer.from(map, 'base64').includes('root:x:0'), 'no file outside of the folders');
    check(typeof (parseAnswer(text)?.text ?? '') === 'string', 'a file is text');
    await scriptTranslator(async () => text, ['/nonexistent'])(text);
  },
};

export const dockerConfig: Target = {
  reads: ['build/registry/credentials.ts#credentialsFor'],
  seeds: () =>
    texts(
      '{"auths": {"https://index.docker.io/v1/": {"auth": "bWU6cHc="}, "x:5000": {"identitytoken": "t"}}}',
      '{"auths": {"docker.io": {"username": "me", "password": "pw"}}, "credHelpers": {"gcr.io": "gcr"}}',
    ),
  words: ['"auths":', '"auth":', '"https://', '/v2/', '"identitytoken":', 'null', '"__proto__":'],
  run: (bytes) =>
    inFile(
      bytes,
      async (file) => {
        // Helpers would be programs.
        if (/cred/i.test(bytes.toString('latin1')) || bytes.includes('\\u')) return;
        const { signal } = new AbortController();
        const found = await attemptLater(() =>
          credentialsFor('docker.io', { env: { DOCKER_CONFIG: dirname(file) }, signal }),
        );
        if (found?.kind === 'password') check(found.user !== '', 'a user has a name');
      },
      'config.json',
    ),
};

export const certificates: Target = {
  reads: ['build/registry/options.ts#readCertificates'],
  seeds: () => texts('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
  words: ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '\n', 'MII'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      for (const text of attempt(() => readCertificates([file])) ?? [])
        check(text.startsWith('-----BEGIN'), 'certificates in PEM form');
    }),
};
