import { inRoot, readJson } from '../project.mjs';

/** What the package says of itself once it is published: the same as in the repository, with what was built in place of the sources. */
export function toPublishedManifest() {
  const {
    exports,
    devDependencies,
    scripts,
    private: _,
    ...manifest
  } = readJson(inRoot('client-sdk/package.json'));
  return {
    ...manifest,
    files: ['**/*.js', '**/*.cjs', '**/*.d.ts', '**/*.d.cts'],
    main: './index.cjs',
    module: './index.js',
    types: './index.d.cts',
    exports: { '.': built('index'), './react': built('react/index'), './package.json': './package.json' },
  };
}

function built(name) {
  return {
    import: { types: `./${name}.d.ts`, default: `./${name}.js` },
    require: { types: `./${name}.d.cts`, default: `./${name}.cjs` },
  };
}
