export type TarType = 'file' | 'hardlink' | 'symlink' | 'char' | 'block' | 'directory' | 'fifo';
/** A file of an archive, as it is read and written. */
export interface TarEntry {
    /** `usr/bin/node`: no leading `/` or `./`, no trailing `/`, no `..`; the root folder itself is `''`. */
    readonly path: string;
    readonly type: TarType;
    /** Permission bits with setuid, setgid and sticky: `0o4755`. */
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    /** Bytes of the body; 0 for everything but files. */
    readonly size: number;
    /** Whole seconds since 1970. */
    readonly mtime: number;
    /** Symlinks: the text of the link. Hard links: the `path` of an earlier entry. Else `''`. */
    readonly linkname: string;
    readonly devmajor: number;
    readonly devminor: number;
    /**
     * Other PAX records by key; extended attributes are `SCHILY.xattr.<name>`. Values are bytes, not always
     * text.
     */
    readonly pax: ReadonlyMap<string, Uint8Array>;
    /** `size` bytes in pieces: `[buffer]`, `fileBody(path)`, or from `readTar`. Can be read once. */
    readonly body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}
/** An entry with defaults: owned by root, 0755 for folders, 0777 for symlinks, 0644 for the rest. */
export declare function tarEntry(part: Partial<TarEntry> & Pick<TarEntry, 'path'>): TarEntry;
/** A file entry whose body is `content`. */
export declare function textEntry(path: string, content: string | Uint8Array, mode?: number): TarEntry;
/** The content of a file, which is opened when it is read. */
export declare function fileBody(file: string): AsyncGenerator<Buffer>;
/** The whole body of the entry that was read last. @throws KitError for one longer than `limit` bytes */
export declare function bodyBytes(entry: TarEntry, limit?: number): Promise<Buffer>;
