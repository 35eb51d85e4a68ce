/**
 * `control:`, for the supervisor. It reads the certificate and key files on the running machine, so that the
 * image need not contain a key.
 */
export declare const controlFields: {
    readonly listen: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Address and TCP port to listen on; `:PORT` for all addresses.';
        readonly required: true;
        readonly example: ':4911';
        readonly linuxkit: "Not supported.";
    };
    readonly ca: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: string;
        readonly default: '`/run/config/control/ca.pem`';
        readonly example: '/etc/control/ca.pem';
        readonly linuxkit: "Not supported.";
    };
    readonly certificate: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'PEM file in the machine with its certificate, followed by intermediate certificates.';
        readonly default: '`/run/config/control/cert.pem`';
        readonly example: '/etc/control/cert.pem';
        readonly linuxkit: "Not supported.";
    };
    readonly key: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'PEM file in the machine with its private key.';
        readonly default: '`/run/config/control/key.pem`';
        readonly example: '/var/control/key.pem';
        readonly linuxkit: "Not supported.";
    };
    readonly crl: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'PEM file in the machine with certificate revocation lists.';
        readonly default: 'none';
        readonly example: '/run/config/control/crl.pem';
        readonly linuxkit: "Not supported.";
    };
};
