import { type AuditAct, auditLine } from '../../lib/log/audit.ts';
import type { LogFields } from '../../lib/log/fields.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { RateLimit } from '../../lib/log/rate-limit.ts';

/** Writes one line of the audit trail. Texts in `fields` may come from a client. */
export type Audit = (action: string, result: AuditAct['result'], fields?: LogFields) => void;

/** An audit that adds these fields to each line. */
export function auditWith(audit: Audit, common: LogFields): Audit {
  return (action, result, fields) => audit(action, result, { ...common, ...fields });
}

export const printAudit: Audit = (action, result, fields = {}) =>
  printLine(auditLine({ action, result, fields: safe(fields) }));

/** Like an audit, but one line a minute for each kind: it has the number of those left out as `more`. */
export function limitedAudit(audit: Audit): (kind: string, ...act: Parameters<Audit>) => void {
  const limit = new RateLimit();
  return (kind, action, result, fields) => {
    const more = limit.report(kind);
    if (more !== undefined) audit(action, result, { ...fields, ...(more > 0 && { more }) });
  };
}

/** Characters of a command or a path in the trail. */
const maxText = 1000;

/** Control characters could move the cursor of whoever reads the trail; JSON escapes only some of them. */
function safe(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? printable(value) : value,
    ]),
  );
}

function printable(text: string): string {
  const short = text.length > maxText ? `${text.slice(0, maxText)}…` : text;
  return short.replace(/\p{C}/gu, '?');
}
