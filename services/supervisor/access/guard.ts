import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';
import type { RateLimitedLog } from './rate-limited-log.ts';
import { includes, neededRole, type Role } from './roles.ts';

/** The client that makes a call. */
export interface Caller {
  /** For the log: `a client of /run/kit/control.sock`. */
  readonly name: string;
  readonly role: Role;
}

export interface GuardSettings {
  readonly callerOf: (call: ServerInterceptingCallInterface) => Caller;
  /** In an image built with --production no client has role debug. */
  readonly production: boolean;
  readonly log: RateLimitedLog;
}

/**
 * Rejects calls that the client's role does not permit with PERMISSION_DENIED, before reading any message.
 */
export function guard({ callerOf, production, log }: GuardSettings): ServerInterceptor {
  return (method, call) => {
    const caller = callerOf(call);
    const needed = neededRole(method.path);
    const role = production && caller.role === 'debug' ? 'operate' : caller.role;
    if (includes(role, needed)) return new ServerInterceptingCall(call);
    const name = method.path.slice(method.path.lastIndexOf('/') + 1);
    const why =
      production && needed === 'debug'
        ? 'which nobody has, as the image was built with --production'
        : `and this client has role ${role}`;
    const details = `Cannot call ${name}: it takes role ${needed}, ${why}`;
    log.log(`${caller.name} ${name}`, `${caller.name} was refused. ${details}`);
    const refuse = (): void => call.sendStatus({ code: status.PERMISSION_DENIED, details });
    return new ServerInterceptingCall(call, { start: (next) => next({ onReceiveMetadata: refuse }) });
  };
}
