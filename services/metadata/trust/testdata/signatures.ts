/**
 * Made by OpenSSH 10.0: `ssh-keygen -Y sign -n kit-metadata -f KEY user-data`, with keys made for this.
 */
export const userData = '#cloud-config\nhostname: t1\n';

/** The raw key in base64. */
export const ownerKey = 'SZmNW01P9Fl3M4mNeyzT340bLGdp2gcAlMW/1q7we3w=';

export const ofOwner = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgSZmNW01P9Fl3M4mNeyzT340bLG
dp2gcAlMW/1q7we3wAAAAMa2l0LW1ldGFkYXRhAAAAAAAAAAZzaGE1MTIAAABTAAAAC3Nz
aC1lZDI1NTE5AAAAQALHNOvYGcso4Uiw+XXz+f3EXyW6tO3usm0X60xNRu/RjLCP9S1ECa
5hKhZyLGzTge+gdC3JF60zm18RxjKhMgs=
-----END SSH SIGNATURE-----
`;

export const ofSomebodyElse = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg5/VBmKE19YhZyioBBKuSKK/8Ru
fIDPSX2uSuLeGjQDkAAAAMa2l0LW1ldGFkYXRhAAAAAAAAAAZzaGE1MTIAAABTAAAAC3Nz
aC1lZDI1NTE5AAAAQNel65j6TZCB6woNNODJlf02T3Ngt56b6uxoLXFaU0u1ecgiZjedtz
7usrw5uszigkXSFj3Rm1cbxogk1jpmXAo=
-----END SSH SIGNATURE-----
`;

/** By the owner, with `-n file`. */
export const forFiles = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgSZmNW01P9Fl3M4mNeyzT340bLG
dp2gcAlMW/1q7we3wAAAAEZmlsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUx
OQAAAEC7XN4thkK5Oa3T9CSLw2YpHGkPJuAGtKXBu5ZZbOfn6cfjO0lktidA/kAG66JN9M
GJ6s6oIaa+F8ELLioGAiIB
-----END SSH SIGNATURE-----
`;
