/** The line that says so; `ready: {log: ^ready$}` in build.yml or the manifest waits for it. */
export declare const readyLine = "ready";
/**
 * Tells the machine that this service is ready: those that name it in `after` start, and `kit run --detach`
 * stops waiting for it. Outside of a machine it does nothing.
 */
export declare function ready(): void;
