/*
 * The program that run.ts starts by the script of runtime.ts, which it names in its environment: the command
 * of Jazzer.js. For some work it starts itself again, by the first word of process.argv, which would be
 * ld-linux.
 */
process.argv[0] = process.env.FUZZ_NODE ?? process.execPath;
await import('@jazzer.js/core/dist/cli.js');
