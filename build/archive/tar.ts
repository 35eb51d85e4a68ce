/** The guest speaks tar, too (`kit cp`), so it lies in lib. */
export * from '../../lib/archive/tar.ts';
