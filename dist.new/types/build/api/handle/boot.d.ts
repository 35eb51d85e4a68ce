import { TestMachine } from './machine.ts';
import { type MachineOptions } from './options.ts';
/**
 * Boots a machine, and resolves when all its services are ready. A manifest is built first; what has not
 * changed is taken from kit's cache.
 * @param image a manifest (`web.yml`), a built image, or the common prefix of the names of its files
 * @throws MachineError with the reason and the end of the console; nothing is left running then
 */
export declare function bootMachine(image: string, options?: MachineOptions): Promise<TestMachine>;
