import express, { type Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { createMethodGuard } from '../middleware/method-guard.ts';

const TITLE = 'Fast Scanner API';

/** Instead of the package's own page, whose inline styles the content security policy refuses. */
const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${TITLE}</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/swagger-ui-standalone-preset.js"></script>
    <script src="/docs/swagger-ui-init.js"></script>
  </body>
</html>
`;

/** The package holds more than the page needs. */
const ASSETS: ReadonlySet<string> = new Set([
  '/favicon-32x32.png',
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-standalone-preset.js',
  '/swagger-ui-init.js',
]);

/** The API as a page, from files of this server alone. */
export function createDocsRouter(): Router {
  const options = { swaggerOptions: { url: '/openapi.json', validatorUrl: null } };
  return express
    .Router()
    .get('/docs', (_request, response) => void response.type('html').send(HTML))
    .all('/docs', createMethodGuard(['GET', 'HEAD']))
    .use('/docs', ({ path }, _response, next) => next(ASSETS.has(path) ? undefined : 'router'))
    .use('/docs', ...swaggerUi.serveFiles(undefined, options));
}
