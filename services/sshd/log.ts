/** Logs one line, which must not contain secrets. */
export type Log = (line: string) => void;
