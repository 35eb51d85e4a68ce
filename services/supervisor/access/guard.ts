import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';
import type { LogFields } from '../../../lib/log/fields.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { callFields, isInspection } from '../audit/call-fields.ts';
import type { AccessLimits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { RateLimitedLog } from './rate-limited-log.ts';
import { includes, isUpdate, neededRole } from './roles.ts';

export interface GuardSettings {
  readonly peer: Peer;
  /** In an image built with --production no client has role debug, except for updates, if it takes them. */
  readonly production: boolean;
  readonly takesUpdates: boolean;
  readonly limits: AccessLimits;
  readonly log: RateLimitedLog;
  readonly audit: AuditTrail;
  /** Why no call of this connection is served. */
  readonly refusal?: string | undefined;
}

/**
 * Rejects calls that the client's role does not permit with PERMISSION_DENIED, and calls above a limit with
 * RESOURCE_EXHAUSTED, before reading any message. Records every call in the audit trail.
 */
export function guard(settings: GuardSettings): ServerInterceptor {
  const { peer, limits, log } = settings;
  return (method, call) => {
    const name = method.path.slice(method.path.lastIndexOf('/') + 1);
    const record = recorder(settings, `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`);
    const refuse = (code: status, why: string): ServerInterceptingCall => {
      const details = `Cannot call ${name}: ${why}`;
      log.log(`${peer.name} ${name} ${code}`, `${peer.name} was refused. ${details}`);
      record('refused', { why });
      return refusedCall(call, code, details);
    };
    const denial = whyDenied(settings, method.path);
    if (denial !== undefined) return refuse(status.PERMISSION_DENIED, denial);
    const lasts = method.requestStream || method.responseStream;
    const grant = settings.refusal ?? limits.call(peer, lasts);
    if (typeof grant === 'string') return refuse(status.RESOURCE_EXHAUSTED, grant);
    return watchedCall(call, lasts, grant.release, record);
  };
}

/** Undefined: the role permits the call. */
function whyDenied({ peer, production, takesUpdates }: GuardSettings, path: string): string | undefined {
  const needed = neededRole(path);
  const isLowered = production && !(takesUpdates && isUpdate(path));
  const role = isLowered && peer.role === 'debug' ? 'operate' : peer.role;
  if (includes(role, needed)) return undefined;
  return production && needed === 'debug'
    ? `it takes role ${needed}, which nobody has, as the image was built with --production`
    : `it takes role ${needed}, and this client has role ${role}`;
}

type Record = (result: 'allowed' | 'refused' | 'failed', about: LogFields, message?: unknown) => void;

function recorder({ peer, audit }: GuardSettings, call: string): Record {
  const subject = { kind: 'peer', key: peer.key } as const;
  return (result, about, message) => {
    const object = message === undefined ? {} : callFields(call, message);
    const fields = { ...object, ...about, role: peer.role, ...peer.identity };
    const act = { action: call, result, fields };
    if (isInspection(call)) audit.recordInspection(subject, act);
    else audit.record(subject, act);
  };
}

function refusedCall(
  call: ServerInterceptingCallInterface,
  code: status,
  details: string,
): ServerInterceptingCall {
  const refuse = (): void => call.sendStatus({ code, details });
  return new ServerInterceptingCall(call, { start: (next) => next({ onReceiveMetadata: refuse }) });
}

/**
 * A call that lasts is recorded when its first message says what it is about, another one when its result is
 * known.
 */
function watchedCall(
  call: ServerInterceptingCallInterface,
  lasts: boolean,
  release: () => void,
  record: Record,
): ServerInterceptingCall {
  let first: unknown;
  return new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMessage(message, pass) {
          if (first === undefined) {
            first = message;
            if (lasts) record('allowed', {}, first);
          }
          pass(message);
        },
        // However the call ended; grpc-js calls it when the HTTP/2 stream is closed.
        onCancel: release,
      }),
    sendStatus(result, pass) {
      const { code = status.UNKNOWN, details = '' } = result;
      if (code !== status.OK) record('failed', { code: status[code], why: details }, first);
      else if (!lasts) record('allowed', {}, first);
      pass(result);
    },
  });
}
