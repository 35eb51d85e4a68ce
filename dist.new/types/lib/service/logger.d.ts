import { type LogFields } from '../log/fields.ts';
/**
 * Writes lines with a level and fields: `log.warn('slow answer', { ms: 812 })`. In a machine, `kit logs
 * --json` shows the level as the line's `stream` and the fields as `fields`; pkg/syslog sends the level as
 * the severity. Elsewhere lines are plain text, warnings and errors on standard error.
 */
export interface Logger {
    debug(message: string, fields?: LogFields): void;
    info(message: string, fields?: LogFields): void;
    /** Normal, but worth attention: `ready`. */
    notice(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
    /** An error as a field gives its message, code and stack. */
    error(message: string, fields?: LogFields): void;
    /** A logger that adds these fields to each line. */
    with(fields: LogFields): Logger;
}
/** Writes one line, without its newline. */
export type WriteLine = (line: string, fd?: 1 | 2) => void;
/** @param marked begin each line with its level, as sd-daemon(3) defines it */
export declare function newLogger(marked: boolean, write: WriteLine, common?: LogFields): Logger;
/** The log of this service. */
export declare const log: Logger;
