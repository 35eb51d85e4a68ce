import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';
import type { Notices } from './notices.ts';
import { includes, neededRole, type Role } from './roles.ts';

/** Who calls. */
export interface Client {
  /** `a client of /run/kit/control.sock` */
  readonly name: string;
  readonly role: Role;
}

export interface Guarded {
  readonly clientOf: (call: ServerInterceptingCallInterface) => Client;
  /** Role debug is nobody's in an image for production: nobody looks into its services. */
  readonly production: boolean;
  readonly notices: Notices;
}

/** Lets a call through if its client has the role that it takes; otherwise answers PERMISSION_DENIED before anything of it is read. */
export function guard({ clientOf, production, notices }: Guarded): ServerInterceptor {
  return (method, call) => {
    const client = clientOf(call);
    const needed = neededRole(method.path);
    const role = production && client.role === 'debug' ? 'operate' : client.role;
    if (includes(role, needed)) return new ServerInterceptingCall(call);
    const name = method.path.slice(method.path.lastIndexOf('/') + 1);
    const why =
      production && needed === 'debug'
        ? 'which nobody has, as the image was built with --production'
        : `and this client has role ${role}`;
    const details = `Cannot call ${name}: it takes role ${needed}, ${why}`;
    notices.tell(`${client.name} ${name}`, `${client.name} was refused. ${details}`);
    const refuse = (): void => call.sendStatus({ code: status.PERMISSION_DENIED, details });
    return new ServerInterceptingCall(call, { start: (next) => next({ onReceiveMetadata: refuse }) });
  };
}
