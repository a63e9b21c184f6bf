import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundleDeclarations } from './client-types/bundle-declarations.mjs';
import { writeContract } from './client-types/wire-types.mjs';
import { inRoot } from './project.mjs';
import { runNode } from './run-command.mjs';

/**
 * Writes the declarations of the client SDK: one text for each entry, with comments, that needs no other package but React's. Each comes twice,
 * because `require` and `import` ask for declarations of their own.
 */
export async function buildClientTypes(outdir) {
  const emission = emitDeclarations();
  const contract = writeContract();
  const emitted = await emission;
  const core = `${emitted}/client-sdk/src/index.d.ts`;
  const react = `${emitted}/client-sdk/src/react/index.d.ts`;
  const externals = new Map([[core, '../index.js']]);
  const texts = {
    index: bundleDeclarations(core, { contract }),
    'react/index': bundleDeclarations(react, { externals }),
  };
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(`${outdir}/${name}`), { recursive: true });
    writeFileSync(`${outdir}/${name}.d.ts`, text);
    writeFileSync(`${outdir}/${name}.d.cts`, text.replace("'../index.js'", "'../index.cjs'"));
  }
  rmSync(emitted, { recursive: true });
}

/** The compiler's own declarations, a file for each source file, in a folder that is ours to delete. */
async function emitDeclarations() {
  const folder = inRoot('node_modules/.cache', `client-types-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const config = {
    extends: inRoot('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: inRoot(),
      outDir: folder,
    },
    files: ['index.ts', 'react/index.ts'].map((name) => inRoot('client-sdk/src', name)),
    include: [],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  const exitCode = await runNode('node_modules/typescript/bin/tsc', ['-p', `${folder}/tsconfig.json`]);
  if (exitCode !== 0) throw new Error('the declarations of the client SDK could not be made');
  return folder;
}
