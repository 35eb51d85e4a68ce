/**
 * `@kitlinux/kit/service`: what a service of a machine needs, in a few kilobytes. The same program runs on
 * any Node from 20 on: the log is then plain text, and `ready` does nothing.
 */
export { KitError, type KitErrorOptions } from '../errors/errors.ts';
export type { LogFields } from '../log/fields.ts';
export { type ArgumentsOptions, readArguments } from './arguments.ts';
export { type Logger, log } from './logger.ts';
export { type MetadataOptions, readMetadata } from './metadata.ts';
export { metadataFolder, metadataText } from './metadata-file.ts';
export { ready } from './ready.ts';
export type { Row, Table, Values } from './rows.ts';
export { runService, type ServiceContext, type ServiceOptions } from './run-service.ts';
