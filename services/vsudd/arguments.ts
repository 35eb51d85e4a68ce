import { KitError } from '../../lib/errors/errors.ts';
import { vsockCid } from '../../lib/linux/net/vsock.ts';
import { goFlags } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';
import { type Forward, parseForward } from './forward.ts';

export interface Settings {
  readonly forwards: readonly Forward[];
  /** Those that may connect. */
  readonly cids: readonly number[];
  /** Connections of one of them at a time. */
  readonly maxConnections: number;
}

/** Reads LinuxKit's `-inport PORT:unix:SOCKET`, and `-allow-cid` and `-max-connections`. @throws KitError */
export function readSettings(args: readonly string[] = process.argv.slice(2)): Settings {
  const { inport, allowCid, maxConnections } = readArguments(
    {
      inport: { type: 'string', multiple: true, description: 'a port and the unix socket behind it' },
      allowCid: { type: 'integer', multiple: true, min: 1, max: 0xffff_fffe },
      maxConnections: { type: 'integer', min: 1, max: 4096, default: 64 },
    },
    { args: goFlags(args) },
  );
  if (inport.length === 0) {
    throw new KitError('Cannot start: no port is to be forwarded', {
      hint: 'name one: -inport 2374:unix:/run/containerd/containerd.sock',
      exitCode: 2,
    });
  }
  const forwards = inport.map(parseForward);
  const [twice] = forwards.filter(({ port }, at) => forwards.findIndex((one) => one.port === port) < at);
  if (twice) throw new KitError(`Cannot forward port ${twice.port} to two sockets`, { exitCode: 2 });
  return { forwards, cids: allowCid.length > 0 ? allowCid : [vsockCid.host], maxConnections };
}
