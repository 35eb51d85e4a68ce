import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChannelCredentials, type ClientOptions, credentials } from '@grpc/grpc-js';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { machineFiles, socketPath } from '../records/folder.ts';
import type { MachineRecord, RemoteMedia } from '../records/record.ts';

/** A gRPC channel's address and options for one machine. */
export interface Transport {
  readonly target: string;
  readonly credentials: ChannelCredentials;
  readonly options: ClientOptions;
  /** The machine is on another host: there is no monitor to talk to. */
  readonly remote: boolean;
  readonly close: () => void;
}

/** The files in the folder of `--tls-dir`, all PEM. */
export const tlsFiles = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } as const;

/**
 * The monitor's socket for a machine on this host, TLS for a remote one. @throws KitError for bad
 * certificates
 */
export function openTransport(dir: string): Transport {
  const remote = remoteOf(dir);
  return remote ? tlsTransport(remote) : monitorTransport(dir);
}

function monitorTransport(dir: string): Transport {
  const { path, close } = socketPath(dir, machineFiles.control);
  // grpc-js backs off for up to two minutes; a monitor that has just started to listen must be found sooner.
  const options = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 };
  return { target: `unix:${path}`, credentials: credentials.createInsecure(), options, remote: false, close };
}

function tlsTransport({ address, tlsDir, serverName }: RemoteMedia): Transport {
  const [ca, cert, key] = Object.values(tlsFiles).map((name) => readPem(join(tlsDir, name)));
  return {
    target: `dns:///${address}`,
    credentials: tlsCredentials(tlsDir, ca, cert, key),
    options: {
      'grpc.enable_http_proxy': 0,
      // Without keepalive, calls without a deadline would wait for ever in a network that drops packets.
      'grpc.keepalive_time_ms': 10_000,
      'grpc.keepalive_timeout_ms': 10_000,
      ...(serverName && { 'grpc.ssl_target_name_override': serverName }),
    },
    remote: true,
    close: () => {},
  };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    const why = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot read "${path}": ${why}`, {
      cause: thrown,
      hint: `the folder of --tls-dir holds ${Object.values(tlsFiles).join(', ')}`,
    });
  }
}

function tlsCredentials(dir: string, ca?: Buffer, cert?: Buffer, key?: Buffer): ChannelCredentials {
  try {
    return credentials.createSsl(ca, key, cert);
  } catch (thrown) {
    throw new KitError(`Cannot use the certificates in "${dir}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

function remoteOf(dir: string): RemoteMedia | undefined {
  try {
    const { boot } = JSON.parse(readFileSync(join(dir, machineFiles.record), 'utf8')) as MachineRecord;
    return boot.kind === 'remote' ? boot : undefined;
  } catch (thrown) {
    // The machine's folder was removed meanwhile: connecting fails later, with a better message.
    if (codeOf(thrown) === 'ENOENT' || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
