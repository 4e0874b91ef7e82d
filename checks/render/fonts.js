// Pictures must not depend on the fonts of the machine: the font comes with the package and is the one Tasklist uses.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FAMILY = 'IBM Plex Sans';

function face(weight) {
  const file = fileURLToPath(
    import.meta.resolve(`@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal.woff2`)
  );
  const data = readFileSync(file).toString('base64');
  return `@font-face { font-family: '${FAMILY}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}); }`;
}

export const fontFamily = `'${FAMILY}', sans-serif`;

/** CSS with the faces, as data addresses. */
export const fontCss = [ 400, 600 ].map(face).join('\n');
