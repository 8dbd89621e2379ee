FROM node:24.21.0-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY bin bin
COPY src src
COPY samples samples
# Makes the program once: a container may not write it.
RUN node bin/ingestion.js --help > /dev/null
USER node
ENTRYPOINT ["node", "bin/ingestion.js", "--no-settings"]
CMD ["ingest"]
