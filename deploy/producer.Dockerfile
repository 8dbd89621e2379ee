FROM node:24.21.0-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY bin bin
COPY src src
COPY samples samples
USER node
ENTRYPOINT ["node", "bin/ingestion.js", "--no-settings"]
CMD ["ingest"]
