import { defaultShell } from '../../../lib/oci/image-config.ts';
import type { RunConfig } from '../../../lib/oci/types.ts';
import type { EntryDefaults } from '../../manifest/types.ts';

/** Docker's defaults (the Dockerfile reference, HEALTHCHECK), in milliseconds. */
const defaults = { interval: 30_000, timeout: 30_000, retries: 3 } as const;
const dayMs = 86_400_000;

/**
 * The image's HEALTHCHECK as the `ready` of an entry; undefined if it has none or says NONE, or if its
 * command is not understood.
 */
export function healthcheckReady({ Healthcheck, Shell = defaultShell }: RunConfig): EntryDefaults['ready'] {
  const { Test: [form, ...words] = [], Interval = 0, Timeout = 0, Retries = 0 } = Healthcheck ?? {};
  if (words.length === 0 || (form !== 'CMD' && form !== 'CMD-SHELL')) return undefined;
  return {
    exec: form === 'CMD' ? words : [...Shell, ...words],
    interval: duration(Interval, defaults.interval),
    timeout: duration(Timeout, defaults.timeout),
    retries: Retries > 0 ? Math.min(Retries, 1000) : defaults.retries,
  };
}

/** Why a HEALTHCHECK that says something counts for nothing; undefined if it counts. */
export function healthcheckFault({ Healthcheck }: RunConfig): string | undefined {
  const [form, ...words] = Healthcheck?.Test ?? [];
  if (form === undefined || form === 'NONE') return undefined;
  if (form !== 'CMD' && form !== 'CMD-SHELL')
    return `Healthcheck says ${JSON.stringify(form.slice(0, 80))}, where kit knows CMD, CMD-SHELL and NONE`;
  return words.length === 0 ? `Healthcheck says ${form} without a command` : undefined;
}

/** `30s` or `500ms`, of nanoseconds; at most a day. */
function duration(nanoseconds: number, absent: number): string {
  const ms = nanoseconds > 0 ? Math.min(Math.ceil(nanoseconds / 1e6), dayMs) : absent;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
