/**
 * The audit trail: who did what with the machine, one line for each act. The supervisor keeps it as the log
 * source `audit` (`kit logs audit`) and writes the lines of its own, about control. Services write theirs to
 * standard output, `<5>audit: login allowed {"user":"root"}`, from where the supervisor copies them into the
 * trail under the name of the service, which no service can choose:
 *
 *     control: exec allowed {"service":"web","command":["sh"],"role":"debug",…,"from":"control"}
 *     service sshd: login allowed {"user":"root","address":"10.0.2.2","from":"sshd"}
 */
import { fieldsOf, type LogFields, withFields } from './fields.ts';
import { levelPrefix, markedLine } from './level.ts';
import type { KernelLevel } from './line.ts';

/** The log source of the trail; no container may have this name. */
export const auditSource = 'audit';

/** An act. Its fields must not hold secrets, such as passwords, input of programs or environments. */
export interface AuditAct {
  /** One word: `exec`, `login`. */
  readonly action: string;
  /** refused: by a rule or a limit, before it began. failed: it was permitted, and did not succeed. */
  readonly result: 'allowed' | 'refused' | 'failed';
  /** Who, and the object: `{ user: 'root', address: '192.0.2.1' }`. */
  readonly fields: LogFields;
}

/** A line of the trail. */
export interface AuditLine {
  readonly level: KernelLevel;
  readonly text: string;
}

const mark = 'audit: ';

/** Characters of a service's line in the trail: a few lines must not fill it. */
const maxLength = 2000;

/** The line that a service prints to standard output for one act of somebody (`printLine`). */
export function auditLine({ action, result, fields }: AuditAct): string {
  return `${levelPrefix(levelOf(result))}${withFields(`${mark}${action} ${result}`, fields)}`;
}

/** The supervisor's own line about an act. */
export function controlAudit({ action, result, fields }: AuditAct): AuditLine {
  const text = withFields(`control: ${action} ${result}`, { ...fields, from: 'control' });
  return { level: levelOf(result), text };
}

/** Whether output may hold a line for the trail; cheap, as all output of every service is asked for. */
export const mayHoldAudit = (bytes: Buffer): boolean => bytes.includes('>audit: ');

/**
 * A service's line as one of the trail; undefined if it is an ordinary line. What a service forges stays its
 * own: the line begins with its name, and ends with it.
 */
export function serviceAudit(service: string, line: string): AuditLine | undefined {
  const marked = markedLine(line);
  if (!marked?.text.startsWith(mark)) return undefined;
  const { text, fields } = fieldsOf(marked.text) ?? { text: marked.text, fields: {} };
  const whole = withFields(`service ${service}: ${text.slice(mark.length)}`, { ...fields, from: service });
  if (whole.length <= maxLength) return { level: marked.level, text: whole };
  return { level: marked.level, text: withFields(`${whole.slice(0, maxLength)}…`, { from: service }) };
}

/** The action of a line of the trail. */
export const auditAction = (text: string): string | undefined =>
  /^(?:control|service [^ ]+): ([^ ]+)/.exec(text)?.[1];

const levelOf = (result: AuditAct['result']): KernelLevel => (result === 'allowed' ? 'notice' : 'warning');
