import { KitError } from '../../../lib/errors/errors.ts';

/** A port of this host that is to lead to one in a machine. */
export interface Forward {
  /** `127.0.0.1`, `::1`, a name; brackets are taken off. */
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Empty: the machine itself. */
  readonly service: string;
  readonly servicePort: number;
}

/** `8080:web:80`, `0.0.0.0:8080:web:80`, `[::1]:0:web:80`; `.` or nothing for the machine itself. @throws KitError */
export function readForward(text: string): Forward {
  const [, bracketed, plain, port = '', service = '', servicePort = ''] = pattern.exec(text) ?? [];
  const forward = {
    address: bracketed ?? plain ?? '127.0.0.1',
    port: Number(port),
    service: service === '.' ? '' : service,
    servicePort: Number(servicePort),
  };
  if (port === '') throw wrong(text, 'want [ADDRESS:]PORT:SERVICE:PORT');
  if (forward.port > maxPort) throw wrong(text, `there is no port ${port}`);
  if (forward.servicePort === 0 || forward.servicePort > maxPort) {
    throw wrong(text, `there is no port ${servicePort}`);
  }
  return forward;
}

/** `t1/web:80`, or `t1:80` for the machine itself. */
export const targetName = (machine: string, { service, servicePort }: Forward): string =>
  `${service === '' ? machine : `${machine}/${service}`}:${servicePort}`;

const maxPort = 65_535;

const pattern = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5}):([^:]*):(\d{1,5})$/;

function wrong(text: string, why: string): KitError {
  return new KitError(`Cannot forward "${text}": ${why}`, {
    hint: 'such as 8080:web:80, where SERVICE may be "." for the machine itself',
    exitCode: 2,
  });
}
