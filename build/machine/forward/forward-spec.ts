import { KitError } from '../../../lib/errors/errors.ts';

/** A port of this host, and the port in a machine that its connections are forwarded to. */
export interface ForwardSpec {
  /** `127.0.0.1`, `::1`, or a name; without brackets. */
  readonly address: string;
  /** 0: any free port. */
  readonly port: number;
  /** Empty: the machine itself. */
  readonly service: string;
  readonly servicePort: number;
}

/**
 * Reads `8080:web:80`, `0.0.0.0:8080:web:80`, `[::1]:0:web:80`; `.` or nothing: the machine itself. @throws
 * KitError
 */
export function parseForward(text: string): ForwardSpec {
  const [, bracketed, plain, port = '', service = '', servicePort = ''] = pattern.exec(text) ?? [];
  const spec = {
    address: bracketed ?? plain ?? '127.0.0.1',
    port: Number(port),
    service: service === '.' ? '' : service,
    servicePort: Number(servicePort),
  };
  if (port === '') throw unreadable(text, 'expected [ADDRESS:]PORT:SERVICE:PORT');
  if (spec.port > maxPort) throw unreadable(text, `there is no port ${port}`);
  if (spec.servicePort === 0 || spec.servicePort > maxPort) {
    throw unreadable(text, `there is no port ${servicePort}`);
  }
  return spec;
}

/** `t1/web:80`, or `t1:80` for the machine itself. */
export const targetName = (machine: string, { service, servicePort }: ForwardSpec): string =>
  `${service === '' ? machine : `${machine}/${service}`}:${servicePort}`;

const maxPort = 65_535;

const pattern = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5}):([^:]*):(\d{1,5})$/;

function unreadable(text: string, why: string): KitError {
  return new KitError(`Cannot forward "${text}": ${why}`, {
    hint: 'such as 8080:web:80, where SERVICE may be "." for the machine itself',
    exitCode: 2,
  });
}
