export declare const networkFields: {
    readonly interfaces: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("addresses" | "dhcp" | "gateway" | "mac" | "mtu" | "name" | "routes" | "vlan")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly name: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Name of the interface.';
                        readonly example: 'eth0';
                    };
                    readonly mac: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Selects the interface by its MAC address instead of its name.';
                        readonly example: '52:54:00:12:34:56';
                    };
                    readonly addresses: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'IPv4 and IPv6 addresses, each with its prefix length.';
                        readonly example: readonly ["10.0.2.20/24", "fd00::20/64"];
                    };
                    readonly gateway: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Gateway of the default route. That of the other address family goes into `routes`.';
                        readonly example: '10.0.2.2';
                    };
                    readonly routes: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("metric" | "to" | "via")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly to: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                        readonly help: "Destination: a network, or `default`.";
                                        readonly required: true;
                                        readonly example: "10.1.0.0/16";
                                    };
                                    readonly via: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                        readonly help: "The gateway.";
                                        readonly default: "none: the destination is on the link";
                                        readonly example: "10.0.2.3";
                                    };
                                    readonly metric: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Priority among routes to the same destination; the lowest wins.";
                                        readonly default: "`0`";
                                        readonly example: 50;
                                    };
                                };
                            };
                        };
                        readonly help: 'Further routes.';
                        readonly example: readonly [{
                            readonly to: '10.1.0.0/16';
                            readonly via: '10.0.2.3';
                        }];
                    };
                    readonly dhcp: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: string;
                        readonly default: '`false`';
                        readonly example: true;
                    };
                    readonly mtu: {
                        readonly kind: {
                            readonly kind: 'integer';
                            readonly min: number;
                            readonly max: number;
                        };
                        readonly help: 'Maximum transmission unit in bytes.';
                        readonly default: 'that of the driver';
                        readonly example: 9000;
                    };
                    readonly vlan: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("id" | "link")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly id: {
                                    readonly kind: {
                                        readonly kind: 'integer';
                                        readonly min: number;
                                        readonly max: number;
                                    };
                                    readonly help: "VLAN id.";
                                    readonly required: true;
                                    readonly example: 7;
                                };
                                readonly link: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: "The interface that carries the VLAN.";
                                    readonly required: true;
                                    readonly example: "eth0";
                                };
                            };
                        };
                        readonly help: 'Creates the interface `name` as a VLAN on another interface.';
                        readonly example: {
                            readonly id: 7;
                            readonly link: 'eth0';
                        };
                    };
                };
            };
        };
        readonly help: 'Interfaces with static addresses, in the order in which they are set up.';
        readonly merge: 'the lists of all manifests are concatenated';
        readonly linuxkit: "Not supported.";
    };
    readonly dns: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("search" | "servers")[];
            readonly kind: 'record';
            readonly fields: {
                readonly servers: {
                    readonly kind: {
                        readonly kind: 'list';
                        readonly of: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                    };
                    readonly help: "Name servers, which take precedence over those from DHCP.";
                    readonly example: readonly ["10.0.2.3"];
                };
                readonly search: {
                    readonly kind: {
                        readonly kind: 'list';
                        readonly of: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                    };
                    readonly help: "Search domains for names without a dot.";
                    readonly example: readonly ["example.org"];
                };
            };
        };
        readonly help: 'Name resolution.';
        readonly merge: 'the lists of all manifests are concatenated';
        readonly linuxkit: "Not supported.";
    };
};
