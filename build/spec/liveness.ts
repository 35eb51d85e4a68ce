import type { Liveness } from '../../lib/bundle/bundle.ts';
import type { EffectiveEntry } from './effective-entry.ts';
import { FieldError } from './field-error.ts';
import { milliseconds } from './milliseconds.ts';

/** Where the manifest and the image say nothing. */
const defaults = { unhealthyFor: '30s', restarts: 5, window: '1h' } as const;

/**
 * The `liveness` of an entry with all defaults; undefined without one.
 * @throws FieldError if nothing would tell that the service is unhealthy, or if it must not be restarted
 */
export function livenessOf({ liveness, ready, restart }: EffectiveEntry): Liveness | undefined {
  if (!liveness) return undefined;
  if (restart === 'no')
    throw new FieldError(['liveness'], '`liveness` restarts the service, and `restart: no` forbids that');
  const hint = 'ready: {http: {port: 8080}}, or tcp, exec, file';
  if (ready === undefined || ready === 'none')
    throw new FieldError(
      ['liveness'],
      '`liveness` needs a `ready` check, by which the service is unhealthy',
      hint,
    );
  if (ready.log !== undefined)
    throw new FieldError(
      ['liveness'],
      '`liveness` needs a `ready` check that can be repeated, and `log` cannot',
      hint,
    );
  const { readyWithin, ...given } = liveness;
  const { unhealthyFor, restarts, window } = { ...defaults, ...given };
  const startMs = readyWithin === undefined ? undefined : nonZero('readyWithin', readyWithin);
  return {
    unhealthyMs: nonZero('unhealthyFor', unhealthyFor),
    ...(startMs !== undefined && { startMs }),
    restarts,
    windowMs: nonZero('window', window),
  };
}

function nonZero(key: string, text: string): number {
  const ms = milliseconds(text);
  if (ms === 0) throw new FieldError(['liveness', key], `liveness.${key} must be more than 0`);
  return ms;
}
