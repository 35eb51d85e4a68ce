import type { Incident } from '../../../lib/control/generated/control.ts';
/** An incident in `kit incidents --json`. */
export interface IncidentRow {
    readonly service: string;
    /** `ended: exit status 1` */
    readonly what: string;
    /** Milliseconds since the epoch, of the first and the last of `count` in a row. */
    readonly firstMs: number;
    readonly lastMs: number;
    readonly count: number;
    /** It happened before the machine booted last. */
    readonly earlierBoot: boolean;
    readonly bootId: string;
    readonly stack: readonly string[];
    readonly lines: readonly {
        readonly timeMs: number;
        readonly stream: string;
        readonly message: string;
    }[];
}
/** @param bootId of the current boot */
export declare function incidentRow({ firstMs, lastMs, lines, ...rest }: Incident, bootId: string): IncidentRow;
/** An incident as text for users: what, when, how often; then the stack, or the end of the service's log. */
export declare function incidentText(incident: Incident, bootId: string): string;
