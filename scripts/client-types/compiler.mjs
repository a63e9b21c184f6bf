import { createRequire } from 'node:module';
import { inRoot } from '../project.mjs';

/** The compiler of the 5 line, which has an API: TypeScript 7 has none yet. It comes with the checker of packages. */
export const ts = createRequire(inRoot('node_modules/@arethetypeswrong/core/package.json'))('typescript');
