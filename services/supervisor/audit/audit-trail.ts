import {
  type AuditAct,
  type AuditLine,
  controlAudit,
  mayHoldAudit,
  serviceAudit,
} from '../../../lib/log/audit.ts';
import { textLines } from '../../../lib/log/block.ts';
import { Rate, type RateLimit, Rates } from './rate.ts';

/** Whose acts share a rate. */
export interface AuditSubject {
  /** `peer`: a client that was admitted. `stranger`: one that was not, of which there may be any number. */
  readonly kind: 'peer' | 'stranger' | 'service';
  /** Of peers and services: which one. */
  readonly key: string;
}

/**
 * Lines a second, and at once. The trail keeps about four thousand lines; the rates keep one client or
 * service from displacing those of all others within hours.
 */
const rates: Readonly<Record<AuditSubject['kind'], RateLimit>> = {
  peer: { perSecond: 1, burst: 120 },
  stranger: { perSecond: 0.2, burst: 30 },
  service: { perSecond: 0.25, burst: 120 },
};

/** Milliseconds in which equal inspections of one client, such as those of `kit top`, are one line. */
const inspectionMs = 600_000;
const maxInspections = 1000;

/** Writes the audit trail (lib/log/audit.ts). Never throws. */
export class AuditTrail {
  readonly #write: (line: AuditLine) => void;
  readonly #now: () => number;
  readonly #peers: Rates;
  readonly #services: Rates;
  readonly #strangers: Rate;
  readonly #inspections = new Map<string, number>();

  constructor(write: (line: AuditLine) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
    this.#peers = new Rates(rates.peer, now);
    this.#services = new Rates(rates.service, now);
    this.#strangers = new Rate(rates.stranger, now);
  }

  /** Records an act. Those above the rate are counted, and the next line has their number as `skipped`. */
  record(subject: AuditSubject, act: AuditAct): void {
    this.#put(subject, (skipped) =>
      controlAudit(skipped ? { ...act, fields: { ...act.fields, skipped } } : act),
    );
  }

  /** As `record`, for a call that only inspects the machine: one line in ten minutes. */
  recordInspection(subject: AuditSubject, act: AuditAct): void {
    const key = JSON.stringify([subject.key, act.action, act.result]);
    const nowMs = this.#now();
    const seenMs = this.#inspections.get(key);
    if (seenMs !== undefined && nowMs - seenMs < inspectionMs) return;
    if (this.#inspections.size >= maxInspections) this.#inspections.clear();
    this.#inspections.set(key, nowMs);
    this.record(subject, act);
  }

  /** Copies the lines that a service has written for the trail. `pieces`: complete lines of its output. */
  readOutput(service: string, pieces: readonly Buffer[]): void {
    const [first] = pieces;
    if (!first) return;
    const bytes = pieces.length === 1 ? first : Buffer.concat(pieces);
    if (!mayHoldAudit(bytes)) return;
    for (const line of textLines(bytes)) {
      const own = serviceAudit(service, line);
      if (own) this.#put({ kind: 'service', key: service }, (skipped) => withSkipped(own, skipped));
    }
  }

  #put(subject: AuditSubject, line: (skipped: number) => AuditLine): void {
    const rate = this.#rateOf(subject);
    const skipped = rate.take();
    if (skipped !== undefined) this.#write(line(skipped));
  }

  #rateOf({ kind, key }: AuditSubject): Rate {
    if (kind === 'stranger') return this.#strangers;
    return (kind === 'peer' ? this.#peers : this.#services).of(key);
  }
}

const withSkipped = (line: AuditLine, skipped: number): AuditLine =>
  skipped === 0 ? line : { ...line, text: line.text.replace(/\}$/, `,"skipped":${skipped}}`) };
