/** An item of `files:`. */
export declare const fileFields: {
    readonly path: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Path in the root file system of the machine.';
        readonly required: true;
        readonly example: 'etc/motd';
    };
    readonly directory: {
        readonly kind: {
            readonly kind: 'boolean';
        };
        readonly help: 'Creates a folder.';
        readonly default: '`false`';
        readonly example: true;
    };
    readonly symlink: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Creates a symbolic link with this target.';
        readonly example: '/proc/mounts';
    };
    readonly contents: {
        readonly kind: {
            readonly kind: 'string';
        };
        readonly help: 'The contents of the file.';
        readonly example: 'Welcome\n';
    };
    readonly source: {
        readonly kind: {
            readonly kind: 'string';
        };
        readonly help: string;
        readonly example: '~/.ssh/id_ed25519.pub';
        readonly linuxkit: string;
    };
    readonly metadata: {
        readonly kind: {
            readonly kind: 'choice';
            readonly values: readonly ["yaml", "json"];
        };
        readonly help: 'Writes the merged manifest, in this format.';
        readonly example: 'yaml';
        readonly linuxkit: 'Its YAML has nested keys in lower case, which LinuxKit itself does not accept.';
    };
    readonly optional: {
        readonly kind: {
            readonly kind: 'boolean';
        };
        readonly help: 'Skips the file if `source` does not exist.';
        readonly default: '`false`';
        readonly example: true;
    };
    readonly mode: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Mode bits in octal, in quotes.';
        readonly default: '`"0600"`; folders `"0700"`';
        readonly example: '0644';
    };
    readonly uid: {
        readonly kind: {
            readonly kind: 'either';
            readonly of: readonly [{
                readonly kind: 'integer';
                readonly min: number;
                readonly max: number;
            }, {
                readonly kind: 'string';
            }];
        };
        readonly help: 'User id of the owner: a number, or the name of an entry.';
        readonly default: '0';
        readonly example: 'web';
    };
    readonly gid: {
        readonly kind: {
            readonly kind: 'either';
            readonly of: readonly [{
                readonly kind: 'integer';
                readonly min: number;
                readonly max: number;
            }, {
                readonly kind: 'string';
            }];
        };
        readonly help: 'Group id: a number, or the name of an entry.';
        readonly default: '0';
        readonly example: 'web';
    };
};
/** A file with exactly one kind of contents. */
export declare const fileKind: {
    readonly exactlyOneOf?: readonly ("contents" | "directory" | "gid" | "metadata" | "mode" | "optional" | "path" | "source" | "symlink" | "uid")[];
    readonly kind: 'record';
    readonly fields: {
        readonly path: {
            readonly kind: {
                readonly kind: 'string';
                readonly pattern: RegExp;
                readonly expected: string;
                readonly suggestions: readonly string[];
            };
            readonly help: 'Path in the root file system of the machine.';
            readonly required: true;
            readonly example: 'etc/motd';
        };
        readonly directory: {
            readonly kind: {
                readonly kind: 'boolean';
            };
            readonly help: 'Creates a folder.';
            readonly default: '`false`';
            readonly example: true;
        };
        readonly symlink: {
            readonly kind: {
                readonly kind: 'string';
                readonly pattern: RegExp;
                readonly expected: string;
                readonly suggestions: readonly string[];
            };
            readonly help: 'Creates a symbolic link with this target.';
            readonly example: '/proc/mounts';
        };
        readonly contents: {
            readonly kind: {
                readonly kind: 'string';
            };
            readonly help: 'The contents of the file.';
            readonly example: 'Welcome\n';
        };
        readonly source: {
            readonly kind: {
                readonly kind: 'string';
            };
            readonly help: string;
            readonly example: '~/.ssh/id_ed25519.pub';
            readonly linuxkit: string;
        };
        readonly metadata: {
            readonly kind: {
                readonly kind: 'choice';
                readonly values: readonly ["yaml", "json"];
            };
            readonly help: 'Writes the merged manifest, in this format.';
            readonly example: 'yaml';
            readonly linuxkit: 'Its YAML has nested keys in lower case, which LinuxKit itself does not accept.';
        };
        readonly optional: {
            readonly kind: {
                readonly kind: 'boolean';
            };
            readonly help: 'Skips the file if `source` does not exist.';
            readonly default: '`false`';
            readonly example: true;
        };
        readonly mode: {
            readonly kind: {
                readonly kind: 'string';
                readonly pattern: RegExp;
                readonly expected: string;
                readonly suggestions: readonly string[];
            };
            readonly help: 'Mode bits in octal, in quotes.';
            readonly default: '`"0600"`; folders `"0700"`';
            readonly example: '0644';
        };
        readonly uid: {
            readonly kind: {
                readonly kind: 'either';
                readonly of: readonly [{
                    readonly kind: 'integer';
                    readonly min: number;
                    readonly max: number;
                }, {
                    readonly kind: 'string';
                }];
            };
            readonly help: 'User id of the owner: a number, or the name of an entry.';
            readonly default: '0';
            readonly example: 'web';
        };
        readonly gid: {
            readonly kind: {
                readonly kind: 'either';
                readonly of: readonly [{
                    readonly kind: 'integer';
                    readonly min: number;
                    readonly max: number;
                }, {
                    readonly kind: 'string';
                }];
            };
            readonly help: 'Group id: a number, or the name of an entry.';
            readonly default: '0';
            readonly example: 'web';
        };
    };
};
