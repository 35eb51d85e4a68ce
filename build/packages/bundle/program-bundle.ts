import type { Component } from '../components.ts';
import type { TakenFile } from '../project/taken-files.ts';

/** A TypeScript program bundled into one file, with what belongs to it. */
export interface ProgramBundle {
  /** The program and its source map; then those of its workers. */
  readonly files: readonly BundledFile[];
  /** Files beside the program; their contents stay where they are until a layer is made. */
  readonly assets?: readonly TakenFile[];
  /** Absolute paths of its source files, and of whatever else determines the bundle. */
  readonly inputs: readonly string[];
  /** The npm packages in it; undefined: those that its source files belong to. */
  readonly components?: readonly Component[];
  /** Sentences about what may fail in the machine. */
  readonly notes?: readonly string[];
}

export interface BundledFile {
  /** Path relative to the folder of the install path: `main.mjs`, `main.mjs.map`, `src/worker.mjs`. */
  readonly name: string;
  readonly content: Uint8Array;
}
