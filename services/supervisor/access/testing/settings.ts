import type { ControlServer } from '../../../../lib/control/generated/control.ts';
import { AuditTrail } from '../../audit/audit-trail.ts';
import type { ListenerSettings } from '../connection-server.ts';
import { AccessLimits } from '../limits.ts';
import { RateLimitedLog } from '../rate-limited-log.ts';

export interface TestOutput {
  /** Gets the lines of the console. */
  readonly lines: string[];
  /** Gets the texts of the audit trail. */
  readonly trail?: string[];
  readonly production?: boolean;
  readonly takesUpdates?: boolean;
  /** As if this part of the process's descriptors were in use. */
  readonly descriptorsUsed?: () => number;
  readonly now?: () => number;
}

/** Settings of listeners for tests, with real limits. */
export function testSettings(
  control: ControlServer,
  { lines, trail = [], production = false, takesUpdates = false, descriptorsUsed = () => 0, now }: TestOutput,
): ListenerSettings {
  return {
    control,
    production,
    takesUpdates,
    log: new RateLimitedLog((line) => lines.push(line), now),
    audit: new AuditTrail(({ text }) => trail.push(text)),
    limits: new AccessLimits(() => ({ used: descriptorsUsed() * 1000, limit: 1000 })),
  };
}
