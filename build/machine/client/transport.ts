import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChannelCredentials, type ClientOptions, credentials } from '@grpc/grpc-js';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { machineFiles, socketPath } from '../records/folder.ts';
import type { MachineRecord, RemoteMedia } from '../records/record.ts';

/** How a client comes to a machine. */
export interface Way {
  readonly target: string;
  readonly credentials: ChannelCredentials;
  readonly options: ClientOptions;
  /** Nobody here can press its power button. */
  readonly remote: boolean;
  readonly close: () => void;
}

/** What lies in the folder of `--tls-dir`, all PEM. */
export const tlsFiles = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } as const;

/** The socket of the machine's monitor, or TLS where the machine runs elsewhere. @throws KitError for certificates that are not there */
export function wayTo(dir: string): Way {
  const remote = remoteOf(dir);
  return remote ? wayOverTls(remote) : wayToMonitor(dir);
}

function wayToMonitor(dir: string): Way {
  const { path, close } = socketPath(dir, machineFiles.control);
  // A monitor that just starts to listen should be found soon, not after grpc-js's usual minute of back-off.
  const options = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 };
  return { target: `unix:${path}`, credentials: credentials.createInsecure(), options, remote: false, close };
}

function wayOverTls({ address, tlsDir, serverName }: RemoteMedia): Way {
  const [ca, cert, key] = Object.values(tlsFiles).map((name) => pem(join(tlsDir, name)));
  return {
    target: `dns:///${address}`,
    credentials: secured(tlsDir, ca, cert, key),
    options: {
      'grpc.enable_http_proxy': 0,
      // A network that swallows packets would leave a call waiting for ever.
      'grpc.keepalive_time_ms': 10_000,
      'grpc.keepalive_timeout_ms': 10_000,
      ...(serverName && { 'grpc.ssl_target_name_override': serverName }),
    },
    remote: true,
    close: () => {},
  };
}

function pem(path: string): Buffer {
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

function secured(dir: string, ca?: Buffer, cert?: Buffer, key?: Buffer): ChannelCredentials {
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
    // A machine that is just made has none yet.
    if (codeOf(thrown) === 'ENOENT' || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
