import { randomBytes } from 'node:crypto';
import { ScannerError } from '@fast-scanner/shared';
import express, { type RequestHandler, type Router } from 'express';
import { createMethodGuard } from '../middleware/method-guard.ts';
import { createStylePolicy } from '../middleware/security-headers.ts';
import { contextOf } from '../request-context.ts';
import type { DashboardFiles } from './dashboard-files.ts';
import { PAGE_PATHS } from './page-paths.ts';

/** In the built page, see `scripts/web-config.mjs`. */
const NONCE_PLACEHOLDER = /__STYLE_NONCE__/g;
const PATHS = ['/', ...PAGE_PATHS.flatMap((path) => [path, `${path}/*rest`])];
const ASSET_PATH = '/assets/:name';

/**
 * The dashboard: the same page at each of its addresses, and the files it loads. It is no secret and is sent without a token; what it
 * shows is asked for with one.
 */
export function createDashboardRouter(files: DashboardFiles): Router {
  return express
    .Router({ caseSensitive: true })
    .get(PATHS, sendPage(files))
    .get(ASSET_PATH, sendAsset(files))
    .all([...PATHS, ASSET_PATH], createMethodGuard(['GET', 'HEAD']));
}

/** Asked for anew each time, so that a new build is seen at once; its files have new names. */
function sendPage({ page }: DashboardFiles): RequestHandler {
  return (request, response, next) => {
    contextOf(response).route = '/';
    const nonce = randomBytes(16).toString('base64');
    createStylePolicy(nonce)(request, response, (error) => {
      if (error) return next(error);
      response.set('Cache-Control', 'no-cache').type('html').send(page.replace(NONCE_PLACEHOLDER, nonce));
    });
  };
}

/** The names carry a hash of the content, so that a browser never has to ask twice. */
function sendAsset(files: DashboardFiles): RequestHandler<{ name: string }> {
  return async ({ params: { name }, headers }, response) => {
    contextOf(response).route = ASSET_PATH;
    const asset = await files.asset(name);
    if (!asset) throw new ScannerError('not_found', `the dashboard has no file ${name.slice(0, 100)}`);
    response.set('Cache-Control', 'public, max-age=31536000, immutable').vary('Accept-Encoding').type(name);
    const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
    if (asset.gzip && takesGzip) response.set('Content-Encoding', 'gzip').send(asset.gzip);
    else response.send(asset.bytes);
  };
}
