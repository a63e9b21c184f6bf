# docker build -t fast-scanner .
# docker run -p 127.0.0.1:5000:5000 -e API_TOKEN=<16 characters or more> -v fast-scanner:/data fast-scanner

FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client-sdk/package.json client-sdk/
COPY web/package.json web/

FROM manifests AS build
RUN npm ci
COPY . .
RUN npm run build

# The bundle holds the workspaces; only the packages they name are installed.
FROM manifests AS runtime
ENV NODE_ENV=production
RUN npm ci --omit=dev --workspace=@fast-scanner/server && npm cache clean --force
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/web/dist web/dist
RUN mkdir /data && chown node:node /data

USER node
# A container is reached from outside, so the server starts only with API_TOKEN.
ENV HOST=0.0.0.0 PORT=5000 DATA_DIR=/data
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s CMD ["node", "-e", \
  "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "server/dist/main.js"]
