/** `/etc/kit/control.json`: where the supervisor serves over TLS. Checked and completed on the host. */
export interface ControlConfig {
  /** `10.0.2.15`, `fd00::20`; empty: every address. */
  readonly host: string;
  readonly port: number;
  /** Paths of PEM files in the machine. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** A revocation list; absent: no certificate is revoked. */
  readonly crl?: string;
}
